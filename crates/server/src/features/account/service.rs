//! Signing in, told as transactions.

use axum::http::StatusCode;
use contract::account::{CodeRequest, CodeSent, Me, NameRequest, Session, SignIn};
use contract::{CodeRequestId, UserId};
use uuid::Uuid;

use super::{code, name, store};
use crate::auth::{Token, begin_session, end_session};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::limits::{Client, too_many};
use crate::phone::Phone;
use crate::sms::Message;
use crate::words::neighbour;
use crate::{AppError, AppState, attribution};

/// Where a sign-in comes from and what it will be given.
pub struct Browser {
    pub client: Client,
    /// The browser's own name.
    pub device: String,
    /// The session that it had before.
    pub before: Option<Token>,
    /// The session that it gets.
    pub token: Token,
}

/// Sends a code to a number. The message goes out after the commit: one that is lost on the way is asked
/// for again, as a lost text message is anyway.
pub async fn request_code(
    state: &AppState,
    ticket: Ticket,
    client: Client,
    lang: Lang,
    asked: &CodeRequest,
) -> Result<Answer, AppError> {
    let phone = Phone::parse(&asked.phone).map_err(|e| AppError::field("phone", e.to_string()))?;
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    let now = state.clock.now();
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let before = store::last_code(work.conn(), &phone).await?;
    if let Some(wait) = before.and_then(|before| code::wait_after(before, now)) {
        return Err(too_many(wait));
    }
    state.limits.code(client, phone.as_str())?;
    let request = CodeRequestId(Uuid::new_v4().simple().to_string());
    let drawn = code::draw();
    let hash = code::hash(
        state.config.server_secret.expose(),
        request.as_str(),
        &drawn,
    )?;
    store::insert_code(work.conn(), &request, &phone, &hash, now).await?;
    let sent = CodeSent {
        request,
        expires_at: now.plus_ms(code::LIFE_MS),
        resend_at: now.plus_ms(code::RESEND_MS),
        server_now: now,
    };
    let answer = work.finish(StatusCode::OK, &sent).await?;
    let message = Message {
        to: &phone,
        lang,
        text: code::message(&drawn, lang),
    };
    if let Err(fault) = state.sms.send(message).await {
        tracing::error!(%fault, "a code was not sent");
    }
    Ok(answer)
}

/// Signs in. The guess takes one of the code's tries in a transaction of its own before it is looked at,
/// so that guesses that come at once, or that are broken off, are counted all the same.
pub async fn sign_in(
    state: &AppState,
    ticket: Ticket,
    browser: &Browser,
    lang: Lang,
    asked: &SignIn,
) -> Result<Answer, AppError> {
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    if asked.code.len() != 6 || !asked.code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(AppError::field("code", "six digits"));
    }
    state.limits.guess(browser.client)?;
    let now = state.clock.now();
    let guess = store::take_try(&state.db, &asked.request, now).await?;
    let guess = guess.ok_or_else(code::expired)?;
    let secret = state.config.server_secret.expose();
    if !code::is_right(
        secret,
        asked.request.as_str(),
        &asked.code,
        &guess.code_hash,
    )? {
        return Err(code::wrong(guess.tries_left));
    }

    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    if !store::use_up(work.conn(), &asked.request, now).await? {
        return Err(code::expired());
    }
    let account = store::account_of(work.conn(), &guess.phone, now).await?;
    begin_session(
        work.conn(),
        &account.id,
        &browser.token,
        browser.before.as_ref(),
        now,
    )
    .await?;
    attribution::adopt(
        work.conn(),
        &state.config,
        &browser.device,
        &account.id,
        now,
    )
    .await?;
    let session = Session {
        me: Some(me(&account, lang)),
        server_now: now,
    };
    work.finish(StatusCode::OK, &session).await
}

/// Ends a session.
pub async fn sign_out(
    state: &AppState,
    ticket: Ticket,
    token: Option<&Token>,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    if let Some(token) = token {
        end_session(work.conn(), token).await?;
    }
    work.finish_empty().await
}

/// Who is signed in.
pub async fn session(
    state: &AppState,
    user: Option<&UserId>,
    lang: Lang,
) -> Result<Session, AppError> {
    let account = match user {
        Some(user) => store::account(&state.db, user).await?,
        None => None,
    };
    Ok(Session {
        me: account.map(|account| me(&account, lang)),
        server_now: state.clock.now(),
    })
}

/// Gives an account the name under which others see it; an empty one takes it away.
pub async fn rename(
    state: &AppState,
    user: &UserId,
    lang: Lang,
    ticket: &Ticket,
    asked: &NameRequest,
) -> Result<Answer, AppError> {
    let name = name::tidy(&asked.name).map_err(|why| AppError::field("name", why))?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let account = store::set_name(work.conn(), user, name.as_deref()).await?;
    let session = Session {
        me: account.map(|account| me(&account, lang)),
        server_now: state.clock.now(),
    };
    work.finish(StatusCode::OK, &session).await
}

/// Deletes codes that no longer work; answers how many.
pub async fn prune(state: &AppState) -> Result<u64, AppError> {
    store::prune(&state.db, state.clock.now().plus_ms(-code::LIFE_MS)).await
}

fn me(account: &store::Account, lang: Lang) -> Me {
    Me {
        id: account.id.clone(),
        name: match &account.name {
            Some(name) => name.clone(),
            None => neighbour(lang, account.neighbour_no),
        },
        phone_masked: account.phone.masked(),
        creator: account.creator.clone(),
    }
}
