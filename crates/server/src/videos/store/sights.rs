//! SQL of sightings (features.md 14): each is counted once, however often it is told.

use contract::Timestamp;
use contract::videos::Sight;

use crate::AppError;
use crate::db::Conn;

/// Counts a sighting that was not told before.
pub async fn count(conn: &mut Conn, sight: &Sight, now: Timestamp) -> Result<(), AppError> {
    let new =
        sqlx::query("INSERT INTO video_sight (event, at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(&sight.event)
            .bind(now.0)
            .execute(&mut *conn)
            .await?;
    if new.rows_affected() == 0 {
        return Ok(());
    }
    let (views, cards) = match sight.product {
        None => (1_i64, 0_i64),
        Some(_) => (0, 1),
    };
    sqlx::query(
        "UPDATE video SET views = views + $1, card_views = card_views + $2 \
         WHERE id = $3 AND state = 'published' AND ($4 = '' OR EXISTS \
           (SELECT 1 FROM video_product p WHERE p.video = video.id AND p.product = $4))",
    )
    .bind(views)
    .bind(cards)
    .bind(sight.video.as_str())
    .bind(
        sight
            .product
            .as_ref()
            .map_or("", |product| product.as_str()),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets sightings from before a moment: they will not be told again.
pub async fn prune(conn: &mut Conn, before: Timestamp, limit: i64) -> Result<(), AppError> {
    sqlx::query(
        "DELETE FROM video_sight WHERE event IN (SELECT event FROM video_sight WHERE at < $1 LIMIT $2)",
    )
    .bind(before.0)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(())
}
