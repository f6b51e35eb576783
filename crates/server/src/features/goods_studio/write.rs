//! Changing the stock on staff's word, written down with why.

use axum::http::StatusCode;
use contract::goods_studio::{AdjustStock, StockReason};
use contract::{ErrorCode, ErrorDetails, SkuId};
use serde_json::json;

use crate::auth::staff::StaffMember;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::{AppError, AppState, stock};

/// More pieces at once are a slip of the finger.
const MOST: i64 = 1_000_000;
/// A note is no longer than this.
const NOTE_MAX: usize = 200;

/// Adds pieces or takes some away.
pub(super) async fn adjust(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    sku: &SkuId,
    asked: &AdjustStock,
) -> Result<Answer, AppError> {
    if asked.by == 0 || asked.by.abs() > MOST {
        return Err(AppError::field(
            "by",
            format!("1 to {MOST}, or as many less"),
        ));
    }
    let note = asked.note.trim();
    if note.chars().count() > NOTE_MAX || (note.is_empty() && asked.reason == StockReason::Other) {
        return Err(AppError::field("note", "say why, in a sentence"));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let conn = work.conn();
    let Some(after) = stock::adjust(conn, sku, asked.by).await? else {
        let before = stock::of(conn, sku)
            .await?
            .ok_or_else(|| AppError::not_found("SKU"))?;
        return Err(AppError::with_details(
            ErrorCode::SoldOut,
            "Fewer than that are free. What is kept for orders and sales cannot be taken away.",
            ErrorDetails::Stock {
                sku: sku.clone(),
                available: u32::try_from(before.available).unwrap_or_default(),
            },
        ));
    };
    let before = json!({ "available": after.available - asked.by });
    let why = json!({ "available": after.available, "by": asked.by, "reason": asked.reason, "note": note });
    let changed = (Some(before.to_string()), Some(why.to_string()));
    staff
        .note(conn, "adjust_stock", sku.as_str(), changed, now)
        .await?;
    work.finish(StatusCode::OK, &after).await
}
