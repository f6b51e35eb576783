//! What a new promotion says before anybody has written into it: enough to be kept as a draft.

use contract::Timestamp;
use contract::campaigns::{
    CampaignAudience, CampaignBenefit, CampaignRule, CampaignScope, CampaignTerms, CampaignTier,
};
use contract::live_studio::BothTexts;
use contract::promotions::{Funder, FundingPart, PromotionKind};

const HOUR_MS: i64 = 60 * 60 * 1000;
/// How long a flash sale lasts, in hours.
const SALE_HOURS: i64 = 2;
/// How long others last, in hours.
const LONG_HOURS: i64 = 7 * 24;

/// The kinds that staff writes.
pub const KINDS: [PromotionKind; 4] = [
    PromotionKind::FlashSale,
    PromotionKind::Coupon,
    PromotionKind::FullReduction,
    PromotionKind::MemberPrice,
];

/// The terms of a new promotion: from the next full hour on, paid for by the shop.
pub fn terms(kind: PromotionKind, now: Timestamp) -> CampaignTerms {
    let starts_at = Timestamp((now.0 / HOUR_MS + 1) * HOUR_MS);
    let scope = CampaignScope::All;
    let (hours, rule) = match kind {
        PromotionKind::Coupon => (
            LONG_HOURS,
            CampaignRule::Coupon {
                scope,
                threshold: 5000,
                benefit: CampaignBenefit::Fixed { off: 500 },
                alone: false,
                claim_total: Some(100),
                claim_each: 1,
                term_hours: None,
            },
        ),
        PromotionKind::FullReduction => {
            let tier = CampaignTier {
                from: 10_000,
                off: 1000,
            };
            let tiers = vec![tier];
            (LONG_HOURS, CampaignRule::FullReduction { scope, tiers })
        }
        PromotionKind::MemberPrice => {
            (LONG_HOURS, CampaignRule::MemberPrice { scope, off_bp: 500 })
        }
        _ => (SALE_HOURS, CampaignRule::FlashSale { prices: Vec::new() }),
    };
    CampaignTerms {
        title: BothTexts {
            zh: String::new(),
            en: String::new(),
        },
        starts_at,
        ends_at: starts_at.plus_ms(hours * HOUR_MS),
        slots: Vec::new(),
        audience: CampaignAudience {
            min_tier: u32::from(kind == PromotionKind::MemberPrice),
            ..CampaignAudience::default()
        },
        funding: vec![FundingPart {
            funder: Funder::store(),
            share_bp: 10_000,
        }],
        per_customer: None,
        budget_spend: None,
        budget_uses: None,
        rule,
    }
}
