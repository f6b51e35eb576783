//! What the shopper should know about the cart itself: how it was found, and what a sign-in changed.

use contract::cart::MergeChange;
use leptos::prelude::*;

use crate::stores::cart::Finding;
use crate::stores::{CartStore, use_cart};
use crate::t;
use crate::ui::{Button, Glyph, Notice, NoticeKind};

stylance::import_crate_style!(style, "src/features/cart/notices.module.css");

/// The notices above the rows.
#[component]
pub(super) fn CartNotices() -> impl IntoView {
    let cart = use_cart();
    let finding = cart.finding();
    view! {
        {move || {
            finding.get().map(|finding| view! {
                <Notice kind=NoticeKind::Warn glyph=Glyph::Warn>{words(finding)}</Notice>
            })
        }}
        <Merged />
    }
}

fn words(finding: Finding) -> &'static str {
    match finding {
        Finding::NotKept => t!(cart.not_kept),
        Finding::WasDamaged => t!(cart.was_damaged),
        Finding::IsNewer => t!(cart.is_newer),
    }
}

/// What merging with the account's cart changed, until it was read.
#[component]
fn Merged() -> impl IntoView {
    let cart = use_cart();
    let changes = cart.changes();
    move || {
        let changes = changes.get();
        (!changes.is_empty()).then(|| {
            let lines = changes
                .iter()
                .map(|change| view! { <li>{line(cart, change)}</li> })
                .collect_view();
            let action = move || {
                view! {
                    <Button small=true on_press=move |()| cart.forget_changes()>
                        {t!(cart.understood)}
                    </Button>
                }
            };
            view! {
                <Notice kind=NoticeKind::Info glyph=Glyph::Info action>
                    {t!(cart.merged)}
                    <ul class=style::changes>{lines}</ul>
                </Notice>
            }
        })
    }
}

fn line(cart: CartStore, change: &MergeChange) -> String {
    let (MergeChange::Summed { sku, .. }
    | MergeChange::Capped { sku, .. }
    | MergeChange::Dropped { sku }) = change;
    let title = cart.review().with(|review| {
        let row = review.rows().find(|row| row.sku == *sku);
        row.and_then(|row| row.item.as_ref())
            .map(|item| item.title.clone())
    });
    let what = title.unwrap_or_else(|| t!(cart.something).to_owned());
    match change {
        MergeChange::Summed { quantity, .. } => t!(cart.merged_summed, what = what, n = quantity),
        MergeChange::Capped {
            quantity, wanted, ..
        } => {
            t!(
                cart.merged_capped,
                what = what,
                n = quantity,
                wanted = wanted
            )
        }
        MergeChange::Dropped { .. } => t!(cart.merged_dropped, what = what),
    }
}
