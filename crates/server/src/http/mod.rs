//! Everything that answers HTTP, put together: the API's routes, its document, and what wraps them all.

mod assets;
mod document;
mod first_screen;
mod guard;
pub mod head;
pub mod json;
pub mod language;
mod policy;
mod preview_page;
mod probes;
pub mod request_id;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request};
use axum::routing::get;
use axum::{Json, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::limits::ClientAddress;
use crate::{AppError, AppState, auth, features, limits, live_media, preview, sms, telemetry};
use assets::Assets;
use document::ApiDoc;

/// Every route of the API with its part of the document. A feature adds itself here.
pub fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(ApiDoc::openapi())
        .merge(features::account::routes())
        .merge(features::address::routes())
        .merge(features::books::routes())
        .merge(features::campaigns::routes())
        .merge(features::cart::routes())
        .merge(features::catalog::routes())
        .merge(features::creators::routes())
        .merge(features::earnings::routes())
        .merge(features::feed::routes())
        .merge(features::goods_studio::routes())
        .merge(features::groups::routes())
        .merge(features::home::routes())
        .merge(features::live::routes())
        .merge(features::notifications::routes())
        .merge(features::events::routes())
        .merge(features::orders::routes())
        .merge(features::orders_studio::routes())
        .merge(features::payment::routes())
        .merge(features::pickup::routes())
        .merge(features::promotions::routes())
        .merge(features::quote::routes())
        .merge(features::reviews::routes())
        .merge(features::shares::routes())
        .merge(features::videos::routes())
}

/// The API's document (OpenAPI 3.1) as JSON.
pub fn document() -> Result<String, serde_json::Error> {
    document::with_errors(api().into_openapi()).to_pretty_json()
}

/// Everything that this server answers. The last layer is the first that a request meets.
pub fn app(state: AppState) -> Router {
    let (routes, document) = api().split_for_parts();
    let document = document::with_errors(document);
    // First screens are drawn from what the API itself answers a guest.
    let guests = routes.clone().with_state(state.clone());
    let assets = Arc::new(Assets::new(&state, guests));
    routes
        .route("/api/openapi.json", get(async move || Json(document)))
        .merge(sms::routes(&state.config))
        .merge(features::shares::pages())
        .merge(probes::routes())
        .fallback(
            async move |ClientAddress(client): ClientAddress, request: Request| {
                assets.answer(client, request).await
            },
        )
        .layer(DefaultBodyLimit::max(guard::MAX_BODY))
        // Films are as small as they get, and are asked for in parts.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("video/"))),
        )
        .layer(middleware::from_fn_with_state(
            state.clone(),
            auth::same_site_only,
        ))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            preview::refuse_writes,
        ))
        .layer(middleware::from_fn_with_state(state.clone(), limits::limit))
        .layer(middleware::from_fn(guard::limit_time))
        // Not compressed: that would hold every picture back until enough of them are together.
        .nest_service(live_media::MOUNT, live_media::doors::router(&state))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(middleware::from_fn(language::announce))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            policy::announce,
        ))
        .layer(middleware::from_fn(telemetry::watch))
        .layer(middleware::from_fn(request_id::give))
        .with_state(state)
}

/// The size of a page: 20 unless the caller says from 1 to 50.
pub fn page_size(asked: Option<u32>) -> Result<usize, AppError> {
    match asked.unwrap_or(20) {
        size @ 1..=50 => Ok(size as usize),
        _ => Err(AppError::field("limit", "must be 1 to 50")),
    }
}
