//! An order as its buyer sees it.

use contract::groups::SeatState;
use contract::orders::{OrderCard, OrderDetail, OrderState};
use contract::{Money, Timestamp};

use super::lifecycle;
use super::snapshot::Line;
use super::store::{self, OrderRow};
use crate::AppError;
use crate::campaigns;
use crate::db::Conn;
use crate::groups;
use crate::http::language::Lang;
use crate::payment::refunds::store as refunds;

/// An order in full, at `now`.
pub async fn detail(
    conn: &mut Conn,
    order: &OrderRow,
    lang: Lang,
    now: Timestamp,
) -> Result<OrderDetail, AppError> {
    let currency = order.total.currency;
    let lines = store::lines(conn, &order.id, currency).await?;
    let refunded = refunds::refunded_minor(conn, &order.id).await?;
    let mut actions = lifecycle::actions(order.state, order.pay_by.0, now.0);
    let group = groups::view::of_order(conn, &order.id, &mut actions).await?;
    Ok(OrderDetail {
        card: OrderCard {
            waits_for_group: group
                .as_ref()
                .is_some_and(|group| group.seat == SeatState::Paid),
            ..card(order, &lines, lang)
        },
        goods_total: order.goods.checked_add(order.discount)?,
        discount: (order.discount.minor > 0).then_some(order.discount),
        promotions: campaigns::view::of_order(conn, &order.id, currency, lang).await?,
        shipping_fee: order.shipping,
        refunded: Money::new(refunded, currency),
        destination: order.destination.to_destination(lang),
        remark: order.remark.clone(),
        timeline: store::timeline(conn, &order.id).await?,
        actions,
        pickup_code: pickup_code(order),
        group,
        version: order.version,
        server_now: now,
    })
}

/// An order in a list; whether it waits for a group is for the caller to say.
pub fn card(order: &OrderRow, lines: &[Line], lang: Lang) -> OrderCard {
    OrderCard {
        id: order.id.clone(),
        state: order.state,
        waits_for_group: false,
        lines: lines.iter().map(|line| line.to_order_line(lang)).collect(),
        total: order.total,
        placed_at: order.placed_at,
        pay_by: (order.state == OrderState::PendingPayment).then_some(order.pay_by),
    }
}

/// The code opens a parcel only while the order is paid.
fn pickup_code(order: &OrderRow) -> Option<String> {
    (order.state == OrderState::Paid)
        .then(|| order.pickup_code.clone())
        .flatten()
}
