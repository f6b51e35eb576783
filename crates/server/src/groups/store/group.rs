//! SQL of groups.

use contract::groups::GroupState;
use contract::{ActivityId, Currency, GroupId, OrderId, ProductId, SkuId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::activity::{GroupTerms, PriceRow, read_currency, read_terms};
use crate::AppError;
use crate::db::Conn;
use crate::groups::lifecycle::Tally;
use crate::words::{from_word, to_word};

/// Takes the group's row for this transaction: on PostgreSQL others wait from here on, on SQLite the
/// transaction has the writer anyway. The version that it answers is the one that the change will have.
const TAKE: &str = "
    UPDATE buy_group SET version = version + 1 WHERE id = $1
    RETURNING id, activity, product, leader_order, state, version, size, filled, reserved, by_store,
              opened_at, expires_at, ended_at, prices, currency, join_policy, virtual_min_real,
              leader_reward_bp, leader_may_leave";

const BY_ID: &str = "
    SELECT id, activity, product, leader_order, state, version, size, filled, reserved, by_store,
           opened_at, expires_at, ended_at, prices, currency, join_policy, virtual_min_real,
           leader_reward_bp, leader_may_leave
    FROM buy_group WHERE id = $1";

/// A group.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its offer.
    pub activity: ActivityId,
    /// What is bought together.
    pub product: ProductId,
    /// The order of whoever leads it.
    pub leader_order: OrderId,
    /// Grows with every change.
    pub version: i64,
    /// What it counts.
    pub tally: Tally,
    /// When its first seat was paid.
    pub opened_at: Timestamp,
    /// When it was completed or failed.
    pub ended_at: Option<Timestamp>,
    /// What it was opened with (G6).
    pub prices: Vec<PriceRow>,
    /// Of its prices.
    pub currency: Currency,
    /// What it took over from its offer.
    pub terms: GroupTerms,
}

impl GroupRow {
    /// The price of one in this group; `None` for what is not bought in it.
    pub fn price_of(&self, sku: &SkuId) -> Option<i64> {
        let price = self.prices.iter().find(|price| price.sku == *sku)?;
        Some(price.price)
    }
}

/// Takes a group's row until the transaction ends. What is not followed by [`write`] must be undone.
pub async fn take(conn: &mut Conn, id: &GroupId) -> Result<Option<GroupRow>, AppError> {
    let row = sqlx::query(TAKE)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// A group as it is committed.
pub async fn find(conn: &mut Conn, id: &GroupId) -> Result<Option<GroupRow>, AppError> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes what became of a taken group; false when it was not the taken one (rules.md 3.0-3).
pub async fn write(conn: &mut Conn, group: &GroupRow, now: Timestamp) -> Result<bool, AppError> {
    let ended = (group.tally.state != GroupState::Forming).then_some(now.0);
    let done = sqlx::query(
        "UPDATE buy_group SET state = $1, filled = $2, reserved = $3, by_store = $4, leader_order = $5, \
           ended_at = COALESCE(ended_at, $6) \
         WHERE id = $7 AND version = $8",
    )
    .bind(to_word(group.tally.state)?)
    .bind(group.tally.filled)
    .bind(group.tally.reserved)
    .bind(group.tally.by_store)
    .bind(group.leader_order.as_str())
    .bind(ended)
    .bind(group.id.as_str())
    .bind(group.version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a new group.
pub async fn insert(conn: &mut Conn, group: &GroupRow) -> Result<(), AppError> {
    let prices = serde_json::to_string(&group.prices).map_err(AppError::internal)?;
    sqlx::query(
        "INSERT INTO buy_group (id, activity, product, leader_order, state, version, size, filled, \
           reserved, by_store, opened_at, expires_at, prices, currency, join_policy, virtual_min_real, \
           leader_reward_bp, leader_may_leave) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(group.id.as_str())
    .bind(group.activity.as_str())
    .bind(group.product.as_str())
    .bind(group.leader_order.as_str())
    .bind(to_word(group.tally.state)?)
    .bind(group.version)
    .bind(group.tally.size)
    .bind(group.tally.filled)
    .bind(group.tally.reserved)
    .bind(group.tally.by_store)
    .bind(group.opened_at.0)
    .bind(group.tally.expires_at.0)
    .bind(prices)
    .bind(group.currency.code())
    .bind(to_word(group.terms.join_policy)?)
    .bind(group.terms.virtual_min_real)
    .bind(group.terms.leader_reward_bp)
    .bind(i64::from(group.terms.leader_may_leave))
    .execute(conn)
    .await?;
    Ok(())
}

/// Groups whose time is up at `now`, longest first, at most `limit`.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<GroupId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM buy_group WHERE state = 'forming' AND expires_at <= $1 \
         ORDER BY expires_at, id LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(GroupId).collect())
}

/// Groups of an offer with a free seat, the most urgent first, at most `limit`.
pub async fn with_room(
    conn: &mut Conn,
    activity: &ActivityId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<GroupId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM buy_group \
         WHERE activity = $1 AND state = 'forming' AND expires_at > $2 AND filled + reserved < size \
         ORDER BY expires_at, id LIMIT $3",
    )
    .bind(activity.as_str())
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(GroupId).collect())
}

fn read(row: &AnyRow) -> Result<GroupRow, AppError> {
    let prices: String = row.try_get("prices")?;
    let ended: Option<i64> = row.try_get("ended_at")?;
    Ok(GroupRow {
        id: row.try_get::<String, _>("id")?.into(),
        activity: row.try_get::<String, _>("activity")?.into(),
        product: row.try_get::<String, _>("product")?.into(),
        leader_order: row.try_get::<String, _>("leader_order")?.into(),
        version: row.try_get("version")?,
        tally: Tally {
            state: from_word(row.try_get("state")?)?,
            size: row.try_get("size")?,
            filled: row.try_get("filled")?,
            reserved: row.try_get("reserved")?,
            by_store: row.try_get("by_store")?,
            expires_at: Timestamp(row.try_get("expires_at")?),
        },
        opened_at: Timestamp(row.try_get("opened_at")?),
        ended_at: ended.map(Timestamp),
        prices: serde_json::from_str(&prices).map_err(AppError::internal)?,
        currency: read_currency(row)?,
        terms: read_terms(row)?,
    })
}
