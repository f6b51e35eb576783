//! What every checkout ends with: the dock to pay at, and the sheets that its panels open.

use leptos::prelude::*;

use super::address_sheet::AddressSheet;
use super::contact_sheet::ContactSheet;
use super::coupons::CouponSheet;
use super::desk::Desk;
use super::moves_sheet::MovesSheet;
use super::pay_dock::PayDock;
use super::point_sheet::PointSheet;
use super::remark::RemarkSheet;
use super::trouble_sheet::TroubleSheet;

/// The dock and the sheets.
#[component]
pub(super) fn Foot(desk: Desk) -> impl IntoView {
    view! {
        <PayDock desk />
        <PointSheet desk />
        <ContactSheet desk />
        <AddressSheet desk />
        <RemarkSheet desk />
        <CouponSheet desk />
        <MovesSheet desk />
        <TroubleSheet desk />
    }
}
