//! What stays while pages change: the stores, the live region, toasts and the tab bar; and what a
//! change of page does: the focus goes to the new page's name.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::pieces;
use super::tab_bar::{TabBar, is_video};
use crate::platform::{crash, events, focus, travel};
use crate::stores::use_share;
use crate::t;
use crate::ui::{Announcer, LiveRegion, Toast, ToastHost, Toaster};

stylance::import_crate_style!(style, "src/app/shell.module.css");

/// The shell around a page.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    crate::stores::provide();
    let announcer = Announcer::provide();
    let toaster = Toaster::provide(announcer);
    travel::begin();
    events::on_window("jishiNewer", move |_| {
        toaster.show(Toast {
            text: t!(app.newer).to_owned(),
            action: Some((t!(app.renew).to_owned(), Arc::new(crash::renew))),
            stays: true,
        });
    });
    let sharing = use_share().target();
    let is_sharing = Memo::new(move |_| sharing.with(Option::is_some));
    let location = use_location();
    Effect::new(move |before: Option<(String, String)>| {
        let here = (location.pathname.get(), location.search.get());
        if let Some(before) = before.filter(|before| *before != here) {
            travel::arrived();
            // Between videos nobody arrives: their address follows what is on screen.
            if before.0 != here.0 && !(is_video(&before.0) && is_video(&here.0)) {
                // Once the new page is drawn.
                request_animation_frame(focus::arrive);
            }
        }
        here
    });
    view! {
        <a class=style::skip href="#main" rel="external">
            {t!(app.skip)}
        </a>
        <div class=style::screen id="main">
            {children()}
        </div>
        <TabBar />
        {move || is_sharing.get().then(pieces::share_sheet)}
        <ToastHost toaster />
        <LiveRegion announcer />
    }
}
