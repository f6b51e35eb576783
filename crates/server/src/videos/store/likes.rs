//! SQL of likes: one row a person, and the sum beside the video.

use contract::Timestamp;
use contract::videos::VideoLikes;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::count;

const LIKE: &str =
    "INSERT INTO video_like (video, owner, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const UNLIKE: &str = "DELETE FROM video_like WHERE video = $1 AND owner = $2";

/// Likes a video, or no longer; the sum moves only when something changed.
pub async fn set(
    conn: &mut Conn,
    video: &str,
    owner: &str,
    liked: bool,
    now: Timestamp,
) -> Result<VideoLikes, AppError> {
    let change = match liked {
        true => sqlx::query(LIKE).bind(video).bind(owner).bind(now.0),
        false => sqlx::query(UNLIKE).bind(video).bind(owner),
    };
    let changed = change.execute(&mut *conn).await?.rows_affected() == 1;
    let by: i64 = match (changed, liked) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => -1,
    };
    let row = sqlx::query("UPDATE video SET likes = likes + $1 WHERE id = $2 RETURNING likes")
        .bind(by)
        .bind(video)
        .fetch_one(conn)
        .await?;
    let likes = u64::from(count(&row, "likes")?);
    Ok(VideoLikes { liked, likes })
}
