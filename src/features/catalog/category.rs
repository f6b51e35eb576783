//! Categories: the shop's departments down the side, the goods of one beside them.

use contract::CategoryId;
use contract::catalog::{Category, Home, ProductQuery};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::query;
use super::results::{Results, use_results};
use crate::api::Loading;
use crate::routes;
use crate::stores::use_home;
use crate::t;
use crate::ui::{Empty, Glyph, Icon, Picture, Skeleton, SkeletonKind, page_name, text};

stylance::import_crate_style!(style, "src/features/catalog/category.module.css");

/// The page of all categories (the first one is open) and of each category.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let home = use_home();
    view! {
        <Loading
            load=home
            skeleton=|| view! { <Frame rail=rail_skeleton().into() /> }.into_any()
            children=|home| view! { <Departments home /> }.into_any()
        />
    }
}

#[component]
fn Departments(home: Home) -> impl IntoView {
    let params = use_params_map();
    let home = StoredValue::new(home);
    let open = Memo::new(move |_| {
        let asked = params.read().get("id").map(CategoryId::from);
        asked.or_else(|| home.with_value(|home| Some(home.categories.first()?.id.clone())))
    });
    let category = Memo::new(move |_| {
        let open = open.get()?;
        home.with_value(|home| home.categories.iter().find(|c| c.id == open).cloned())
    });
    let name = Signal::derive(move || {
        category.get().map_or_else(|| t!(app.tab_categories).to_owned(), |category| category.name)
    });
    page_name(name);
    let rail = move || {
        home.get_value().categories.into_iter().map(|c| view! { <RailLink category=c open /> }).collect_view()
    };
    view! {
        <Frame rail=rail.into_any()>
            <h1 class=text::hidden tabindex="-1">{move || name.get()}</h1>
            {move || category.get().map(|category| view! { <Goods category /> })}
        </Frame>
    }
}

/// The search's entrance on top, the rail at the side, the goods in the middle.
#[component]
fn Frame(rail: AnyView, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <header class=style::bar>
            <A href=routes::search("") attr:class=style::search>
                <Icon glyph=Glyph::Search />
                {t!(app.search)}
            </A>
        </header>
        <div class=style::frame>
            <nav class=style::rail aria-label=t!(app.tab_categories)>
                {rail}
            </nav>
            <main class=style::main>{children.map(|children| children())}</main>
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
        <A href=href prop:replace=true attr:class=style::department attr:aria-current=current>
            <Picture picture=Some(category.icon) eager=true />
            {category.name}
        </A>
    }
}

#[component]
fn Goods(category: Category) -> impl IntoView {
    let params = use_query_map();
    let id = StoredValue::new(category.id);
    let wanted = Memo::new(move |_| {
        let params = params.read();
        ProductQuery { category: Some(id.get_value()), ..query::from_url(|word| params.get(word)) }
    });
    let results = use_results(wanted);
    let navigate = use_navigate();
    let on_want = Callback::new(move |wanted: ProductQuery| {
        let address = routes::category(&id.get_value()) + &query::to_url(&wanted);
        navigate(&address, NavigateOptions { replace: true, ..Default::default() });
    });
    let empty = || view! { <Empty glyph=Glyph::Bag title=t!(catalog.nothing) text=t!(catalog.nothing_text) /> };
    view! {
        <p class=stylance::classes!(text::caption, text::muted, style::about)>{category.text}</p>
        <Results wanted results on_want empty=empty.into() />
    }
}
