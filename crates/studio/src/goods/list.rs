//! The page of `/studio/goods`: products and their SKUs, found by words.

use contract::Page;
use contract::goods_studio::StudioProduct;
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::routes;
use storefront::t;
use storefront::ui::{
    Badge, Button, ButtonKind, Empty, Field, FieldKind, Glyph, Icon, IconSize, Panel, Picture,
    PictureKind, text,
};

use super::api;
use super::cost::CostSheet;
use super::member::MemberSheet;
use super::sku::{Editing, Row};
use super::stock::StockSheet;
use crate::head::{self, Head};
use crate::paged::{Paged, waiting};

stylance::import_crate_style!(style, "src/goods/list.module.css");

/// All products.
#[component]
pub fn GoodsPage() -> impl IntoView {
    let editing = Editing::provide();
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    let members = RwSignal::new(false);
    let load = use_load(move || api::list_studio_products(asked.get(), None));
    let children = move |page: Page<StudioProduct>| {
        if page.items.is_empty() {
            let title = t!(goods_studio.none);
            return view! { <Empty glyph=Glyph::Package title text=t!(goods_studio.none_text) /> }
                .into_any();
        }
        let more = move |cursor| api::list_studio_products(asked.get_untracked(), Some(cursor));
        view! { <Paged page draw=product class=style::products more /> }.into_any()
    };
    view! {
        <Head title=Signal::derive(|| t!(goods_studio.name).to_owned()) note=Signal::derive(|| t!(goods_studio.note).to_owned())>
            <Button kind=ButtonKind::Tonal on_press=move |()| members.set(true)>{t!(goods_studio.member)}</Button>
        </Head>
        <main class=head::main>
            <form
                class=style::search
                role="search"
                on:submit=move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    asked.set(typed.get_untracked().trim().to_owned());
                }
            >
                <Field label=t!(goods_studio.find) kind=FieldKind::Text value=typed longest=80 />
                <Button kind=ButtonKind::Tonal submit=true>
                    <Icon glyph=Glyph::Search size=IconSize::Small />
                    {t!(app.search)}
                </Button>
            </form>
            <Loading load skeleton=waiting children />
        </main>
        <StockSheet editing />
        <CostSheet editing />
        <MemberSheet open=members />
    }
}

fn product(product: StudioProduct) -> AnyView {
    let label = product.title.clone();
    let rows = product.skus.into_iter().map(|sku| view! { <Row sku /> });
    view! {
        <Panel label=label>
            <header class=style::product>
                <Picture picture=product.picture kind=PictureKind::Thumb />
                <h2 class=text::grow>
                    <a href=routes::product(&product.slug, None) rel="external">{product.title}</a>
                </h2>
                {(!product.on_sale).then(|| view! { <Badge>{t!(goods_studio.off_sale)}</Badge> })}
            </header>
            <ul class=style::skus>{rows.collect_view()}</ul>
        </Panel>
    }
    .into_any()
}
