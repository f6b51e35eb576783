//! What a SKU costs the shop, and the least that promotions may leave of its price.

use contract::Money;
use contract::books::SkuCost;
use leptos::prelude::*;
use storefront::i18n::{minor_units, written};
use storefront::t;
use storefront::ui::{Button, ButtonKind, Field, FieldKind, Sheet, text, toast};

use super::api;
use super::sku::Editing;
use crate::deed::{Deed, Trouble};

/// The form, in a sheet.
#[component]
pub(super) fn CostSheet(editing: Editing) -> impl IntoView {
    let open = editing.cost;
    let deed = Deed::new();
    let cost = RwSignal::new(String::new());
    let floor = RwSignal::new(String::new());
    let toaster = toast();
    Effect::new(move || {
        if let (true, Some(sku)) = (open.get(), editing.sku.get_untracked()) {
            deed.trouble.set(None);
            cost.set(sku.with_untracked(|sku| written(sku.cost)));
            floor.set(sku.with_untracked(|sku| written(sku.floor)));
        }
    });
    let press = move |()| {
        let Some(sku) = editing.sku.get_untracked() else {
            return;
        };
        let read = |typed: RwSignal<String>| minor_units(&typed.get_untracked());
        let (Some(cost), Some(floor)) = (read(cost), read(floor)) else {
            return deed
                .trouble
                .set(Some(t!(goods_studio.wrong_cost).to_owned()));
        };
        let id = sku.with_untracked(|sku| sku.id.clone());
        deed.run(
            move |key| api::set_sku_cost(key, id, SkuCost { cost, floor }),
            move |now| {
                sku.update(|sku| {
                    sku.cost = Money::new(now.cost, sku.price.currency);
                    sku.floor = Money::new(now.floor, sku.price.currency);
                });
                toaster.show(t!(goods_studio.kept));
                open.set(false);
            },
        );
    };
    let foot = move || {
        view! {
            <Trouble deed />
            <Button kind=ButtonKind::Primary wide=true busy=deed.busy on_press=press>{t!(studio.keep)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(goods_studio.change_cost).to_owned() foot>
            <div class=text::stack>
                <p class=text::muted>{move || editing.sku.get().map(|sku| sku.with(|sku| sku.label.clone()))}</p>
                <Field label=t!(goods_studio.cost) kind=FieldKind::Amount value=cost longest=12 focus=true />
                <Field label=t!(goods_studio.floor) kind=FieldKind::Amount value=floor longest=12 hint=t!(goods_studio.floor_text) />
            </div>
        </Sheet>
    }
}
