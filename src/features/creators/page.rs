//! The creator's page: who it is, and what they show.

use contract::catalog::ProductCard as Product;
use contract::creators::CreatorPage as Creator;
use contract::shares::ShareTarget;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::get_creator;
use crate::api::{Loading, use_load};
use crate::i18n::compact;
use crate::routes;
use crate::stores::use_share;
use crate::t;
use crate::ui::{
    CardSkeleton, Empty, Glyph, IconButton, Picture, PictureKind, ProductCard, Promotion, Topbar,
    text,
};

stylance::import_crate_style!(style, "src/features/creators/page.module.css");

/// Cards in the first screenful.
const FIRST_SIGHT: usize = 2;

/// The page of `/c/:handle`.
#[component]
pub fn CreatorPage() -> impl IntoView {
    let params = use_params_map();
    let share = use_share();
    let handle = Memo::new(move |_| params.read().get("handle").unwrap_or_default());
    let load = use_load(move || {
        let handle = handle.get();
        async move { get_creator(&handle).await }
    });
    let title = Signal::derive(move || {
        load.ready()
            .map_or_else(|| t!(creators.title).to_owned(), |creator| creator.name)
    });
    let press = move |()| {
        share.open(ShareTarget::Creator {
            handle: handle.get_untracked(),
        });
    };
    view! {
        <Topbar title back=routes::home()>
            <Show when=move || load.ready().is_some()>
                <IconButton
                    label=t!(creators.share).to_owned()
                    glyph=Glyph::Share
                    on_press=press
                />
            </Show>
        </Topbar>
        <main class=style::main>
            <Loading
                load
                skeleton=skeleton
                children=move |creator| {
                    view! {
                        <Who creator=creator.clone() />
                        <Promotion shown=share.promoted() />
                        <Shown products=creator.products />
                    }
                        .into_any()
                }
            />
        </main>
    }
}

#[component]
fn Who(creator: Creator) -> impl IntoView {
    view! {
        <header class=style::who>
            <Picture picture=creator.avatar kind=PictureKind::Avatar eager=true />
            <div class=text::grow>
                <p class=style::name aria-hidden="true">
                    {creator.name}
                </p>
                <p class=style::facts>
                    {(!creator.city.is_empty()).then(|| view! { <span>{creator.city}</span> })}
                    <span>{t!(creators.followers, n = compact(creator.followers))}</span>
                </p>
                <p class=style::bio>{creator.bio}</p>
            </div>
        </header>
    }
}

#[component]
fn Shown(products: Vec<Product>) -> impl IntoView {
    if products.is_empty() {
        return view! {
            <Empty glyph=Glyph::Bag title=t!(creators.empty_title) text=t!(creators.empty_text) />
        }
        .into_any();
    }
    let cell = |(index, product): (usize, Product)| {
        let href = routes::product(&product.slug, None);
        view! {
            <li>
                <ProductCard product href eager={index < FIRST_SIGHT} />
            </li>
        }
    };
    view! {
        <section aria-label=t!(creators.products)>
            <ul class=style::grid>{products.into_iter().enumerate().map(cell).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! {
        <div class=style::grid aria-busy="true">
            <CardSkeleton />
            <CardSkeleton />
        </div>
    }
    .into_any()
}
