//! The rules of group-buy that decide without a database. Pure.

use contract::Timestamp;
use contract::groups::{GroupCta, GroupRole, GroupState, JoinObstacle, JoinPolicy, SeatState};

use super::lifecycle::{Refusal, Tally};
use crate::words::Both;

/// How long after signing up somebody is new to the shop, in milliseconds: a month (features.md 53).
pub const NEW_FOR_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// When a group ends whose leader's money came at `paid_at` (G1): late money does not stretch a group
/// beyond what the last leader in time could have had.
pub fn expires_at(paid_at: Timestamp, ttl_ms: i64, ends_at: Timestamp) -> Timestamp {
    paid_at.min(ends_at).plus_ms(ttl_ms)
}

/// Until when a seat is held (G2): the time to pay, never past the group's end.
pub fn hold_until(now: Timestamp, pay_ttl_ms: i64, group_ends: Option<Timestamp>) -> Timestamp {
    let own = now.plus_ms(pay_ttl_ms);
    group_ends.map_or(own, |ends| own.min(ends))
}

/// What a leader is owed for a complete group (G16), in minor units: a share of the goods that the leader
/// paid, rounded down.
pub fn leader_reward(goods_minor: i64, reward_bp: i64) -> i64 {
    let share = i128::from(goods_minor) * i128::from(reward_bp) / 10_000;
    i64::try_from(share).unwrap_or(0)
}

/// What the shop knows of somebody who would join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// When the account was made.
    pub since: Timestamp,
    /// Has an order that was paid and not given back.
    pub has_bought: bool,
    /// Lives in a neighbourhood of the group's leader.
    pub is_neighbour: bool,
}

/// Whether the policy of a group keeps somebody out of it.
pub fn kept_out(policy: JoinPolicy, who: &Newcomer, now: Timestamp) -> Option<JoinObstacle> {
    match policy {
        JoinPolicy::Any => None,
        JoinPolicy::NewUserOnly => {
            let is_new = now.since(who.since) < NEW_FOR_MS && !who.has_bought;
            (!is_new).then_some(JoinObstacle::NewUsersOnly)
        }
        JoinPolicy::Community => (!who.is_neighbour).then_some(JoinObstacle::OtherCommunity),
    }
}

/// How a group looks to somebody: all that [`cta`] decides by.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The group.
    pub tally: Tally,
    /// Whether the viewer is signed in.
    pub signed_in: bool,
    /// The viewer's own seat.
    pub mine: Option<SeatState>,
    /// What its policy, the viewer's limit or the goods say against joining.
    pub kept_out: Option<JoinObstacle>,
    /// The server's clock.
    pub now: Timestamp,
}

/// The one thing that the viewer can do (G17), and why that is not joining.
pub fn cta(view: &View) -> (GroupCta, Option<JoinObstacle>) {
    match (view.mine, view.tally.state) {
        (Some(SeatState::Held | SeatState::Confirmed), _) => return (GroupCta::ViewOrder, None),
        (Some(SeatState::Paid), GroupState::Forming) => return (GroupCta::Invite, None),
        (Some(SeatState::Paid), _) => return (GroupCta::ViewOrder, None),
        (
            Some(SeatState::RefundPending | SeatState::Refunded),
            GroupState::Failed | GroupState::Succeeded,
        ) => return (GroupCta::ViewOrder, None),
        _ => {}
    }
    let obstacle = match view.tally.open_at(view.now) {
        Err(Refusal::Full) => Some(JoinObstacle::Full),
        Err(_) => Some(JoinObstacle::Ended),
        Ok(()) => view.kept_out,
    };
    match obstacle {
        None if view.signed_in => (GroupCta::Join, None),
        None => (GroupCta::Login, None),
        Some(_) => (GroupCta::OpenNew, obstacle),
    }
}

/// The order in which members are shown: the leader first, then by when they paid.
pub fn by_rank(role: GroupRole, paid_at: Option<Timestamp>) -> (bool, i64) {
    (
        role != GroupRole::Leader,
        paid_at.map_or(i64::MAX, |at| at.0),
    )
}

/// A customer's name as strangers see it: enough to tell two apart, too little to know one by.
pub fn masked_name(neighbour_no: i64) -> Both {
    let last = neighbour_no.rem_euclid(100);
    Both::new(
        format!("邻居 **{last:02}"),
        format!("Neighbour **{last:02}"),
    )
}
