//! What holds for the whole cart: full-reduction, then coupons (3.0-7).

use contract::CouponId;
use contract::promotions::PromotionReason as Reason;

use crate::answer::Tried;
use crate::audience::obstacle;
use crate::model::{Benefit, Held, Promotion, Rule, Scope, Tier};
use crate::price::{Asked, By, Work};
use crate::split::part_of;
use crate::units::{beyond_budget, over_uses};

/// The one full-reduction that takes most off.
pub fn reduce(work: &mut Work<'_>, asked: &Asked<'_>) {
    let mut best: Option<(&Promotion, Off)> = None;
    for promotion in asked.promotions {
        let Rule::FullReduction { scope, tiers } = &promotion.rule else {
            continue;
        };
        let off = worth(work, asked, promotion, scope, |base| tier(tiers, base));
        let why = match off {
            Err(why) => why,
            Ok(off) => match &best {
                Some((_, most)) if most.minor >= off.minor => Reason::BetterOffer,
                _ => {
                    let Some((other, _)) = best.replace((promotion, off)) else {
                        continue;
                    };
                    work.reject(&other.id, other.kind(), (None, None), Reason::BetterOffer);
                    continue;
                }
            },
        };
        work.reject(&promotion.id, promotion.kind(), (None, None), why);
    }
    if let Some((promotion, off)) = best {
        work.take_from(&off.lines, By::of(promotion, None), off.minor);
    }
}

/// Uses the coupons that were shown, in an order of their own.
pub fn use_coupons(work: &mut Work<'_>, asked: &Asked<'_>, shown: &[CouponId]) {
    let mut shown: Vec<(Option<&Held>, &CouponId)> = shown
        .iter()
        .map(|coupon| (held(asked, coupon), coupon))
        .collect();
    shown.sort_by(|(a, x), (b, y)| {
        let promotion = |held: &Option<&Held>| held.map(|held| held.promotion.clone());
        promotion(a).cmp(&promotion(b)).then(x.cmp(y))
    });
    shown.dedup_by(|(_, x), (_, y)| x == y);
    let mut used: Vec<&Promotion> = Vec::new();
    for (held, coupon) in shown {
        let promotion = held.and_then(|held| find(asked, held));
        let off = match (held, promotion) {
            (Some(held), Some(promotion)) => {
                let clashes = used.iter().any(|other| {
                    other.id == promotion.id || is_alone(other) || is_alone(promotion)
                });
                match clashes {
                    true => Err(Reason::NotWithOthers),
                    false => coupon_worth(work, asked, promotion, held),
                }
            }
            (Some(_), None) => Err(Reason::NotOffered),
            (None, _) => Err(Reason::NotYours),
        };
        match (off, promotion) {
            (Ok(off), Some(promotion)) => {
                used.push(promotion);
                let by = By::of(promotion, Some(coupon));
                work.take_from(&off.lines, by, off.minor);
            }
            (off, _) => {
                let why = off.err().unwrap_or(Reason::NotOffered);
                let id = held.map_or_else(|| "".into(), |held| held.promotion.clone());
                let kind = contract::promotions::PromotionKind::Coupon;
                work.reject(&id, kind, (Some(coupon), None), why);
            }
        }
    }
}

/// What each coupon of the wallet would take off by itself.
pub fn try_each(work: &Work<'_>, asked: &Asked<'_>) -> Vec<Tried> {
    let mut wallet: Vec<&Held> = asked.customer.wallet.iter().collect();
    wallet.sort_by(|a, b| a.coupon.cmp(&b.coupon));
    wallet
        .into_iter()
        .map(|held| Tried {
            coupon: held.coupon.clone(),
            promotion: held.promotion.clone(),
            outcome: match find(asked, held) {
                Some(promotion) => coupon_worth(work, asked, promotion, held).map(|off| off.minor),
                None => Err(Reason::NotOffered),
            },
        })
        .collect()
}

/// An amount off some lines.
struct Off {
    lines: Vec<usize>,
    minor: i64,
}

fn held<'a>(asked: &Asked<'a>, coupon: &CouponId) -> Option<&'a Held> {
    let mut wallet = asked.customer.wallet.iter();
    wallet.find(|held| held.coupon == *coupon)
}

fn find<'a>(asked: &Asked<'a>, held: &Held) -> Option<&'a Promotion> {
    let mut promotions = asked.promotions.iter();
    promotions
        .find(|promotion| promotion.id == held.promotion)
        .copied()
        .filter(|promotion| matches!(promotion.rule, Rule::Coupon { .. }))
}

fn is_alone(promotion: &Promotion) -> bool {
    matches!(promotion.rule, Rule::Coupon { alone: true, .. })
}

fn coupon_worth(
    work: &Work<'_>,
    asked: &Asked<'_>,
    promotion: &Promotion,
    held: &Held,
) -> Result<Off, Reason> {
    let Rule::Coupon {
        scope,
        threshold,
        benefit,
        ..
    } = &promotion.rule
    else {
        return Err(Reason::NotOffered);
    };
    if held.used {
        return Err(Reason::Used);
    }
    if asked.now < held.from {
        return Err(Reason::NotYet {
            starts_at: held.from,
        });
    }
    if asked.now >= held.until {
        return Err(Reason::Ended);
    }
    worth(work, asked, promotion, scope, |base| {
        if base < *threshold {
            return Err(Reason::Threshold {
                missing: threshold - base,
            });
        }
        Ok(match benefit {
            Benefit::Fixed { off } => *off,
            Benefit::Percent { off_bp, cap } => {
                let off = part_of(base, i64::from(*off_bp), 10_000);
                cap.map_or(off, |cap| off.min(cap))
            }
        })
    })
}

/// The highest step that is reached.
fn tier(tiers: &[Tier], base: i64) -> Result<i64, Reason> {
    let reached = tiers.iter().filter(|tier| tier.from <= base);
    if let Some(off) = reached.map(|tier| tier.off).max() {
        return Ok(off);
    }
    let next = tiers.iter().map(|tier| tier.from).min();
    Err(match next {
        Some(from) => Reason::Threshold {
            missing: from - base,
        },
        None => Reason::NotOffered,
    })
}

/// What a promotion takes off the goods that it is about, or why nothing. At least one minor unit of the cart stays
/// to be paid, and no line falls below its floor.
fn worth(
    work: &Work<'_>,
    asked: &Asked<'_>,
    promotion: &Promotion,
    scope: &Scope,
    benefit: impl Fn(i64) -> Result<i64, Reason>,
) -> Result<Off, Reason> {
    if let Some(why) = obstacle(promotion, asked.customer, asked.zone, asked.now)
        .or_else(|| over_uses(asked, promotion))
    {
        return Err(why);
    }
    let in_scope = |line: &crate::price::Line<'_>| scope.holds(line.cart);
    let lines: Vec<usize> = (0..)
        .zip(&work.lines)
        .filter(|(_, line)| in_scope(line) && line.takes_more())
        .map(|(at, _)| at)
        .collect();
    if lines.is_empty() {
        return Err(match work.lines.iter().any(in_scope) {
            true => Reason::NotWithActivity,
            false => Reason::OutOfScope,
        });
    }
    let those = || lines.iter().filter_map(|at| work.lines.get(*at));
    let base: i64 = those().map(|line| line.pay).sum();
    let room: i64 = those().map(|line| line.room()).sum();
    let minor = benefit(base)?.min(room).min(work.pay() - 1);
    if minor <= 0 {
        return Err(Reason::Floor);
    }
    match beyond_budget(work, promotion, minor) {
        Some(why) => Err(why),
        None => Ok(Off { lines, minor }),
    }
}
