//! The page of `/studio/campaigns/new`: what a new promotion is. Choosing writes a draft and opens it.

use contract::promotions::PromotionKind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use storefront::api::{ApiError, IdempotencyKey};
use storefront::stores::use_server_time;
use storefront::t;
use storefront::ui::{Glyph, Icon, IconLink, IconSize, Notice, NoticeKind, page_name, text};

use super::{api, fresh, words};
use crate::address;

stylance::import_crate_style!(style, "src/campaigns/create.module.css");

/// The four kinds.
#[component]
pub fn NewCampaignPage() -> impl IntoView {
    page_name(Signal::derive(|| t!(campaigns.new).to_owned()));
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let time = use_server_time();
    let navigate = use_navigate();
    // Kept until it has an answer, so that a draft that is asked for again is written once.
    let key = StoredValue::new(IdempotencyKey::new());
    let begin = move |kind: PromotionKind| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer =
                api::create_campaign(&key.get_value(), &fresh::terms(kind, time.now())).await;
            if busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(campaign) => {
                    // Back leads to the list, not to another new one.
                    let options = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(&address::campaign(&campaign.id), options);
                }
                Err(error) => trouble.set(Some(words::refused(&error))),
            }
        });
    };
    let begin = Callback::new(begin);
    let choice = move |kind: PromotionKind| {
        let (glyph, name) = words::kind(kind);
        view! {
            <li>
                <button class=style::kind type="button" aria-busy=move || busy.get().then_some("true") on:click=move |_| begin.run(kind)>
                    <span class=style::art><Icon glyph /></span>
                    <span class=text::grow>
                        <b>{name}</b>
                        <span class=stylance::classes!(text::small, text::muted)>{words::about_kind(kind)}</span>
                    </span>
                    <Icon glyph=Glyph::Next size=IconSize::Small />
                </button>
            </li>
        }
    };
    view! {
        <header class=style::bar>
            <IconLink href=address::campaigns() label=Signal::derive(|| t!(campaigns.name).to_owned()) glyph=Glyph::Back />
            <h1 tabindex="-1">{t!(campaigns.new)}</h1>
        </header>
        <main class=style::main>
            {move || trouble.get().map(|words| view! { <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{words}</Notice> })}
            <ul class=style::kinds>{fresh::KINDS.map(choice).into_iter().collect_view()}</ul>
        </main>
    }
}
