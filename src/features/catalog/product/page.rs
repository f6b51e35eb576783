//! The product page.

use contract::SkuId;
use contract::catalog::{ProductDetail, Sku};
use contract::shares::ShareTarget;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::super::api::get_product;
use super::actions::{Intent, PageDock, SheetActions};
use super::facts::{About, Delivery};
use super::gallery::Gallery;
use super::offer::Offer;
use super::open_groups::DirectJoin;
use super::reviews::Reviews;
use super::seat_sheet::{JoinSheet, OpenSheet};
use crate::api::{Loading, use_load};
use crate::i18n::number;
use crate::routes;
use crate::stores::{use_cart_count, use_share};
use crate::t;
use crate::ui::sku_sheet::SkuSheet;
use crate::ui::sku_sheet::choice as state;
use crate::ui::{
    Glyph, Icon, IconButton, IconLink, Panel, Promotion, Skeleton, SkeletonKind, Topbar, text,
};

stylance::import_crate_style!(style, "src/features/catalog/product/page.module.css");

/// The page of the product that the address names.
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let load = use_load(move || {
        let slug = slug.get();
        async move { get_product(&slug).await }
    });
    let title = Signal::derive(move || {
        load.ready().map_or_else(
            || t!(catalog.product).to_owned(),
            |product| product.card.title,
        )
    });
    let share = use_share();
    let count = use_cart_count();
    let cart_label = Signal::derive(move || match count.get() {
        0 => t!(app.tab_cart).to_owned(),
        n => t!(app.tab_cart_count, n = number(n)),
    });
    view! {
        <Topbar title back=routes::home() clear=true>
            <IconButton
                label=t!(catalog.share).to_owned()
                glyph=Glyph::Share
                glass=true
                on_press=move |()| share.open(ShareTarget::Product { slug: slug.get_untracked() })
            />
            <IconLink href=routes::cart() label=cart_label glyph=Glyph::Cart glass=true count />
        </Topbar>
        <main class=text::narrow>
            <Loading
                load
                skeleton=skeleton
                children=|product| view! { <Product product /> }.into_any()
            />
        </main>
    }
}

#[component]
fn Product(product: ProductDetail) -> impl IntoView {
    let query = use_query_map();
    let stored = StoredValue::new(product.clone());
    let sku = Memo::new(move |_| {
        let asked = query.read().get("sku").map(SkuId::from);
        stored.with_value(|product| state::first_choice(product, asked.as_ref()).cloned())
    });
    let quantity = RwSignal::new(1_u32);
    let open = RwSignal::new(false);
    let intent = RwSignal::new(Intent::Choose);
    let navigate = use_navigate();
    // The chosen SKU stands in the address; choosing is not a step to go back to.
    let on_choose = Callback::new(move |next: Sku| {
        quantity.update(|quantity| *quantity = state::quantity_for(&next, *quantity));
        let address =
            stored.with_value(|product| routes::product(&product.card.slug, Some(&next.id)));
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&address, options);
    });
    let own_picture =
        Signal::derive(move || sku.read().as_ref().and_then(|sku| sku.picture.clone()));
    let foot = move || view! { <SheetActions sku quantity open intent /> };
    let group = product.group.clone();
    let opening = RwSignal::new(false);
    let direct = group
        .clone()
        .map(|offer| view! { <DirectJoin product=product.card.id.clone() offer /> });
    let open_sheet =
        group.map(|offer| view! { <OpenSheet product=stored offer sku open=opening /> });
    view! {
        <Gallery pictures=product.pictures.clone() first=own_picture alt=product.card.title.clone() />
        <div class=style::product>
            <Offer product=product.clone() sku />
            <Promotion shown=use_share().promoted() />
            {direct}
            <ChosenLine product=stored sku quantity open intent />
            <Delivery ways=product.delivery.clone() />
            <Reviews product=product.card.id.clone() rating=product.card.rating first=product.reviews.clone() />
            <About product />
        </div>
        <PageDock product=stored sku quantity open intent opening />
        <SkuSheet open product=stored sku quantity on_choose foot=foot.into() />
        {open_sheet}
        <JoinSheet product=stored sku />
    }
}

/// "Chosen: 1.5 kg gift box, 1" and the way to the sheet.
#[component]
fn ChosenLine(
    product: StoredValue<ProductDetail>,
    sku: Memo<Option<Sku>>,
    quantity: RwSignal<u32>,
    open: RwSignal<bool>,
    intent: RwSignal<Intent>,
) -> impl IntoView {
    let words = move || {
        let label = sku.get().map(|sku| sku.label).unwrap_or_default();
        let pieces = t!(catalog.pieces, count = u64::from(quantity.get()));
        [label, pieces]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let has_sku = product.with_value(|product| !product.skus.is_empty());
    has_sku.then(|| {
        view! {
            <Panel rows=true label=t!(catalog.choose)>
                <button
                    class=style::line
                    type="button"
                    aria-haspopup="dialog"
                    on:click=move |_| {
                        intent.set(Intent::Choose);
                        open.set(true);
                    }
                >
                    <span class=text::muted>{t!(catalog.chosen)}</span>
                    <span class=text::grow>{words}</span>
                    <Icon glyph=Glyph::Next />
                </button>
            </Panel>
        }
    })
}

fn skeleton() -> AnyView {
    view! {
        <Skeleton kind=SkeletonKind::Picture />
        <div class=style::product>
            <Panel label=t!(app.loading)>
                <div class=text::stack>
                    <Skeleton kind=SkeletonKind::Short />
                    <Skeleton />
                    <Skeleton kind=SkeletonKind::Short />
                </div>
            </Panel>
            <Panel label=t!(app.loading)>
                <Skeleton kind=SkeletonKind::Short />
            </Panel>
        </div>
    }
    .into_any()
}
