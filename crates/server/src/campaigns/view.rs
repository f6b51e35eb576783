//! Promotions in the words of the API.

use contract::promotions::{
    AppliedPromotion, CouponBenefit, CouponOffer, CouponScope, CouponTried, PromotionReason,
    RejectedPromotion,
};
use contract::quote::QuotePromotions;
use contract::{Currency, Money, OrderId};
use promotions::{Benefit, Rule, Scope};

use super::reckon::Reckoned;
use super::store::order as orders;
use super::store::promotion::PromotionRow;
use crate::AppError;
use crate::db::Conn;
use crate::http::language::Lang;

impl Reckoned {
    /// What a quote says of promotions.
    pub fn to_quote(&self, discount: Money, lang: Lang) -> QuotePromotions {
        let money = |minor| Money::new(minor, discount.currency);
        QuotePromotions {
            discount: (discount.minor > 0).then_some(discount),
            applied: self
                .applied
                .iter()
                .map(|one| AppliedPromotion {
                    promotion: one.promotion.clone(),
                    kind: one.kind,
                    title: self.title(&one.promotion).pick(lang),
                    coupon: one.coupon.clone(),
                    amount: money(one.minor),
                })
                .collect(),
            rejected: self
                .rejected
                .iter()
                .map(|one| RejectedPromotion {
                    promotion: one.promotion.clone(),
                    kind: one.kind,
                    title: self.title(&one.promotion).pick(lang),
                    coupon: one.coupon.clone(),
                    sku: one.sku.clone(),
                    reason: one.reason.clone(),
                })
                .collect(),
            wallet: self.tried(discount.currency, lang),
        }
    }

    fn tried(&self, currency: Currency, lang: Lang) -> Vec<CouponTried> {
        let shown = self
            .wallet
            .iter()
            .filter(|tried| tried.outcome != Err(PromotionReason::Used));
        shown
            .filter_map(|tried| {
                let row = self.known.rows.get(&tried.promotion)?;
                Some(CouponTried {
                    coupon: tried.coupon.clone(),
                    offer: offer(row, currency, lang, &[])?,
                    saves: tried
                        .outcome
                        .as_ref()
                        .ok()
                        .map(|minor| Money::new(*minor, currency)),
                    reason: tried.outcome.as_ref().err().cloned(),
                })
            })
            .collect()
    }
}

/// What a coupon offers; nothing for a promotion of another kind. `names` are those of its scope, where they were
/// asked for.
pub fn offer(
    row: &PromotionRow,
    currency: Currency,
    lang: Lang,
    names: &[String],
) -> Option<CouponOffer> {
    let Rule::Coupon {
        scope,
        threshold,
        benefit,
        ..
    } = &row.rule
    else {
        return None;
    };
    let money = |minor: i64| Money::new(minor, currency);
    Some(CouponOffer {
        promotion: row.id.clone(),
        title: row.title.pick(lang),
        threshold: money(*threshold),
        benefit: match benefit {
            Benefit::Fixed { off } => CouponBenefit::Fixed { off: money(*off) },
            Benefit::Percent { off_bp, cap } => CouponBenefit::Percent {
                off_bp: *off_bp,
                cap: cap.map(money),
            },
        },
        scope: match scope {
            Scope::All => CouponScope::All,
            _ => CouponScope::Some {
                names: names.to_vec(),
            },
        },
    })
}

/// By which promotions an order was placed.
pub async fn of_order(
    conn: &mut Conn,
    order: &OrderId,
    currency: Currency,
    lang: Lang,
) -> Result<Vec<AppliedPromotion>, AppError> {
    let rows = orders::of_order(conn, order).await?;
    let shown = rows.into_iter().map(|row| AppliedPromotion {
        promotion: row.promotion,
        kind: row.kind,
        title: row.title.pick(lang),
        coupon: row.coupon,
        amount: Money::new(row.minor, currency),
    });
    Ok(shown.collect())
}
