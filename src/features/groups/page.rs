//! The page of `/g/{id}`.

use contract::GroupId;
use contract::groups::{GroupCta, GroupProgress, GroupState};
use contract::shares::ShareTarget;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::dock::GroupDock;
use super::hero::Hero;
use super::live::{Live, watch};
use super::others::Others;
use super::product::Product;
use super::rules::RulesSheet;
use super::steps::Steps;
use crate::api::Loading;
use crate::routes;
use crate::stores::share::use_share;
use crate::t;
use crate::ui::{Glyph, IconButton, Panel, Promotion, Skeleton, SkeletonKind, Topbar, text};

stylance::import_crate_style!(style, "src/features/groups/page.module.css");

/// The page of the group that the address names.
#[component]
pub fn GroupPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| GroupId(params.read().get("id").unwrap_or_default()));
    // One group leads to the next: each has a page of its own.
    move || view! { <Group id=id.get() /> }
}

#[component]
fn Group(id: GroupId) -> impl IntoView {
    let live = watch(id.clone());
    let share = use_share();
    let title = Signal::derive(move || {
        let is_guest = |group: &GroupProgress| {
            group.state == GroupState::Forming
                && matches!(group.cta, GroupCta::Join | GroupCta::Login)
        };
        let invited = live
            .shown
            .with(|shown| shown.as_ref().is_some_and(is_guest));
        let words = if invited {
            t!(groups.title_invited)
        } else {
            t!(groups.title)
        };
        words.to_owned()
    });
    let children = move |first: GroupProgress| {
        live.take(first.clone());
        let group = Signal::derive(move || live.shown.get().unwrap_or_else(|| first.clone()));
        view! { <Content group live /> }.into_any()
    };
    view! {
        <Topbar title back=routes::home()>
            <IconButton
                label=t!(groups.share).to_owned()
                glyph=Glyph::Share
                on_press=move |()| share.open(ShareTarget::Group { id: id.clone() })
            />
        </Topbar>
        <Loading load=live.load skeleton=waiting children />
    }
}

#[component]
fn Content(group: Signal<GroupProgress>, live: Live) -> impl IntoView {
    let rules = RwSignal::new(false);
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Promotion shown=use_share().promoted() />
            <Product group />
            <Hero group live />
            <Steps group rules />
            <Others group />
        </main>
        <GroupDock group live />
        <RulesSheet group open=rules />
    }
}

fn waiting() -> AnyView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels) aria-busy="true" aria-label=t!(app.loading)>
            <Panel>
                <div class=style::product>
                    <Skeleton kind=SkeletonKind::Block />
                </div>
            </Panel>
            <Panel>
                <div class=style::hero>
                    <Skeleton kind=SkeletonKind::Block />
                </div>
            </Panel>
        </main>
    }
    .into_any()
}
