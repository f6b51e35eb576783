//! Choosing a pick-up point; the choice is remembered.

use contract::fulfilment::PickupPoint;
use leptos::prelude::*;

use super::api;
use super::desk::Desk;
use crate::api::{Loading, use_load};
use crate::t;
use crate::ui::{Glyph, Icon, Sheet, Skeleton, SkeletonKind, text};

stylance::import_crate_style!(style, "src/features/checkout/choices.module.css");

/// The sheet.
#[component]
pub(super) fn PointSheet(desk: Desk) -> impl IntoView {
    let open = desk.sheets.point;
    view! {
        <Sheet open title=t!(checkout.point_choose)>
            <Points desk />
        </Sheet>
    }
}

#[component]
fn Points(desk: Desk) -> impl IntoView {
    let load = use_load(api::list_pickup_points);
    let skeleton = || {
        view! {
            <div class=text::stack aria-busy="true">
                <Skeleton kind=SkeletonKind::Block />
                <Skeleton kind=SkeletonKind::Block />
                <Skeleton kind=SkeletonKind::Block />
            </div>
        }
        .into_any()
    };
    let children = move |points: Vec<PickupPoint>| {
        desk.points.set(points.clone());
        let rows = points
            .into_iter()
            .map(|point| view! { <Point desk point /> })
            .collect_view();
        view! { <ul class=style::choices>{rows}</ul> }.into_any()
    };
    view! { <Loading load skeleton children /> }
}

#[component]
fn Point(desk: Desk, point: PickupPoint) -> impl IntoView {
    let id = StoredValue::new(point.id);
    let chosen = Memo::new(move |_| {
        desk.draft
            .with(|draft| id.with_value(|id| draft.point.as_ref() == Some(id)))
    });
    let choose = move |_| {
        let id = id.get_value();
        desk.preferences.set_point(id.clone());
        desk.draft.update(|draft| draft.point = Some(id));
        desk.sheets.point.set(false);
    };
    let open = t!(checkout.point_open, open = point.open, close = point.close);
    view! {
        <li>
            <button class=style::choice type="button" aria-pressed=move || chosen.get().to_string() on:click=choose>
                <Icon glyph=Glyph::Place />
                <span class=style::main>
                    <b>{point.name}</b>
                    <span>{point.address}</span>
                    <span>{[open, point.arrives].join(" · ")}</span>
                </span>
                <Show when=move || chosen.get()>
                    <Icon glyph=Glyph::Check />
                </Show>
            </button>
        </li>
    }
}
