//! SQL of what an order took of promotions.

use contract::promotions::PromotionKind;
use contract::{CouponId, OrderId, PromotionId, SkuId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::words::{Both, from_word, to_word};

/// A promotion that an order was placed by.
#[derive(Clone, Debug)]
pub struct OrderPromotion {
    /// Which.
    pub promotion: PromotionId,
    /// Of which kind.
    pub kind: PromotionKind,
    /// Its name then.
    pub title: Both,
    /// By which coupon.
    pub coupon: Option<CouponId>,
    /// What it took off, minor units.
    pub minor: i64,
    /// What it counts for the customer's limit.
    pub had: i64,
    /// It is an activity that counts by itself.
    pub is_apart: bool,
}

/// Pieces out of a flash sale's bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which sale.
    pub promotion: PromotionId,
    /// What.
    pub sku: SkuId,
    /// How many.
    pub quantity: i64,
}

/// Where pieces are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceState {
    /// In the bucket's `reserved`.
    Held,
    /// In its `sold`.
    Sold,
    /// In neither.
    Released,
    /// Came out of the shop's own stock.
    Outside,
}

/// Writes a promotion of a new order.
pub async fn insert(
    conn: &mut Conn,
    order: &OrderId,
    position: i64,
    row: &OrderPromotion,
) -> Result<(), AppError> {
    let state = if row.is_apart { "apart" } else { "counted" };
    sqlx::query(
        "INSERT INTO order_promotion (order_id, promotion, position, kind, title_zh, title_en, coupon, minor, had, \
           state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(order.as_str())
    .bind(row.promotion.as_str())
    .bind(position)
    .bind(to_word(row.kind)?)
    .bind(&row.title.zh)
    .bind(&row.title.en)
    .bind(row.coupon.as_ref().map(|coupon| coupon.0.clone()))
    .bind(row.minor)
    .bind(row.had)
    .bind(state)
    .execute(conn)
    .await?;
    Ok(())
}

/// The promotions of an order, in the order in which they were applied.
pub async fn of_order(conn: &mut Conn, order: &OrderId) -> Result<Vec<OrderPromotion>, AppError> {
    sqlx::query(
        "SELECT promotion, kind, title_zh, title_en, coupon, minor, had, state FROM order_promotion \
         WHERE order_id = $1 ORDER BY position",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(OrderPromotion {
            promotion: row.try_get::<String, _>("promotion")?.into(),
            kind: from_word(row.try_get("kind")?)?,
            title: Both::new(
                row.try_get::<String, _>("title_zh")?,
                row.try_get::<String, _>("title_en")?,
            ),
            coupon: row.try_get::<Option<String>, _>("coupon")?.map(CouponId),
            minor: row.try_get("minor")?,
            had: row.try_get("had")?,
            is_apart: row.try_get::<String, _>("state")? == "apart",
        })
    })
    .collect()
}

/// Takes an order's promotion from one state to another; false when it is not in that one.
pub async fn turn(
    conn: &mut Conn,
    order: &OrderId,
    promotion: &PromotionId,
    from: &str,
    to: &str,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE order_promotion SET state = $1 WHERE order_id = $2 AND promotion = $3 AND state = $4",
    )
    .bind(to)
    .bind(order.as_str())
    .bind(promotion.as_str())
    .bind(from)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes pieces that a new order took.
pub async fn insert_piece(conn: &mut Conn, order: &OrderId, piece: &Piece) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO order_flash (order_id, promotion, sku, quantity, state) \
         VALUES ($1, $2, $3, $4, 'held')",
    )
    .bind(order.as_str())
    .bind(piece.promotion.as_str())
    .bind(piece.sku.as_str())
    .bind(piece.quantity)
    .execute(conn)
    .await?;
    Ok(())
}

/// Pieces of an order, in the order of their SKUs' ids.
pub async fn pieces(
    conn: &mut Conn,
    order: &OrderId,
) -> Result<Vec<(Piece, PieceState)>, AppError> {
    sqlx::query(
        "SELECT promotion, sku, quantity, state FROM order_flash \
         WHERE order_id = $1 AND quantity > 0 ORDER BY sku, promotion",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let piece = Piece {
            promotion: row.try_get::<String, _>("promotion")?.into(),
            sku: row.try_get::<String, _>("sku")?.into(),
            quantity: row.try_get("quantity")?,
        };
        Ok((piece, from_word(row.try_get("state")?)?))
    })
    .collect()
}

/// Says where pieces are now.
pub async fn move_piece(
    conn: &mut Conn,
    order: &OrderId,
    piece: &Piece,
    to: PieceState,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE order_flash SET state = $1 WHERE order_id = $2 AND promotion = $3 AND sku = $4",
    )
    .bind(to_word(to)?)
    .bind(order.as_str())
    .bind(piece.promotion.as_str())
    .bind(piece.sku.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Some of an order's pieces are no longer its own.
pub async fn lessen_piece(conn: &mut Conn, order: &OrderId, part: &Piece) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE order_flash SET quantity = quantity - $1 \
         WHERE order_id = $2 AND promotion = $3 AND sku = $4",
    )
    .bind(part.quantity)
    .bind(order.as_str())
    .bind(part.promotion.as_str())
    .bind(part.sku.as_str())
    .execute(conn)
    .await?;
    Ok(())
}
