//! The books for staff: results of promotions, reports, statements, losses, periods (rules.md M5 to M9).

mod http;
mod refund;
mod report;
mod write;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The feature's part of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::get_campaign_result))
        .routes(routes!(http::get_report))
        .routes(routes!(http::export_statement))
        .routes(routes!(http::post_loss))
        .routes(routes!(http::close_period))
        .routes(routes!(http::audit_books))
        .routes(routes!(http::set_sku_cost))
        .routes(routes!(http::set_member_level))
        .routes(routes!(http::refund_order))
        .routes(routes!(http::list_staff_actions))
}
