//! The checkout's page.

use contract::LiveId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::amounts::Amounts;
use super::coupons::Coupons;
use super::desk::Desk;
use super::errand::Errand;
use super::foot::Foot;
use super::gate::{Gate, Waiting};
use super::goods::Goods;
use super::pay_dock::Stale;
use super::remark::Remark;
use super::way::WayPanel;
use crate::api::Failure;
use crate::routes;
use crate::stores::use_share;
use crate::t;
use crate::ui::{
    ButtonKind, ButtonLink, Empty, Glyph, Notice, NoticeKind, Promotion, Topbar, text,
};

/// The checkout's page.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    view! {
        <Topbar title=t!(checkout.title) back=routes::cart() />
        <Gate>
            <Checkout />
        </Gate>
    }
}

#[component]
fn Checkout() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let desk = Desk::set_up(Errand::of_checkout(query.get("sku"), query.get("n")));
    desk.live.set_value(query.get("live").map(LiveId));
    let is_empty = Memo::new(move |_| {
        desk.basket
            .with(|basket| basket.as_ref().is_some_and(Vec::is_empty))
    });
    let has_quote = Memo::new(move |_| desk.quote.with(Option::is_some));
    move || {
        if is_empty.get() {
            view! { <Nothing desk /> }.into_any()
        } else if has_quote.get() {
            view! { <Decisions desk /> }.into_any()
        } else if let Some(error) = desk.failure.get() {
            view! { <Failure error on_retry=move || desk.ask_again() /> }.into_any()
        } else {
            view! { <Waiting /> }.into_any()
        }
    }
}

#[component]
fn Decisions(desk: Desk) -> impl IntoView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <LeftOut desk />
            <Stale desk />
            <WayPanel desk />
            <Goods desk />
            <Coupons desk />
            <Remark desk />
            <Amounts desk />
            <Promotion shown=use_share().promoted() />
            <Notice kind=NoticeKind::Safe glyph=Glyph::Shield>{t!(checkout.hold)}</Notice>
        </main>
        <Foot desk />
    }
}

/// Says that something in the cart changed and is not in this order.
#[component]
fn LeftOut(desk: Desk) -> impl IntoView {
    let review = desk.cart.review();
    let pending = Memo::new(move |_| match desk.past_cart {
        true => 0,
        false => review.with(|review| review.pending as u64),
    });
    move || {
        (pending.get() > 0).then(|| {
            let back = || {
                view! {
                    <ButtonLink href=routes::cart() small=true>
                        {t!(checkout.back_to_cart)}
                    </ButtonLink>
                }
            };
            view! {
                <Notice kind=NoticeKind::Warn glyph=Glyph::Warn action=back>
                    {t!(checkout.left_out, count = pending.get())}
                </Notice>
            }
        })
    }
}

#[component]
fn Nothing(desk: Desk) -> impl IntoView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <LeftOut desk />
            <Empty glyph=Glyph::Cart title=t!(checkout.empty_title) text=t!(checkout.empty_text)>
                <ButtonLink href=routes::cart() kind=ButtonKind::Primary>
                    {t!(checkout.back_to_cart)}
                </ButtonLink>
            </Empty>
        </main>
    }
}
