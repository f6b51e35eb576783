//! The checkout of a group's seat: a way of its own, never the cart's (rules.md G5).

use contract::groups::Seat;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::amounts::Amounts;
use super::coupons::Coupons;
use super::desk::Desk;
use super::errand::Errand;
use super::foot::Foot;
use super::gate::{Gate, Waiting};
use super::goods::Goods;
use super::overflow::OverflowPanel;
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

/// The page of `/checkout/seat?…`. A group that is full leads to the next: each seat has a page of its
/// own.
#[component]
pub fn SeatPage() -> impl IntoView {
    let query = use_query_map();
    let errand = Memo::new(move |_| query.with(|query| Errand::of_seat(|key| query.get(key))));
    move || match errand.get() {
        Some(errand) => view! { <OneSeat errand /> }.into_any(),
        None => view! { <NoSeat /> }.into_any(),
    }
}

#[component]
fn OneSeat(errand: Errand) -> impl IntoView {
    let (title, back) = match errand.seat() {
        Some(Seat::Join { group }) => (t!(checkout.seat_join), routes::group(group)),
        _ => (t!(checkout.seat_open), routes::home().to_owned()),
    };
    let errand = StoredValue::new(errand);
    view! {
        <Topbar title back />
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
    let joins = desk.group().is_some();
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Stale desk />
            <WayPanel desk />
            <Goods desk />
            <Coupons desk />
            <Remark desk />
            {joins.then(|| view! { <OverflowPanel desk /> })}
            <Amounts desk />
            <Promotion shown=use_share().promoted() />
            <Notice kind=NoticeKind::Safe glyph=Glyph::Shield>{t!(checkout.seat_promise)}</Notice>
        </main>
        <Foot desk />
    }
}

/// An address that names no seat.
#[component]
fn NoSeat() -> impl IntoView {
    view! {
        <Topbar title=t!(app.missing_title) back=routes::home() />
        <main>
            <Empty glyph=Glyph::Group title=t!(app.missing_title) text=t!(app.missing_text)>
                <ButtonLink href=routes::home() kind=ButtonKind::Tonal>
                    {t!(app.see_shop)}
                </ButtonLink>
            </Empty>
        </main>
    }
}
