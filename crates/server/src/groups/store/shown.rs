//! SQL of what pages show of groups.

use contract::groups::{GroupMember, GroupRole, OpenGroup, SeatPrice};
use contract::{GroupId, Money, OrderId, ProductId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::activity::PriceRow;
use super::quota;
use crate::AppError;
use crate::db::Conn;
use crate::db::columns::count;
use crate::groups::rules::{leader_reward, masked_name};
use crate::http::language::Lang;
use crate::words::{Both, from_word};

const OPEN: &str = "
    SELECT g.id, g.size, g.filled, g.expires_at, COALESCE(a.neighbour_no, 0) AS neighbour_no, a.name
    FROM buy_group g JOIN orders o ON o.id = g.leader_order LEFT JOIN account a ON a.id = o.owner
    WHERE g.product = $1 AND g.state = 'forming' AND g.expires_at > $2 AND g.filled + g.reserved < g.size
      AND (g.expires_at > $3 OR (g.expires_at = $3 AND g.id > $4))
    ORDER BY g.expires_at, g.id LIMIT $5";

/// Who paid; of a group that is over, those too whose money went back with it.
const MEMBERS: &str = "
    SELECT s.owner, s.role, s.paid_at, COALESCE(a.neighbour_no, 0) AS neighbour_no, a.name
    FROM group_seat s JOIN buy_group g ON g.id = s.group_id LEFT JOIN account a ON a.id = s.owner
    WHERE s.group_id = $1 AND s.paid_at IS NOT NULL
      AND (s.state IN ('paid', 'confirmed') OR g.state <> 'forming')
    ORDER BY CASE s.role WHEN 'leader' THEN 0 ELSE 1 END, s.paid_at, s.order_id";

const MONEY: &str = "
    SELECT CAST(COALESCE((SELECT SUM(captured_minor) FROM payment WHERE order_id = $1), 0) AS BIGINT) AS paid,
           CAST(COALESCE((SELECT SUM(amount_minor) FROM refund
              WHERE order_id = $1 AND state = 'succeeded'), 0) AS BIGINT) AS refunded,
           (SELECT MAX(COALESCE(done_at, created_at)) FROM refund WHERE order_id = $1) AS refund_at";

/// Where a list of open groups goes on: after this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    expires_at: Timestamp,
    id: GroupId,
}

impl Place {
    /// After this group.
    pub fn of(group: &OpenGroup) -> Self {
        Self {
            expires_at: group.expires_at,
            id: group.id.clone(),
        }
    }
}

/// What was paid for an order and what came of it.
#[derive(Clone, Copy, Debug)]
pub struct MoneyRow {
    /// Captured, in minor units.
    pub paid: i64,
    /// Back with the buyer, in minor units.
    pub refunded: i64,
    /// When the last refund succeeded, or was asked for while it has not.
    pub refund_at: Option<Timestamp>,
}

/// A product's title.
pub async fn title(conn: &mut Conn, product: &ProductId) -> Result<Both, AppError> {
    let row = sqlx::query("SELECT title_zh, title_en FROM product WHERE id = $1")
        .bind(product.as_str())
        .fetch_one(conn)
        .await?;
    let (zh, en): (String, String) = (row.try_get("title_zh")?, row.try_get("title_en")?);
    Ok(Both::new(zh, en))
}

/// Prices with what is left at them and what they pay a leader.
pub async fn seat_prices(
    conn: &mut Conn,
    activity: &contract::ActivityId,
    prices: &[PriceRow],
    (currency, reward_bp): (contract::Currency, i64),
) -> Result<Vec<SeatPrice>, AppError> {
    let mut shown = Vec::with_capacity(prices.len());
    for price in prices {
        let left = quota::left(conn, activity, &price.sku).await?;
        shown.push(SeatPrice {
            sku: price.sku.clone(),
            price: Money::new(price.price, currency),
            left: u32::try_from(left).unwrap_or(u32::MAX),
            reward: Some(leader_reward(price.price, reward_bp))
                .filter(|minor| *minor > 0)
                .map(|minor| Money::new(minor, currency)),
        });
    }
    Ok(shown)
}

/// Groups of a product that can be joined, the most urgent first, at most `limit` after `after`.
pub async fn open_groups(
    conn: &mut Conn,
    lang: Lang,
    product: &ProductId,
    now: Timestamp,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<OpenGroup>, AppError> {
    sqlx::query(OPEN)
        .bind(product.as_str())
        .bind(now.0)
        .bind(after.map_or(i64::MIN, |place| place.expires_at.0))
        .bind(after.map_or("", |place| place.id.as_str()))
        .bind(i64::try_from(limit).map_err(AppError::internal)?)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let (size, filled) = (count(row, "size")?, count(row, "filled")?);
            Ok(OpenGroup {
                id: row.try_get::<String, _>("id")?.into(),
                leader: GroupMember {
                    name: name(row, lang)?,
                    role: GroupRole::Leader,
                    is_me: false,
                },
                size,
                need: size.saturating_sub(filled),
                expires_at: Timestamp(row.try_get("expires_at")?),
            })
        })
        .collect()
}

/// How many groups of a product form.
pub async fn forming(
    conn: &mut Conn,
    product: &ProductId,
    now: Timestamp,
) -> Result<u32, AppError> {
    let forming: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM buy_group WHERE product = $1 AND state = 'forming' AND expires_at > $2",
    )
    .bind(product.as_str())
    .bind(now.0)
    .fetch_one(conn)
    .await?;
    u32::try_from(forming).map_err(AppError::internal)
}

/// Who paid for a seat of a group, leader first, and whether it is the viewer.
pub async fn members(
    conn: &mut Conn,
    lang: Lang,
    group: &GroupId,
    viewer: Option<&UserId>,
) -> Result<Vec<GroupMember>, AppError> {
    sqlx::query(MEMBERS)
        .bind(group.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let owner: String = row.try_get("owner")?;
            Ok(GroupMember {
                name: name(row, lang)?,
                role: from_word(row.try_get("role")?)?,
                is_me: viewer.is_some_and(|viewer| viewer.0 == owner),
            })
        })
        .collect()
}

/// The money of a seat's order.
pub async fn money(conn: &mut Conn, order: &OrderId) -> Result<MoneyRow, AppError> {
    let row = sqlx::query(MONEY)
        .bind(order.as_str())
        .fetch_one(conn)
        .await?;
    let refund_at: Option<i64> = row.try_get("refund_at")?;
    Ok(MoneyRow {
        paid: row.try_get("paid")?,
        refunded: row.try_get("refunded")?,
        refund_at: refund_at.map(Timestamp),
    })
}

fn name(row: &AnyRow, lang: Lang) -> Result<String, sqlx::Error> {
    let own: Option<String> = row.try_get("name")?;
    Ok(masked_name(own.as_deref(), row.try_get("neighbour_no")?).pick(lang))
}
