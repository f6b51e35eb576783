//! The products of a video, each with the time that it is shown; and finding one more.

use contract::catalog::ProductCard;
use contract::videos::ShownProduct;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::page::style;
use super::state::{has_room, seconds};
use crate::api::failure_words;
use crate::t;
use crate::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, IconButton, IconSize, Item, text, toast,
};

/// A product with its times as they are typed, in seconds. They outlive the row that found the product.
#[derive(Clone)]
pub(super) struct Typed {
    /// Which.
    pub product: ProductCard,
    /// From when on.
    pub from: ArcRwSignal<String>,
    /// Until when.
    pub to: ArcRwSignal<String>,
}

impl Typed {
    /// One that is shown already.
    pub(super) fn of(shown: &ShownProduct) -> Self {
        Self::new(shown.product.clone(), shown.start_ms, shown.end_ms)
    }

    fn new(product: ProductCard, start_ms: u32, end_ms: u32) -> Self {
        Self {
            product,
            from: ArcRwSignal::new(seconds(start_ms)),
            to: ArcRwSignal::new(seconds(end_ms)),
        }
    }
}

/// The products, and the search for one more.
#[component]
pub(super) fn Marks(
    typed: RwSignal<Vec<Typed>>,
    duration_ms: u32,
    /// Where the preview stands.
    now_ms: Callback<(), u32>,
) -> impl IntoView {
    let remove = Callback::new(move |slug: String| {
        typed.update(|all| all.retain(|it| it.product.slug != slug));
    });
    let add = Callback::new(move |product: ProductCard| {
        typed.update(|all| {
            let is_new = all.iter().all(|it| it.product.slug != product.slug);
            if is_new && has_room(all.len()) {
                all.push(Typed::new(product, 0, duration_ms));
            }
        });
    });
    view! {
        <section aria-label=t!(videos.products) class=text::stack>
            <h3>{t!(videos.products)}</h3>
            <For each=move || typed.get() key=|it| it.product.slug.clone() let:it>
                <Mark it now_ms remove />
            </For>
            {move || has_room(typed.read().len()).then(|| view! { <Find add /> })}
        </section>
    }
}

#[component]
fn Mark(it: Typed, now_ms: Callback<(), u32>, remove: Callback<String>) -> impl IntoView {
    let Typed { product, from, to } = it;
    let (from, to) = (RwSignal::from(from), RwSignal::from(to));
    let slug = StoredValue::new(product.slug.clone());
    let name = product.title.clone();
    let here = move |to: RwSignal<String>| move |()| to.set(seconds(now_ms.run(())));
    view! {
        <div class=style::mark>
            <Item picture=product.picture title=product.title>
                <IconButton
                    label=t!(videos.product_remove, name = name)
                    glyph=Glyph::Trash
                    size=IconSize::Small
                    on_press=move |()| remove.run(slug.get_value())
                />
            </Item>
            <div class=style::times>
                <Field label=t!(videos.from) kind=FieldKind::Amount value=from longest=8 />
                <Button kind=ButtonKind::Quiet small=true on_press=here(from)>{t!(videos.from_here)}</Button>
                <Field label=t!(videos.to) kind=FieldKind::Amount value=to longest=8 />
                <Button kind=ButtonKind::Quiet small=true on_press=here(to)>{t!(videos.to_here)}</Button>
            </div>
        </div>
    }
}

/// Finds a product by its name.
#[component]
fn Find(add: Callback<ProductCard>) -> impl IntoView {
    let toaster = toast();
    let words = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<ProductCard>>);
    let search = move || {
        let asked = words.get_untracked().trim().to_owned();
        if asked.is_empty() {
            return;
        }
        spawn_local(async move {
            match api::list_products(&asked).await {
                Ok(products) => drop(found.try_set(Some(products))),
                Err(error) => toaster.show(failure_words(&error).1),
            }
        });
    };
    let hit = move |product: ProductCard| {
        let name = product.title.clone();
        let kept = StoredValue::new(product.clone());
        view! {
            <li>
                <Item picture=product.picture title=product.title>
                    <IconButton
                        label=t!(videos.product_add, name = name)
                        glyph=Glyph::Plus
                        on_press=move |()| {
                            add.run(kept.get_value());
                            found.set(None);
                            words.set(String::new());
                        }
                    />
                </Item>
            </li>
        }
    };
    view! {
        <form
            class=style::find
            on:submit=move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                search();
            }
        >
            <Field label=t!(videos.product_find) kind=FieldKind::Text value=words longest=40 />
            <Button submit=true kind=ButtonKind::Tonal>{t!(videos.search)}</Button>
        </form>
        {move || found.get().map(|products| match products.is_empty() {
            true => view! { <p role="status">{t!(videos.product_none)}</p> }.into_any(),
            false => view! { <ul class=text::stack>{products.into_iter().map(hit).collect_view()}</ul> }.into_any(),
        })}
    }
}
