//! Writing promotions and taking them from state to state, each with an entry in the record of what staff did.

use axum::http::StatusCode;
use contract::campaigns::{
    Campaign, CampaignCommand, CampaignList, CampaignState, CampaignSummary, CampaignTerms,
    EditCampaign,
};
use contract::{ErrorCode, Money, PromotionId, Timestamp};
use uuid::Uuid;

use super::{ready, terms};
use crate::auth::staff::StaffMember;
use crate::campaigns::lifecycle::{Cause, keeps_goods};
use crate::campaigns::publish;
use crate::campaigns::store::promotion::{self, PromotionRow};
use crate::campaigns::store::words;
use crate::db::{self, Conn};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::{AppError, AppState};

/// Every promotion, newest first.
pub(super) async fn list(state: &AppState, lang: Lang) -> Result<CampaignList, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let currency = words::currency(&mut conn).await?;
    let rows = promotion::all(&mut conn).await?;
    let items = rows.into_iter().map(|row| CampaignSummary {
        id: row.id,
        kind: row.kind,
        state: row.state,
        title: row.title.pick(lang),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        spent: Money::new(row.spent, currency),
        uses: row.uses,
    });
    Ok(CampaignList {
        items: items.collect(),
        server_now: state.clock.now(),
    })
}

/// One promotion.
pub(super) async fn get(state: &AppState, id: &PromotionId) -> Result<Campaign, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    read(&mut conn, id, state.clock.now()).await
}

async fn read(conn: &mut Conn, id: &PromotionId, now: Timestamp) -> Result<Campaign, AppError> {
    let row = find(conn, id).await?;
    let currency = words::currency(conn).await?;
    terms::campaign(&row, currency, now)
}

async fn find(conn: &mut Conn, id: &PromotionId) -> Result<PromotionRow, AppError> {
    promotion::find(conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("promotion"))
}

/// Writes a draft.
pub(super) async fn create(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    written: &CampaignTerms,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let id = PromotionId(Uuid::now_v7().simple().to_string());
    let row = terms::draft(id, written, &staff.user, now)?;
    ready::must_know(work.conn(), &row).await?;
    promotion::insert(work.conn(), &row).await?;
    let after = read(work.conn(), &row.id, now).await?;
    note(work.conn(), staff, "create_campaign", (None, &after), now).await?;
    work.finish(StatusCode::CREATED, &after).await
}

/// Rewrites one over the version that was seen.
pub(super) async fn edit(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    id: &PromotionId,
    edit: &EditCampaign,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        let conn = work.conn();
        let before = read(conn, id, now).await?;
        let row = find(conn, id).await?;
        if row.version != edit.version || row.state == CampaignState::Ended {
            return Err(publish::conflict(row.state));
        }
        let changed = terms::apply(row.clone(), &edit.terms)?;
        if row.state != CampaignState::Draft {
            terms::may_become(&row, &changed)?;
        }
        ready::must_know(conn, &changed).await?;
        if !promotion::write(conn, &changed).await? {
            return Err(AppError::Raced);
        }
        if keeps_goods(row.state) {
            publish::carve_all(conn, &changed).await?;
        }
        let after = read(conn, id, now).await?;
        note(conn, staff, "edit_campaign", (Some(&before), &after), now).await?;
        work.finish(StatusCode::OK, &after).await
    })
    .await
}

/// Publishes, stops, resumes or ends one.
pub(super) async fn advance(
    state: &AppState,
    staff: &StaffMember,
    ticket: &Ticket,
    id: &PromotionId,
    command: CampaignCommand,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        let conn = work.conn();
        let before = read(conn, id, now).await?;
        let row = find(conn, id).await?;
        if command == CampaignCommand::Schedule
            && row.state == CampaignState::Draft
            && !ready::look(conn, &row, now).await?.ready
        {
            return Err(AppError::refused(
                ErrorCode::CampaignNotReady,
                "Something stands in its way. Look at its readiness and mend that first.",
            ));
        }
        publish::advance(conn, &row, Cause::Staff(command), now).await?;
        let after = read(conn, id, now).await?;
        note(conn, staff, "move_campaign", (Some(&before), &after), now).await?;
        work.finish(StatusCode::OK, &after).await
    })
    .await
}

async fn note(
    conn: &mut Conn,
    staff: &StaffMember,
    operation: &str,
    (before, after): (Option<&Campaign>, &Campaign),
    now: Timestamp,
) -> Result<(), AppError> {
    let json = |campaign: &Campaign| serde_json::to_string(campaign).map_err(AppError::internal);
    let changed = (before.map(json).transpose()?, Some(json(after)?));
    staff
        .note(conn, operation, after.id.as_str(), changed, now)
        .await
}
