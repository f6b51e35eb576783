//! HTTP of signing in and out.
//!
//! Keys of these operations belong to the browser, not to the customer: who asks changes on the way.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use contract::account::{CodeRequest, CodeSent, NameRequest, Session, SignIn};

use super::service;
use crate::auth::{Device, SignedIn, Token, Viewer};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::limits::ClientAddress;
use crate::{AppError, AppState};

/// Sends a one-time code by text message. The answer is the same whether or not the number is known.
#[utoipa::path(post, path = "/api/auth/codes", tag = "account", request_body = CodeRequest,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = CodeSent)))]
pub async fn request_code(
    State(state): State<AppState>,
    ClientAddress(client): ClientAddress,
    device: Device,
    lang: Lang,
    keyed: Keyed<CodeRequest>,
) -> Result<Response, AppError> {
    let ticket = keyed.ticket(&state, &device.principal())?;
    let answer = service::request_code(&state, ticket, client, lang, &keyed.body).await?;
    let mut headers = private();
    device.introduce(&mut headers, &state.config)?;
    Ok((headers, answer).into_response())
}

/// Signs in with a code; the first time makes the account. Ends the session that the browser had.
#[utoipa::path(post, path = "/api/auth/session", tag = "account", request_body = SignIn,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = Session)))]
pub async fn sign_in(
    State(state): State<AppState>,
    ClientAddress(client): ClientAddress,
    device: Device,
    lang: Lang,
    request: HeaderMap,
    keyed: Keyed<SignIn>,
) -> Result<Response, AppError> {
    let principal = device.principal();
    let ticket = keyed.ticket(&state, &principal)?;
    let token = Token::of_sign_in(&state.config, &[&principal, keyed.body.request.as_str()])?;
    let browser = service::Browser {
        client,
        device: device.id().to_owned(),
        before: Token::shown(&request, &state.config),
        token,
    };
    let answer = service::sign_in(&state, ticket, &browser, lang, &keyed.body).await?;
    let mut headers = private();
    headers.append(SET_COOKIE, browser.token.cookie(&state.config)?);
    device.introduce(&mut headers, &state.config)?;
    Ok((headers, answer).into_response())
}

/// Who is signed in; for a guest, nobody.
#[utoipa::path(get, path = "/api/auth/session", tag = "account", responses((status = 200, body = Session)))]
pub async fn get_session(
    State(state): State<AppState>,
    Viewer(user): Viewer,
    device: Device,
    lang: Lang,
) -> Result<Response, AppError> {
    let session = service::session(&state, user.as_ref(), lang).await?;
    let mut headers = private();
    device.introduce(&mut headers, &state.config)?;
    Ok((headers, Json(session)).into_response())
}

/// Says under which name others see the customer.
#[utoipa::path(put, path = "/api/account/name", tag = "account", request_body = NameRequest,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = Session)))]
pub async fn set_name(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    lang: Lang,
    keyed: Keyed<NameRequest>,
) -> Result<Answer, AppError> {
    let ticket = keyed.ticket(&state, user.as_str())?;
    service::rename(&state, &user, lang, &ticket, &keyed.body).await
}

/// Signs out: the session is over at once, whoever kept its cookie.
#[utoipa::path(delete, path = "/api/auth/session", tag = "account",
    params(("Idempotency-Key" = String, Header)), responses((status = 204)))]
pub async fn sign_out(
    State(state): State<AppState>,
    device: Device,
    request: HeaderMap,
    keyed: KeyedEmpty,
) -> Result<Response, AppError> {
    let ticket = keyed.ticket(&state, &device.principal())?;
    let token = Token::shown(&request, &state.config);
    let answer = service::sign_out(&state, ticket, token.as_ref()).await?;
    let mut headers = private();
    headers.append(SET_COOKIE, Token::no_cookie(&state.config)?);
    Ok((headers, answer).into_response())
}

/// Answers about a person are kept by nobody on the way.
fn private() -> HeaderMap {
    HeaderMap::from_iter([(CACHE_CONTROL, HeaderValue::from_static("no-store"))])
}
