//! What a seat costs.

use contract::UserId;
use contract::groups::SeatQuoteRequest;
use contract::quote::{BasketLine, Quote};

use crate::attribution;
use crate::groups::take::Offered;
use crate::http::language::Lang;
use crate::pricing::{self, Asking};
use crate::{AppError, AppState};

/// Prices a seat for a viewer, who may be a guest; refuses as [`Offered::check`] and [`Offered::special`]
/// say.
pub(super) async fn seat(
    state: &AppState,
    viewer: Option<&UserId>,
    lang: Lang,
    request: &SeatQuoteRequest,
) -> Result<Quote, AppError> {
    let now = state.clock.now();
    let line = BasketLine {
        sku: request.sku.clone(),
        quantity: request.quantity,
    };
    let mut conn = state.db.reader().acquire().await?;
    let offered = Offered::find(&mut conn, &request.seat, viewer).await?;
    offered.check(&mut conn, viewer, now).await?;
    let special = offered.special(&mut conn, &line).await?;
    let priced = pricing::price_special(
        &mut conn,
        &line,
        &special,
        request.fulfilment.as_ref(),
        &Asking::of(state, viewer, now).with(&request.coupons),
    )
    .await?;
    drop(conn);
    if let (Some(buyer), Some(_)) = (viewer, &request.fulfilment) {
        attribution::checkout_goes_on(state, buyer, [&request.sku]).await?;
    }
    Ok(priced.to_quote(lang, now))
}
