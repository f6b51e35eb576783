//! The shell around every page, and the features' routes joined.

mod shell;
mod tab_bar;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::api::{ApiError, Failure};
use crate::features::catalog::{CategoryPage, ProductPage, SearchPage};
use crate::features::feed::FeedPage;
use shell::Shell;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("") view=FeedPage />
                    <Route path=path!("/category/:id?") view=CategoryPage />
                    <Route path=path!("/search") view=SearchPage />
                    <Route path=path!("/p/:slug") view=ProductPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// An address that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    let body = contract::ApiError {
        code: contract::ErrorCode::NotFound,
        message: String::new(),
        details: None,
        request_id: String::new(),
    };
    view! { <Failure error=ApiError::Refused { status: 404, body: Box::new(body) } on_retry=|| () /> }
}
