//! HTTP of the books.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use contract::books::{
    AuditResult, CampaignResult, ClosePeriod, MemberLevel, NewLoss, Posted, RefundGiven,
    RefundOrder, Report, SkuCost, StaffActionList,
};
use contract::{OrderId, PromotionId, SkuId, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{refund, report, write};
use crate::auth::staff::{self, Permission, StaffMember};
use crate::http::json::Query;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Keyed, KeyedEmpty};
use crate::{AppError, AppState};

/// A time, and of a statement whose.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// From this moment on.
    pub from: i64,
    /// Until this moment.
    pub until: i64,
    /// Who owes the shop discounts: `platform` or `supplier:NAME`; everything unless said.
    #[serde(default)]
    pub party: Option<String>,
}

impl Period {
    fn span(&self) -> (Timestamp, Timestamp) {
        (Timestamp(self.from), Timestamp(self.until))
    }
}

/// What a promotion made and cost, down to the lines of orders.
#[utoipa::path(get, path = "/api/studio/campaigns/{id}/result", tag = "studio", params(("id" = String, Path)),
    responses((status = 200, body = CampaignResult)))]
pub async fn get_campaign_result(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(id): Path<PromotionId>,
) -> Result<Json<CampaignResult>, AppError> {
    staff.must(Permission::ReadBooks)?;
    report::result(&state, &id).await.map(Json)
}

/// What the books say of a time.
#[utoipa::path(get, path = "/api/studio/books/report", tag = "studio", params(Period),
    responses((status = 200, body = Report)))]
pub async fn get_report(
    State(state): State<AppState>,
    staff: StaffMember,
    lang: Lang,
    Query(period): Query<Period>,
) -> Result<Json<Report>, AppError> {
    staff.must(Permission::ReadBooks)?;
    report::report(&state, lang, period.span()).await.map(Json)
}

/// The entries of a time, or one party's, as CSV.
#[utoipa::path(get, path = "/api/studio/books/statement", tag = "studio", params(Period),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn export_statement(
    State(state): State<AppState>,
    staff: StaffMember,
    Query(period): Query<Period>,
) -> Result<impl IntoResponse, AppError> {
    staff.must(Permission::ReadBooks)?;
    let csv = report::statement(&state, period.span(), period.party.as_deref()).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"statement.csv\"",
        ),
    ];
    Ok((headers, csv))
}

/// Books a loss of a promotion with its cause and who answers for it (M5).
#[utoipa::path(post, path = "/api/studio/books/losses", tag = "studio", request_body = NewLoss,
    params(("Idempotency-Key" = String, Header)), responses((status = 201, body = Posted)))]
pub async fn post_loss(
    State(state): State<AppState>,
    staff: StaffMember,
    keyed: Keyed<NewLoss>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteBooks)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::loss(&state, &staff, &ticket, &keyed.body).await
}

/// Closes the books until a moment (M9).
#[utoipa::path(post, path = "/api/studio/books/periods", tag = "studio", request_body = ClosePeriod,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = ClosePeriod)))]
pub async fn close_period(
    State(state): State<AppState>,
    staff: StaffMember,
    keyed: Keyed<ClosePeriod>,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteBooks)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::close(&state, &staff, &ticket, keyed.body).await
}

/// Looks through all of the books now. Sales that were stopped go on when nothing is wrong.
#[utoipa::path(post, path = "/api/studio/books/audits", tag = "studio",
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = AuditResult)))]
pub async fn audit_books(
    State(state): State<AppState>,
    staff: StaffMember,
    keyed: KeyedEmpty,
) -> Result<Answer, AppError> {
    staff.must(Permission::WriteBooks)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::audit(&state, &staff, &ticket).await
}

/// Says what a SKU costs the shop, and its floor.
#[utoipa::path(put, path = "/api/studio/skus/{id}/cost", tag = "studio", request_body = SkuCost,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = SkuCost)))]
pub async fn set_sku_cost(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(sku): Path<SkuId>,
    keyed: Keyed<SkuCost>,
) -> Result<Answer, AppError> {
    staff.must(Permission::Manage)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::cost(&state, &staff, &ticket, &sku, keyed.body).await
}

/// Gives a customer a level of membership.
#[utoipa::path(put, path = "/api/studio/members", tag = "studio", request_body = MemberLevel,
    params(("Idempotency-Key" = String, Header)), responses((status = 200, body = MemberLevel)))]
pub async fn set_member_level(
    State(state): State<AppState>,
    staff: StaffMember,
    keyed: Keyed<MemberLevel>,
) -> Result<Answer, AppError> {
    staff.must(Permission::Manage)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    write::level(&state, &staff, &ticket, &keyed.body).await
}

/// Gives back an order that was paid, or some of it; the shop sends the money once.
#[utoipa::path(post, path = "/api/studio/orders/{id}/refunds", tag = "studio", request_body = RefundOrder,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = RefundGiven)))]
pub async fn refund_order(
    State(state): State<AppState>,
    staff: StaffMember,
    Path(order): Path<OrderId>,
    keyed: Keyed<RefundOrder>,
) -> Result<Answer, AppError> {
    staff.must(Permission::Refund)?;
    let ticket = keyed.ticket(&state, staff.user.as_str())?;
    refund::give(&state, &staff, &ticket, &order, &keyed.body).await
}

/// What staff did, newest first, as it was before and after.
#[utoipa::path(get, path = "/api/studio/actions", tag = "studio",
    responses((status = 200, body = StaffActionList)))]
pub async fn list_staff_actions(
    State(state): State<AppState>,
    member: StaffMember,
) -> Result<Json<StaffActionList>, AppError> {
    member.must(Permission::Manage)?;
    let mut conn = state.db.reader().acquire().await?;
    let items = staff::actions(&mut conn).await?;
    Ok(Json(StaffActionList { items }))
}
