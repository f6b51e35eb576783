//! HTTP of creators.

use axum::Json;
use axum::extract::{Path, State};
use contract::creators::CreatorPage;

use super::store;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

/// A creator's page: who it is and what is shown there, best sold first.
#[utoipa::path(get, path = "/api/creators/{handle}", tag = "creators", params(("handle" = String, Path)),
    responses((status = 200, body = CreatorPage)))]
pub async fn get_creator(
    State(state): State<AppState>,
    moment: Moment,
    lang: Lang,
    Path(handle): Path<String>,
) -> Result<Json<CreatorPage>, AppError> {
    store::page(&state, &moment, lang, &handle)
        .await?
        .map(Json)
        .ok_or_else(|| AppError::not_found("creator"))
}
