//! The books as staff reads them: what promotions made and cost, who pays for discounts, losses, periods.

use crate::macros::wire;
use crate::{Money, PromotionId, SkuId, Timestamp};

wire! {
    /// What a promotion made and cost (`get_campaign_result`, rules.md M7).
    #[derive(Eq)]
    pub struct CampaignResult {
        /// Which.
        pub promotion: PromotionId,
        /// Sales at the shop's own prices.
        pub revenue: Money,
        /// Discounts of it that the shop bears.
        pub discount_store: Money,
        /// Discounts of it that suppliers owe.
        pub discount_supplier: Money,
        /// Discounts of it that the platform owes.
        pub discount_platform: Money,
        /// Discounts of other promotions on the same lines that the shop bears.
        pub other_discounts: Money,
        /// Commission of those lines.
        pub commission: Money,
        /// Losses of it.
        pub losses: Money,
        /// What the goods cost the shop.
        pub cost: Money,
        /// What is left.
        pub result: Money,
        /// The lines that it is made of.
        pub lines: Vec<ResultLine>,
    }

    /// A line of an order in a result.
    #[derive(Eq)]
    pub struct ResultLine {
        /// The order.
        pub order: String,
        /// The line's place in it.
        pub line: i64,
        /// What.
        pub sku: SkuId,
        /// At the shop's own price.
        pub revenue: Money,
        /// What this promotion took off.
        pub discount: Money,
    }

    /// A sum with its name.
    #[derive(Eq)]
    pub struct NamedSum {
        /// Of what or whom.
        pub name: String,
        /// How much.
        pub amount: Money,
    }

    /// What the books say of a time (`get_report`).
    #[derive(Eq)]
    pub struct Report {
        /// From this moment on.
        pub from: Timestamp,
        /// Until this moment.
        pub until: Timestamp,
        /// Discounts by promotion.
        pub by_promotion: Vec<NamedSum>,
        /// Discounts by who pays for them: store, platform, supplier:NAME.
        pub by_funder: Vec<NamedSum>,
        /// Sales by staff who brought them.
        pub by_staff: Vec<NamedSum>,
        /// Sales by sharers who brought them.
        pub by_creator: Vec<NamedSum>,
        /// Sales by the store that packed them.
        pub by_store: Vec<NamedSum>,
        /// Sales by live session.
        pub by_live: Vec<NamedSum>,
        /// Why nothing is sold, when the books do not fit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub halted: Option<String>,
    }

    /// Why a promotion lost money (rules.md M5).
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum LossCause {
        /// Fees of giving back money that came too late.
        LateRefundFee,
        /// Goods that were sold and not there.
        Shortage,
        /// Goods that went bad.
        Spoilage,
        /// Seats of a group that the store filled.
        VirtualFill,
    }

    /// Books a loss (`post_loss`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct NewLoss {
        /// Of which promotion.
        pub promotion: PromotionId,
        /// Why.
        pub cause: LossCause,
        /// Who answers for it.
        pub owner: String,
        /// How much.
        pub amount: Money,
        /// What happened, in a sentence.
        pub note: String,
    }

    /// A document of the books.
    #[derive(Eq)]
    pub struct Posted {
        /// Its key.
        pub key: String,
    }

    /// Closes the books until a moment (`close_period`, rules.md M9).
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct ClosePeriod {
        /// Until then.
        pub until: Timestamp,
    }

    /// What was found when the books were looked through (`audit_books`).
    #[derive(Eq)]
    pub struct AuditResult {
        /// What does not fit; sales go on when this is empty.
        pub faults: Vec<String>,
    }

    /// What a SKU costs the shop (`set_sku_cost`), minor units.
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct SkuCost {
        /// What one costs.
        pub cost: i64,
        /// The least that promotions may leave of its price.
        pub floor: i64,
    }

    /// Gives a customer a level of membership (`set_member_level`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct MemberLevel {
        /// The customer's number.
        pub phone: String,
        /// 0 for none.
        pub level: u32,
    }

    /// Some of a line goes back.
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct RefundLine {
        /// The line's place in the order, from 0.
        pub line: u32,
        /// How many.
        pub quantity: u32,
    }

    /// Gives back an order, or some of it (`refund_order`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct RefundOrder {
        /// What of it; everything that is left when empty.
        #[serde(default)]
        pub lines: Vec<RefundLine>,
        /// Goods that were handed over came back and can be sold again.
        #[serde(default)]
        pub restock: bool,
    }

    /// What goes back.
    #[derive(Eq)]
    pub struct RefundGiven {
        /// All that was left.
        pub whole: bool,
        /// How much of a part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub amount: Option<Money>,
    }

    /// What somebody of the staff did.
    #[derive(Eq)]
    pub struct StaffAction {
        /// When.
        pub at: Timestamp,
        /// Who.
        pub who: String,
        /// In which role.
        pub role: String,
        /// What.
        pub operation: String,
        /// To what.
        pub target: String,
        /// As it was before, as JSON.
        pub before: Option<String>,
        /// As it was after, as JSON.
        pub after: Option<String>,
    }

    /// What staff did, newest first (`list_staff_actions`).
    #[derive(Eq)]
    pub struct StaffActionList {
        /// At most 200.
        pub items: Vec<StaffAction>,
    }
}
