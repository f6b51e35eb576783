//! The share sheet: the poster over the page, what a sale may bring, and the ways to pass the link on.

mod channels;
mod desk;
mod label;
mod preview;
mod state;

use contract::shares::ShareTarget;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::channels::Channels;
use self::desk::Desk;
use self::label::Label;
use self::preview::Preview;
use self::state::Offer;
use crate::api::Loading;
use crate::i18n::money;
use crate::platform::hand_over;
use crate::routes;
use crate::stores::use_share;
use crate::t;
use crate::ui::{
    ButtonKind, ButtonLink, Glyph, Notice, NoticeKind, Sheet, Skeleton, SkeletonKind, text,
};

stylance::import_crate_style!(style, "src/features/shares/sheet/sheet.module.css");

/// The sheet for the share store's target, which is forgotten when it closes.
#[component]
pub fn ShareSheet() -> impl IntoView {
    let shared = use_share().target();
    let target = shared.get_untracked()?;
    let title = match target {
        ShareTarget::Group { .. } => t!(shares.sheet_title_group),
        _ => t!(shares.sheet_title),
    };
    let desk = Desk::open(target);
    let open = desk.open;
    Effect::new(move || {
        if !open.get() {
            shared.set(None);
        }
    });
    let path = use_location().pathname;
    Effect::new(move |opened_on: Option<String>| {
        let here = path.get();
        if opened_on.is_some_and(|opened_on| opened_on != here) {
            // Once the router has written the new address: the sheet must not take that back.
            request_animation_frame(move || {
                open.try_set(false);
            });
        }
        here
    });
    Some(view! {
        <Sheet open title above=move || view! { <Preview desk /> }>
            <Loading
                load=desk.offer
                skeleton=|| {
                    view! {
                        <div class=style::waiting aria-busy="true">
                            <Skeleton kind=SkeletonKind::Block />
                            <Skeleton kind=SkeletonKind::Block />
                        </div>
                    }
                        .into_any()
                }
                children=move |offer| view! { <Ways desk offer /> }.into_any()
            />
        </Sheet>
    })
}

/// What it may bring, and the ways to pass it on.
#[component]
fn Ways(desk: Desk, offer: Offer) -> impl IntoView {
    let is_guest = offer.is_guest;
    view! {
        <div class=text::stack>
            {hand_over::is_in_wechat()
                .then(|| {
                    view! {
                        <Notice kind=NoticeKind::Safe glyph=Glyph::Wechat>
                            {t!(shares.wechat_hint)}
                        </Notice>
                    }
                })}
            <Estimate offer=offer.clone() />
            {is_guest.then(|| view! { <GuestHint /> })}
        </div>
        <Channels desk />
        <p class=style::said role="status">{move || desk.said.get()}</p>
        {(!is_guest).then(|| view! { <Label desk /> })}
    }
}

/// What a friend's order would bring, with the disclosure.
#[component]
fn Estimate(offer: Offer) -> impl IntoView {
    offer.estimate.map(|estimate| {
        let amount = match estimate.from == estimate.to {
            true => money(estimate.from),
            false => t!(
                shares.earn_range,
                from = money(estimate.from),
                to = money(estimate.to)
            ),
        };
        view! {
            <Notice kind=NoticeKind::Warn glyph=Glyph::Wallet>
                {t!(shares.earn)}
                " "
                <b class=text::number>{amount}</b>
                {t!(shares.earn_mark)}
            </Notice>
        }
    })
}

/// A guest shares as well; signing in first would bring commission.
#[component]
fn GuestHint() -> impl IntoView {
    let here = crate::platform::page::path_and_query();
    let action = move || {
        view! {
            <ButtonLink href=routes::sign_in(Some(&here)) kind=ButtonKind::Outline small=true replace=true>
                {t!(shares.guest_action)}
            </ButtonLink>
        }
    };
    view! {
        <Notice glyph=Glyph::Info action>
            {t!(shares.guest)}
        </Notice>
    }
}
