//! HTTP of promotions for staff.

use axum::Json;
use axum::extract::{Path, State};
use contract::campaigns::{
    ActivityTerms, Campaign, CampaignList, CampaignTerms, EditCampaign, MoveCampaign, NewPreview,
    PreviewGiven, Readiness,
};

use contract::{ActivityId, PromotionId};

use super::{activity, edit, preview, ready};
use crate::auth::staff::{Permission, StaffMember};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed};
use crate::{AppError, AppState};

/// Every promotion, newest first.
#[utoipa::path(get, path = "/api/studio/campaigns", tag = "studio",
    responses((status = 200, body = CampaignList)))]
pub async fn list_campaigns(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
) -> Result<Json<CampaignList>, AppError> {
    staff.must(Permission::ReadCampaigns)?;
    edit::list(&state, lang).await.map(Json)
}

/// Writes a draft.
#[utoipa::path(post, path = "/api/studio/campaigns", tag = "studio", request_body = CampaignTerms,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Campaign)))]
pub async fn create_campaign(
    State(state): State<AppState>,
    staff: StaffMember,
    keyed: Keyed<CampaignTerms>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteCampaigns)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    edit::create(&state, &staff, &ticket, &keyed.body).await
}

/// A promotion as staff sees it.
#[utoipa::path(get, path = "/api/studio/campaigns/{id}", tag = "studio", params(("id" = String, Path)),
    responses((status = 200, body = Campaign)))]
pub async fn get_campaign(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<PromotionId>,
) -> Result<Json<Campaign>, AppError> {
    staff.must(Permission::ReadCampaigns)?;
    edit::get(&state, &id).await.map(Json)
}

/// Rewrites a draft, or what may change of a published promotion (F8): name, end, quotas, budgets.
#[utoipa::path(put, path = "/api/studio/campaigns/{id}", tag = "studio", request_body = EditCampaign,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Campaign)))]
pub async fn edit_campaign(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<PromotionId>,
    keyed: Keyed<EditCampaign>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteCampaigns)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    edit::edit(&state, &staff, &ticket, &id, &keyed.body).await
}

/// Publishes, stops, resumes or ends a promotion. `CAMPAIGN_NOT_READY` while its checks forbid publishing it.
#[utoipa::path(post, path = "/api/studio/campaigns/{id}/state", tag = "studio", request_body = MoveCampaign,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Campaign)))]
pub async fn move_campaign(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<PromotionId>,
    keyed: Keyed<MoveCampaign>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteCampaigns)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    edit::advance(&state, &staff, &ticket, &id, keyed.body.command).await
}

/// What stands in the way of publishing a promotion, and what to do about it.
#[utoipa::path(get, path = "/api/studio/campaigns/{id}/readiness", tag = "studio",
    params(("id" = String, Path)), responses((status = 200, body = Readiness)))]
pub async fn check_campaign(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<PromotionId>,
) -> Result<Json<Readiness>, AppError> {
    staff.must(Permission::ReadCampaigns)?;
    ready::check(&state, &id).await.map(Json)
}

/// A word that shows the shop at a moment, as somebody of a kind, with drafts (rules.md 3.9).
#[utoipa::path(post, path = "/api/studio/previews", tag = "studio", request_body = NewPreview,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = PreviewGiven)))]
pub async fn create_preview(
    State(state): State<AppState>,
    staff: StaffMember,
    keyed: Keyed<NewPreview>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteCampaigns)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    preview::create(&state, &staff, &ticket, &keyed.body).await
}

/// Says who pays for the prices of a group-buy, and whether coupons come on top (M1, G14). Orders that were placed
/// keep what held then.
#[utoipa::path(put, path = "/api/studio/activities/{id}/terms", tag = "studio", request_body = ActivityTerms,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = ActivityTerms)))]
pub async fn set_activity_terms(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<ActivityId>,
    keyed: Keyed<ActivityTerms>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteCampaigns)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    activity::set(&state, &staff, &ticket, &id, &keyed.body).await
}
