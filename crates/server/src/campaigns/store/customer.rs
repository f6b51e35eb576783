//! SQL of what the shop knows of a customer that promotions ask about.

use std::collections::BTreeMap;

use contract::{CommunityId, PromotionId, Timestamp, UserId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::count;

/// A customer.
#[derive(Clone, Copy, Debug)]
pub struct CustomerRow {
    /// When the account was made.
    pub since: Timestamp,
    /// Has an order that was paid and not given back.
    pub has_bought: bool,
    /// Level of membership.
    pub tier: u32,
}

/// A customer; none for an account that is gone.
pub async fn find(conn: &mut Conn, id: &UserId) -> Result<Option<CustomerRow>, AppError> {
    let row = sqlx::query(
        "SELECT created_at, tier, (SELECT COUNT(*) FROM orders o WHERE o.owner = a.id \
           AND o.state IN ('paid', 'received')) AS bought FROM account a WHERE id = $1",
    )
    .bind(id.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(CustomerRow {
            since: Timestamp(row.try_get("created_at")?),
            has_bought: row.try_get::<i64, _>("bought")? > 0,
            tier: count(&row, "tier")?,
        })
    })
    .transpose()
}

/// Neighbourhoods of the address book.
pub async fn communities(conn: &mut Conn, id: &UserId) -> Result<Vec<CommunityId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT community FROM address WHERE owner = $1 AND community IS NOT NULL",
    )
    .bind(id.as_str())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(CommunityId).collect())
}

/// What the customer had of each promotion.
pub async fn had(conn: &mut Conn, id: &UserId) -> Result<BTreeMap<PromotionId, u32>, AppError> {
    sqlx::query("SELECT promotion, had FROM promotion_customer WHERE customer = $1 AND had > 0")
        .bind(id.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let promotion: String = row.try_get("promotion")?;
            Ok((promotion.into(), count(row, "had")?))
        })
        .collect()
}

/// Gives somebody a level of membership; the one before.
pub async fn set_tier(
    conn: &mut Conn,
    phone: &crate::phone::Phone,
    tier: i64,
) -> Result<Option<i64>, AppError> {
    let before: Option<i64> = sqlx::query_scalar("SELECT tier FROM account WHERE phone = $1")
        .bind(phone.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    sqlx::query("UPDATE account SET tier = $1 WHERE phone = $2")
        .bind(tier)
        .bind(phone.as_str())
        .execute(conn)
        .await?;
    Ok(before)
}
