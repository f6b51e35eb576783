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
pub fn masked_name(own: Option<&str>, neighbour_no: i64) -> Both {
    if let Some(first) = own.and_then(|name| name.chars().next()) {
        let masked = format!("{first}**");
        return Both::new(masked.clone(), masked);
    }
    let last = neighbour_no.rem_euclid(100);
    Both::new(
        format!("邻居 **{last:02}"),
        format!("Neighbour **{last:02}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn tally(state: GroupState, filled: i64, reserved: i64) -> Tally {
        Tally {
            state,
            size: 3,
            filled,
            reserved,
            by_store: 0,
            expires_at: Timestamp(100),
        }
    }

    fn seen(tally: Tally, mine: Option<SeatState>) -> View {
        View {
            tally,
            signed_in: true,
            mine,
            kept_out: None,
            now: Timestamp(50),
        }
    }

    #[test]
    fn g1_late_money_stretches_no_group_beyond_the_offers_end() {
        let end = Timestamp(10 * HOUR);
        assert_eq!(expires_at(Timestamp(HOUR), HOUR, end), Timestamp(2 * HOUR));
        assert_eq!(
            expires_at(Timestamp(12 * HOUR), HOUR, end),
            Timestamp(11 * HOUR)
        );
    }

    #[test]
    fn g2_a_hold_never_outlives_its_group() {
        let now = Timestamp(0);
        assert_eq!(hold_until(now, 600, None), Timestamp(600));
        assert_eq!(hold_until(now, 600, Some(Timestamp(900))), Timestamp(600));
        assert_eq!(hold_until(now, 600, Some(Timestamp(30))), Timestamp(30));
    }

    #[test]
    fn g16_the_reward_is_a_share_rounded_down() {
        assert_eq!(leader_reward(2490, 1000), 249);
        assert_eq!(leader_reward(99, 100), 0);
        assert_eq!(leader_reward(i64::MAX, 10_000), i64::MAX);
    }

    #[test]
    fn new_users_are_new_for_a_month_and_until_they_bought() {
        let who = Newcomer {
            since: Timestamp(0),
            has_bought: false,
            is_neighbour: false,
        };
        let kept = |who: &Newcomer, at| kept_out(JoinPolicy::NewUserOnly, who, Timestamp(at));
        assert_eq!(kept(&who, NEW_FOR_MS - 1), None);
        assert_eq!(kept(&who, NEW_FOR_MS), Some(JoinObstacle::NewUsersOnly));
        let bought = Newcomer {
            has_bought: true,
            ..who
        };
        assert_eq!(kept(&bought, 1), Some(JoinObstacle::NewUsersOnly));
        let far = kept_out(JoinPolicy::Community, &who, Timestamp(1));
        assert_eq!(far, Some(JoinObstacle::OtherCommunity));
        assert_eq!(kept_out(JoinPolicy::Any, &bought, Timestamp(1)), None);
    }

    #[test]
    fn g17_members_look_at_their_order_or_invite() {
        use GroupState::{Failed, Forming, Succeeded};
        use SeatState::{Confirmed, Held, Paid, RefundPending, Refunded, Released};
        let of = |state, filled, mine| cta(&seen(tally(state, filled, 0), Some(mine))).0;
        assert_eq!(of(Forming, 1, Held), GroupCta::ViewOrder);
        assert_eq!(of(Forming, 1, Paid), GroupCta::Invite);
        assert_eq!(of(Succeeded, 3, Confirmed), GroupCta::ViewOrder);
        assert_eq!(of(Succeeded, 3, Refunded), GroupCta::ViewOrder);
        assert_eq!(of(Failed, 2, RefundPending), GroupCta::ViewOrder);
        assert_eq!(
            of(Forming, 1, Released),
            GroupCta::Join,
            "who lost a seat may take another"
        );
        assert_eq!(of(Forming, 1, Refunded), GroupCta::Join, "so may who left");
        assert_eq!(of(Failed, 1, Released), GroupCta::OpenNew);
    }

    #[test]
    fn g17_strangers_join_sign_in_or_open_their_own() {
        use GroupState::{Failed, Forming, Succeeded};
        let stranger = |state, filled, reserved| seen(tally(state, filled, reserved), None);
        assert_eq!(cta(&stranger(Forming, 1, 1)), (GroupCta::Join, None));
        let guest = View {
            signed_in: false,
            ..stranger(Forming, 1, 1)
        };
        assert_eq!(cta(&guest), (GroupCta::Login, None));
        let open_new = |why| (GroupCta::OpenNew, Some(why));
        assert_eq!(cta(&stranger(Forming, 1, 2)), open_new(JoinObstacle::Full));
        assert_eq!(
            cta(&stranger(Succeeded, 3, 0)),
            open_new(JoinObstacle::Ended)
        );
        assert_eq!(cta(&stranger(Failed, 2, 0)), open_new(JoinObstacle::Ended));
        let late = View {
            now: Timestamp(100),
            ..stranger(Forming, 1, 0)
        };
        assert_eq!(
            cta(&late),
            open_new(JoinObstacle::Ended),
            "the end is not in the group"
        );
        let kept = View {
            kept_out: Some(JoinObstacle::LimitReached),
            ..stranger(Forming, 1, 0)
        };
        assert_eq!(cta(&kept), open_new(JoinObstacle::LimitReached));
    }

    #[test]
    fn a_masked_name_tells_two_apart_and_not_who_they_are() {
        assert_eq!(masked_name(None, 4821).zh, "邻居 **21");
        assert_eq!(masked_name(None, 7).en, "Neighbour **07");
        assert_eq!(masked_name(Some("小周"), 4821), Both::new("小**", "小**"));
        assert_eq!(masked_name(Some("Z"), 1).en, "Z**");
    }
}
