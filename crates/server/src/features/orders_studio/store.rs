//! SQL of finding orders for staff.

use contract::orders::OrderState;
use contract::{OrderId, UserId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::phone::Phone;
use crate::trade::store::{self as orders, OrderRow, Place};
use crate::words::to_word;

/// Which orders.
pub(super) struct Wanted {
    /// Whose number, or whose buyer's phone number, ends so; all when empty.
    pub end: String,
    /// In this state.
    pub state: Option<OrderState>,
}

/// An order and its buyer's number.
pub(super) struct Found {
    /// The order.
    pub order: OrderRow,
    /// The number.
    pub phone: Phone,
}

/// Orders, newest first, at most `limit` after `after`.
pub(super) async fn page(
    conn: &mut Conn,
    wanted: &Wanted,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<Found>, AppError> {
    let (placed_at, id) = after.map_or((i64::MAX, ""), Place::parts);
    let rows = sqlx::query(
        "SELECT o.id, COALESCE(a.phone, '') AS phone FROM orders o LEFT JOIN account a ON a.id = o.owner \
         WHERE ($1 = '' OR o.state = $1) AND ($2 = '' OR o.id LIKE '%' || $2 OR a.phone LIKE '%' || $2) \
           AND (o.placed_at < $3 OR (o.placed_at = $3 AND o.id < $4)) \
         ORDER BY o.placed_at DESC, o.id DESC LIMIT $5",
    )
    .bind(wanted.state.map(to_word).transpose()?.unwrap_or_default())
    .bind(&wanted.end)
    .bind(placed_at)
    .bind(id)
    .bind(i64::try_from(limit).map_err(AppError::internal)?)
    .fetch_all(&mut *conn)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let id: OrderId = row.try_get::<String, _>("id")?.into();
        let phone = Phone::from_stored(row.try_get("phone")?);
        // Orders are never deleted.
        if let Some(order) = orders::find(conn, &id).await? {
            found.push(Found { order, phone });
        }
    }
    Ok(found)
}

/// The number of an account; an empty one when it is gone.
pub(super) async fn phone(conn: &mut Conn, account: &UserId) -> Result<Phone, AppError> {
    let phone: Option<String> = sqlx::query_scalar("SELECT phone FROM account WHERE id = $1")
        .bind(account.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(Phone::from_stored(phone.unwrap_or_default()))
}
