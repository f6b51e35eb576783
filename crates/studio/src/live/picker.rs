//! Finding a product to put on a shelf.

use contract::catalog::ProductCard;
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconSize, Picture, PictureKind, Price,
    PriceInk, text,
};

use super::{api, words};

stylance::import_crate_style!(style, "src/live/picker.module.css");

/// Products that are offered at once.
const OFFERED: usize = 6;

/// A search field and what it finds.
#[component]
pub fn Picker(
    /// Told which one.
    #[prop(into)]
    on_pick: Callback<ProductCard>,
) -> impl IntoView {
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
            let answer = api::list_products(typed.get_untracked().trim()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(list) => {
                    trouble.set(None);
                    found.set(Some(list.items.into_iter().take(OFFERED).collect()));
                }
                Err(error) => trouble.set(Some(words::refused(&error))),
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
                let rows = cards.into_iter().map(|card| view! { <Found card on_pick /> });
                view! { <ul class=style::found>{rows.collect_view()}</ul> }.into_any()
            }
        })}
    }
}

#[component]
fn Found(card: ProductCard, on_pick: Callback<ProductCard>) -> impl IntoView {
    let picked = card.clone();
    view! {
        <li>
            <button type="button" on:click=move |_| on_pick.run(picked.clone())>
                <Picture picture=card.picture kind=PictureKind::Thumb />
                <span class=text::grow>{card.title}</span>
                <Price amount=card.price ink=PriceInk::Plain />
                <Icon glyph=Glyph::Plus size=IconSize::Small />
                <span class=text::hidden>{t!(studio.put_on)}</span>
            </button>
        </li>
    }
}
