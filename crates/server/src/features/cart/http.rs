//! HTTP of the cart's copy.

use axum::Json;
use axum::extract::State;
use contract::cart::{Cart, MergedCart};

use super::{service, store};
use crate::auth::SignedIn;
use crate::idempotency::{Answer, Keyed};
use crate::{AppError, AppState};

/// The copy as it stands.
#[utoipa::path(get, path = "/api/cart", tag = "cart", responses((status = 200, body = Cart)))]
pub async fn get_cart(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
) -> Result<Json<Cart>, AppError> {
    Ok(Json(
        store::cart(&mut *state.db.reader().acquire().await?, &user).await?,
    ))
}

/// Replaces the copy by the browser's cart.
#[utoipa::path(put, path = "/api/cart", tag = "cart", request_body = Cart,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = Cart)))]
pub async fn put_cart(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    keyed: Keyed<Cart>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    service::put(&state, ticket, &user, keyed.body).await
}

/// Adds a guest's cart to the copy after signing in, and tells every change.
#[utoipa::path(post, path = "/api/cart/merge", tag = "cart", request_body = Cart,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = MergedCart)))]
pub async fn merge_cart(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    keyed: Keyed<Cart>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    service::merge(&state, ticket, &user, keyed.body).await
}
