//! SQL of the buckets of flash sales (rules.md 3.5).

use contract::PromotionId;

use super::order::Piece;
use crate::AppError;
use crate::db::Conn;

/// Takes pieces for an order when enough are left; false when not (F1).
pub async fn reserve(conn: &mut Conn, piece: &Piece) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE promotion_sku SET reserved = reserved + $1 \
         WHERE promotion = $2 AND sku = $3 AND on_hand - reserved - sold >= $1",
    )
    .bind(piece.quantity)
    .bind(piece.promotion.as_str())
    .bind(piece.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sells pieces that an order holds; false when the bucket does not hold them.
pub async fn sell(conn: &mut Conn, piece: &Piece) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE promotion_sku SET reserved = reserved - $1, sold = sold + $1 \
         WHERE promotion = $2 AND sku = $3 AND reserved >= $1",
    )
    .bind(piece.quantity)
    .bind(piece.promotion.as_str())
    .bind(piece.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Pieces of an order come back: to the bucket when it `keeps` them, else they leave it. False when it does not hold
/// them.
pub async fn give_back(
    conn: &mut Conn,
    piece: &Piece,
    was_sold: bool,
    keeps: bool,
) -> Result<bool, AppError> {
    let (reserved, sold) = match was_sold {
        true => (0, piece.quantity),
        false => (piece.quantity, 0),
    };
    let leaves = if keeps { 0 } else { piece.quantity };
    let done = sqlx::query(
        "UPDATE promotion_sku SET reserved = reserved - $1, sold = sold - $2, on_hand = on_hand - $3 \
         WHERE promotion = $4 AND sku = $5 AND reserved >= $1 AND sold >= $2",
    )
    .bind(reserved)
    .bind(sold)
    .bind(leaves)
    .bind(piece.promotion.as_str())
    .bind(piece.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes a bucket hold so many; false when orders have more of it than that (F8).
pub async fn carve(conn: &mut Conn, piece: &Piece) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE promotion_sku SET on_hand = $1 \
         WHERE promotion = $2 AND sku = $3 AND reserved + sold <= $1",
    )
    .bind(piece.quantity)
    .bind(piece.promotion.as_str())
    .bind(piece.sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the goods of a sale in place of those it had; buckets that orders took from keep what they hold.
pub async fn write(
    conn: &mut Conn,
    promotion: &PromotionId,
    prices: &[super::promotion::SkuRow],
) -> Result<(), AppError> {
    sqlx::query(
        "DELETE FROM promotion_sku WHERE promotion = $1 AND on_hand = 0 AND reserved = 0 AND sold = 0",
    )
    .bind(promotion.as_str())
    .execute(&mut *conn)
    .await?;
    for row in prices {
        sqlx::query(
            "INSERT INTO promotion_sku (promotion, sku, price, quota) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (promotion, sku) DO UPDATE SET price = excluded.price, quota = excluded.quota",
        )
        .bind(promotion.as_str())
        .bind(row.sku.as_str())
        .bind(row.price)
        .bind(row.quota)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
