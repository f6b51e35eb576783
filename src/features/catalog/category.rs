//! Categories: the shop's departments down the side, the goods of one beside them.

use contract::CategoryId;
use contract::catalog::{Category, Home, ProductQuery};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::query;
use super::results::{Results, use_results};
use crate::api::Loading;
use crate::routes;
use crate::stores::use_home;
use crate::t;
use crate::ui::{Empty, Glyph, Icon, IconLink, Picture, Skeleton, SkeletonKind, page_name, text};

stylance::import_crate_style!(style, "src/features/catalog/category.module.css");

/// The page of all categories (the first one is open) and of each category.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let home = use_home();
    let params = use_params_map();
    let asked = Memo::new(move |_| params.read().get("id").map(CategoryId::from));
    let name = Signal::derive(move || {
        let home = home.ready();
        let category = home
            .as_ref()
            .and_then(|home| open_category(home, asked.get().as_ref()));
        category.map_or_else(
            || t!(app.tab_categories).to_owned(),
            |category| category.name.clone(),
        )
    });
    page_name(name);
    view! {
        <header class=style::bar>
            <a href=routes::search("") class=style::search>
                <Icon glyph=Glyph::Search />
                {t!(app.search)}
            </a>
            <IconLink href=routes::flash_sales() label=t!(promotions.flash) glyph=Glyph::Flash />
            <IconLink href=routes::coupons() label=t!(promotions.coupons) glyph=Glyph::Coupon />
        </header>
        <main>
            <h1 class=text::hidden tabindex="-1">{move || name.get()}</h1>
            <Loading
                load=home
                skeleton=|| view! { <Frame rail=rail_skeleton() /> }.into_any()
                children=move |home| view! { <Departments home asked /> }.into_any()
            />
        </main>
    }
}

/// The category asked for, else the shop's first.
fn open_category<'a>(home: &'a Home, asked: Option<&CategoryId>) -> Option<&'a Category> {
    match asked {
        Some(asked) => home
            .categories
            .iter()
            .find(|category| category.id == *asked),
        None => home.categories.first(),
    }
}

#[component]
fn Departments(home: Home, asked: Memo<Option<CategoryId>>) -> impl IntoView {
    let home = StoredValue::new(home);
    let category = Memo::new(move |_| {
        home.with_value(|home| open_category(home, asked.get().as_ref()).cloned())
    });
    let open = Memo::new(move |_| category.read().as_ref().map(|category| category.id.clone()));
    let rail = home
        .get_value()
        .categories
        .into_iter()
        .map(|c| view! { <RailLink category=c open /> })
        .collect_view();
    view! {
        <Frame rail=rail.into_any()>
            {move || match category.get() {
                Some(category) => view! { <Goods category /> }.into_any(),
                None => {
                    view! { <Empty glyph=Glyph::Store title=t!(app.missing_title) text=t!(app.missing_text) /> }
                        .into_any()
                }
            }}
        </Frame>
    }
}

/// The rail at the side, the goods beside it.
#[component]
fn Frame(rail: AnyView, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class=style::frame>
            <nav class=style::rail aria-label=t!(app.tab_categories)>
                {rail}
            </nav>
            <div class=style::goods>{children.map(|children| children())}</div>
        </div>
    }
}

fn rail_skeleton() -> AnyView {
    (0..8)
        .map(|_| view! { <div class=style::wait><Skeleton kind=SkeletonKind::Block /></div> })
        .collect_view()
        .into_any()
}

#[component]
fn RailLink(category: Category, open: Memo<Option<CategoryId>>) -> impl IntoView {
    let href = routes::category(&category.id);
    let id = StoredValue::new(category.id);
    let current = move || (open.get() == Some(id.get_value())).then_some("page");
    view! {
        // Changing the category is not a step to go back to.
        <a href=href prop:replace=true class=style::department aria-current=current>
            <Picture picture=category.icon eager=true />
            {category.name}
        </a>
    }
}

#[component]
fn Goods(category: Category) -> impl IntoView {
    let params = use_query_map();
    let id = StoredValue::new(category.id);
    let wanted = Memo::new(move |_| {
        let params = params.read();
        ProductQuery {
            category: Some(id.get_value()),
            ..query::from_url(|word| params.get(word))
        }
    });
    let results = use_results(wanted);
    let navigate = use_navigate();
    let on_want = Callback::new(move |wanted: ProductQuery| {
        let address = routes::category(&id.get_value()) + &query::to_url(&wanted);
        navigate(
            &address,
            NavigateOptions {
                replace: true,
                ..Default::default()
            },
        );
    });
    let empty = || view! { <Empty glyph=Glyph::Bag title=t!(catalog.nothing) text=t!(catalog.nothing_text) /> };
    view! {
        <p class=stylance::classes!(text::caption, text::muted, style::about)>{category.text}</p>
        <Results wanted results on_want empty=empty.into() />
    }
}
