//! HTTP of quotes. A quote changes nothing that anybody sees, so it takes no key; that a checkout is under way is
//! noted.

use axum::Json;
use axum::extract::State;
use contract::quote::{Quote, QuoteRequest};

use crate::auth::Viewer;
use crate::http::json::Body;
use crate::http::language::Lang;
use crate::pricing::{self, shipping::CarrierTerms};
use crate::{AppError, AppState, attribution};

/// What a basket costs by the server's prices, what cannot be bought as asked, and the ways to get it.
#[utoipa::path(post, path = "/api/quotes", tag = "quote", request_body = QuoteRequest,
    responses((status = 200, body = Quote)))]
pub async fn create_quote(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    lang: Lang,
    Body(request): Body<QuoteRequest>,
) -> Result<Json<Quote>, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let priced = pricing::price(
        &mut conn,
        &request.lines,
        request.fulfilment.as_ref(),
        viewer.as_ref(),
        CarrierTerms::of(&state.config),
    )
    .await?;
    drop(conn);
    if let (Some(buyer), Some(_)) = (&viewer, &request.fulfilment) {
        let skus = request.lines.iter().map(|line| &line.sku);
        attribution::checkout_goes_on(&state, buyer, skus).await?;
    }
    Ok(Json(priced.to_quote(lang, state.clock.now())))
}
