//! A list of products with its sort row, its tags and its count; used by search and categories.

use contract::catalog::{ProductCard, ProductQuery, Sort};
use leptos::prelude::*;

use super::api::{ListHead, list_products};
use super::query;
use crate::api::{PagesEnd, PagesList, PagesOf, use_pages};
use crate::i18n::lang;
use crate::routes;
use crate::t;
use crate::ui::{Glyph, Icon, IconSize, ProductRow, RowSkeleton, text};

stylance::import_crate_style!(style, "src/features/catalog/results.module.css");

/// Rows in the first screenful of a phone.
const FIRST_SIGHT: usize = 4;

/// The products that match, a page at a time.
pub fn use_results(wanted: Memo<ProductQuery>) -> PagesOf<ProductCard, ListHead> {
    use_pages(
        move || {
            format!(
                "products:{}:{}",
                lang().tag(),
                query::to_api(&wanted.read())
            )
        },
        |card: &ProductCard| card.id.to_string(),
        move |cursor| list_products(wanted.get_untracked(), cursor),
    )
}

/// The sort row, the tags, the count and the rows. `empty` stands in place of no rows.
#[component]
pub fn Results(
    /// What is looked for.
    wanted: Memo<ProductQuery>,
    /// The list of it.
    results: PagesOf<ProductCard, ListHead>,
    /// Told what is wanted instead.
    on_want: Callback<ProductQuery>,
    /// What says that nothing matches.
    empty: ViewFn,
) -> impl IntoView {
    let total = Memo::new(move |_| results.list.read().head().map(|head| head.total));
    let is_empty = Memo::new(move |_| results.list.read().is_empty());
    view! {
        <SortRow wanted on_want />
        <TagChips wanted results on_want />
        <p class=stylance::classes!(text::caption, text::faint, style::count) role="status">
            {move || total.get().filter(|total| *total > 0).map(|total| t!(catalog.count, count = total))}
        </p>
        <PagesList
            pages=results
            key=|card| card.id.to_string()
            draw=|at, product| {
                let href = routes::product(&product.slug, None);
                view! { <ProductRow product href eager={at < FIRST_SIGHT} /> }.into_any()
            }
            class=style::rows
        />
        {move || is_empty.get().then(|| empty.run())}
        <PagesEnd pages=results skeleton=rows_skeleton />
    }
}

fn rows_skeleton() -> AnyView {
    view! {
        <div class=style::rows>
            <RowSkeleton />
            <RowSkeleton />
            <RowSkeleton />
            <RowSkeleton />
        </div>
    }
    .into_any()
}

/// Relevance, sales, price (again: the other way round), newest.
#[component]
fn SortRow(wanted: Memo<ProductQuery>, on_want: Callback<ProductQuery>) -> impl IntoView {
    let sort = Memo::new(move |_| wanted.read().sort);
    let by = move |sort| {
        on_want.run(ProductQuery {
            sort,
            ..wanted.get_untracked()
        })
    };
    let by_price = move || {
        if sort.get() == Sort::PriceUp {
            Sort::PriceDown
        } else {
            Sort::PriceUp
        }
    };
    let is_price = move || matches!(sort.get(), Sort::PriceUp | Sort::PriceDown);
    let plain = |key: Sort, words: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (sort.get() == key).to_string()
                on:click=move |_| by(key)
            >
                {words}
            </button>
        }
    };
    view! {
        <div class=style::sort role="group" aria-label=t!(catalog.sort)>
            {plain(Sort::Relevance, t!(catalog.sort_relevance))}
            {plain(Sort::Sales, t!(catalog.sort_sales))}
            <button
                type="button"
                aria-pressed=move || is_price().to_string()
                on:click=move |_| by(untrack(by_price))
            >
                {t!(catalog.sort_price)}
                <span class=text::hidden>
                    {move || match sort.get() {
                        Sort::PriceUp => t!(catalog.price_up),
                        Sort::PriceDown => t!(catalog.price_down),
                        _ => "",
                    }}
                </span>
                <span class=style::way data-way=move || match sort.get() {
                    Sort::PriceUp => Some("up"),
                    Sort::PriceDown => Some("down"),
                    _ => None,
                }>
                    <Icon glyph=Glyph::Sort size=IconSize::Tiny />
                </span>
            </button>
            {plain(Sort::Newest, t!(catalog.sort_newest))}
        </div>
    }
}

/// The tags that narrow the result; the chosen one stays in sight even when no row has it.
#[component]
fn TagChips(
    wanted: Memo<ProductQuery>,
    results: PagesOf<ProductCard, ListHead>,
    on_want: Callback<ProductQuery>,
) -> impl IntoView {
    // Choosing a tag starts another list; the chips stay until its own arrive.
    let tags = Memo::new(move |before: Option<&Vec<_>>| {
        let list = results.list.read();
        let before = || before.cloned().unwrap_or_default();
        list.head().map_or_else(before, |head| head.tags.clone())
    });
    let chip = move |tag: contract::catalog::Tag| {
        let id = StoredValue::new(tag.id);
        let chosen = Memo::new(move |_| wanted.read().tag == Some(id.get_value()));
        view! {
            <button
                class=style::chip
                type="button"
                aria-pressed=move || chosen.get().to_string()
                on:click=move |_| {
                    let tag = (!chosen.get_untracked()).then(|| id.get_value());
                    on_want.run(ProductQuery { tag, ..wanted.get_untracked() });
                }
            >
                {move || chosen.get().then(|| view! { <Icon glyph=Glyph::Check size=IconSize::Tiny /> })}
                {tag.name}
            </button>
        }
    };
    move || {
        let tags = tags.get();
        (!tags.is_empty()).then(|| {
            view! {
                <div class=style::chips role="group" aria-label=t!(catalog.tags)>
                    {tags.into_iter().map(chip).collect_view()}
                </div>
            }
        })
    }
}
