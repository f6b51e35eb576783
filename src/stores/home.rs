//! The shop's frame (name, categories, banners, words to search for): read once, used by the feed, the
//! categories and the search.

use contract::catalog::Home;
use leptos::prelude::*;

use crate::api::{self, ApiError, Load, use_load};

/// The server's operation of the same name.
async fn get_home() -> Result<Home, ApiError> {
    api::get("/api/home").await
}

/// Loads the frame and puts it into the context; called by [`provide`](super::provide).
pub(super) fn provide() {
    provide_context(use_load(get_home));
}

/// The shop's frame. Where no store was provided it is loaded for the caller alone.
pub fn use_home() -> Load<Home> {
    use_context().unwrap_or_else(|| use_load(get_home))
}
