//! The hosted page where the payer decides. Plain forms, no script: it works in every browser.

use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::Shared;
use super::wallet::Wallet;
use crate::clock::now_ms;
use crate::error::Refusal;
use crate::gateway::Decision;
use crate::ledger::Payment;
use crate::pages::{self, Lang};

/// The payer's routes. The token in the path is the key to the page.
pub fn routes() -> Router<Shared> {
    Router::new().route("/cashier/{token}", get(show).post(decide))
}

#[derive(Deserialize)]
struct Shown {
    /// Overrides the language that the merchant asked for.
    lang: Option<String>,
}

#[derive(Deserialize)]
struct Chosen {
    choice: Choice,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Pay,
    Decline,
    Abandon,
}

async fn show(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let payment = payment_of(&shared, &token)?;
    let late = shared.gateway.read(|book| book.switches().late_capture);
    let lang = Lang::of(shown.lang.as_deref().unwrap_or(&payment.terms.lang));
    let wallet = Wallet::of(&headers);
    let page = pages::cashier(&payment, now_ms(), late, wallet.tail(), lang);
    let mut response = Html(page.into_string()).into_response();
    if let Some(cookie) = wallet.cookie() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Carries out the payer's choice and sends the browser back to the merchant. A choice that came too late
/// shows the page again, which then says where the payment stands.
async fn decide(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Redirect, Refusal> {
    let payment = payment_of(&shared, &token)?;
    let id = &payment.terms.payment;
    let decided = match chosen.choice {
        Choice::Pay => {
            let instrument = Wallet::of(&headers).instrument(&shared.key);
            shared.gateway.pay_by(id, instrument)
        }
        Choice::Decline => shared.gateway.decide(id, Decision::Decline),
        Choice::Abandon => Ok(payment.clone()),
    };
    match decided {
        Ok(_) => Ok(Redirect::to(&payment.terms.return_url)),
        Err(Refusal::WrongState(_)) => Ok(Redirect::to(&format!("/cashier/{token}"))),
        Err(refusal) => Err(refusal),
    }
}

fn payment_of(shared: &Shared, token: &str) -> Result<Payment, Refusal> {
    let payment = shared
        .gateway
        .read(|book| book.payment_of_page(token).cloned());
    payment.ok_or(Refusal::NotFound("cashier page"))
}
