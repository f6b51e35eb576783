//! HTTP of the address book.

use axum::Json;
use axum::extract::{Path, State};
use contract::address::{Address, AddressInput};
use contract::{AddressId, Page};

use super::{service, store};
use crate::auth::SignedIn;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// The customer's addresses: the default first, then the newest.
#[utoipa::path(get, path = "/api/addresses", tag = "address", responses((status = 200, body = Page<Address>)))]
pub async fn list_addresses(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
) -> Result<Json<Page<Address>>, AppError> {
    let items = store::list(&state.db, &user).await?;
    Ok(Json(Page { items, next: None }))
}

/// Adds an address; the first one becomes the default.
#[utoipa::path(post, path = "/api/addresses", tag = "address", request_body = AddressInput,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Address)))]
pub async fn create_address(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    keyed: Keyed<AddressInput>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    service::create(&state, ticket, &user, keyed.body).await
}

/// Replaces an address.
#[utoipa::path(put, path = "/api/addresses/{id}", tag = "address", request_body = AddressInput,
    params(("id" = AddressId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Address)))]
pub async fn update_address(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    Path(id): Path<AddressId>,
    keyed: Keyed<AddressInput>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    service::update(&state, ticket, &user, id, keyed.body).await
}

/// Removes an address. Orders that were sent there keep their own copy.
#[utoipa::path(delete, path = "/api/addresses/{id}", tag = "address",
    params(("id" = AddressId, Path), ("Idempotency-Key" = String, Header)), responses((status = 204)))]
pub async fn delete_address(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    Path(id): Path<AddressId>,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    service::delete(&state, ticket, &user, &id).await
}
