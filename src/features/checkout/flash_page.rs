//! The checkout of a flash price of a live room: a way of its own, never the cart's (rules.md L4).

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::amounts::Amounts;
use super::desk::Desk;
use super::errand::Errand;
use super::foot::Foot;
use super::gate::{Gate, Waiting};
use super::goods::Goods;
use super::pay_dock::Stale;
use super::remark::Remark;
use super::trouble_sheet::Unable;
use super::way::WayPanel;
use crate::routes;
use crate::stores::use_share;
use crate::t;
use crate::ui::{
    ButtonKind, ButtonLink, Empty, Glyph, Notice, NoticeKind, Promotion, Topbar, text,
};

/// The page of `/checkout/flash?…`.
#[component]
pub fn FlashPage() -> impl IntoView {
    let query = use_query_map();
    let errand = Memo::new(move |_| query.with(|query| Errand::of_flash(|key| query.get(key))));
    move || match errand.get() {
        Some(errand) => view! { <OneFlash errand /> }.into_any(),
        None => view! { <NoFlash /> }.into_any(),
    }
}

#[component]
fn OneFlash(errand: Errand) -> impl IntoView {
    let back = errand
        .flash()
        .map_or_else(|| routes::home().to_owned(), |(live, _)| routes::live(live));
    let errand = StoredValue::new(errand);
    view! {
        <Topbar title=t!(checkout.flash_title) back />
        <Gate>
            <Checkout errand=errand.get_value() />
        </Gate>
    }
}

#[component]
fn Checkout(errand: Errand) -> impl IntoView {
    let desk = Desk::set_up(errand);
    let has_quote = Memo::new(move |_| desk.quote.with(Option::is_some));
    move || {
        if has_quote.get() {
            view! { <Decisions desk /> }.into_any()
        } else if let Some(error) = desk.failure.get() {
            view! { <Unable desk error /> }.into_any()
        } else {
            view! { <Waiting /> }.into_any()
        }
    }
}

#[component]
fn Decisions(desk: Desk) -> impl IntoView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Stale desk />
            <WayPanel desk />
            <Goods desk />
            <Remark desk />
            <Amounts desk />
            <Promotion shown=use_share().promoted() />
            <Notice kind=NoticeKind::Safe glyph=Glyph::Clock>{t!(checkout.flash_promise)}</Notice>
        </main>
        <Foot desk />
    }
}

/// An address that names no flash price.
#[component]
fn NoFlash() -> impl IntoView {
    view! {
        <Topbar title=t!(app.missing_title) back=routes::home() />
        <main>
            <Empty glyph=Glyph::Bag title=t!(app.missing_title) text=t!(app.missing_text)>
                <ButtonLink href=routes::home() kind=ButtonKind::Tonal>
                    {t!(app.see_shop)}
                </ButtonLink>
            </Empty>
        </main>
    }
}
