//! Terms as staff writes them, and as the shop stores them.

use contract::campaigns::{
    Campaign, CampaignAudience, CampaignCommand, CampaignPrice, CampaignProgress, CampaignRule,
    CampaignState, CampaignTerms, DailySlot,
};
use contract::live_studio::BothTexts;
use contract::promotions::PromotionKind;
use contract::{Currency, PromotionId, Timestamp, UserId};
use promotions::{Audience, Benefit, Funding, FundingError, Rule, Scope, Slot, Tier};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::AppError;
use crate::campaigns::lifecycle::{Cause, Dates, step};
use crate::campaigns::store::promotion::{PromotionRow, SkuRow};
use crate::words::Both;

/// An hour, in milliseconds.
const HOUR_MS: i64 = 60 * 60 * 1000;
/// Everything, in hundredths of a percent.
const WHOLE_BP: u32 = 10_000;

/// A new draft with these terms.
pub(super) fn draft(
    id: PromotionId,
    terms: &CampaignTerms,
    by: &UserId,
    now: Timestamp,
) -> Result<PromotionRow, AppError> {
    let empty = PromotionRow {
        id,
        kind: kind_of(&terms.rule),
        state: CampaignState::Draft,
        version: 1,
        title: Both::new("", ""),
        starts_at: terms.starts_at,
        ends_at: terms.ends_at,
        slots: Vec::new(),
        audience: Audience::default(),
        funding: Vec::new(),
        rule: Rule::FlashSale { prices: Vec::new() },
        prices: Vec::new(),
        per_customer: None,
        budget_spend: None,
        budget_uses: None,
        spent: 0,
        uses: 0,
        claim_total: None,
        claim_each: 1,
        claimed: 0,
        term_ms: None,
        created_by: by.clone(),
        created_at: now,
    };
    apply(empty, terms)
}

/// A promotion with other terms. Refuses what can be no promotion with `INVALID_REQUEST`.
pub(super) fn apply(
    mut row: PromotionRow,
    terms: &CampaignTerms,
) -> Result<PromotionRow, AppError> {
    if terms.ends_at <= terms.starts_at {
        return Err(AppError::field("ends_at", "must be after starts_at"));
    }
    if kind_of(&terms.rule) != row.kind {
        return Err(AppError::field(
            "rule.kind",
            "cannot be changed; write another",
        ));
    }
    Funding::new(terms.funding.clone()).map_err(|error| match error {
        FundingError::Sum(sum) => AppError::field(
            "funding",
            format!("the parts are {sum}, and must be 10000 (M1)"),
        ),
        FundingError::Part => AppError::field("funding", "each funder once, with more than 0"),
    })?;
    let slots: Vec<Slot> = recast(&terms.slots)?;
    Slot::check(&slots).map_err(|error| AppError::field("slots", format!("{error:?} (F6)")))?;
    let positive = |name: &str, n: Option<i64>| match n {
        Some(n) if n < 0 => Err(AppError::field(name, "0 or more")),
        n => Ok(n),
    };
    row.title = Both::new(&terms.title.zh, &terms.title.en);
    (row.starts_at, row.ends_at, row.slots) = (terms.starts_at, terms.ends_at, slots);
    row.audience = recast(&terms.audience)?;
    row.funding = terms.funding.clone();
    row.per_customer = terms.per_customer.filter(|n| *n > 0).map(i64::from);
    row.budget_spend = positive("budget_spend", terms.budget_spend)?;
    row.budget_uses = terms.budget_uses.map(i64::from);
    rule(&mut row, &terms.rule)?;
    Ok(row)
}

fn rule(row: &mut PromotionRow, rule: &CampaignRule) -> Result<(), AppError> {
    let share = |off_bp: u32| match (1..=WHOLE_BP).contains(&off_bp) {
        true => Ok(off_bp),
        false => Err(AppError::field("rule.off_bp", "1 to 10000")),
    };
    row.rule = match rule {
        CampaignRule::FlashSale { prices } => {
            row.prices = prices.iter().map(|price| sku_row(row, price)).collect();
            let mut skus: Vec<_> = prices.iter().map(|price| &price.sku).collect();
            skus.sort();
            skus.dedup();
            if skus.len() != prices.len() || prices.iter().any(|price| price.price <= 0) {
                let reason = "each SKU once, at a price above 0";
                return Err(AppError::field("rule.prices", reason));
            }
            Rule::FlashSale { prices: Vec::new() }
        }
        CampaignRule::MemberPrice { scope, off_bp } => Rule::MemberPrice {
            scope: recast(scope)?,
            off_bp: share(*off_bp)?,
        },
        CampaignRule::FullReduction { scope, tiers } => {
            let fine = |tier: &Tier| tier.off > 0 && tier.from >= tier.off;
            let tiers: Vec<Tier> = recast(tiers)?;
            if tiers.is_empty() || !tiers.iter().all(fine) {
                let reason = "at least one step, each off less than from";
                return Err(AppError::field("rule.tiers", reason));
            }
            Rule::FullReduction {
                scope: recast(scope)?,
                tiers,
            }
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
            let benefit: Benefit = recast(benefit)?;
            match benefit {
                Benefit::Fixed { off } if off > 0 => {}
                Benefit::Percent { off_bp, cap } if cap.is_none_or(|cap| cap > 0) => {
                    share(off_bp)?;
                }
                _ => return Err(AppError::field("rule.benefit", "more than 0")),
            }
            if *threshold < 0 || *claim_each == 0 || *term_hours == Some(0) {
                let reason = "threshold 0 or more, claim_each and term_hours at least 1";
                return Err(AppError::field("rule", reason));
            }
            row.claim_total = claim_total.map(i64::from);
            row.claim_each = i64::from(*claim_each);
            row.term_ms = term_hours.map(|hours| i64::from(hours) * HOUR_MS);
            Rule::Coupon {
                scope: recast(scope)?,
                threshold: *threshold,
                benefit,
                alone: *alone,
            }
        }
    };
    Ok(())
}

fn sku_row(row: &PromotionRow, price: &CampaignPrice) -> SkuRow {
    let known = row.prices.iter().find(|known| known.sku == price.sku);
    let (on_hand, reserved, sold) = known.map_or((0, 0, 0), |known| {
        (known.on_hand, known.reserved, known.sold)
    });
    SkuRow {
        sku: price.sku.clone(),
        price: price.price,
        quota: i64::from(price.quota),
        on_hand,
        reserved,
        sold,
    }
}

/// Refuses to change of a published promotion what its orders rely on.
pub(super) fn may_become(before: &PromotionRow, after: &PromotionRow) -> Result<(), AppError> {
    let prices = |row: &PromotionRow| -> Vec<_> {
        let mut prices: Vec<_> = row
            .prices
            .iter()
            .map(|price| (price.sku.clone(), price.price))
            .collect();
        prices.sort();
        prices
    };
    let same = before.rule == after.rule
        && prices(before) == prices(after)
        && before.funding == after.funding
        && before.audience == after.audience
        && before.slots == after.slots
        && before.starts_at == after.starts_at;
    match same {
        true => Ok(()),
        false => Err(AppError::field(
            "terms",
            "of a published promotion only name, end, quotas, limits and budgets can change; end it and write another",
        )),
    }
}

/// A promotion as staff sees it.
pub(super) fn campaign(
    row: &PromotionRow,
    currency: Currency,
    now: Timestamp,
) -> Result<Campaign, AppError> {
    let dates = Dates {
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        now,
    };
    let commands = [
        CampaignCommand::Schedule,
        CampaignCommand::Pause,
        CampaignCommand::Resume,
        CampaignCommand::End,
    ];
    let slots: Vec<DailySlot> = recast(&row.slots)?;
    let audience: CampaignAudience = recast(&row.audience)?;
    let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    Ok(Campaign {
        id: row.id.clone(),
        kind: row.kind,
        state: row.state,
        version: row.version,
        terms: CampaignTerms {
            title: BothTexts {
                zh: row.title.zh.clone(),
                en: row.title.en.clone(),
            },
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            slots,
            audience,
            funding: row.funding.clone(),
            per_customer: row.per_customer.map(count),
            budget_spend: row.budget_spend,
            budget_uses: row.budget_uses.map(count),
            rule: told(row)?,
        },
        currency,
        spent: row.spent,
        uses: row.uses,
        claimed: row.claimed,
        progress: row
            .prices
            .iter()
            .map(|price| CampaignProgress {
                sku: price.sku.clone(),
                on_hand: price.on_hand,
                reserved: price.reserved,
                sold: price.sold,
            })
            .collect(),
        commands: commands
            .into_iter()
            .filter(|command| step(row.state, Cause::Staff(*command), dates).is_some())
            .collect(),
    })
}

fn told(row: &PromotionRow) -> Result<CampaignRule, AppError> {
    let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    let scope = |scope: &Scope| recast(scope);
    Ok(match &row.rule {
        Rule::FlashSale { .. } => CampaignRule::FlashSale {
            prices: row
                .prices
                .iter()
                .map(|price| CampaignPrice {
                    sku: price.sku.clone(),
                    price: price.price,
                    quota: count(price.quota),
                })
                .collect(),
        },
        Rule::MemberPrice { scope: of, off_bp } => CampaignRule::MemberPrice {
            scope: scope(of)?,
            off_bp: *off_bp,
        },
        Rule::FullReduction { scope: of, tiers } => CampaignRule::FullReduction {
            scope: scope(of)?,
            tiers: recast(tiers)?,
        },
        Rule::Coupon {
            scope: of,
            threshold,
            benefit,
            alone,
        } => CampaignRule::Coupon {
            scope: scope(of)?,
            threshold: *threshold,
            benefit: recast(benefit)?,
            alone: *alone,
            claim_total: row.claim_total.map(count),
            claim_each: count(row.claim_each),
            term_hours: row.term_ms.map(|ms| count(ms / HOUR_MS)),
        },
    })
}

/// The kind of a rule.
fn kind_of(rule: &CampaignRule) -> PromotionKind {
    match rule {
        CampaignRule::FlashSale { .. } => PromotionKind::FlashSale,
        CampaignRule::MemberPrice { .. } => PromotionKind::MemberPrice,
        CampaignRule::FullReduction { .. } => PromotionKind::FullReduction,
        CampaignRule::Coupon { .. } => PromotionKind::Coupon,
    }
}

/// The same thing in the other's words: API and engine write them alike.
fn recast<T: DeserializeOwned>(value: &(impl Serialize + ?Sized)) -> Result<T, AppError> {
    let json = serde_json::to_value(value).map_err(AppError::internal)?;
    serde_json::from_value(json).map_err(AppError::internal)
}
