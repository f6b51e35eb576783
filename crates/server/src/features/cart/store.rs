//! SQL of the cart's copy.

use std::collections::HashMap;

use contract::cart::{Cart, CartLine};
use contract::{Quantity, SkuId, Timestamp, UserId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::AppError;

/// The copy, in the customer's order.
pub async fn cart(conn: &mut AnyConnection, owner: &UserId) -> Result<Cart, AppError> {
    let rows = sqlx::query(
        "SELECT sku, quantity, added_at FROM cart_line WHERE owner = $1 ORDER BY position",
    )
    .bind(owner.as_str())
    .fetch_all(conn)
    .await?;
    let lines = rows.iter().map(read).collect::<Result<_, AppError>>()?;
    Ok(Cart { lines })
}

/// Puts a cart in the place of the copy.
pub async fn replace(
    conn: &mut AnyConnection,
    owner: &UserId,
    cart: &Cart,
) -> Result<(), AppError> {
    sqlx::query("DELETE FROM cart_line WHERE owner = $1")
        .bind(owner.as_str())
        .execute(&mut *conn)
        .await?;
    for (position, line) in (0_i64..).zip(&cart.lines) {
        sqlx::query(
            "INSERT INTO cart_line (owner, position, sku, quantity, added_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(owner.as_str())
        .bind(position)
        .bind(line.sku.as_str())
        .bind(i64::from(line.quantity.get()))
        .bind(line.added_at.0)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// How many of each SKU can be bought now: the smaller of its limit and its stock. What is not sold any
/// more is left out.
pub async fn most(
    conn: &mut AnyConnection,
    skus: impl Iterator<Item = &SkuId>,
) -> Result<HashMap<SkuId, u32>, AppError> {
    let mut most = HashMap::new();
    for sku in skus {
        let row = sqlx::query(
            "SELECT k.order_limit, s.on_hand - s.reserved - s.sold AS available \
             FROM sku k JOIN product p ON p.id = k.product JOIN stock s ON s.sku = k.id \
             WHERE k.id = $1 AND k.on_sale = 1 AND p.on_sale = 1",
        )
        .bind(sku.as_str())
        .fetch_optional(&mut *conn)
        .await?;
        if let Some(row) = row {
            let limit: i64 = row.try_get("order_limit")?;
            let available: i64 = row.try_get("available")?;
            let least = u32::try_from(limit.min(available).max(0)).unwrap_or(u32::MAX);
            most.insert(sku.clone(), least);
        }
    }
    Ok(most)
}

fn read(row: &AnyRow) -> Result<CartLine, AppError> {
    let quantity = u32::try_from(row.try_get::<i64, _>("quantity")?).map_err(AppError::internal)?;
    Ok(CartLine {
        sku: row.try_get::<String, _>("sku")?.into(),
        quantity: Quantity::try_from(quantity).map_err(AppError::internal)?,
        added_at: Timestamp(row.try_get("added_at")?),
    })
}
