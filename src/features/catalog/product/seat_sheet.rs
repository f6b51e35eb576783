//! Choosing for a seat: the SKU sheet at a group's prices, and on to the checkout of the seat.

use contract::catalog::{ProductDetail, Sku};
use contract::groups::{GroupOffer, GroupProgress, Seat};
use contract::{GroupId, Quantity, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::super::api::get_group;
use crate::routes;
use crate::t;
use crate::ui::sku_sheet::choice as state;
use crate::ui::sku_sheet::{Selling, SkuSheet};
use crate::ui::{Button, ButtonKind, Glyph, Icon, IconSize, Price, PriceInk, text};

/// One hour in milliseconds.
const HOUR_MS: i64 = 3_600_000;

/// What a seat is chosen for.
#[derive(Clone)]
struct Terms {
    seat: Seat,
    selling: Selling,
    /// What the button says after the price.
    verb: String,
    /// What happens when the group does not fill.
    promise: String,
}

/// The choice for the first seat of a new group. `?seat=new` opens it.
#[component]
pub(super) fn OpenSheet(
    product: StoredValue<ProductDetail>,
    offer: GroupOffer,
    /// What the page shows.
    sku: Memo<Option<Sku>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    if asked_for().as_deref() == Some(routes::NEW_GROUP) {
        open.set(true);
    }
    let hours = u64::try_from(offer.ttl_ms / HOUR_MS)
        .unwrap_or_default()
        .max(1);
    let terms = Terms {
        seat: Seat::Open {
            activity: offer.activity,
        },
        selling: Selling::Together {
            person: Some(offer.per_user_limit),
        },
        verb: t!(groups.start_size, n = offer.size),
        promise: t!(groups.start_promise, count = hours),
    };
    let limit = Some(offer.per_order_limit);
    let together =
        StoredValue::new(product.with_value(|all| state::in_group(all, &offer.prices, limit)));
    view! { <SeatSheet product=together sku open terms /> }
}

/// The choice for a seat of the group that `?seat=` names.
#[component]
pub(super) fn JoinSheet(
    product: StoredValue<ProductDetail>,
    /// What the page shows.
    sku: Memo<Option<Sku>>,
) -> impl IntoView {
    let group = RwSignal::new(None::<GroupProgress>);
    if let Some(id) = asked_for().filter(|seat| seat != routes::NEW_GROUP) {
        spawn_local(async move {
            // Without an answer the page is the product's, and the group is a step back.
            if let Ok(progress) = get_group(&GroupId(id)).await {
                group.try_set(Some(progress));
            }
        });
    }
    move || {
        let progress = group.get()?;
        let together = StoredValue::new(
            product.with_value(|all| state::in_group(all, &progress.prices, None)),
        );
        let terms = Terms {
            seat: Seat::Join { group: progress.id },
            selling: Selling::Together { person: None },
            verb: t!(groups.join).to_owned(),
            promise: t!(groups.refund_promise).to_owned(),
        };
        let open = RwSignal::new(true);
        Some(view! { <SeatSheet product=together sku open terms /> })
    }
}

/// What `?seat=` asks for when the page is opened.
fn asked_for() -> Option<String> {
    use_query_map()
        .with_untracked(|query| query.get("seat"))
        .filter(|seat| !seat.is_empty())
}

#[component]
fn SeatSheet(
    product: StoredValue<ProductDetail>,
    sku: Memo<Option<Sku>>,
    open: RwSignal<bool>,
    terms: Terms,
) -> impl IntoView {
    let wanted = RwSignal::new(None::<SkuId>);
    let quantity = RwSignal::new(1_u32);
    // What the page shows, until something else is chosen here.
    let chosen = Memo::new(move |_| {
        let asked = wanted.get().or_else(|| sku.get().map(|sku| sku.id));
        product.with_value(|product| state::first_choice(product, asked.as_ref()).cloned())
    });
    let on_choose = Callback::new(move |next: Sku| {
        quantity.update(|quantity| *quantity = state::quantity_for(&next, *quantity));
        wanted.set(Some(next.id));
    });
    let selling = terms.selling;
    let terms = StoredValue::new(terms);
    let foot = move || view! { <Foot chosen quantity terms /> };
    view! { <SkuSheet open product sku=chosen quantity on_choose foot=foot.into() selling /> }
}

#[component]
fn Foot(
    chosen: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    terms: StoredValue<Terms>,
) -> impl IntoView {
    let disabled = Signal::derive(move || !chosen.read().as_ref().is_some_and(state::can_buy));
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |()| {
        let wanted = Quantity::try_from(quantity.get_untracked()).ok();
        if let (Some(sku), Some(wanted)) = (chosen.get_untracked(), wanted) {
            let address = terms.with_value(|terms| routes::seat(&terms.seat, &sku.id, wanted));
            // The sheet's own step in the history is replaced, so that back leads to the page.
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate.with_value(|navigate| navigate(&address, options));
        }
    };
    let Terms { verb, promise, .. } = terms.get_value();
    let price = move || {
        chosen
            .get()
            .map(|sku| view! { <Price amount=sku.price ink=PriceInk::Inherit /> })
    };
    view! {
        <p class=stylance::classes!(text::row, text::caption, text::muted)>
            <Icon glyph=Glyph::Shield size=IconSize::Tiny />
            {promise}
        </p>
        <Button kind=ButtonKind::Primary wide=true disabled on_press=go>
            {price}
            " "
            {verb}
        </Button>
    }
}
