//! Commission: what a sharer earned, where it stands, and how it is paid out (rules.md A8 to A12).

use crate::macros::wire;
use crate::{Money, Timestamp, WithdrawalId};

wire! {
    /// Where a commission stands (rules.md A9).
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CommissionState {
        /// The order is paid and not yet received.
        Pending,
        /// Received; the return window is open.
        Frozen,
        /// Can be withdrawn.
        Available,
        /// Withdrawn.
        Withdrawn,
        /// Taken back.
        Reversed,
    }

    /// One day of earnings.
    #[derive(Copy, Eq)]
    pub struct EarningDay {
        /// The day's beginning in the shop's time zone.
        pub day: Timestamp,
        /// What was earned, reversals taken off; may be negative.
        pub earned: Money,
        /// Orders paid.
        pub paid: u64,
    }

    /// What a sharer earned.
    pub struct Earnings {
        /// Can be withdrawn; negative after a return of what was withdrawn.
        pub available: Money,
        /// Paid and not yet received, or within the return window.
        pub awaiting: Money,
        /// Withdrawn so far.
        pub withdrawn: Money,
        /// When the next of `awaiting` becomes available, and how much.
        pub next: Option<Settlement>,
        /// Orders paid this month.
        pub paid_this_month: u64,
        /// Paid orders of 10,000 clicks.
        pub conversion_bp: u32,
        /// The last 14 days, oldest first.
        pub days: Vec<EarningDay>,
        /// Days between receipt and settlement.
        pub freeze_days: u32,
        /// The least that can be withdrawn.
        pub withdrawal_min: Money,
        /// The most that is earned in a day.
        pub day_max: Money,
        /// The shop has suspended the sharer: nothing is earned and nothing paid out until that ends.
        #[serde(default)]
        pub suspended: bool,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// Money that becomes available.
    #[derive(Copy, Eq)]
    pub struct Settlement {
        /// When.
        pub at: Timestamp,
        /// How much.
        pub amount: Money,
    }

    /// What a commission is paid for.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CommissionKind {
        /// A sale by one's own link.
        Sale,
        /// A sale by the link of somebody whom one brought (rules.md A7).
        SecondLevel,
        /// A complete group that one led (rules.md G16).
        LeaderReward,
    }

    /// One commission.
    pub struct Commission {
        /// What it is paid for.
        pub kind: CommissionKind,
        /// What was sold.
        pub title: String,
        /// Where it stands.
        pub state: CommissionState,
        /// How much; what was reversed taken off.
        pub amount: Money,
        /// When the order was paid.
        pub at: Timestamp,
        /// When it becomes available, once known.
        pub available_at: Option<Timestamp>,
    }

    /// Where a withdrawal stands (rules.md A12).
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum WithdrawalState {
        /// Awaits review.
        Requested,
        /// Will be paid.
        Approved,
        /// On its way.
        Paying,
        /// Paid out.
        Paid,
        /// The transfer failed and is tried again.
        Failed,
        /// Refused; the money is back in the balance.
        Rejected,
    }

    /// Asks for a payout.
    #[serde(deny_unknown_fields)]
    pub struct WithdrawalRequest {
        /// How much, at least the least.
        pub amount: Money,
    }

    /// A payout.
    pub struct Withdrawal {
        /// Its id.
        pub id: WithdrawalId,
        /// How much.
        pub amount: Money,
        /// Where it stands.
        pub state: WithdrawalState,
        /// When it was asked for.
        pub at: Timestamp,
        /// Why it was refused.
        pub reason: Option<String>,
    }
}
