//! HTTP of the start page.

use axum::Json;
use axum::extract::State;
use contract::catalog::Home;

use super::store;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// The shop's name, banners, categories and words to search for.
#[utoipa::path(get, path = "/api/home", tag = "home", responses((status = 200, body = Home)))]
pub async fn get_home(State(state): State<AppState>, lang: Lang) -> Result<Json<Home>, AppError> {
    let db = &state.db;
    Ok(Json(Home {
        shop: store::fact(db, "shop_name", lang).await?,
        area: store::fact(db, "shop_area", lang).await?,
        banners: store::banners(db, lang).await?,
        categories: store::categories(db, lang).await?,
        hot_words: store::hot_words(db, lang).await?,
    }))
}
