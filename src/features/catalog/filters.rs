//! The filter sheet: price, way of getting it, in stock. It changes nothing until "show".

use contract::catalog::ProductQuery;
use contract::fulfilment::FulfilmentKind;
use leptos::prelude::*;

use super::query::{WAYS, without_filters};
use crate::t;
use crate::ui::{Button, ButtonKind, Sheet, text};

stylance::import_crate_style!(style, "src/features/catalog/filters.module.css");

/// Minor units of what was typed in whole yuan; nothing for no number.
fn minor(typed: &str) -> Option<i64> {
    typed
        .trim()
        .parse::<i64>()
        .ok()
        .filter(|yuan| (0..=10_000_000).contains(yuan))
        .map(|yuan| yuan * 100)
}

/// A typed range the right way round.
fn range(min: Option<i64>, max: Option<i64>) -> (Option<i64>, Option<i64>) {
    match (min, max) {
        (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
        range => range,
    }
}

/// What a way is called.
fn way_name(kind: FulfilmentKind) -> &'static str {
    match kind {
        FulfilmentKind::Pickup => t!(catalog.way_pickup),
        FulfilmentKind::LocalDelivery => t!(catalog.way_local),
        FulfilmentKind::Ship => t!(catalog.way_ship),
    }
}

/// The filter sheet.
#[component]
pub fn FilterSheet(
    /// Whether it is there.
    open: RwSignal<bool>,
    /// What is looked for now.
    wanted: Memo<ProductQuery>,
    /// Told what is wanted instead.
    on_want: Callback<ProductQuery>,
) -> impl IntoView {
    let yuan = |minor: Option<i64>| {
        minor
            .map(|minor| (minor / 100).to_string())
            .unwrap_or_default()
    };
    let min = RwSignal::new(String::new());
    let max = RwSignal::new(String::new());
    let way = RwSignal::new(None);
    let in_stock = RwSignal::new(false);
    Effect::new(move || {
        if open.get() {
            let now = wanted.get_untracked();
            min.set(yuan(now.price_min));
            max.set(yuan(now.price_max));
            way.set(now.fulfilment);
            in_stock.set(now.in_stock);
        }
    });
    let show = move |()| {
        let (price_min, price_max) =
            range(minor(&min.get_untracked()), minor(&max.get_untracked()));
        open.set(false);
        on_want.run(ProductQuery {
            price_min,
            price_max,
            fulfilment: way.get_untracked(),
            in_stock: in_stock.get_untracked(),
            ..wanted.get_untracked()
        });
    };
    let clear = move |()| {
        open.set(false);
        on_want.run(without_filters(&wanted.get_untracked()));
    };
    let foot = move || {
        view! {
            <div class=style::foot>
                <Button on_press=clear>{t!(catalog.clear_filters)}</Button>
                <Button kind=ButtonKind::Primary on_press=show>
                    {t!(catalog.show)}
                </Button>
            </div>
        }
    };
    view! {
        <Sheet open title=t!(catalog.filter) foot=foot>
            <fieldset class=style::group>
                <legend>{t!(catalog.price_range)}</legend>
                <div class=text::row>
                    <PriceField label=t!(catalog.price_min) value=min />
                    <span aria-hidden="true">"–"</span>
                    <PriceField label=t!(catalog.price_max) value=max />
                </div>
            </fieldset>
            <fieldset class=style::group>
                <legend>{t!(catalog.way)}</legend>
                <div class=style::options>
                    {WAYS
                        .map(|kind| {
                            view! {
                                <label class=style::option>
                                    <input
                                        type="checkbox"
                                        prop:checked=move || way.get() == Some(kind)
                                        on:change=move |event| {
                                            way.set(event_target_checked(&event).then_some(kind));
                                        }
                                    />
                                    {way_name(kind)}
                                </label>
                            }
                        })}
                </div>
            </fieldset>
            <fieldset class=style::group>
                <legend>{t!(catalog.stock)}</legend>
                <div class=style::options>
                    <label class=style::option>
                        <input
                            type="checkbox"
                            prop:checked=move || in_stock.get()
                            on:change=move |event| in_stock.set(event_target_checked(&event))
                        />
                        {t!(catalog.in_stock)}
                    </label>
                </div>
            </fieldset>
        </Sheet>
    }
}

#[component]
fn PriceField(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <input
            class=style::price
            inputmode="numeric"
            pattern="[0-9]*"
            maxlength="8"
            aria-label=label
            placeholder=label
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_typed_in_whole_yuan() {
        assert_eq!(minor(" 50 "), Some(5000));
        for not in ["", "-1", "1.5", "x", "99999999999999999999"] {
            assert_eq!(minor(not), None, "{not}");
        }
    }

    #[test]
    fn a_range_the_wrong_way_round_is_turned() {
        assert_eq!(range(Some(5), Some(1)), (Some(1), Some(5)));
        assert_eq!(range(None, Some(1)), (None, Some(1)));
    }
}
