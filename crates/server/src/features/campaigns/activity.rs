//! Who pays for the prices of group-buys (rules.md M1), and whether coupons come on top of them (G14).

use axum::http::StatusCode;
use contract::ActivityId;
use contract::campaigns::ActivityTerms;
use promotions::Funding;

use crate::auth::staff::StaffMember;
use crate::groups::store::activity;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::{AppError, AppState};

/// Sets both.
pub(super) async fn set(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    id: &ActivityId,
    terms: &ActivityTerms,
) -> Result<Answer, AppError> {
    if Funding::new(terms.funding.clone()).is_err() {
        let reason = "each funder once, with more than 0; all parts are 10000 (M1)";
        return Err(AppError::field("funding", reason));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let json = |terms: &ActivityTerms| serde_json::to_string(terms).map_err(AppError::internal);
    let now = state.clock.now();
    let conn = work.conn();
    let row = activity::find(conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("group-buy"))?;
    let before = ActivityTerms {
        funding: row.funding.parts().to_vec(),
        coupons: row.coupons,
    };
    let funding = serde_json::to_string(&terms.funding).map_err(AppError::internal)?;
    activity::set_terms(conn, id, &funding, terms.coupons).await?;
    let changed = (Some(json(&before)?), Some(json(terms)?));
    staff
        .note(conn, "set_activity_terms", id.as_str(), changed, now)
        .await?;
    work.finish(StatusCode::OK, terms).await
}
