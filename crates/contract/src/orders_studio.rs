//! Orders as staff looks after them: finding them, giving money back, handing goods over.

use crate::books::RefundLine;
use crate::fulfilment::{Contact, FulfilmentKind};
use crate::macros::wire;
use crate::orders::{OrderDetail, OrderState};
use crate::{Money, OrderId, Timestamp};

wire! {
    /// An order in the list of staff; its buyer's number is masked.
    pub struct StudioOrder {
        /// Its id.
        pub id: OrderId,
        /// Where it stands.
        pub state: OrderState,
        /// It is paid, and waits for its group to be complete.
        pub waits_for_group: bool,
        /// What its first line is called.
        pub title: String,
        /// How many lines there are.
        pub lines: u32,
        /// What is or was to be paid.
        pub total: Money,
        /// When it was placed.
        pub placed_at: Timestamp,
        /// How it reaches the buyer.
        pub fulfilment: FulfilmentKind,
        /// The buyer's number with its middle hidden.
        pub phone_masked: String,
    }

    /// What can still be given back of a line.
    #[derive(Copy, Eq)]
    pub struct LineLeft {
        /// The line's place in the order, from 0.
        pub line: u32,
        /// How many.
        pub quantity: u32,
        /// What was paid for them.
        pub amount: Money,
    }

    /// Money of an order that goes back.
    #[derive(Copy, Eq)]
    pub struct StudioRefund {
        /// How much.
        pub amount: Money,
        /// The buyer has it.
        pub arrived: bool,
    }

    /// An order in full, for staff (`get_studio_order`). Name, number and street are masked, and the code to collect
    /// it with is the buyer's to show.
    pub struct StudioOrderDetail {
        /// As its buyer sees it, masked.
        pub order: OrderDetail,
        /// The buyer's number with its middle hidden.
        pub phone_masked: String,
        /// What can still be given back, by line.
        pub left: Vec<LineLeft>,
        /// What went or goes back, oldest first.
        pub refunds: Vec<StudioRefund>,
        /// Money can be given back now.
        pub can_refund: bool,
        /// The goods can be handed over now.
        pub can_hand_over: bool,
    }

    /// Asks what a refund would give back (`quote_refund`); empty for all that is left.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct RefundQuestion {
        /// What of it.
        #[serde(default)]
        pub lines: Vec<RefundLine>,
    }

    /// What a refund gives back.
    #[derive(Eq)]
    pub struct RefundQuote {
        /// It is all that is left, and the order ends.
        pub whole: bool,
        /// By line.
        pub lines: Vec<LineLeft>,
        /// What goes back besides the goods: shipping.
        pub besides: Money,
        /// The sum.
        pub total: Money,
        /// The goods were not handed over, and go back on sale by themselves.
        pub puts_back: bool,
    }

    /// The goods are with their buyer (`hand_over_order`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct HandOver {
        /// The buyer's code, for an order that is collected.
        #[serde(default)]
        pub code: Option<String>,
    }

    /// Whom to call about an order and where it goes (`reveal_contact`).
    #[derive(Eq)]
    pub struct RevealedContact {
        /// Whom to call.
        pub contact: Contact,
        /// Street address.
        pub address: String,
    }
}
