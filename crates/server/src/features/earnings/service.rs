//! What a sharer earned: sums from the ledger, counts from the orders.

use axum::http::StatusCode;
use contract::earnings::{Commission, EarningDay, Earnings, Settlement, Withdrawal};
use contract::{Currency, Cursor, Money, Page, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::store::{self, Place};
use crate::attribution::store::traits;
use crate::calendar::{self, DAY_MS};
use crate::http::language::Lang;
use crate::http::page_size;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::ledger::{self, Stage};
use crate::{AppError, AppState, cursor, db, payout};

/// Days that the chart shows.
const DAYS: i64 = 14;
/// The shop's only currency.
const CURRENCY: Currency = Currency::CNY;
/// What cursors of the list are called.
const COMMISSIONS: &str = "commissions";

/// What cursors of the list of payouts are called.
const WITHDRAWALS: &str = "withdrawals";

/// Which part of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Where the page starts; from the page before.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
    /// How many, 1 to 50; 20 unless said.
    pub limit: Option<u32>,
}

/// What a sharer earned.
pub(super) async fn earnings(state: &AppState, sharer: &UserId) -> Result<Earnings, AppError> {
    let now = state.clock.now();
    let money = |minor| Money::new(minor, CURRENCY);
    let mut conn = state.db.reader().acquire().await?;
    let pending = ledger::owed(&mut conn, sharer, Stage::Pending, CURRENCY).await?;
    let frozen = ledger::owed(&mut conn, sharer, Stage::Frozen, CURRENCY).await?;
    let next = store::next(&mut conn, sharer).await?;
    let today = calendar::day_of(now);
    let since = calendar::begins(today - DAYS + 1);
    let earned = store::days(&mut conn, sharer, since).await?;
    let days = (today - DAYS + 1..=today).map(|day| {
        let found = earned.iter().find(|(of, _, _)| *of == day);
        EarningDay {
            day: calendar::begins(day),
            earned: money(found.map_or(0, |(_, earned, _)| *earned)),
            paid: found.map_or(0, |(_, _, paid)| *paid),
        }
    });
    let (clicks, paid) = store::clicks_and_paid(&mut conn, sharer).await?;
    Ok(Earnings {
        available: ledger::owed(&mut conn, sharer, Stage::Available, CURRENCY).await?,
        awaiting: pending.checked_add(frozen)?,
        withdrawn: money(store::withdrawn(&mut conn, sharer).await?),
        next: next.map(|(at, minor)| Settlement {
            at,
            amount: money(minor),
        }),
        paid_this_month: store::paid_since(&mut conn, sharer, calendar::month_of(now)).await?,
        conversion_bp: conversion_bp(clicks, paid),
        days: days.collect(),
        freeze_days: u32::try_from(state.config.sharing.freeze_ms / DAY_MS).unwrap_or(u32::MAX),
        withdrawal_min: money(state.config.sharing.withdrawal_min),
        day_max: money(state.config.sharing.day_max),
        suspended: traits::is_suspended(&mut conn, sharer).await?,
        server_now: now,
    })
}

/// Paid orders of 10,000 clicks; several orders may follow one click.
fn conversion_bp(clicks: u64, paid: u64) -> u32 {
    let of = paid.saturating_mul(10_000).checked_div(clicks).unwrap_or(0);
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// A page of a sharer's commissions, newest first.
pub(super) async fn commissions(
    state: &AppState,
    sharer: &UserId,
    lang: Lang,
    query: &PageQuery,
) -> Result<Page<Commission>, AppError> {
    let secret = &state.config.server_secret;
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(cursor::decode(secret, COMMISSIONS, cursor)?),
        None => None,
    };
    let size = page_size(query.limit)?;
    let mut conn = state.db.reader().acquire().await?;
    let mut found = store::commissions(&mut conn, sharer, lang, after.as_ref(), size + 1).await?;
    let more = found.len() > size;
    found.truncate(size);
    let next = match found.last() {
        Some((place, _)) if more => Some(cursor::encode(secret, COMMISSIONS, place)?),
        _ => None,
    };
    let items = found.into_iter().map(|(_, commission)| commission);
    Ok(Page {
        items: items.collect(),
        next,
    })
}

/// Asks for a payout of what is available.
pub(super) async fn request_withdrawal(
    state: &AppState,
    sharer: &UserId,
    ticket: &Ticket,
    amount: Money,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        let asked = payout::request(work.conn(), &state.config, sharer, amount, now).await?;
        work.finish(StatusCode::CREATED, &asked.to_withdrawal())
            .await
    })
    .await
}

/// A page of a sharer's payouts, newest first.
pub(super) async fn withdrawals(
    state: &AppState,
    sharer: &UserId,
    query: &PageQuery,
) -> Result<Page<Withdrawal>, AppError> {
    let secret = &state.config.server_secret;
    // Greater than any id, which is hexadecimal.
    let before: String = match &query.cursor {
        Some(cursor) => cursor::decode(secret, WITHDRAWALS, cursor)?,
        None => "g".to_owned(),
    };
    let size = page_size(query.limit)?;
    let mut conn = state.db.reader().acquire().await?;
    let mut found = payout::store::of_owner(&mut conn, sharer, &before, size + 1).await?;
    let more = found.len() > size;
    found.truncate(size);
    let next = match found.last() {
        Some(last) if more => Some(cursor::encode(secret, WITHDRAWALS, &last.id)?),
        _ => None,
    };
    Ok(Page {
        items: found
            .iter()
            .map(payout::store::WithdrawalRow::to_withdrawal)
            .collect(),
        next,
    })
}
