//! Prices: the largest numeral of a screen, drawn in three sizes, spoken as one text.

use contract::Money;
use leptos::prelude::*;

use super::text;
use crate::i18n::{MoneyParts, Zeros, money_parts};
use crate::t;

stylance::import_crate_style!(style, "src/ui/price.module.css");

/// How large a price is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PriceSize {
    /// The product page's.
    Hero,
    /// A sheet's, a total's.
    Large,
    /// A card's.
    #[default]
    Card,
    /// Inside a line.
    Small,
}

/// Which ink a price is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PriceInk {
    /// The price's own.
    #[default]
    Price,
    /// Plain text.
    Plain,
    /// What is around it, such as a button's.
    Inherit,
}

/// A price. Browsing trims zeros; `to_pay` keeps two decimals.
#[component]
pub fn Price(
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
    /// How large.
    #[prop(optional)]
    size: PriceSize,
    /// In which ink.
    #[prop(optional)]
    ink: PriceInk,
    /// Is or was to be paid.
    #[prop(optional)]
    to_pay: bool,
    /// Other choices cost more: "from".
    #[prop(optional, into)]
    from: Signal<bool>,
    /// What is spoken before the amount, such as "Price".
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let size = match size {
        PriceSize::Hero => Some(style::hero),
        PriceSize::Large => Some(style::large),
        PriceSize::Card => None,
        PriceSize::Small => Some(style::small),
    };
    let ink = match ink {
        PriceInk::Price => None,
        PriceInk::Plain => Some(style::plain),
        PriceInk::Inherit => Some(style::inherit),
    };
    let class = stylance::classes!(style::price, size, ink);
    let zeros = if to_pay { Zeros::Keep } else { Zeros::Trim };
    view! {
        <span class=class>
            {move || {
                let parts = money_parts(amount.get(), zeros);
                let spoken = match &label {
                    Some(label) => format!("{label} {}", parts.text()),
                    None => parts.text(),
                };
                let MoneyParts { sign, currency, whole, decimals } = parts;
                let from = from.get();
                view! {
                    <span class=text::hidden>{spoken}{from.then(|| format!(" {}", t!(app.price_from_spoken)))}</span>
                    <span aria-hidden="true">
                        {is_said(sign)}<span class=style::currency>{currency}</span>{whole}
                        {is_said(decimals).map(|decimals| view! { <span class=style::decimals>{decimals}</span> })}
                        {from.then(|| view! { <span class=style::from>{t!(app.price_from)}</span> })}
                    </span>
                }
            }}
        </span>
    }
}

/// A part of an amount that is there: an empty text would be drawn as a space by the server.
fn is_said<T: AsRef<str>>(part: T) -> Option<T> {
    (!part.as_ref().is_empty()).then_some(part)
}

/// A former or reference price, struck through, with a hidden word that says so.
#[component]
pub fn OldPrice(
    /// How much.
    amount: Money,
    /// What is spoken before it, where it is no former price.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| t!(app.list_price).to_owned());
    view! {
        <del class=style::old>
            <span class=text::hidden>{label}" "</span>
            {money_parts(amount, Zeros::Trim).text()}
        </del>
    }
}

/// An amount in running text.
#[component]
pub fn Amount(
    /// How much.
    #[prop(into)]
    amount: Signal<Money>,
    /// Is or was to be paid.
    #[prop(optional)]
    to_pay: bool,
) -> impl IntoView {
    let zeros = if to_pay { Zeros::Keep } else { Zeros::Trim };
    view! { <span class=style::money>{move || money_parts(amount.get(), zeros).text()}</span> }
}
