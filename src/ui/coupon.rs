//! A coupon: how much it takes off, from which sum on, of what; beside it what can be done with it.

use contract::promotions::{CouponBenefit, CouponOffer, CouponScope};
use leptos::prelude::*;

use super::text;
use crate::i18n::{money, percent};
use crate::t;

stylance::import_crate_style!(style, "src/ui/coupon.module.css");

/// A coupon.
#[component]
pub fn Coupon(
    /// What it offers.
    offer: CouponOffer,
    /// It cannot be used, or not any more.
    #[prop(optional)]
    faint: bool,
    /// A line below: until when it holds, or why it cannot be used.
    #[prop(into)]
    note: String,
    /// What can be done with it.
    children: Children,
) -> impl IntoView {
    let class = stylance::classes!(style::coupon, faint.then_some(style::faint));
    view! {
        <div class=class>
            <div class=style::worth>
                <b>{worth(&offer.benefit)}</b>
                <span>{condition(&offer)}</span>
            </div>
            <div class=style::about>
                <p class=style::title>{offer.title.clone()}</p>
                <p class=stylance::classes!(text::caption, text::muted)>{scope(&offer.scope)}</p>
                <p class=stylance::classes!(text::caption, text::faint)>{note}</p>
            </div>
            <div class=style::act>{children()}</div>
        </div>
    }
}

/// How much it takes off.
fn worth(benefit: &CouponBenefit) -> String {
    match benefit {
        CouponBenefit::Fixed { off } => money(*off),
        CouponBenefit::Percent { off_bp, .. } => {
            t!(promotions.percent_off, percent = percent(*off_bp))
        }
    }
}

/// From which sum on, and how much at most.
fn condition(offer: &CouponOffer) -> String {
    let from = match offer.threshold.minor {
        0 => t!(promotions.any_sum).to_owned(),
        _ => t!(promotions.from_sum, amount = money(offer.threshold)),
    };
    match offer.benefit {
        CouponBenefit::Percent { cap: Some(cap), .. } => {
            format!("{from} · {}", t!(promotions.at_most, amount = money(cap)))
        }
        _ => from,
    }
}

fn scope(scope: &CouponScope) -> String {
    match scope {
        CouponScope::All => t!(promotions.all_goods).to_owned(),
        CouponScope::Some { names } => t!(
            promotions.some_goods,
            names = names.join(t!(promotions.comma))
        ),
    }
}
