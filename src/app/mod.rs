//! The shell around every page, and the features' routes joined.

mod pieces;
mod shell;
mod tab_bar;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::features::feed::FeedPage;
use crate::routes;
use crate::t;
use crate::ui::{ButtonKind, ButtonLink, Empty, Glyph, Topbar};
use pieces::Draw;
use shell::Shell;

/// The start page stands in the main piece.
const START: Draw = || view! { <FeedPage /> }.into_any();
const MISSING: Draw = || view! { <NotFound /> }.into_any();

/// The app.
#[component]
pub fn App() -> impl IntoView {
    crate::stores::share::arrive();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("") view=START />
                    <Route path=path!("/category/:id?") view=pieces::category />
                    <Route path=path!("/search") view=pieces::search />
                    <Route path=path!("/p/:slug") view=pieces::product />
                    <Route path=path!("/g/:id") view=pieces::group />
                    <Route path=path!("/cart") view=pieces::cart />
                    <Route path=path!("/checkout") view=pieces::checkout />
                    <Route path=path!("/checkout/seat") view=pieces::seat />
                    <Route path=path!("/pay/:order") view=pieces::pay />
                    <Route path=path!("/orders") view=pieces::orders />
                    <Route path=path!("/orders/:id") view=pieces::order />
                    <Route path=path!("/shares") view=pieces::shares />
                    <Route path=path!("/shares/earnings") view=pieces::earnings />
                    <Route path=path!("/shares/withdraw") view=pieces::withdraw />
                    <Route path=path!("/c/:handle") view=pieces::creator />
                    <Route path=path!("/account") view=pieces::account />
                    <Route path=path!("/notifications") view=pieces::notifications />
                    <Route path=path!("/addresses") view=pieces::addresses />
                    <Route path=path!("/sign-in") view=pieces::sign_in />
                    <Route path=path!("/*any") view=MISSING />
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
