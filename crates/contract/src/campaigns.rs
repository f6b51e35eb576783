//! Promotions as staff knows them: writing, publishing, checking, previewing.

use crate::live_studio::BothTexts;
use crate::macros::wire;
use crate::promotions::{FundingPart, PromotionKind};
use crate::{CategoryId, CommunityId, Currency, Money, ProductId, PromotionId, SkuId, Timestamp};

wire! {
    /// Where a promotion stands.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum CampaignState {
        /// Being written; shoppers know nothing of it.
        Draft,
        /// Published; its dates have not begun.
        Scheduled,
        /// Holds by its dates.
        Running,
        /// Stopped for now.
        Paused,
        /// Over.
        Ended,
    }

    /// What staff does to a promotion.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CampaignCommand {
        /// Publish it.
        Schedule,
        /// Stop it for now, at once.
        Pause,
        /// Let it go on.
        Resume,
        /// End it for good.
        End,
    }

    /// Takes a promotion to another state (`move_campaign`).
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct MoveCampaign {
        /// What to do.
        pub command: CampaignCommand,
    }

    /// A part of every day.
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct DailySlot {
        /// Minutes since midnight, 0 to 1439.
        pub from: u32,
        /// Minutes since the same midnight; beyond 1440 it ends on the next day.
        pub to: u32,
    }

    /// What a promotion is about.
    #[derive(Eq)]
    #[serde(tag = "kind", content = "ids", rename_all = "snake_case")]
    pub enum CampaignScope {
        /// Everything that the shop sells.
        All,
        /// Goods of these categories.
        Categories(Vec<CategoryId>),
        /// These products.
        Products(Vec<ProductId>),
    }

    /// Goods of a flash sale.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct CampaignPrice {
        /// What.
        pub sku: SkuId,
        /// Price of one, minor units.
        pub price: i64,
        /// How many are sold at it.
        pub quota: u32,
    }

    /// A step of a full-reduction, minor units.
    #[derive(Copy, Eq)]
    #[serde(deny_unknown_fields)]
    pub struct CampaignTier {
        /// From this worth of goods on.
        pub from: i64,
        /// So much off.
        pub off: i64,
    }

    /// How much a coupon takes off.
    #[derive(Copy, Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CampaignBenefit {
        /// An amount, minor units.
        Fixed {
            /// How much.
            off: i64,
        },
        /// A share.
        Percent {
            /// Hundredths of a percent.
            off_bp: u32,
            /// At most so much, minor units.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            cap: Option<i64>,
        },
    }

    /// What a promotion does.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CampaignRule {
        /// Prices in daily slots, from a quota.
        FlashSale {
            /// The goods.
            prices: Vec<CampaignPrice>,
        },
        /// A lower price for members.
        MemberPrice {
            /// Of what.
            scope: CampaignScope,
            /// Hundredths of a percent off.
            off_bp: u32,
        },
        /// So much off from so much on.
        FullReduction {
            /// Of what.
            scope: CampaignScope,
            /// The steps.
            tiers: Vec<CampaignTier>,
        },
        /// Off for who shows a coupon.
        Coupon {
            /// Of what.
            scope: CampaignScope,
            /// From this worth of goods on, minor units.
            threshold: i64,
            /// How much.
            benefit: CampaignBenefit,
            /// Not together with another coupon.
            alone: bool,
            /// How many can be claimed in all; without end when absent.
            #[serde(default)]
            claim_total: Option<u32>,
            /// How many one may claim.
            claim_each: u32,
            /// Hours that a claimed coupon holds; as long as the promotion when absent.
            #[serde(default)]
            term_hours: Option<u32>,
        },
    }

    /// Whom a promotion is for; everybody unless it says so.
    #[derive(Eq, Default)]
    #[serde(deny_unknown_fields, default)]
    pub struct CampaignAudience {
        /// Only people who are new to the shop.
        pub new_only: bool,
        /// Only members from this level on.
        pub min_tier: u32,
        /// Only people of these neighbourhoods, when it names any.
        pub communities: Vec<CommunityId>,
    }

    /// Writes a promotion (`create_campaign`, `edit_campaign`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct CampaignTerms {
        /// Its name.
        pub title: BothTexts,
        /// Holds from then on.
        pub starts_at: Timestamp,
        /// Holds until then.
        pub ends_at: Timestamp,
        /// Only in these parts of each day.
        #[serde(default)]
        pub slots: Vec<DailySlot>,
        /// Whom it is for.
        #[serde(default)]
        pub audience: CampaignAudience,
        /// Who pays for it; all parts are 10,000 (rules.md M1).
        pub funding: Vec<FundingPart>,
        /// What one customer may have: pieces of a flash sale, uses of others.
        #[serde(default)]
        pub per_customer: Option<u32>,
        /// What it may cost in all, minor units.
        #[serde(default)]
        pub budget_spend: Option<i64>,
        /// Orders that may use it.
        #[serde(default)]
        pub budget_uses: Option<u32>,
        /// What it does.
        pub rule: CampaignRule,
    }

    /// Edits a promotion over the version that was seen (`edit_campaign`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct EditCampaign {
        /// The version that was seen.
        pub version: i64,
        /// What it says from now on.
        pub terms: CampaignTerms,
    }

    /// How far the bucket of a SKU is.
    #[derive(Eq)]
    pub struct CampaignProgress {
        /// Which SKU.
        pub sku: SkuId,
        /// How many are carved out of the stock.
        pub on_hand: i64,
        /// How many unpaid orders have.
        pub reserved: i64,
        /// How many are sold.
        pub sold: i64,
    }

    /// A promotion as staff sees it.
    #[derive(Eq)]
    pub struct Campaign {
        /// Its id.
        pub id: PromotionId,
        /// What it is.
        pub kind: PromotionKind,
        /// Where it stands.
        pub state: CampaignState,
        /// Grows with every change.
        pub version: i64,
        /// What it says.
        pub terms: CampaignTerms,
        /// The shop's currency.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "CNY"))]
        pub currency: Currency,
        /// What it has cost, minor units.
        pub spent: i64,
        /// Orders that use it.
        pub uses: i64,
        /// Coupons that were claimed.
        pub claimed: i64,
        /// Buckets of a flash sale.
        pub progress: Vec<CampaignProgress>,
        /// What can be done with it now.
        pub commands: Vec<CampaignCommand>,
    }

    /// A promotion in the list and the calendar.
    #[derive(Eq)]
    pub struct CampaignSummary {
        /// Its id.
        pub id: PromotionId,
        /// What it is.
        pub kind: PromotionKind,
        /// Where it stands.
        pub state: CampaignState,
        /// Its name.
        pub title: String,
        /// Holds from then on.
        pub starts_at: Timestamp,
        /// Holds until then.
        pub ends_at: Timestamp,
        /// What it has cost.
        pub spent: Money,
        /// Orders that use it.
        pub uses: i64,
    }

    /// Every promotion, newest first (`list_campaigns`).
    pub struct CampaignList {
        /// The promotions.
        pub items: Vec<CampaignSummary>,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// What is looked at before a promotion is published.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum CheckKind {
        /// Its terms make sense.
        Terms,
        /// Stock against quota.
        Stock,
        /// Price against floor.
        Margin,
        /// Other promotions of the same goods at the same time.
        Overlap,
        /// Pictures of its goods, also the one that shared links show.
        Pictures,
        /// Names in both languages.
        Translations,
        /// It is not over before it begins.
        Dates,
    }

    /// One thing that was looked at.
    #[derive(Eq)]
    pub struct ReadinessCheck {
        /// What.
        pub kind: CheckKind,
        /// Nothing is wrong.
        pub fine: bool,
        /// It must be mended before the promotion can be published; else it is advice.
        pub blocks: bool,
        /// The goods, field or promotion that it is about.
        pub about: Vec<String>,
        /// The figure that would be right, such as how many there are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub figure: Option<i64>,
        /// What to do, in words.
        pub advice: String,
    }

    /// Whether a promotion can be published (`check_campaign`).
    #[derive(Eq)]
    pub struct Readiness {
        /// Nothing stands in its way.
        pub ready: bool,
        /// What was looked at.
        pub checks: Vec<ReadinessCheck>,
    }

    /// Who pays for the prices of a group-buy, and whether coupons come on top (`set_activity_terms`, rules.md M1, G14).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct ActivityTerms {
        /// All parts are 10,000.
        pub funding: Vec<FundingPart>,
        /// Coupons come on top.
        pub coupons: bool,
    }

    /// Whom a preview plays.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Persona {
        /// Nobody is signed in.
        #[serde(default)]
        pub guest: bool,
        /// Somebody who is new to the shop.
        #[serde(default)]
        pub is_new: bool,
        /// Level of membership.
        #[serde(default)]
        pub tier: u32,
        /// Neighbourhood.
        #[serde(default)]
        pub community: Option<CommunityId>,
    }

    /// Asks for a preview (`create_preview`).
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct NewPreview {
        /// The moment that is shown.
        pub as_of: Timestamp,
        /// Who is played.
        pub persona: Persona,
        /// Drafts that are shown as if they were published.
        #[serde(default)]
        pub drafts: Vec<PromotionId>,
        /// Minutes that it holds, 1 to 1440.
        pub minutes: u32,
    }

    /// A preview.
    #[derive(Eq)]
    pub struct PreviewGiven {
        /// Sent in the header `Jishi-Preview` with every request.
        pub token: String,
        /// Holds until then.
        pub until: Timestamp,
    }
}
