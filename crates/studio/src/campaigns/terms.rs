//! From fields to terms and back.

use contract::campaigns::{
    CampaignAudience, CampaignBenefit, CampaignRule, CampaignScope, CampaignTerms,
};
use contract::live_studio::BothTexts;
use contract::promotions::PromotionKind;
use leptos::prelude::*;

use super::draft::{Draft, Spot};
use super::rows::{PartRow, PriceRow, SlotRow, TierRow};
use super::typed::{
    amount, amount_or_none, amount_text, count, optional, optional_text, share, share_text,
};

/// Puts terms into the fields.
pub fn fill(draft: Draft, terms: &CampaignTerms) {
    draft.title_zh.set(terms.title.zh.clone());
    draft.title_en.set(terms.title.en.clone());
    draft.starts.put(terms.starts_at);
    draft.ends.put(terms.ends_at);
    draft
        .slots
        .set(terms.slots.iter().copied().map(SlotRow::new).collect());
    draft.new_only.set(terms.audience.new_only);
    draft.level.set(terms.audience.min_tier.to_string());
    draft.communities.set(terms.audience.communities.clone());
    draft
        .funding
        .set(terms.funding.iter().map(PartRow::new).collect());
    draft.per_customer.set(optional_text(terms.per_customer));
    draft
        .spend
        .set(terms.budget_spend.map(amount_text).unwrap_or_default());
    draft.uses.set(optional_text(terms.budget_uses));
    fill_rule(draft, &terms.rule);
}

fn fill_rule(draft: Draft, rule: &CampaignRule) {
    match rule {
        CampaignRule::FlashSale { prices } => {
            draft.prices.set(prices.iter().map(PriceRow::new).collect());
        }
        CampaignRule::MemberPrice { scope, off_bp } => {
            draft.scope.set(scope.clone());
            draft.off.set(share_text(*off_bp));
        }
        CampaignRule::FullReduction { scope, tiers } => {
            draft.scope.set(scope.clone());
            draft
                .tiers
                .set(tiers.iter().copied().map(TierRow::new).collect());
        }
        CampaignRule::Coupon {
            scope,
            threshold,
            benefit,
            alone,
            claim_total,
            claim_each,
            term_hours,
        } => {
            draft.scope.set(scope.clone());
            draft.threshold.set(amount_text(*threshold));
            let (by_share, off, cap) = match benefit {
                CampaignBenefit::Fixed { off } => (false, amount_text(*off), None),
                CampaignBenefit::Percent { off_bp, cap } => (true, share_text(*off_bp), *cap),
            };
            draft.by_share.set(by_share);
            draft.off.set(off);
            draft.cap.set(cap.map(amount_text).unwrap_or_default());
            draft.alone.set(*alone);
            draft.claim_total.set(optional_text(*claim_total));
            draft.claim_each.set(claim_each.to_string());
            draft.term.set(optional_text(*term_hours));
        }
    }
}

/// The terms that the fields say; reads, and so follows, every field.
pub fn read(draft: Draft) -> Result<CampaignTerms, Spot> {
    let text = |text: RwSignal<String>| text.read().trim().to_owned();
    let starts_at = draft.starts.read().ok_or(Spot::Starts)?;
    let ends_at = draft.ends.read().filter(|ends| *ends > starts_at);
    let slots = draft.slots.read().iter().map(|row| row.read()).collect();
    let level = draft.level.read().trim().parse().map_err(|_| Spot::Level)?;
    let funding: Option<Vec<_>> = draft.funding.read().iter().map(|row| row.read()).collect();
    // M1: all of it is paid for.
    let whole = |parts: &Vec<_>| {
        let shares = parts
            .iter()
            .map(|part: &contract::promotions::FundingPart| part.share_bp);
        shares.sum::<u32>() == 10_000
    };
    Ok(CampaignTerms {
        title: BothTexts {
            zh: text(draft.title_zh),
            en: text(draft.title_en),
        },
        starts_at,
        ends_at: ends_at.ok_or(Spot::Ends)?,
        slots: Option::ok_or(slots, Spot::Slots)?,
        audience: CampaignAudience {
            new_only: draft.new_only.get(),
            min_tier: level,
            communities: draft.communities.get(),
        },
        rule: read_rule(draft)?,
        funding: funding.filter(whole).ok_or(Spot::Funding)?,
        per_customer: optional(&draft.per_customer.read(), count).ok_or(Spot::PerCustomer)?,
        budget_spend: optional(&draft.spend.read(), amount).ok_or(Spot::Spend)?,
        budget_uses: optional(&draft.uses.read(), count).ok_or(Spot::Uses)?,
    })
}

fn read_rule(draft: Draft) -> Result<CampaignRule, Spot> {
    let off_bp = || share(&draft.off.read()).ok_or(Spot::Off);
    let scope = || -> CampaignScope { draft.scope.get() };
    Ok(match draft.kind {
        PromotionKind::MemberPrice => CampaignRule::MemberPrice {
            scope: scope(),
            off_bp: off_bp()?,
        },
        PromotionKind::FullReduction => {
            let rows = draft.tiers.read();
            let tiers: Option<Vec<_>> = rows.iter().map(|row| row.read()).collect();
            CampaignRule::FullReduction {
                scope: scope(),
                tiers: tiers.filter(|tiers| !tiers.is_empty()).ok_or(Spot::Tiers)?,
            }
        }
        PromotionKind::Coupon => CampaignRule::Coupon {
            scope: scope(),
            threshold: amount_or_none(&draft.threshold.read()).ok_or(Spot::Threshold)?,
            benefit: match draft.by_share.get() {
                true => CampaignBenefit::Percent {
                    off_bp: off_bp()?,
                    cap: optional(&draft.cap.read(), amount).ok_or(Spot::Cap)?,
                },
                false => CampaignBenefit::Fixed {
                    off: amount(&draft.off.read()).ok_or(Spot::Off)?,
                },
            },
            alone: draft.alone.get(),
            claim_total: optional(&draft.claim_total.read(), count).ok_or(Spot::ClaimTotal)?,
            claim_each: count(&draft.claim_each.read()).ok_or(Spot::ClaimEach)?,
            term_hours: optional(&draft.term.read(), count).ok_or(Spot::Term)?,
        },
        _ => {
            let read = |row: &PriceRow| match (row.price(), row.quota()) {
                (None, _) => Err(Spot::Price(row.sku.0.clone())),
                (_, None) => Err(Spot::Quota(row.sku.0.clone())),
                _ => row.read().ok_or(Spot::Goods),
            };
            let prices: Result<Vec<_>, _> = draft.prices.read().iter().map(read).collect();
            CampaignRule::FlashSale { prices: prices? }
        }
    })
}
