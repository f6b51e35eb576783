//! Keeping the cart's copy.

use std::collections::HashSet;

use axum::http::StatusCode;
use contract::UserId;
use contract::cart::{Cart, MAX_LINES, MergedCart};

use super::{merge, store};
use crate::auth::one_at_a_time;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::{AppError, AppState};

/// Replaces the copy. It is kept as the browser has it: what can no longer be bought is said at checkout.
pub async fn put(
    state: &AppState,
    ticket: Ticket,
    user: &UserId,
    cart: Cart,
) -> Result<Answer, AppError> {
    check(&cart)?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    one_at_a_time(work.conn(), user).await?;
    store::replace(work.conn(), user, &cart).await?;
    work.finish(StatusCode::OK, &cart).await
}

/// Adds a cart to the copy (rules.md 3.8).
pub async fn merge(
    state: &AppState,
    ticket: Ticket,
    user: &UserId,
    guest: Cart,
) -> Result<Answer, AppError> {
    check(&guest)?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    one_at_a_time(work.conn(), user).await?;
    let kept = store::cart(work.conn(), user).await?;
    let skus = kept.lines.iter().chain(&guest.lines).map(|line| &line.sku);
    let most = store::most(work.conn(), skus).await?;
    let (cart, changes) = merge::merged(kept, guest, |sku| most.get(sku).copied());
    store::replace(work.conn(), user, &cart).await?;
    work.finish(StatusCode::OK, &MergedCart { cart, changes })
        .await
}

fn check(cart: &Cart) -> Result<(), AppError> {
    if cart.lines.len() > MAX_LINES {
        return Err(AppError::field(
            "lines",
            format!("at most {MAX_LINES} lines"),
        ));
    }
    let mut seen = HashSet::new();
    for (index, line) in cart.lines.iter().enumerate() {
        let field = || format!("lines[{index}].sku");
        if !(1..=64).contains(&line.sku.as_str().len()) {
            return Err(AppError::field(field(), "1 to 64 characters"));
        }
        if !seen.insert(&line.sku) {
            return Err(AppError::field(field(), "one line for each SKU"));
        }
    }
    Ok(())
}
