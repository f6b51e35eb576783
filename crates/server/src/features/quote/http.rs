//! HTTP of quotes. A quote changes nothing that anybody sees, so it takes no key; that a checkout is under way is
//! noted.

use axum::Json;
use axum::extract::State;
use contract::quote::{Quote, QuoteRequest};

use crate::auth::Viewer;
use crate::http::json::Body;
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::pricing::{self, Asking};
use crate::{AppError, AppState, attribution};

/// What a basket costs by the server's prices, what cannot be bought as asked, and the ways to get it.
#[utoipa::path(post, path = "/api/quotes", tag = "quote", request_body = QuoteRequest,
    responses((status = 200, body = Quote)))]
pub async fn create_quote(
    State(state): State<AppState>,
    Viewer(viewer): Viewer,
    moment: Moment,
    lang: Lang,
    Body(request): Body<QuoteRequest>,
) -> Result<Json<Quote>, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let asking = Asking {
        preview: moment.preview.as_ref(),
        ..Asking::of(&state, viewer.as_ref(), moment.now)
    };
    let priced = pricing::price(
        &mut conn,
        &request.lines,
        request.fulfilment.as_ref(),
        &asking.with(&request.coupons),
    )
    .await?;
    drop(conn);
    // A preview leaves no trace of a checkout (rules.md 3.9).
    if let (Some(buyer), Some(_), None) = (&viewer, &request.fulfilment, &moment.preview) {
        let skus = request.lines.iter().map(|line| &line.sku);
        attribution::checkout_goes_on(&state, buyer, skus).await?;
    }
    Ok(Json(priced.to_quote(lang, moment.now)))
}
