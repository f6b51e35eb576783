//! `/control`: the tester's switches, the ledger to compare with, and paying without a browser.

use axum::extract::{Path, State};
use axum::middleware;
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::{Deserialize, Serialize};

use super::Shared;
use super::extract::{Body, local_only};
use super::merchant::PaymentStatus;
use crate::error::Refusal;
use crate::gateway::Decision;
use crate::ledger::{Delivery, Payment, Refund, Transfer};
use crate::pages;
use crate::switches::Switches;

/// The tester's routes, for this machine alone.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(page).post(flip))
        .route("/switches", get(get_switches).put(put_switches))
        .route("/ledger", get(ledger))
        .route("/flush", post(flush))
        .route("/payments/{payment}/pay", post(pay))
        .route("/payments/{payment}/decline", post(decline))
        .layer(middleware::from_fn(local_only))
}

async fn page(State(shared): State<Shared>) -> Html<String> {
    Html(shared.gateway.read(pages::control).into_string())
}

/// The page's form: a box that is not ticked is not sent.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Flipped {
    late_ms: u32,
    duplicate: u8,
    reorder: Option<String>,
    forge: Option<String>,
    drop: Option<String>,
    wrong_amount: Option<String>,
    late_capture: Option<String>,
    fail_transfers: Option<String>,
    /// The page's second button: send as well what is held back.
    flush: Option<String>,
}

async fn flip(
    State(shared): State<Shared>,
    Form(flipped): Form<Flipped>,
) -> Result<Redirect, Refusal> {
    shared.gateway.set_switches(Switches {
        late_ms: flipped.late_ms,
        duplicate: flipped.duplicate,
        reorder: flipped.reorder.is_some(),
        forge: flipped.forge.is_some(),
        drop: flipped.drop.is_some(),
        wrong_amount: flipped.wrong_amount.is_some(),
        late_capture: flipped.late_capture.is_some(),
        fail_transfers: flipped.fail_transfers.is_some(),
    })?;
    if flipped.flush.is_some() {
        shared.gateway.flush()?;
    }
    Ok(Redirect::to("/control"))
}

async fn get_switches(State(shared): State<Shared>) -> Json<Switches> {
    Json(shared.gateway.read(|book| book.switches().clone()))
}

async fn put_switches(
    State(shared): State<Shared>,
    Body(switches): Body<Switches>,
) -> Result<Json<Switches>, Refusal> {
    shared.gateway.set_switches(switches.clone())?;
    Ok(Json(switches))
}

#[derive(Serialize)]
struct Everything {
    payments: Vec<Payment>,
    refunds: Vec<Refund>,
    transfers: Vec<Transfer>,
    deliveries: Vec<Delivery>,
}

async fn ledger(State(shared): State<Shared>) -> Json<Everything> {
    Json(shared.gateway.read(|book| Everything {
        payments: book.payments().cloned().collect(),
        refunds: book.refunds().cloned().collect(),
        transfers: book.transfers().cloned().collect(),
        deliveries: book.deliveries().cloned().collect(),
    }))
}

#[derive(Serialize)]
struct Flushed {
    released: usize,
}

async fn flush(State(shared): State<Shared>) -> Result<Json<Flushed>, Refusal> {
    Ok(Json(Flushed {
        released: shared.gateway.flush()?,
    }))
}

async fn pay(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<PaymentStatus>, Refusal> {
    let payment = shared.gateway.decide(&id, Decision::Pay)?;
    Ok(PaymentStatus::of(payment, &shared.gateway))
}

async fn decline(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<PaymentStatus>, Refusal> {
    let payment = shared.gateway.decide(&id, Decision::Decline)?;
    Ok(PaymentStatus::of(payment, &shared.gateway))
}
