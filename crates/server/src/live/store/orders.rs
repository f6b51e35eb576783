//! SQL of orders that were placed in a room.

use contract::{FlashId, LiveId, OrderId, Timestamp};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// What an order has to do with a room.
#[derive(Clone, Debug)]
pub struct LiveOrder {
    /// In which session it was placed.
    pub session: LiveId,
    /// At which flash price.
    pub flash: Option<FlashId>,
    /// How many at it.
    pub quantity: i64,
    /// What was pinned, when the order holds it.
    pub pinned: Option<i64>,
}

/// Writes down where an order was placed.
pub async fn insert(
    conn: &mut Conn,
    order: &OrderId,
    live: &LiveOrder,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO live_order (order_id, session, flash, quantity, pinned, at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(order.as_str())
    .bind(live.session.as_str())
    .bind(live.flash.as_ref().map(FlashId::as_str))
    .bind(live.quantity)
    .bind(live.pinned)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Where an order was placed, if that was in a room.
pub async fn find(conn: &mut Conn, order: &OrderId) -> Result<Option<LiveOrder>, AppError> {
    let row =
        sqlx::query("SELECT session, flash, quantity, pinned FROM live_order WHERE order_id = $1")
            .bind(order.as_str())
            .fetch_optional(conn)
            .await?;
    row.map(|row| {
        let flash: Option<String> = row.try_get("flash")?;
        Ok(LiveOrder {
            session: row.try_get::<String, _>("session")?.into(),
            flash: flash.map(FlashId),
            quantity: row.try_get("quantity")?,
            pinned: row.try_get("pinned")?,
        })
    })
    .transpose()
}

/// The pinned number of a session, when an order holds its product.
pub async fn pinned_in(
    conn: &mut Conn,
    session: &LiveId,
    order: &OrderId,
) -> Result<Option<i64>, AppError> {
    let number = sqlx::query_scalar(
        "SELECT s.pinned FROM live_session s JOIN live_shelf l ON l.session = s.id AND l.number = s.pinned \
           JOIN sku k ON k.product = l.product JOIN order_line o ON o.sku = k.id \
         WHERE s.id = $1 AND o.order_id = $2 LIMIT 1",
    )
    .bind(session.as_str())
    .bind(order.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(number)
}
