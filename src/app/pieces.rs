//! The app in pieces: what a first visit does not need is downloaded when it is asked for (ADR 10).
//!
//! Each `page!` below cuts the app in two at one function: everything that only this page reaches becomes
//! a piece of its own, which `cargo xtask build` takes out of the WebAssembly. The start page stays in the
//! main piece.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Failure, at_once};
use crate::features::account::{AccountPage, SignInPage};
use crate::features::address::AddressPage;
use crate::features::cart::CartPage;
use crate::features::catalog::{CategoryPage, ProductPage, SearchPage};
use crate::features::checkout::{CheckoutPage, FlashPage, PayPage, SeatPage};
use crate::features::creators::CreatorPage;
use crate::features::groups::GroupPage;
use crate::features::live::LivePage;
use crate::features::notifications::NotificationsPage;
use crate::features::orders::{OrderPage, OrdersPage};
use crate::features::promotions::{CouponsPage, FlashSalesPage};
use crate::features::shares::{EarningsPage, ShareSheet, SharesPage, WithdrawPage};
use crate::features::videos::{PublishPage, VideoPage};
use crate::piece::Missing;
use crate::platform::{crash, events, focus, online, page, travel};
use crate::stores::use_share;
use crate::t;
use crate::ui::{PageSkeleton, toast};

/// Draws a page.
pub(super) type Draw = fn() -> AnyView;

/// Downloads a piece, unless it is here already.
type Loading = Pin<Box<dyn Future<Output = Result<Draw, Missing>>>>;

/// A page: how it is drawn, and how its piece is had beforehand, so that it is drawn at once.
pub(super) struct Place {
    /// Draws it.
    pub draw: Draw,
    /// Has its piece; absent where the page stands in the main piece.
    #[cfg(target_family = "wasm")]
    pub load: Option<fn() -> Loading>,
}

impl Place {
    /// A page that stands in the main piece.
    pub(super) const fn here(draw: Draw) -> Self {
        Self {
            draw,
            #[cfg(target_family = "wasm")]
            load: None,
        }
    }
}

/// `piece: view => Page` makes `view`, which draws `Page` out of `piece`. The views are constants of one type, so
/// that what shows them is compiled once for all of them.
macro_rules! page {
    ($($piece:ident: $view:ident => $page:ident;)+) => {$(
        #[allow(non_upper_case_globals)]
        pub(super) const $view: Place = {
            piece!($piece: fn $view() -> Draw { || view! { <$page /> }.into_any() });
            const LOAD: fn() -> Loading = || Box::pin($view());
            Place {
                draw: || show(LOAD),
                #[cfg(target_family = "wasm")]
                load: Some(LOAD),
            }
        };
    )+};
}

page! {
    catalog: category => CategoryPage;
    catalog: search => SearchPage;
    catalog: product => ProductPage;
    catalog: group => GroupPage;
    catalog: creator => CreatorPage;
    catalog: flash_sales => FlashSalesPage;
    trade: cart => CartPage;
    trade: checkout => CheckoutPage;
    trade: seat => SeatPage;
    trade: flash => FlashPage;
    // What moves, in one piece: each piece more divides what pieces share into more files.
    live: live => LivePage;
    live: video => VideoPage;
    trade: pay => PayPage;
    trade: orders => OrdersPage;
    trade: order => OrderPage;
    trade: account => AccountPage;
    trade: coupons => CouponsPage;
    trade: notifications => NotificationsPage;
    trade: addresses => AddressPage;
    trade: sign_in => SignInPage;
    shares: shares => SharesPage;
    shares: publish => PublishPage;
    shares: earnings => EarningsPage;
    shares: withdraw => WithdrawPage;
}

/// How far a piece has come.
#[derive(Clone, Copy)]
enum Piece {
    OnItsWay,
    Here(Draw),
    Missing,
}

/// The page at once when its piece is here; a skeleton until it is.
fn show(load: fn() -> Loading) -> AnyView {
    let mut loading = load();
    if let Some(Ok(draw)) = at_once(&mut loading) {
        return draw();
    }
    let piece = RwSignal::new(Piece::OnItsWay);
    spawn_local(fetch(loading, piece));
    // What is missing for want of a network comes by itself with it.
    events::on_window("online", move |_| {
        if matches!(piece.get_untracked(), Piece::Missing) {
            piece.set(Piece::OnItsWay);
            spawn_local(fetch(load(), piece));
        }
    });
    let view = move || match piece.get() {
        Piece::OnItsWay => view! { <PageSkeleton /> }.into_any(),
        Piece::Here(draw) => draw(),
        Piece::Missing => {
            let error = match online::is_online() {
                true => ApiError::Network,
                false => ApiError::Offline,
            };
            view! { <Failure error on_retry=page::reload /> }.into_any()
        }
    };
    view.into_any()
}

async fn fetch(loading: Loading, piece: RwSignal<Piece>) {
    let loaded = loading.await;
    crash::styled().await;
    let arrived = match loaded {
        Ok(draw) => Piece::Here(draw),
        // A new version of the shop may have replaced the file.
        Err(_) if crash::start_anew() => return,
        Err(_) => Piece::Missing,
    };
    piece.try_set(arrived);
    if travel::has_moved() {
        request_animation_frame(focus::arrive);
    }
}

/// The share sheet over the page, once its piece is here.
pub(super) fn share_sheet() -> AnyView {
    piece!(shares: fn share_sheet() -> Draw { || view! { <ShareSheet /> }.into_any() });
    let mut loading: Loading = Box::pin(share_sheet());
    if let Some(Ok(draw)) = at_once(&mut loading) {
        return draw();
    }
    let (target, toaster) = (use_share().target(), toast());
    let piece = RwSignal::new(None::<Draw>);
    spawn_local(async move {
        match loading.await {
            Ok(draw) => drop(piece.try_set(Some(draw))),
            Err(_) if crash::start_anew() => {}
            Err(_) => {
                target.set(None);
                toaster.show(t!(app.network_text));
            }
        }
    });
    (move || piece.get().map(|draw| draw())).into_any()
}

/// Waits until a page's piece is here, or cannot be had.
#[cfg(target_family = "wasm")]
pub(super) async fn arrive(place: &Place) {
    if let Some(load) = place.load {
        let _ = load().await;
        crash::styled().await;
    }
}
