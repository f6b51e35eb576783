//! The notification centre: what happened to a person's groups, orders and earnings.

use crate::macros::wire;
use crate::{GroupId, LiveId, Money, NotificationId, OrderId, Timestamp};

wire! {
    /// What a notification tells. A reader skips kinds that it does not know.
    #[serde(tag = "kind", rename_all = "snake_case")]
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
