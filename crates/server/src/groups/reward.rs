//! What a group's leader is owed (G16): booked when the group is complete, taken back when the leader's
//! order is refunded. Whoever pays commission reads `group_reward` or takes these two over.

use contract::{Money, Timestamp};

use super::rules;
use super::store::group::GroupRow;
use super::store::reward as store;
use crate::AppError;
use crate::db::Conn;
use crate::trade::store::OrderRow;

/// Books what the leader of a complete group is owed; nothing for nothing.
pub async fn due(
    conn: &mut Conn,
    group: &GroupRow,
    leader: &OrderRow,
    now: Timestamp,
) -> Result<(), AppError> {
    let minor = rules::leader_reward(leader.goods.minor, group.terms.leader_reward_bp);
    if minor <= 0 {
        return Ok(());
    }
    let amount = Money::new(minor, leader.goods.currency);
    store::book(conn, &group.id, &leader.id, &leader.owner, amount, now).await
}

/// The leader's own order goes back, and the reward with it.
pub async fn void(conn: &mut Conn, leader: &OrderRow, now: Timestamp) -> Result<(), AppError> {
    store::void(conn, &leader.id, now).await
}
