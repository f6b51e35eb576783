//! Keeping the address book: at most twenty entries, and one default as long as there are any.

use axum::http::StatusCode;
use contract::address::{Address, AddressInput};
use contract::{AddressId, ErrorCode, UserId};
use uuid::Uuid;

use super::rules::{MAX_ENTRIES, checked};
use super::store;
use crate::auth::one_at_a_time;
use crate::idempotency::{Answer, Begun, Ticket, Work};
use crate::{AppError, AppState};

/// Adds an entry. The first one is the default whatever was asked.
pub async fn create(
    state: &AppState,
    ticket: Ticket,
    user: &UserId,
    input: AddressInput,
) -> Result<Answer, AppError> {
    let mut input = checked(input)?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    one_at_a_time(work.conn(), user).await?;
    let count = store::count(work.conn(), user).await?;
    if count >= MAX_ENTRIES {
        return Err(AppError::refused(
            ErrorCode::LimitExceeded,
            format!("An address book holds {MAX_ENTRIES} entries. Remove one first."),
        ));
    }
    input.is_default |= count == 0;
    check_community(&mut work, &input).await?;
    if input.is_default {
        store::clear_default(work.conn(), user).await?;
    }
    let address = Address {
        id: AddressId(Uuid::now_v7().simple().to_string()),
        input,
    };
    store::insert(work.conn(), user, &address, state.clock.now()).await?;
    work.finish(StatusCode::CREATED, &address).await
}

/// Replaces an entry. The default stays one until another takes its place.
pub async fn update(
    state: &AppState,
    ticket: Ticket,
    user: &UserId,
    id: AddressId,
    input: AddressInput,
) -> Result<Answer, AppError> {
    let mut input = checked(input)?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    one_at_a_time(work.conn(), user).await?;
    let was_default = store::is_default(work.conn(), user, &id).await?;
    let was_default = was_default.ok_or_else(|| AppError::not_found("address"))?;
    input.is_default |= was_default;
    check_community(&mut work, &input).await?;
    if input.is_default {
        store::clear_default(work.conn(), user).await?;
    }
    let address = Address { id, input };
    store::update(work.conn(), user, &address).await?;
    work.finish(StatusCode::OK, &address).await
}

/// Removes an entry. The newest of the others becomes the default when the default goes.
pub async fn delete(
    state: &AppState,
    ticket: Ticket,
    user: &UserId,
    id: &AddressId,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    one_at_a_time(work.conn(), user).await?;
    let was_default = store::is_default(work.conn(), user, id).await?;
    let was_default = was_default.ok_or_else(|| AppError::not_found("address"))?;
    store::delete(work.conn(), user, id).await?;
    if was_default {
        store::make_newest_default(work.conn(), user).await?;
    }
    work.finish_empty().await
}

async fn check_community(work: &mut Work, input: &AddressInput) -> Result<(), AppError> {
    let Some(community) = &input.community else {
        return Ok(());
    };
    if store::community_exists(work.conn(), community).await? {
        return Ok(());
    }
    Err(AppError::field(
        "community",
        "one of the shop's neighbourhoods, or none",
    ))
}
