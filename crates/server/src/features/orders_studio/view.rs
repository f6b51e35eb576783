//! An order as staff sees it: masked, with what can be done to it.

use contract::fulfilment::Contact;
use contract::orders::{Destination, OrderDetail, OrderState};
use contract::orders_studio::{
    LineLeft, RefundQuestion, RefundQuote, StudioOrderDetail, StudioRefund,
};
use contract::{Money, OrderId, Timestamp};

use super::store;
use crate::db::Conn;
use crate::groups::rules::masked_name;
use crate::http::language::Lang;
use crate::payment::refunds::store as refunds;
use crate::payment::refunds::store::lines::{self as refund_lines, Share};
use crate::phone::Phone;
use crate::trade::give_back::{self, Asked};
use crate::trade::store as orders;
use crate::trade::view;
use crate::{AppError, words};

/// An order in full.
pub(super) async fn detail(
    conn: &mut Conn,
    id: &OrderId,
    lang: Lang,
    now: Timestamp,
) -> Result<StudioOrderDetail, AppError> {
    let order = orders::find(conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("order"))?;
    let currency = order.total.currency;
    let seen = view::detail(conn, &order, lang, now).await?;
    let left = refund_lines::left(conn, id).await?;
    let stands = matches!(order.state, OrderState::Paid | OrderState::Received);
    let can_refund = stands && !seen.card.waits_for_group;
    let refunds = refunds::of_order(conn, id).await?.into_iter();
    Ok(StudioOrderDetail {
        phone_masked: store::phone(conn, &order.owner).await?.masked(),
        left: lines(&left, currency),
        refunds: refunds
            .map(|refund| StudioRefund {
                amount: Money::new(refund.minor, currency),
                arrived: refund.succeeded,
            })
            .collect(),
        can_refund,
        can_hand_over: order.state == OrderState::Paid && !seen.card.waits_for_group,
        order: masked(seen, lang),
    })
}

/// What a refund would give back.
pub(super) async fn quote(
    conn: &mut Conn,
    id: &OrderId,
    asked: &RefundQuestion,
) -> Result<RefundQuote, AppError> {
    let order = orders::find(conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("order"))?;
    let what = Asked {
        lines: asked
            .lines
            .iter()
            .map(|line| (i64::from(line.line), i64::from(line.quantity)))
            .collect(),
        ..Asked::default()
    };
    let would = give_back::would(conn, &order, &what).await?;
    let currency = order.total.currency;
    let goods: i64 = would.shares.iter().map(|share| share.minor).sum();
    let total = match would.whole {
        true => refunds::left_minor(conn, id).await?,
        false => goods,
    };
    Ok(RefundQuote {
        whole: would.whole,
        lines: lines(&would.shares, currency),
        besides: Money::new(total - goods, currency),
        total: Money::new(total, currency),
        puts_back: order.state == OrderState::Paid,
    })
}

fn lines(shares: &[Share], currency: contract::Currency) -> Vec<LineLeft> {
    let count = |count: i64| u32::try_from(count).unwrap_or_default();
    let line = |share: &Share| LineLeft {
        line: count(share.position),
        quantity: count(share.quantity),
        amount: Money::new(share.minor, currency),
    };
    shares.iter().map(line).collect()
}

/// Without what staff needs no look at: name, number, street, the code to collect it with, what its buyer can do.
fn masked(order: OrderDetail, lang: Lang) -> OrderDetail {
    let Destination { contact, .. } = &order.destination;
    let contact = Contact {
        name: masked_name(
            Some(&contact.name)
                .filter(|name| !name.is_empty())
                .map(String::as_str),
            0,
        )
        .pick(lang),
        phone: Phone::from_stored(contact.phone.clone()).masked(),
    };
    let is_a_point = order.destination.kind == contract::fulfilment::FulfilmentKind::Pickup;
    let address = match is_a_point {
        true => order.destination.address.clone(),
        false => words::shortened(&order.destination.address),
    };
    OrderDetail {
        destination: Destination {
            contact,
            address,
            ..order.destination
        },
        actions: Vec::new(),
        pickup_code: None,
        ..order
    }
}
