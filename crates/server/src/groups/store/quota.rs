//! SQL of what an offer allows: the quota of its SKUs and how many one person has (G4, G13).

use contract::{ActivityId, SkuId, UserId};

use crate::AppError;
use crate::db::Conn;

/// How many of a SKU can still be bought by the offer, its quota and the stock together.
pub async fn left(conn: &mut Conn, activity: &ActivityId, sku: &SkuId) -> Result<i64, AppError> {
    let left: Option<i64> = sqlx::query_scalar(
        "SELECT CASE WHEN a.quota - a.reserved - a.sold < s.on_hand - s.reserved - s.sold \
                     THEN a.quota - a.reserved - a.sold ELSE s.on_hand - s.reserved - s.sold END \
         FROM activity_sku a JOIN stock s ON s.sku = a.sku WHERE a.activity = $1 AND a.sku = $2",
    )
    .bind(activity.as_str())
    .bind(sku.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(left.unwrap_or(0).max(0))
}

/// Moves a quota's counts; false when the quota does not allow it.
pub async fn shift(
    conn: &mut Conn,
    activity: &ActivityId,
    sku: &SkuId,
    (reserved, sold): (i64, i64),
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE activity_sku SET reserved = reserved + $1, sold = sold + $2 \
         WHERE activity = $3 AND sku = $4 AND reserved + $1 >= 0 AND sold + $2 >= 0 \
           AND quota - (reserved + $1) - (sold + $2) >= 0",
    )
    .bind(reserved)
    .bind(sold)
    .bind(activity.as_str())
    .bind(sku.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many somebody has of an offer.
pub async fn had_by(
    conn: &mut Conn,
    activity: &ActivityId,
    owner: &UserId,
) -> Result<i64, AppError> {
    let had: Option<i64> =
        sqlx::query_scalar("SELECT quantity FROM activity_user WHERE activity = $1 AND owner = $2")
            .bind(activity.as_str())
            .bind(owner.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(had.unwrap_or(0))
}

/// Gives somebody that many more of an offer; false when that would pass the offer's limit (G4, F2).
pub async fn give(
    conn: &mut Conn,
    activity: &ActivityId,
    owner: &UserId,
    quantity: i64,
) -> Result<bool, AppError> {
    sqlx::query(
        "INSERT INTO activity_user (activity, owner, quantity) VALUES ($1, $2, 0) \
         ON CONFLICT DO NOTHING",
    )
    .bind(activity.as_str())
    .bind(owner.as_str())
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query(
        "UPDATE activity_user SET quantity = quantity + $1 \
         WHERE activity = $2 AND owner = $3 AND quantity + $1 <= \
           (SELECT per_user_limit FROM activity WHERE id = $2)",
    )
    .bind(quantity)
    .bind(activity.as_str())
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes that many from somebody; false when there are not as many.
pub async fn take_back(
    conn: &mut Conn,
    activity: &ActivityId,
    owner: &UserId,
    quantity: i64,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE activity_user SET quantity = quantity - $1 \
         WHERE activity = $2 AND owner = $3 AND quantity >= $1",
    )
    .bind(quantity)
    .bind(activity.as_str())
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
