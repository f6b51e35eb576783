//! The SKU sheet: option values, how many, and the action that it was opened for.

pub mod choice;

use contract::catalog::{OptionValue, ProductDetail, ProductOption, Sku};
use leptos::prelude::*;

use self::choice::{self as state, Choice};
use crate::i18n::number;
use crate::t;
use crate::ui::{OldPrice, Picture, PictureKind, Price, PriceSize, Sheet, Stepper, text};

stylance::import_crate_style!(style, "src/ui/sku_sheet/sku_sheet.module.css");

/// How the sheet's product is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Selling {
    /// To one buyer.
    #[default]
    Alone,
    /// In a group.
    Together {
        /// The most that one person may have over all groups, where that is known.
        person: Option<u32>,
    },
}

/// The sheet; its foot holds the actions.
#[component]
pub fn SkuSheet(
    /// Whether it is there.
    open: RwSignal<bool>,
    /// The product.
    product: StoredValue<ProductDetail>,
    /// The chosen SKU.
    sku: Memo<Option<Sku>>,
    /// How many.
    quantity: RwSignal<u32>,
    /// Told the SKU wanted.
    on_choose: Callback<Sku>,
    /// The actions.
    foot: ViewFn,
    /// How it is sold.
    #[prop(optional)]
    selling: Selling,
) -> impl IntoView {
    view! {
        <Sheet open title=t!(catalog.choose) foot=foot>
            {move || sku.get().map(|sku| view! { <Chosen product sku selling /> })}
            {product
                .with_value(|product| product.options.clone())
                .into_iter()
                .enumerate()
                .map(|(index, option)| view! { <Values product sku index option on_choose /> })
                .collect_view()}
            <HowMany sku quantity selling />
        </Sheet>
    }
}

/// What is chosen now: picture, price, words, stock.
#[component]
fn Chosen(product: StoredValue<ProductDetail>, sku: Sku, selling: Selling) -> impl IntoView {
    let [left, limit] = [sku.available, sku.limit].map(|count| number(count.into()));
    let stock = match selling {
        _ if !state::can_buy(&sku) => t!(app.sold_out).to_owned(),
        Selling::Alone => t!(catalog.stock_and_limit, stock = left, limit = limit),
        Selling::Together { person: None } => t!(groups.left, left = left),
        Selling::Together {
            person: Some(person),
        } => {
            t!(
                groups.left_limits,
                left = left,
                order = limit,
                person = number(person.into())
            )
        }
    };
    let (price_label, old_label) = match selling {
        Selling::Alone => (t!(app.price), t!(app.list_price)),
        Selling::Together { .. } => (t!(groups.price), t!(groups.price_alone)),
    };
    let picture = sku
        .picture
        .or_else(|| product.with_value(|product| product.card.picture.clone()));
    view! {
        <div class=style::chosen>
            <Picture picture kind=PictureKind::Thumb />
            <div class=text::grow>
                <p class=style::price>
                    <Price amount=sku.price size=PriceSize::Large label=price_label />
                    {sku.list_price.map(|amount| view! { <OldPrice amount label=old_label /> })}
                </p>
                <p class=stylance::classes!(text::small, text::muted)>{sku.label}</p>
                <p class=stylance::classes!(text::caption, text::saving)>{stock}</p>
            </div>
        </div>
    }
}

/// The values of one option.
#[component]
fn Values(
    product: StoredValue<ProductDetail>,
    sku: Memo<Option<Sku>>,
    index: usize,
    option: ProductOption,
    on_choose: Callback<Sku>,
) -> impl IntoView {
    let group = option.id;
    let value = move |value: OptionValue| {
        let label = value.label.clone();
        let value = StoredValue::new(value);
        let choice = Memo::new(move |_| {
            let now = sku.read();
            now.as_ref().map_or(Choice::NotMade, |now| {
                product.with_value(|product| {
                    value.with_value(|value| state::choice(product, now, index, value))
                })
            })
        });
        let choose = move |_| {
            let now = sku.get_untracked();
            let next = now.and_then(|now| {
                product.with_value(|product| {
                    value.with_value(|value| state::choose(product, &now, index, value).cloned())
                })
            });
            if let Some(next) = next {
                on_choose.run(next);
            }
        };
        view! {
            <label class=style::value>
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || choice.get() == Choice::Chosen
                    disabled=move || matches!(choice.get(), Choice::SoldOut | Choice::NotMade)
                    on:change=choose
                />
                <span>{label}</span>
                {move || match choice.get() {
                    Choice::SoldOut => Some(view! { <small>{t!(catalog.none_left)}</small> }),
                    Choice::NotMade => Some(view! { <small>{t!(catalog.not_made)}</small> }),
                    Choice::Chosen | Choice::Open => None,
                }}
            </label>
        }
    };
    view! {
        <fieldset class=style::option>
            <legend>{option.name}</legend>
            <div>{option.values.into_iter().map(value).collect_view()}</div>
        </fieldset>
    }
}

/// How many, and why no more.
#[component]
fn HowMany(sku: Memo<Option<Sku>>, quantity: RwSignal<u32>, selling: Selling) -> impl IntoView {
    let most = Signal::derive(move || sku.read().as_ref().map_or(1, state::most));
    let why = move || {
        let sku = sku.get()?;
        let reached = quantity.get() >= most.get() && state::can_buy(&sku);
        reached.then(|| {
            let limit = number(u64::from(sku.limit));
            if sku.limit <= sku.available {
                match selling {
                    Selling::Alone => t!(catalog.limit_each, limit = limit),
                    Selling::Together { .. } => t!(groups.limit_order, limit = limit),
                }
            } else {
                t!(catalog.only_left, left = number(u64::from(sku.available)))
            }
        })
    };
    view! {
        <div class=stylance::classes!(text::row, text::between)>
            <span>
                <span class=stylance::classes!(text::small, text::strong)>{t!(catalog.quantity)}</span>
                <span class=style::why role="status">{why}</span>
            </span>
            <Stepper
                value=quantity
                max=most
                label=t!(catalog.quantity)
                on_change=move |wanted| quantity.set(wanted)
            />
        </div>
    }
}
