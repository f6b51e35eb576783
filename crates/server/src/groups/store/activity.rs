//! SQL of offers.

use contract::groups::JoinPolicy;
use contract::{ActivityId, Currency, MoneyError, ProductId, SkuId, Timestamp};
use promotions::Funding;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::from_word;

const BY_ID: &str = "
    SELECT a.id, a.product, a.size, a.ttl_ms, a.starts_at, a.ends_at, a.offered, a.per_order_limit,
           a.per_user_limit, a.join_policy, a.virtual_min_real, a.leader_reward_bp, a.leader_may_leave,
           a.commission, a.funding, a.coupons, p.currency
    FROM activity a JOIN product p ON p.id = a.product
    WHERE a.id = $1";

/// Where several are open, the one that began last speaks for its product.
const OF_PRODUCT: &str = "
    SELECT a.id, a.product, a.size, a.ttl_ms, a.starts_at, a.ends_at, a.offered, a.per_order_limit,
           a.per_user_limit, a.join_policy, a.virtual_min_real, a.leader_reward_bp, a.leader_may_leave,
           a.commission, a.funding, a.coupons, p.currency
    FROM activity a JOIN product p ON p.id = a.product
    WHERE a.product = $1 AND a.offered = 1 AND a.starts_at <= $2 AND a.ends_at > $2
    ORDER BY a.starts_at DESC, a.id LIMIT 1";

/// An offer.
#[derive(Clone, Debug)]
pub struct ActivityRow {
    /// Its id.
    pub id: ActivityId,
    /// Of what.
    pub product: ProductId,
    /// How many people complete a group.
    pub size: i64,
    /// How long a group may take, in milliseconds.
    pub ttl_ms: i64,
    /// Groups are opened from then on.
    pub starts_at: Timestamp,
    /// No group is opened from then on.
    pub ends_at: Timestamp,
    /// Whether the shop still offers it.
    pub offered: bool,
    /// The most that one order may hold.
    pub per_order_limit: i64,
    /// The most that one person may hold.
    pub per_user_limit: i64,
    /// Whether a sale by it pays who brought it (rules.md A6).
    pub commission: bool,
    /// Who pays for its prices (M1).
    pub funding: Funding,
    /// Whether coupons come on top of its prices (G14).
    pub coupons: bool,
    /// What its groups take over.
    pub terms: GroupTerms,
    /// Of its prices.
    pub currency: Currency,
}

/// What a group takes over from its offer when it is opened, and keeps (G6).
#[derive(Clone, Debug)]
pub struct GroupTerms {
    /// Who may take a seat.
    pub join_policy: JoinPolicy,
    /// From how many paid seats on the store fills the rest (G15).
    pub virtual_min_real: Option<i64>,
    /// The leader's share, in hundredths of a percent (G16).
    pub leader_reward_bp: i64,
    /// Whether a leader may leave while it forms (G11).
    pub leader_may_leave: bool,
}

/// A SKU's price in a group, as a group remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRow {
    /// Of what.
    pub sku: SkuId,
    /// Price of one, in minor units.
    pub price: i64,
}

impl ActivityRow {
    /// Whether a group can be opened now (G1).
    pub fn open_at(&self, now: Timestamp) -> bool {
        self.offered && self.starts_at <= now && now < self.ends_at
    }
}

/// An offer, open or not.
pub async fn find(conn: &mut Conn, id: &ActivityId) -> Result<Option<ActivityRow>, AppError> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The offer of a product that is open now.
pub async fn open_of(
    conn: &mut Conn,
    product: &ProductId,
    now: Timestamp,
) -> Result<Option<ActivityRow>, AppError> {
    let row = sqlx::query(OF_PRODUCT)
        .bind(product.as_str())
        .bind(now.0)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// What the offer sells now and at which prices.
pub async fn prices(conn: &mut Conn, activity: &ActivityId) -> Result<Vec<PriceRow>, AppError> {
    sqlx::query(
        "SELECT a.sku, a.price FROM activity_sku a JOIN sku k ON k.id = a.sku \
         WHERE a.activity = $1 AND a.offered = 1 ORDER BY k.position, a.sku",
    )
    .bind(activity.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(PriceRow {
            sku: row.try_get::<String, _>("sku")?.into(),
            price: row.try_get("price")?,
        })
    })
    .collect()
}

fn read(row: &AnyRow) -> Result<ActivityRow, AppError> {
    Ok(ActivityRow {
        id: row.try_get::<String, _>("id")?.into(),
        product: row.try_get::<String, _>("product")?.into(),
        size: row.try_get("size")?,
        ttl_ms: row.try_get("ttl_ms")?,
        starts_at: Timestamp(row.try_get("starts_at")?),
        ends_at: Timestamp(row.try_get("ends_at")?),
        offered: row.try_get::<i64, _>("offered")? == 1,
        per_order_limit: row.try_get("per_order_limit")?,
        per_user_limit: row.try_get("per_user_limit")?,
        commission: row.try_get::<i64, _>("commission")? == 1,
        funding: read_funding(row)?,
        coupons: row.try_get::<i64, _>("coupons")? == 1,
        terms: read_terms(row)?,
        currency: read_currency(row)?,
    })
}

/// Says who pays for an offer's prices, and whether coupons come on top.
pub async fn set_terms(
    conn: &mut Conn,
    id: &ActivityId,
    funding: &str,
    coupons: bool,
) -> Result<(), AppError> {
    sqlx::query("UPDATE activity SET funding = $1, coupons = $2 WHERE id = $3")
        .bind(funding)
        .bind(i64::from(coupons))
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

fn read_funding(row: &AnyRow) -> Result<Funding, AppError> {
    let Some(text) = row.try_get::<Option<String>, _>("funding")? else {
        return Ok(Funding::store());
    };
    let parts = serde_json::from_str(&text).map_err(AppError::internal)?;
    Funding::new(parts).map_err(|error| AppError::internal(format!("{error:?}")))
}

/// The columns that offers and groups share.
pub(super) fn read_terms(row: &AnyRow) -> Result<GroupTerms, AppError> {
    Ok(GroupTerms {
        join_policy: from_word(row.try_get("join_policy")?)?,
        virtual_min_real: row.try_get("virtual_min_real")?,
        leader_reward_bp: row.try_get("leader_reward_bp")?,
        leader_may_leave: row.try_get::<i64, _>("leader_may_leave")? == 1,
    })
}

/// The column `currency`.
pub(super) fn read_currency(row: &AnyRow) -> Result<Currency, AppError> {
    row.try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))
}
