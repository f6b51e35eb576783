//! The shell around every page, and the features' routes joined.

mod shell;
mod tab_bar;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::features::account::{AccountPage, SignInPage};
use crate::features::address::AddressPage;
use crate::features::cart::CartPage;
use crate::features::catalog::{CategoryPage, ProductPage, SearchPage};
use crate::features::checkout::{CheckoutPage, PayPage, SeatPage};
use crate::features::feed::FeedPage;
use crate::features::groups::GroupPage;
use crate::features::notifications::NotificationsPage;
use crate::features::orders::{OrderPage, OrdersPage};
use crate::routes;
use crate::t;
use crate::ui::{ButtonKind, ButtonLink, Empty, Glyph, Topbar};
use shell::Shell;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    crate::stores::share::arrive();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("") view=FeedPage />
                    <Route path=path!("/category/:id?") view=CategoryPage />
                    <Route path=path!("/search") view=SearchPage />
                    <Route path=path!("/p/:slug") view=ProductPage />
                    <Route path=path!("/g/:id") view=GroupPage />
                    <Route path=path!("/cart") view=CartPage />
                    <Route path=path!("/checkout") view=CheckoutPage />
                    <Route path=path!("/checkout/seat") view=SeatPage />
                    <Route path=path!("/pay/:order") view=PayPage />
                    <Route path=path!("/orders") view=OrdersPage />
                    <Route path=path!("/orders/:id") view=OrderPage />
                    <Route path=path!("/account") view=AccountPage />
                    <Route path=path!("/notifications") view=NotificationsPage />
                    <Route path=path!("/addresses") view=AddressPage />
                    <Route path=path!("/sign-in") view=SignInPage />
                    <Route path=path!("/*any") view=NotFound />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// An address that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Topbar title=t!(app.missing_title) back=routes::home() />
        <main>
            <Empty glyph=Glyph::Store title=t!(app.missing_title) text=t!(app.missing_text)>
                <ButtonLink href=routes::home() kind=ButtonKind::Tonal>
                    {t!(app.see_shop)}
                </ButtonLink>
            </Empty>
        </main>
    }
}
