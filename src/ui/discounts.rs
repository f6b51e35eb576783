//! What promotions take off a sum, one row each.

use contract::promotions::{AppliedPromotion, PromotionKind};
use leptos::prelude::*;

use super::{Amount, SumRow};

/// The rows. A price that a promotion makes stands on its line already.
#[component]
pub fn Discounts(
    /// What holds.
    promotions: Vec<AppliedPromotion>,
) -> impl IntoView {
    let of_the_sum = |one: &AppliedPromotion| {
        matches!(
            one.kind,
            PromotionKind::FullReduction | PromotionKind::Coupon
        )
    };
    let rows = promotions.into_iter().filter(of_the_sum);
    rows.map(|one| {
        view! {
            <SumRow label=one.title saving=true>
                "−"
                <Amount amount=one.amount to_pay=true />
            </SumRow>
        }
    })
    .collect_view()
}
