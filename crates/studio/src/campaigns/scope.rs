//! What a promotion is about: everything, some categories, some products.

use contract::campaigns::CampaignScope;
use contract::catalog::{Category, ProductCard};
use contract::{CategoryId, ProductId};
use leptos::prelude::*;
use storefront::api::use_load;
use storefront::t;
use storefront::ui::{Glyph, IconButton, IconSize, Segmented, text};

use super::api;
use super::catalogue::Catalogue;
use super::desk::Desk;
use super::fields::Tick;
use crate::form;
use crate::picker::Picker;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    All,
    Categories,
    Products,
}

impl Of {
    const ALL: [Self; 3] = [Self::All, Self::Categories, Self::Products];

    fn words(self) -> String {
        let words = match self {
            Self::All => t!(campaigns.scope_all),
            Self::Categories => t!(campaigns.scope_categories),
            Self::Products => t!(campaigns.scope_products),
        };
        words.to_owned()
    }
}

/// The fields.
#[component]
pub fn ScopeFields(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let scope = desk.draft.scope;
    let of = Memo::new(move |_| match &*scope.read() {
        CampaignScope::All => Of::All,
        CampaignScope::Categories(_) => Of::Categories,
        CampaignScope::Products(_) => Of::Products,
    });
    let choose = move |wanted: Of| {
        scope.set(match wanted {
            Of::All => CampaignScope::All,
            Of::Categories => CampaignScope::Categories(Vec::new()),
            Of::Products => CampaignScope::Products(Vec::new()),
        });
    };
    view! {
        <div class=text::stack>
            <span class=stylance::classes!(text::small, text::muted)>{t!(campaigns.scope)}</span>
            <Segmented
                label=t!(campaigns.scope)
                name="scope"
                options=Of::ALL.to_vec()
                words=Of::words
                chosen=of
                on_choose=choose
            />
            {move || match of.get() {
                Of::All => ().into_any(),
                Of::Categories => view! { <Categories desk /> }.into_any(),
                Of::Products => view! { <Products desk catalogue /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Categories(desk: Desk) -> impl IntoView {
    let scope = desk.draft.scope;
    let home = use_load(api::get_home);
    let holds = move |id: &CategoryId| {
        scope.with(|scope| matches!(scope, CampaignScope::Categories(ids) if ids.contains(id)))
    };
    let turn = move |id: CategoryId, on: bool| {
        scope.update(|scope| {
            if let CampaignScope::Categories(ids) = scope {
                ids.retain(|it| *it != id);
                ids.extend(on.then_some(id));
            }
        });
    };
    let tick = move |category: Category| {
        let (id, of) = (category.id.clone(), category.id);
        view! {
            <label class=form::choice>
                <input
                    type="checkbox"
                    prop:checked=move || holds(&id)
                    on:change=move |event| turn(of.clone(), event_target_checked(&event))
                />
                <span>{category.name}</span>
            </label>
        }
    };
    view! {
        <div class=form::fields role="group" aria-label=t!(campaigns.scope_categories)>
            {move || home.ready().map(|home| home.categories.into_iter().map(tick).collect_view())}
        </div>
    }
}

#[component]
fn Products(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let scope = desk.draft.scope;
    let ids = Memo::new(move |_| match &*scope.read() {
        CampaignScope::Products(ids) => ids.clone(),
        _ => Vec::new(),
    });
    Effect::new(move || catalogue.learn_products(ids.get()));
    let change = move |change: &dyn Fn(&mut Vec<ProductId>)| {
        scope.update(|scope| {
            if let CampaignScope::Products(ids) = scope {
                change(ids);
            }
        });
    };
    let add = move |card: ProductCard| {
        change(&|ids| {
            if !ids.contains(&card.id) {
                ids.push(card.id.clone());
            }
        });
    };
    view! {
        <ul class=form::picked>
            <For each=move || ids.get() key=ProductId::clone let:id>
                {
                    let known = id.clone();
                    let title = Signal::derive(move || catalogue.title(&known));
                    let label = Signal::derive(move || t!(campaigns.goods_drop, what = title.get()));
                    let drop = move |()| change(&|ids| ids.retain(|it| *it != id));
                    view! {
                        <li>
                            <span class=text::grow>{title}</span>
                            <IconButton label glyph=Glyph::Close size=IconSize::Small on_press=drop />
                        </li>
                    }
                }
            </For>
        </ul>
        <Picker on_pick=add verb=t!(campaigns.goods_add) />
    }
}

/// Coupons alone.
#[component]
pub fn Alone(desk: Desk) -> impl IntoView {
    let alone = desk.draft.alone;
    view! {
        <Tick
            label=t!(campaigns.alone)
            more=t!(campaigns.alone_text)
            checked=alone
            on_change=move |on| alone.set(on)
        />
    }
}
