//! More or fewer pieces of a SKU, and why.

use contract::goods_studio::{AdjustStock, StockReason};
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Field, FieldKind, Segmented, Sheet, text, toast};

use super::api;
use super::sku::Editing;
use crate::deed::{Deed, Trouble};
use crate::form;

/// Why, in the order of the choice.
const REASONS: [StockReason; 4] = [
    StockReason::Delivery,
    StockReason::Stocktake,
    StockReason::Spoilage,
    StockReason::Other,
];

fn words(reason: StockReason) -> &'static str {
    match reason {
        StockReason::Delivery => t!(goods_studio.by_delivery),
        StockReason::Stocktake => t!(goods_studio.by_stocktake),
        StockReason::Spoilage => t!(goods_studio.by_spoilage),
        StockReason::Other => t!(goods_studio.by_other),
    }
}

/// The form, in a sheet.
#[component]
pub(super) fn StockSheet(editing: Editing) -> impl IntoView {
    let open = editing.stock;
    let deed = Deed::new();
    let is_less = RwSignal::new(false);
    let pieces = RwSignal::new(String::new());
    let reason = RwSignal::new(StockReason::Delivery);
    let note = RwSignal::new(String::new());
    let toaster = toast();
    Effect::new(move || {
        if open.get() {
            pieces.set(String::new());
            note.set(String::new());
            deed.trouble.set(None);
        }
    });
    let press = move |()| {
        let Some(sku) = editing.sku.get_untracked() else {
            return;
        };
        // What is no number is nothing, which the shop refuses with what to do.
        let count: i64 = pieces.get_untracked().trim().parse().unwrap_or_default();
        let asked = AdjustStock {
            by: if is_less.get_untracked() {
                -count
            } else {
                count
            },
            reason: reason.get_untracked(),
            note: note.get_untracked().trim().to_owned(),
        };
        let id = sku.with_untracked(|sku| sku.id.clone());
        deed.run(
            move |key| api::adjust_stock(key, id, asked),
            move |stock| {
                sku.update(|sku| sku.stock = stock);
                toaster.show(t!(goods_studio.now, n = stock.available));
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
    let which = move || {
        let sku = editing.sku.get()?.get();
        Some(t!(
            goods_studio.of_stock,
            what = sku.label,
            n = sku.stock.available,
            kept = sku.stock.reserved
        ))
    };
    view! {
        <Sheet open title=t!(goods_studio.change_stock).to_owned() foot>
            <div class=text::stack>
                <p class=text::muted>{which}</p>
                <Segmented
                    label=t!(goods_studio.change_stock)
                    name="way"
                    options=vec![false, true]
                    words=|less: bool| match less {
                        false => t!(goods_studio.more).to_owned(),
                        true => t!(goods_studio.fewer).to_owned(),
                    }
                    chosen=is_less
                    on_choose=move |less| is_less.set(less)
                />
                <Field label=t!(goods_studio.pieces) kind=FieldKind::Amount value=pieces longest=7 focus=true />
                <label class=form::field>
                    <span>{t!(goods_studio.why)}</span>
                    <select on:change=move |event| {
                        let at = event_target_value(&event).parse::<usize>().ok();
                        if let Some(chosen) = at.and_then(|at| REASONS.get(at)) {
                            reason.set(*chosen);
                        }
                    }>
                        {REASONS.into_iter().enumerate().map(|(at, one)| view! {
                            <option value=at.to_string() selected=move || reason.get() == one>{words(one)}</option>
                        }).collect_view()}
                    </select>
                </label>
                <Field label=t!(goods_studio.remark) kind=FieldKind::Text value=note longest=200 />
            </div>
        </Sheet>
    }
}
