//! The notification centre: what happened to a person's groups, orders and earnings.

use crate::macros::wire;
use crate::{GroupId, LiveId, Money, NotificationId, OrderId, Timestamp};

wire! {
    /// What a notification tells. A reader skips kinds that it does not know.
    #[serde(tag = "kind", rename_all = "snake_case", try_from = "Told")]
    pub enum Notice {
        /// Somebody joined your group.
        GroupJoined {
            /// Which group.
            group: GroupId,
            /// Who, masked.
            who: String,
            /// Seats still to be paid.
            need: u32,
        },
        /// One seat is left in your group.
        GroupAlmost {
            /// Which group.
            group: GroupId,
            /// When it ends unless filled.
            expires_at: Timestamp,
        },
        /// Your group is complete.
        GroupCompleted {
            /// Which group.
            group: GroupId,
            /// Your order.
            order: OrderId,
        },
        /// Your group ended unfilled; the money goes back.
        GroupFailed {
            /// Which group.
            group: GroupId,
            /// Your order.
            order: OrderId,
            /// How much goes back.
            amount: Money,
        },
        /// You lead the group now.
        GroupLed {
            /// Which group.
            group: GroupId,
        },
        /// A live room that you asked to be reminded of is on air.
        LiveStarted {
            /// Which room.
            live: LiveId,
        },
        /// You won a giveaway of a live room; the subject is the prize.
        GiveawayWon {
            /// Which room.
            live: LiveId,
        },
        /// Money of an order is back.
        OrderRefunded {
            /// Which order.
            order: OrderId,
            /// How much.
            amount: Money,
        },
        /// A sale by your link.
        CommissionEarned {
            /// How much, once the return window is over.
            amount: Money,
        },
        /// A sale by your link was returned.
        CommissionReversed {
            /// How much less.
            amount: Money,
        },
        /// A group that you lead is complete, and pays you a reward.
        RewardEarned {
            /// How much, once the return window of your own order is over.
            amount: Money,
        },
        /// Some of your order of a group that you led went back, and the reward with it.
        RewardReversed {
            /// How much less.
            amount: Money,
        },
        /// What sales of goods that you share pay falls soon (rules.md A11).
        RateFalls {
            /// The coming rate in basis points.
            rate_bp: u32,
            /// From when.
            at: Timestamp,
        },
        /// Where a withdrawal stands.
        WithdrawalEnded {
            /// How much.
            amount: Money,
            /// Paid out; otherwise it was refused and the money is back in the balance.
            paid: bool,
        },
    }

    /// One entry of the centre.
    pub struct Notification {
        /// Its id.
        pub id: NotificationId,
        /// When it happened.
        pub at: Timestamp,
        /// Seen before.
        pub read: bool,
        /// What it is about, such as a product's title; may be empty.
        pub subject: String,
        /// What it tells.
        pub notice: Notice,
    }

    /// One page of the centre, newest first.
    pub struct NotificationList {
        /// The entries.
        pub items: Vec<Notification>,
        /// Where to go on; absent on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<crate::Cursor>,
        /// How many are unread in all.
        pub unread: u32,
    }

    /// Marks everything as read up to an entry.
    #[serde(deny_unknown_fields)]
    pub struct MarkRead {
        /// The newest entry that was seen.
        pub up_to: NotificationId,
    }

    /// How many are unread: the body of an event.
    #[derive(Copy, Eq)]
    pub struct Unread {
        /// How many.
        pub unread: u32,
    }
}

/// A notice of any kind as it is read: its members are absent where its kind has none. Made to be small: what reads a
/// tagged enum first keeps what it reads, of whatever shape, and is then compiled for each shape.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Told {
    kind: String,
    group: Option<GroupId>,
    order: Option<OrderId>,
    live: Option<LiveId>,
    amount: Option<Money>,
    who: Option<String>,
    need: Option<u32>,
    rate_bp: Option<u32>,
    expires_at: Option<Timestamp>,
    at: Option<Timestamp>,
    paid: Option<bool>,
}

/// A notice is of a kind that is not known here, or lacks what its kind has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a notice of a kind that is not known here")]
pub struct UnknownNotice;

impl TryFrom<Told> for Notice {
    type Error = UnknownNotice;

    fn try_from(told: Told) -> Result<Self, UnknownNotice> {
        told.notice().ok_or(UnknownNotice)
    }
}

impl Told {
    fn notice(self) -> Option<Notice> {
        let Self {
            group,
            order,
            live,
            amount,
            ..
        } = self;
        Some(match self.kind.as_str() {
            "group_joined" => Notice::GroupJoined {
                group: group?,
                who: self.who?,
                need: self.need?,
            },
            "group_almost" => Notice::GroupAlmost {
                group: group?,
                expires_at: self.expires_at?,
            },
            "group_completed" => Notice::GroupCompleted {
                group: group?,
                order: order?,
            },
            "group_failed" => Notice::GroupFailed {
                group: group?,
                order: order?,
                amount: amount?,
            },
            "group_led" => Notice::GroupLed { group: group? },
            "live_started" => Notice::LiveStarted { live: live? },
            "giveaway_won" => Notice::GiveawayWon { live: live? },
            "order_refunded" => Notice::OrderRefunded {
                order: order?,
                amount: amount?,
            },
            "commission_earned" => Notice::CommissionEarned { amount: amount? },
            "commission_reversed" => Notice::CommissionReversed { amount: amount? },
            "reward_earned" => Notice::RewardEarned { amount: amount? },
            "reward_reversed" => Notice::RewardReversed { amount: amount? },
            "rate_falls" => Notice::RateFalls {
                rate_bp: self.rate_bp?,
                at: self.at?,
            },
            "withdrawal_ended" => Notice::WithdrawalEnded {
                amount: amount?,
                paid: self.paid?,
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_of_every_kind_is_read_as_it_was_written() {
        let (group, order, live) = (GroupId::from("g"), OrderId::from("o"), LiveId::from("l"));
        let amount: Money = serde_json::from_str(r#"{"minor":5,"currency":"CNY"}"#).unwrap();
        let (at, group_, order_) = (Timestamp(7), || group.clone(), || order.clone());
        let all = [
            Notice::GroupJoined {
                group: group_(),
                who: "L*".into(),
                need: 2,
            },
            Notice::GroupAlmost {
                group: group_(),
                expires_at: at,
            },
            Notice::GroupCompleted {
                group: group_(),
                order: order_(),
            },
            Notice::GroupFailed {
                group: group_(),
                order: order_(),
                amount,
            },
            Notice::GroupLed { group: group_() },
            Notice::LiveStarted { live: live.clone() },
            Notice::GiveawayWon { live },
            Notice::OrderRefunded {
                order: order_(),
                amount,
            },
            Notice::CommissionEarned { amount },
            Notice::CommissionReversed { amount },
            Notice::RewardEarned { amount },
            Notice::RewardReversed { amount },
            Notice::RateFalls { rate_bp: 300, at },
            Notice::WithdrawalEnded { amount, paid: true },
        ];
        for notice in all {
            let text = serde_json::to_string(&notice).unwrap();
            assert_eq!(
                serde_json::from_str::<Notice>(&text).unwrap(),
                notice,
                "{text}"
            );
        }
        for text in [r#"{"kind":"of_tomorrow"}"#, r#"{"kind":"group_led"}"#, "{}"] {
            assert!(serde_json::from_str::<Notice>(text).is_err(), "{text}");
        }
    }
}
