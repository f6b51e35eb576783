//! Finding a product: for a shelf, a promotion.

use contract::catalog::{ProductCard, ProductDetail, ProductList};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::{self, ApiError, failure_words};
use storefront::routes::{encoded, query};
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconSize, Picture, PictureKind, Price,
    PriceInk, text,
};

stylance::import_crate_style!(style, "src/picker.module.css");

/// Products that fit some words.
async fn list_products(words: &str) -> Result<ProductList, ApiError> {
    api::get(&format!("/api/products{}", query(&[("q", words)]))).await
}

/// A product with its SKUs, by id or slug.
pub async fn get_product(word: &str) -> Result<ProductDetail, ApiError> {
    api::get(&format!("/api/products/{}", encoded(word))).await
}

/// Products that are offered at once.
const OFFERED: usize = 6;

/// A search field and what it finds.
#[component]
pub fn Picker(
    /// Told which one.
    #[prop(into)]
    on_pick: Callback<ProductCard>,
    /// What picking one does, spoken.
    #[prop(into)]
    verb: String,
) -> impl IntoView {
    let verb = StoredValue::new(verb);
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let found = RwSignal::new(None::<Vec<ProductCard>>);
    let trouble = RwSignal::new(None::<String>);
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = list_products(typed.get_untracked().trim()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(list) => {
                    trouble.set(None);
                    found.set(Some(list.items.into_iter().take(OFFERED).collect()));
                }
                Err(error) => trouble.set(Some(failure_words(&error).1)),
            }
        });
    };
    view! {
        <form class=style::search on:submit=search>
            <Field label=t!(studio.find_product) kind=FieldKind::Text value=typed error=trouble />
            <Button kind=ButtonKind::Tonal submit=true busy>
                <Icon glyph=Glyph::Search size=IconSize::Small />
                {t!(app.search)}
            </Button>
        </form>
        {move || found.get().map(|cards| match cards.is_empty() {
            true => view! { <p class=text::muted role="status">{t!(studio.found_none)}</p> }.into_any(),
            false => {
                let rows = cards.into_iter().map(|card| view! { <Found card on_pick verb=verb.get_value() /> });
                view! { <ul class=style::found>{rows.collect_view()}</ul> }.into_any()
            }
        })}
    }
}

#[component]
fn Found(card: ProductCard, on_pick: Callback<ProductCard>, verb: String) -> impl IntoView {
    let picked = card.clone();
    view! {
        <li>
            <button type="button" on:click=move |_| on_pick.run(picked.clone())>
                <Picture picture=card.picture kind=PictureKind::Thumb />
                <span class=text::grow>{card.title}</span>
                <Price amount=card.price ink=PriceInk::Plain />
                <Icon glyph=Glyph::Plus size=IconSize::Small />
                <span class=text::hidden>{verb}</span>
            </button>
        </li>
    }
}
