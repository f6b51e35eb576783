//! The page of `/coupons`: what can be claimed, and what one has.

use contract::promotions::{CouponCard, CouponList};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::api;
use super::wallet::MyCoupons;
use crate::api::{IdempotencyKey, Loading, failure_words, use_load};
use crate::i18n::{day_and_time, number};
use crate::routes;
use crate::stores::use_session;
use crate::t;
use crate::ui::{
    Button, ButtonKind, Coupon, Empty, Glyph, Segmented, Skeleton, SkeletonKind, Topbar, text,
    toast,
};

/// Which of the two is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Centre,
    Wallet,
}

/// The coupon centre and the wallet.
#[component]
pub fn CouponsPage() -> impl IntoView {
    let tab = RwSignal::new(Tab::Centre);
    let words = |tab: Tab| match tab {
        Tab::Centre => t!(promotions.tab_centre).to_owned(),
        Tab::Wallet => t!(promotions.tab_wallet).to_owned(),
    };
    view! {
        <Topbar title=t!(promotions.coupons) back=routes::account() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Segmented
                label=t!(promotions.coupons)
                name="coupons"
                options=vec![Tab::Centre, Tab::Wallet]
                words
                chosen=tab
                on_choose=move |next| tab.set(next)
            />
            {move || match tab.get() {
                Tab::Centre => view! { <Centre /> }.into_any(),
                Tab::Wallet => view! { <MyCoupons /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Centre() -> impl IntoView {
    let load = use_load(api::list_coupons);
    let children = |list: CouponList| {
        if list.items.is_empty() {
            return view! {
                <Empty
                    glyph=Glyph::Coupon
                    title=t!(promotions.empty_centre_title)
                    text=t!(promotions.empty_centre_text)
                />
            }
            .into_any();
        }
        let cards = list.items.into_iter();
        view! {
            <ul class=text::stack>
                {cards.map(|card| view! { <li><Claimable card /></li> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! { <Loading load skeleton=waiting children /> }
}

/// What is shown until the answer is there.
pub(super) fn waiting() -> AnyView {
    view! {
        <div class=text::stack aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </div>
    }
    .into_any()
}

/// A coupon that can be claimed; guests sign in first and come back.
#[component]
fn Claimable(card: CouponCard) -> impl IntoView {
    let (session, toaster) = (use_session(), toast());
    let navigate = StoredValue::new_local(use_navigate());
    let mine = RwSignal::new(card.mine);
    let busy = RwSignal::new(false);
    let promotion = StoredValue::new(card.offer.promotion.clone());
    let claim = move |()| {
        if session.me().is_none() {
            let to = routes::sign_in(Some(routes::coupons()));
            return navigate.with_value(|navigate| navigate(&to, Default::default()));
        }
        busy.set(true);
        spawn_local(async move {
            match api::claim_coupon(IdempotencyKey::new(), &promotion.get_value()).await {
                Ok(_) => {
                    mine.try_update(|mine| *mine += 1);
                    toaster.show(t!(promotions.claimed));
                }
                Err(error) => toaster.show(failure_words(&error).1),
            }
            busy.try_set(false);
        });
    };
    let has_all = move || mine.get() >= card.per_customer;
    let words = move || match has_all() {
        true => t!(promotions.claimed_all),
        false => t!(promotions.claim),
    };
    let until = t!(promotions.holds_until, at = day_and_time(card.ends_at));
    let note = match card.left {
        Some(left) => format!(
            "{} · {until}",
            t!(promotions.left_to_claim, left = number(left.into()))
        ),
        None => until,
    };
    view! {
        <Coupon offer=card.offer note>
            <Button
                kind=ButtonKind::Primary
                small=true
                busy
                disabled=Signal::derive(has_all)
                on_press=claim
            >
                {words}
            </Button>
        </Coupon>
    }
}
