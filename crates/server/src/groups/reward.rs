//! What a group's leader is owed (G16): booked when the group is complete, paid as commission is, and taken back
//! with the leader's order.

use contract::orders::TimelineKind;
use contract::{Money, Timestamp};

use super::rules;
use super::store::reward as store;
use crate::AppError;
use crate::commission::{self, Reward};
use crate::db::Conn;
use crate::ledger::Dimensions;
use crate::trade::lifecycle::Step;
use crate::trade::store::OrderRow;

/// Books what the leader of a group is owed whose completion is this step of the leader's order; nothing for
/// nothing. What follows with the order's later steps `commission::follow` does.
pub async fn follow(
    conn: &mut Conn,
    order: &OrderRow,
    step: &Step,
    now: Timestamp,
) -> Result<(), AppError> {
    if !step.timeline.contains(&TimelineKind::GroupCompleted) {
        return Ok(());
    }
    let Some(due) = store::due(conn, &order.id).await? else {
        return Ok(());
    };
    let minor = rules::leader_reward(order.goods.minor, due.reward_bp);
    if minor <= 0 {
        return Ok(());
    }
    let reward = Reward {
        order: order.id.clone(),
        payee: order.owner.clone(),
        amount: Money::new(minor, order.goods.currency),
        freeze_ms: due.freeze_ms,
        day_max: due.day_max,
        about: Dimensions {
            activity: Some(due.activity),
            group: Some(due.group),
            ..Dimensions::default()
        },
    };
    commission::reward(conn, &reward, now).await
}
