//! SQL of what leaders are owed (G16).

use contract::OrderId;
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// On which terms the leader of a complete group is owed something.
pub struct Due {
    /// The group.
    pub group: String,
    /// Its offer.
    pub activity: String,
    /// The share of the leader's goods, in hundredths of a percent.
    pub reward_bp: i64,
    /// Milliseconds between receipt and the day that it can be withdrawn.
    pub freeze_ms: i64,
    /// The most that the leader earns in a day, minor units.
    pub day_max: i64,
}

/// The terms of the group that an order led when it was completed; none where that pays nothing.
pub async fn due(conn: &mut Conn, order: &OrderId) -> Result<Option<Due>, AppError> {
    let row = sqlx::query(
        "SELECT g.id, g.activity, g.leader_reward_bp, s.freeze_ms, s.day_max \
         FROM buy_group g JOIN group_seat s ON s.order_id = g.leader_order \
         WHERE g.leader_order = $1 AND g.state = 'succeeded' AND g.leader_reward_bp > 0",
    )
    .bind(order.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Due {
            group: row.try_get("id")?,
            activity: row.try_get("activity")?,
            reward_bp: row.try_get("leader_reward_bp")?,
            freeze_ms: row.try_get("freeze_ms")?,
            day_max: row.try_get("day_max")?,
        })
    })
    .transpose()
}
