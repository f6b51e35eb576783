//! The first screen of a page as HTML, drawn on the server by the app's own components (ADR 18).
//!
//! Drawing is one pass over the components: nothing is waited for, no timer runs, no request leaves. What a page
//! asks the API for while it is drawn and is not among the answers in hand is handed back, so that whoever draws can
//! ask and draw again.

use std::collections::BTreeMap;
use std::sync::{Arc, Once};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use contract::Timestamp;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

pub use crate::api::Answer;
use crate::api::given;
use crate::app::App;
use crate::i18n::{self, Lang};
use crate::platform::page;
use crate::t;

/// The API's answers to GETs, by path and query.
pub type Answers = BTreeMap<String, Answer>;

/// A page as far as it could be drawn.
#[derive(Clone, Debug)]
pub struct FirstScreen {
    /// What stands in the body.
    pub html: String,
    /// The page's title.
    pub title: String,
    /// What stands below it where the app cannot run.
    pub no_script: &'static str,
    /// What it asked for and was not in hand.
    pub missing: Vec<String>,
}

/// Draws the page of an address (path and query, beginning with one slash) for a guest.
pub fn draw(address: &str, lang: Lang, now: Timestamp, answers: &Arc<Answers>) -> FirstScreen {
    rest();
    i18n::speak(lang);
    let owner = Owner::new();
    let ((html, title), missing) = given::with(answers, now, || {
        owner.with(|| {
            provide_context(RequestUrl::new(address));
            let html = view! { <App /> }.to_html();
            (html, page::take_name().unwrap_or_default())
        })
    });
    owner.cleanup();
    FirstScreen {
        html,
        title,
        no_script: t!(app.no_script),
        missing,
    }
}

/// Whatever a component would do later is done in the browser.
struct Rest;

impl CustomExecutor for Rest {
    fn spawn(&self, _: PinnedFuture<()>) {}
    fn spawn_local(&self, _: PinnedLocalFuture<()>) {}
    fn poll_local(&self) {}
}

fn rest() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Set before only by another caller of this function.
        let _ = Executor::init_custom_executor(Rest);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One address a route of the app, and some that no route expects.
    const ADDRESSES: [&str; 30] = [
        "/",
        "/category",
        "/category/fruit",
        "/search",
        "/search?q=tea&sort=sales",
        "/p/tea",
        "/p/tea?sku=A&seat=new",
        "/p/tea?seat=g1",
        "/g/g1",
        "/cart",
        "/checkout",
        "/checkout?sku=A&n=2",
        "/checkout/seat?group=g1&sku=A&n=1",
        "/pay/o1",
        "/orders",
        "/orders/o1",
        "/shares",
        "/shares/earnings",
        "/shares/withdraw",
        "/c/xiaohe.orchard",
        "/live/l1",
        "/v/v1",
        "/coupons",
        "/flash",
        "/account",
        "/notifications",
        "/addresses",
        "/sign-in?next=%2Forders",
        "/nowhere/at/all",
        "/p/%E8%8D%89?s=%3Cscript%3E#x",
    ];

    #[test]
    fn every_route_is_drawn_in_both_languages_without_a_browser() {
        let none = Arc::default();
        for address in ADDRESSES {
            for (lang, tabs) in [(Lang::ZhCn, "跳到"), (Lang::En, "Skip")] {
                let drawn = draw(address, lang, Timestamp(0), &none);
                assert!(
                    drawn.html.contains("id=\"main\""),
                    "{address} {}",
                    drawn.html
                );
                assert!(drawn.html.contains(tabs), "{address} {}", drawn.html);
                assert!(!drawn.html.contains("<script"), "{address}");
            }
        }
    }

    #[test]
    fn a_page_says_what_it_asks_for() {
        let none = Arc::default();
        let asked = |address| draw(address, Lang::En, Timestamp(0), &none).missing;
        assert_eq!(asked("/"), ["/api/home", "/api/feed"]);
        assert_eq!(
            asked("/p/a%2Fb?sku=A"),
            ["/api/home", "/api/products/a%2Fb"]
        );
        assert_eq!(asked("/g/1"), ["/api/home", "/api/groups/1"]);
        assert_eq!(asked("/c/x.y"), ["/api/home", "/api/creators/x.y"]);
        assert_eq!(asked("/live/1"), ["/api/home", "/api/live/1"]);
    }
}
