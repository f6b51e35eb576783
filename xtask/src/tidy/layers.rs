//! Who may use whom: ARCHITECTURE.md's rules 1, 2, 3 and 6.

use super::Finding;
use super::imports::{self, Import};
use super::source::Source;

/// Where a module of the shopper's app stands, the lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Layer {
    Platform,
    Ui,
    Stores,
    Api,
    I18n,
    Routes,
    Feature(String),
    App,
}

impl Layer {
    /// The layer of a path that starts with `crate`; none for what stands in the crate's root
    /// (macros), which everybody may use.
    fn of(path: &[String]) -> Option<Self> {
        let mut words = path.iter().skip(1).map(String::as_str);
        let layer = match (words.next()?, words.next()) {
            ("platform", _) => Self::Platform,
            ("ui", _) => Self::Ui,
            ("stores", _) => Self::Stores,
            ("api", _) => Self::Api,
            ("i18n", _) => Self::I18n,
            ("routes", _) => Self::Routes,
            ("features", Some(feature)) => Self::Feature(feature.to_owned()),
            ("app", _) => Self::App,
            _ => return None,
        };
        Some(layer)
    }

    fn height(&self) -> u8 {
        match self {
            Self::Platform => 0,
            Self::Ui | Self::Stores | Self::Api | Self::I18n | Self::Routes => 1,
            Self::Feature(_) => 2,
            Self::App => 3,
        }
    }
}

/// What `source` uses and may not.
pub fn check(source: &Source) -> Vec<Finding> {
    if source.is_test() {
        return Vec::new();
    }
    let rule = match source.path.as_str() {
        path if path.starts_with("src/") => storefront,
        path if path.starts_with("crates/server/src/") => server,
        path if path.starts_with("crates/studio/src/") => studio,
        _ => return Vec::new(),
    };
    imports::of(source)
        .iter()
        .filter_map(|import| {
            let message = rule(&source.path, import)?;
            Some(Finding::error(&source.path, import.line, message))
        })
        .collect()
}

fn storefront(file: &str, import: &Import) -> Option<String> {
    let named = import.path.join("::");
    let last = import.path.last().map_or("", String::as_str);
    match import.path.first()?.as_str() {
        "crate" | "storefront" => direction(file, import),
        "reqwasm" | "gloo_net" if !file.starts_with("src/api/") => {
            Some(format!("{named}: only api/ speaks HTTP (rule 3)"))
        }
        "web_sys" if !file.starts_with("src/platform/") && !last.ends_with("Event") => {
            Some(format!("{named}: only platform/ touches web_sys (rule 3)"))
        }
        framework if file.ends_with("/state.rs") && is_leptos(framework) => {
            Some(format!("{named}: state.rs holds no Leptos type (rule 6)"))
        }
        _ => None,
    }
}

fn is_leptos(name: &str) -> bool {
    name == "leptos" || name.starts_with("leptos_") || name.starts_with("reactive_")
}

fn direction(file: &str, import: &Import) -> Option<String> {
    let from = Layer::of(&module_words(file)).unwrap_or(Layer::App);
    let to = Layer::of(&import.path)?;
    let named = import.path.join("::");
    match (&from, &to) {
        (Layer::Feature(a), Layer::Feature(b)) if a != b => Some(format!(
            "{named}: a feature never imports another; meet in stores/, routes.rs or contract \
             (rule 2)"
        )),
        (Layer::Ui, Layer::Api | Layer::Stores) => Some(format!(
            "{named}: ui knows no API and no store; take a signal or a callback (rule 3)"
        )),
        _ if from.height() < to.height() => Some(format!("{named}: points upwards (rule 1)")),
        _ => None,
    }
}

/// The words of a file's own place, as a path would name them.
fn module_words(file: &str) -> Vec<String> {
    let inside = file.strip_prefix("src/").unwrap_or(file);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    std::iter::once("crate")
        .chain(inside.split('/'))
        .map(str::to_owned)
        .collect()
}

fn server(file: &str, import: &Import) -> Option<String> {
    let named = import.path.join("::");
    match import.path.first()?.as_str() {
        "storefront" if draws_pages(file) => None,
        "storefront" | "leptos" | "web_sys" => Some(format!(
            "{named}: the server draws first screens with the app and knows nothing else of it \
             (rule 1)"
        )),
        "sqlx" if !speaks_sql(file) => Some(format!(
            "{named}: SQL lives in db/ and in a feature's store (rule 3)"
        )),
        _ => None,
    }
}

/// The studio stands on the app's library, without the shopper's pages (ADR 19).
fn studio(file: &str, import: &Import) -> Option<String> {
    let named = import.path.join("::");
    let words: Vec<&str> = import.path.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["web_sys", .., last] if last.ends_with("Event") => None,
        [
            "reqwasm" | "gloo_net" | "web_sys" | "server" | "axum" | "sqlx",
            ..,
        ] => Some(format!(
            "{named}: the studio goes by the app's api/ and platform/ (rule 3)"
        )),
        ["storefront", "app", ..] => Some(format!("{named}: the shopper's own (rule 1)")),
        ["storefront", "features", feature, ..] if *feature != "account" => {
            Some(format!("{named}: a page of the shopper's (rule 1)"))
        }
        [framework, ..] if file.ends_with("/state.rs") && is_leptos(framework) => {
            Some(format!("{named}: state.rs holds no Leptos type (rule 6)"))
        }
        _ => None,
    }
}

/// Where pages get their first screen (ADR 18).
fn draws_pages(file: &str) -> bool {
    file.starts_with("crates/server/src/http/first_screen/")
}

/// `db/…`, `store.rs`, or a file of a folder `store/`.
fn speaks_sql(file: &str) -> bool {
    file.contains("/db/") || file.contains("/store/") || file.ends_with("/store.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, text: &str) -> Vec<String> {
        check(&Source::parse(path, text).unwrap())
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn rule_1_nothing_points_upwards() {
        let broken = messages("src/platform/storage.rs", "use crate::stores::cart;");
        assert_eq!(broken, ["crate::stores::cart: points upwards (rule 1)"]);
        assert!(messages("src/stores/cart.rs", "use crate::features::feed::X;").len() == 1);
        assert!(messages("src/app.rs", "use crate::features::feed::X;").is_empty());
        assert!(messages("src/stores/cart.rs", "use crate::platform::storage;").is_empty());
        let app = "use storefront::first_screen::draw;";
        let drawing = "crates/server/src/http/first_screen/mod.rs";
        assert!(messages(drawing, app).is_empty());
        assert_eq!(messages("crates/server/src/http/assets.rs", app).len(), 1);
        assert!(messages("src/api/load.rs", "fn a() { crate::t!(b) }").is_empty());
    }

    #[test]
    fn rule_2_features_do_not_meet() {
        let text = "use crate::features::{feed::FeedPage, cart::CartPage};";
        assert_eq!(messages("src/features/feed/page.rs", text).len(), 1);
        assert_eq!(
            messages("src/features/feed/mod.rs", "use super::cart::A;").len(),
            1
        );
        assert!(messages("src/features/feed/page.rs", "use super::state::A;").is_empty());
    }

    #[test]
    fn rule_3_each_library_has_its_place() {
        assert_eq!(messages("src/ui/a.rs", "use crate::api::client;").len(), 1);
        assert_eq!(
            messages("src/features/feed/api.rs", "use reqwasm::http::Request;").len(),
            1
        );
        assert!(messages("src/api/client.rs", "use reqwasm::http::Request;").is_empty());
        assert_eq!(
            messages("src/ui/a.rs", "fn a() { web_sys::window(); }").len(),
            1
        );
        assert!(messages("src/ui/a.rs", "fn a(_: web_sys::MouseEvent) {}").is_empty());
        assert!(messages("src/platform/a.rs", "use web_sys::window;").is_empty());
        let sql = "use sqlx::query;";
        assert_eq!(
            messages("crates/server/src/features/feed/http.rs", sql).len(),
            1
        );
        assert!(messages("crates/server/src/features/feed/store.rs", sql).is_empty());
        assert!(messages("crates/server/src/db/pool.rs", sql).is_empty());
    }

    #[test]
    fn rule_1_the_studio_has_no_shoppers_pages() {
        let path = "crates/studio/src/live/shelf.rs";
        let allowed = "use storefront::{ui::Button, api, features::account::SignInForm};";
        assert!(messages(path, allowed).is_empty());
        for odd in [
            "use storefront::features::cart::CartPage;",
            "use storefront::app::App;",
            "use web_sys::window;",
        ] {
            assert_eq!(messages(path, odd).len(), 1, "{odd}");
        }
        let state = "crates/studio/src/live/state.rs";
        assert_eq!(messages(state, "use leptos::prelude::*;").len(), 1);
    }

    #[test]
    fn rule_6_state_is_plain() {
        let text = "use leptos::prelude::*;";
        assert_eq!(messages("src/features/feed/state.rs", text).len(), 1);
        assert!(messages("src/features/feed/page.rs", text).is_empty());
    }
}
