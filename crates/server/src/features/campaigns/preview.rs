//! Giving out previews (rules.md 3.9).

use axum::http::StatusCode;
use contract::campaigns::{NewPreview, PreviewGiven};

use crate::auth::staff::StaffMember;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::preview::{LONGEST_MS, Preview};
use crate::{AppError, AppState};

/// The most drafts that one preview shows.
const DRAFTS_MAX: usize = 20;

/// Seals a preview.
pub(super) async fn create(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    new: &NewPreview,
) -> Result<Answer, AppError> {
    let lasts = i64::from(new.minutes) * 60 * 1000;
    if !(1..=LONGEST_MS).contains(&lasts) {
        return Err(AppError::field("minutes", "1 to 1440"));
    }
    if new.drafts.len() > DRAFTS_MAX {
        let reason = format!("at most {DRAFTS_MAX}");
        return Err(AppError::field("drafts", reason));
    }
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let preview = Preview {
        as_of: new.as_of,
        persona: new.persona.clone(),
        drafts: new.drafts.clone(),
        until: now.plus_ms(lasts),
        staff: staff.user.clone(),
    };
    let after = serde_json::to_string(&preview).map_err(AppError::internal)?;
    let changed = (None, Some(after));
    staff
        .note(work.conn(), "create_preview", "preview", changed, now)
        .await?;
    let given = PreviewGiven {
        token: preview.seal(&state.config.server_secret)?,
        until: preview.until,
    };
    work.finish(StatusCode::CREATED, &given).await
}
