//! Sums beside each other as bars: a table, so that it is read as well as seen.

use contract::Money;
use leptos::prelude::*;
use storefront::i18n::money_to_pay;
use storefront::t;
use storefront::ui::{Panel, text};

stylance::import_crate_style!(style, "src/bars.module.css");

/// A sum with its name, and where there is more to read about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Of what.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// More about it.
    pub href: Option<String>,
}

/// Of a hundred, how long the bar of each amount is; what is negative hangs from the same end.
fn lengths(amounts: &[i64]) -> Vec<u64> {
    let most = amounts.iter().map(|minor| minor.unsigned_abs()).max();
    let most = u128::from(most.unwrap_or_default().max(1));
    let length = |minor: &i64| (u128::from(minor.unsigned_abs()) * 100).div_ceil(most);
    let lengths = amounts.iter().map(length);
    lengths
        .map(|length| u64::try_from(length).unwrap_or(100))
        .collect()
}

/// A panel of bars, the longest first.
#[component]
pub fn Bars(
    /// What they are of.
    #[prop(into)]
    title: String,
    /// The sums.
    bars: Vec<Bar>,
) -> impl IntoView {
    let mut bars = bars;
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.amount.minor));
    let amounts: Vec<_> = bars.iter().map(|bar| bar.amount.minor).collect();
    let rows = bars.into_iter().zip(lengths(&amounts)).map(|(bar, length)| {
        let name = match bar.href {
            Some(href) => view! { <a href=href>{bar.name}</a> }.into_any(),
            None => bar.name.into_any(),
        };
        let is_less = bar.amount.minor < 0;
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{money_to_pay(bar.amount)}</td>
                <td aria-hidden="true">
                    <svg viewBox="0 0 100 6" preserveAspectRatio="none" data-less=is_less.then_some("")>
                        <rect class=style::ground width="100" height="6" rx="1"></rect>
                        <rect class=style::bar width=length height="6" rx="1"></rect>
                    </svg>
                </td>
            </tr>
        }
    });
    let table = match amounts.is_empty() {
        true => {
            view! { <p class=stylance::classes!(text::muted, text::small)>{t!(books.nothing)}</p> }
                .into_any()
        }
        false => view! {
            <table class=style::bars>
                <caption class=text::hidden>{title.clone()}</caption>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any(),
    };
    view! { <Panel title=title.clone()>{table}</Panel> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_whole_and_what_is_not_nothing_is_seen() {
        assert_eq!(lengths(&[200, 100, 1, 0]), [100, 50, 1, 0]);
        assert_eq!(lengths(&[-50, 25]), [100, 50]);
        assert_eq!(lengths(&[i64::MIN, i64::MAX]), [100, 100]);
        assert!(lengths(&[]).is_empty());
    }
}
