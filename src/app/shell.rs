//! What stays while pages change: the live region, toasts and the tab bar.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use super::tab_bar::TabBar;
use crate::t;
use crate::ui::{Announcer, LiveRegion, ToastHost, Toaster};

stylance::import_crate_style!(style, "src/app/shell.module.css");

/// The shell.
#[component]
pub fn Shell() -> impl IntoView {
    crate::stores::provide();
    let announcer = Announcer::provide();
    let toaster = Toaster::provide(announcer);
    view! {
        <a class=style::skip href="#main" rel="external">
            {t!(app.skip)}
        </a>
        <div class=style::screen id="main">
            <Outlet />
        </div>
        <TabBar />
        <ToastHost toaster />
        <LiveRegion announcer />
    }
}
