//! The coupons that one has: those that hold first.

use contract::Timestamp;
use contract::promotions::{CouponState, Wallet, WalletCoupon};
use leptos::prelude::*;

use super::api;
use super::coupons::waiting;
use crate::api::{Loading, use_load};
use crate::i18n::day_and_time;
use crate::routes;
use crate::stores::session::Who;
use crate::stores::use_session;
use crate::t;
use crate::ui::{ButtonKind, ButtonLink, Coupon, Empty, Glyph, text};

/// The wallet, of whoever is signed in.
#[component]
pub(super) fn MyCoupons() -> impl IntoView {
    let session = use_session();
    let is_guest = Memo::new(move |_| matches!(session.who(), Who::Guest));
    move || match is_guest.get() {
        true => view! {
            <Empty glyph=Glyph::Coupon title=t!(promotions.sign_in)>
                <ButtonLink
                    href=routes::sign_in(Some(routes::coupons()))
                    kind=ButtonKind::Primary
                >
                    {t!(account.sign_in)}
                </ButtonLink>
            </Empty>
        }
        .into_any(),
        false => view! { <Held /> }.into_any(),
    }
}

#[component]
fn Held() -> impl IntoView {
    let load = use_load(api::list_wallet);
    let children = |wallet: Wallet| {
        let now = wallet.server_now;
        let is_unused = |coupon: &WalletCoupon| coupon.state == CouponState::Unused;
        let (mut coupons, others): (Vec<_>, Vec<_>) = wallet.items.into_iter().partition(is_unused);
        coupons.extend(others);
        if coupons.is_empty() {
            return view! {
                <Empty
                    glyph=Glyph::Coupon
                    title=t!(promotions.empty_wallet_title)
                    text=t!(promotions.empty_wallet_text)
                />
            }
            .into_any();
        }
        let rows = coupons.into_iter();
        view! {
            <ul class=text::stack>
                {rows.map(|coupon| view! { <li><One coupon now /></li> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! { <Loading load skeleton=waiting children /> }
}

#[component]
fn One(coupon: WalletCoupon, now: Timestamp) -> impl IntoView {
    let usable = coupon.state == CouponState::Unused;
    let note = match coupon.state {
        CouponState::Used => t!(promotions.used).to_owned(),
        CouponState::Expired => t!(promotions.expired).to_owned(),
        CouponState::Unused if now < coupon.from => {
            t!(promotions.not_yet, at = day_and_time(coupon.from))
        }
        CouponState::Unused => t!(promotions.holds_until, at = day_and_time(coupon.until)),
    };
    let go = usable.then(|| {
        view! {
            <ButtonLink href=routes::categories() kind=ButtonKind::Tonal small=true>
                {t!(promotions.use_now)}
            </ButtonLink>
        }
    });
    view! { <Coupon offer=coupon.offer faint=!usable note>{go}</Coupon> }
}
