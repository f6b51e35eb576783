//! SQL of the people around groups: what strangers may see of them, and who may join.

use contract::{OrderId, Timestamp, UserId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::groups::rules::{Newcomer, masked_name};
use crate::words::Both;

/// A neighbour is somebody who has an address where the leader has one.
const NEWCOMER: &str = "
    SELECT a.created_at,
           (SELECT COUNT(*) FROM orders o WHERE o.owner = a.id AND o.state IN ('paid', 'received')) AS bought,
           (SELECT COUNT(*) FROM address mine JOIN address theirs ON theirs.community = mine.community
              JOIN orders led ON led.owner = theirs.owner
             WHERE mine.owner = a.id AND led.id = $2) AS shared
    FROM account a WHERE a.id = $1";

/// What the shop knows of somebody who would join the group that `leader_order` leads.
pub async fn newcomer(
    conn: &mut Conn,
    who: &UserId,
    leader_order: &OrderId,
) -> Result<Newcomer, AppError> {
    let row = sqlx::query(NEWCOMER)
        .bind(who.as_str())
        .bind(leader_order.as_str())
        .fetch_one(conn)
        .await?;
    Ok(Newcomer {
        since: Timestamp(row.try_get("created_at")?),
        has_bought: row.try_get::<i64, _>("bought")? > 0,
        is_neighbour: row.try_get::<i64, _>("shared")? > 0,
    })
}

/// Somebody's name as strangers see it.
pub async fn name(conn: &mut Conn, who: &UserId) -> Result<Both, AppError> {
    let row = sqlx::query("SELECT name, neighbour_no FROM account WHERE id = $1")
        .bind(who.as_str())
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else {
        return Ok(masked_name(None, 0));
    };
    let own: Option<String> = row.try_get("name")?;
    Ok(masked_name(own.as_deref(), row.try_get("neighbour_no")?))
}
