//! What accountants and owners change: losses, periods, costs, levels of membership. Each is written down.

use axum::http::StatusCode;
use contract::books::{AuditResult, ClosePeriod, MemberLevel, NewLoss, Posted, SkuCost};
use contract::{SkuId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::auth::staff::StaffMember;
use crate::campaigns::store::{customer, promotion, words};
use crate::idempotency::{Answer, Begun, Ticket};
use crate::ledger::{self, Account, Dimensions, Document, Part, audit as books};
use crate::phone::Phone;
use crate::words::to_word;
use crate::{AppError, AppState};

/// The highest level of membership.
const LEVEL_MAX: u32 = 9;

/// Books a loss: what the shop paid for it is gone (M5).
pub(super) async fn loss(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    new: &NewLoss,
) -> Result<Answer, AppError> {
    if new.amount.minor <= 0 {
        return Err(AppError::field("amount", "more than 0"));
    }
    if new.owner.trim().is_empty() {
        return Err(AppError::field("owner", "say who answers for it"));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let conn = work.conn();
    if promotion::find(conn, &new.promotion).await?.is_none() {
        return Err(AppError::not_found("promotion"));
    }
    if words::currency(conn).await? != new.amount.currency {
        return Err(AppError::field("amount.currency", "is not the shop's"));
    }
    let key = format!("promotion.loss:{}", Uuid::now_v7().simple());
    let about = Dimensions {
        campaign: Some(new.promotion.0.clone()),
        cause: Some(to_word(new.cause)?),
        owner: Some(new.owner.trim().to_owned()),
        ..Dimensions::default()
    };
    let mut document = Document {
        biz: "promotion",
        biz_id: new.promotion.0.clone(),
        event: "lost",
        idem_key: key.clone(),
        at: now,
        entries: Vec::new(),
    };
    let (debit, credit) = (Account::PromoLoss, Account::CashClearing);
    document.add(Part::of(debit), Part::of(credit), new.amount, &about)?;
    let changed = (None, Some(json(new)?));
    staff
        .note(conn, "post_loss", new.promotion.as_str(), changed, now)
        .await?;
    ledger::post(conn, &document).await?;
    work.finish(StatusCode::CREATED, &Posted { key }).await
}

/// Closes the books until a moment (M9).
pub(super) async fn close(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    period: ClosePeriod,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let changed = (None, Some(json(&period)?));
    staff
        .note(work.conn(), "close_period", "books", changed, now)
        .await?;
    books::close(work.conn(), period.until, now).await?;
    work.finish(StatusCode::OK, &period).await
}

/// Looks through the books.
pub(super) async fn audit(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
) -> Result<Answer, AppError> {
    if let Some(answer) = ticket.answered(state).await? {
        return Ok(answer);
    }
    let faults = books::audit(state).await?;
    let found = AuditResult {
        faults: faults.iter().map(|fault| format!("{fault:?}")).collect(),
    };
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let changed = (None, Some(json(&found)?));
    let now = state.clock.now();
    staff
        .note(work.conn(), "audit_books", "books", changed, now)
        .await?;
    work.finish(StatusCode::OK, &found).await
}

/// What a SKU costs, and its floor.
pub(super) async fn cost(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    sku: &SkuId,
    cost: SkuCost,
) -> Result<Answer, AppError> {
    if cost.cost < 0 || cost.floor < 0 {
        return Err(AppError::field("cost", "0 or more"));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let conn = work.conn();
    let (was, floor) = words::set_cost(conn, sku, cost.cost, cost.floor)
        .await?
        .ok_or_else(|| AppError::not_found("SKU"))?;
    let before = SkuCost { cost: was, floor };
    let changed = (Some(json(&before)?), Some(json(&cost)?));
    staff
        .note(conn, "set_sku_cost", sku.as_str(), changed, now)
        .await?;
    work.finish(StatusCode::OK, &cost).await
}

/// A level of membership.
pub(super) async fn level(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    member: &MemberLevel,
) -> Result<Answer, AppError> {
    if member.level > LEVEL_MAX {
        return Err(AppError::field("level", format!("0 to {LEVEL_MAX}")));
    }
    let phone =
        Phone::parse(&member.phone).map_err(|error| AppError::field("phone", error.to_string()))?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now: Timestamp = state.clock.now();
    let conn = work.conn();
    let before = customer::set_tier(conn, &phone, i64::from(member.level))
        .await?
        .ok_or_else(|| AppError::not_found("customer"))?;
    let changed = (Some(before.to_string()), Some(member.level.to_string()));
    staff
        .note(conn, "set_member_level", phone.as_str(), changed, now)
        .await?;
    work.finish(StatusCode::OK, member).await
}

fn json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(AppError::internal)
}
