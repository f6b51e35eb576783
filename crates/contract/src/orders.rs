//! Orders: submitting, states, what a buyer sees of them.

use crate::catalog::{Picture, StoreCard};
use crate::fulfilment::{Contact, FulfilmentChoice, FulfilmentKind};
use crate::groups::OrderGroup;
use crate::macros::wire;
use crate::promotions::AppliedPromotion;
use crate::quote::BasketLine;
use crate::{CouponId, LiveId, Money, OrderId, ProductId, SkuId, Timestamp};

wire! {
    /// Turns a basket into an order and holds its stock.
    #[serde(deny_unknown_fields)]
    pub struct OrderRequest {
        /// 1 to 100 lines.
        pub lines: Vec<BasketLine>,
        /// How to get it.
        pub fulfilment: FulfilmentChoice,
        /// A note to the shop, at most 200 characters.
        #[serde(default)]
        pub remark: String,
        /// What the buyer was shown. When the server's total differs it answers `PRICE_CHANGED`.
        pub expected_total: Money,
        /// The live room that the buyer is in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub live: Option<LiveId>,
        /// Coupons of the wallet that are to be used, at most 5.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub coupons: Vec<CouponId>,
    }

    /// Where an order stands.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum OrderState {
        /// Stock is held; money is awaited until the deadline.
        PendingPayment,
        /// Paid; the shop prepares it, or its group is still forming.
        Paid,
        /// The buyer has the goods.
        Received,
        /// Ended without payment; the hold is released.
        Closed,
        /// Money is on its way back.
        Refunding,
        /// Money is back.
        Refunded,
    }

    /// Why an order was closed or refunded.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum OrderEndReason {
        /// The buyer cancelled.
        Cancelled,
        /// It was not paid in time.
        PayTimeout,
        /// It was paid after it had closed and the stock was gone (rules.md 3.0-6).
        PaidTooLate,
        /// Its group was full when the money came (rules.md G8).
        GroupFull,
        /// Its group ended unfilled (rules.md G8, G9).
        GroupExpired,
        /// The shop gave it back.
        GivenBack,
    }

    /// What the buyer can do with an order now.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum OrderAction {
        /// Pay it.
        Pay,
        /// Cancel it; a paid one is refunded in full.
        Cancel,
        /// Say that the goods are there.
        ConfirmReceipt,
    }

    /// What happened to an order.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum TimelineKind {
        /// Submitted.
        Placed,
        /// Money arrived.
        Paid,
        /// Closed without payment.
        Closed,
        /// Money arrived after closing, and the order stands again.
        Revived,
        /// A refund was started.
        RefundStarted,
        /// The refund is done.
        Refunded,
        /// Its group is complete.
        GroupCompleted,
        /// The buyer has the goods.
        Received,
        /// Money of a part of it goes back; the rest stands.
        PartRefunded,
    }

    /// One entry of an order's timeline.
    #[derive(Copy, Eq)]
    pub struct TimelineEntry {
        /// What happened.
        pub kind: TimelineKind,
        /// When.
        pub at: Timestamp,
        /// Why, where there is a choice of reasons.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<OrderEndReason>,
    }

    /// One line as it was sold; nothing in it changes afterwards.
    pub struct OrderLine {
        /// What.
        pub sku: SkuId,
        /// The product.
        pub product: ProductId,
        /// Its word in URLs.
        pub slug: String,
        /// Its title when it was sold.
        pub title: String,
        /// The SKU in words.
        pub label: String,
        /// What it looks like.
        pub picture: Option<Picture>,
        /// Who packs it.
        pub store: StoreCard,
        /// Price of one.
        pub unit_price: Money,
        /// How many.
        pub quantity: u32,
        /// Price of all of the line.
        pub line_total: Money,
    }

    /// Where the order goes, as written at the time.
    pub struct Destination {
        /// Which way.
        pub kind: FulfilmentKind,
        /// Name of the pick-up point, or empty.
        pub place: String,
        /// Street address of the point or of the buyer.
        pub address: String,
        /// Whom to call.
        pub contact: Contact,
        /// When it comes, in words.
        pub promise: String,
    }

    /// An order in the list of orders.
    pub struct OrderCard {
        /// Its id.
        pub id: OrderId,
        /// Where it stands.
        pub state: OrderState,
        /// It is paid, and waits for its group to be complete.
        #[serde(default)]
        pub waits_for_group: bool,
        /// Its lines.
        pub lines: Vec<OrderLine>,
        /// What is or was to be paid.
        pub total: Money,
        /// When it was placed.
        pub placed_at: Timestamp,
        /// Pay before this moment; only while payment is awaited.
        pub pay_by: Option<Timestamp>,
    }

    /// An order in full.
    pub struct OrderDetail {
        /// What the list shows of it.
        pub card: OrderCard,
        /// All goods.
        pub goods_total: Money,
        /// What promotions took off `goods_total`; absent when nothing did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub discount: Option<Money>,
        /// By which promotions it was placed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub promotions: Vec<AppliedPromotion>,
        /// Shipping.
        pub shipping_fee: Money,
        /// Money given back so far.
        pub refunded: Money,
        /// Where it goes.
        pub destination: Destination,
        /// The buyer's note.
        pub remark: String,
        /// Newest first.
        pub timeline: Vec<TimelineEntry>,
        /// What the buyer can do now.
        pub actions: Vec<OrderAction>,
        /// Eight digits to show at the pick-up point, once paid.
        pub pickup_code: Option<String>,
        /// Its seat in a group, for an order of one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub group: Option<OrderGroup>,
        /// Grows with every change; an older one never replaces a newer.
        pub version: i64,
        /// The server's clock.
        pub server_now: Timestamp,
    }
}
