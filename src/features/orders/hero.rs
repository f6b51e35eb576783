//! The statement on top of an order: what stands, what it means for the money, what to do next.

use contract::orders::OrderDetail;
use leptos::prelude::*;

use super::state::{Statement, code_groups, statement};
use crate::i18n::money_to_pay;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Countdown, Panel, text};

stylance::import_crate_style!(style, "src/features/orders/hero.module.css");

/// The statement, the time left to pay or the code to collect with.
#[component]
pub(super) fn Hero(order: OrderDetail) -> impl IntoView {
    let (title, sentence) = words(&order);
    let deadline = order.card.pay_by;
    let awaits = statement(&order) == Statement::AwaitsPayment;
    let code = order
        .pickup_code
        .clone()
        .map(|code| view! { <PickupCode code /> });
    view! {
        <Panel>
            <div class=style::hero>
                <h2>{title}</h2>
                <p>{sentence}</p>
                {awaits.then(|| view! { <TimeLeft deadline /> })}
                {code}
            </div>
        </Panel>
    }
}

fn words(order: &OrderDetail) -> (&'static str, String) {
    let promise = || order.destination.promise.clone();
    let total = || money_to_pay(order.card.total);
    match statement(order) {
        Statement::AwaitsPayment if order.group.is_some() => (
            t!(orders.awaits_title),
            t!(orders.awaits_seat_text).to_owned(),
        ),
        Statement::AwaitsPayment => (t!(orders.awaits_title), t!(orders.awaits_text).to_owned()),
        Statement::Forming => {
            let need = order.group.as_ref().map_or(0, |group| group.need);
            (
                t!(orders.forming_title),
                t!(orders.forming_text, count = need.into()),
            )
        }
        Statement::GroupWasFull => (
            t!(orders.group_full_title),
            t!(orders.group_full_text, amount = total()),
        ),
        Statement::GroupWasFullRefunded => (
            t!(orders.group_full_refunded_title),
            t!(orders.group_back_text, amount = total()),
        ),
        Statement::GroupExpired => (
            t!(orders.group_expired_title),
            t!(orders.group_expired_text, amount = total()),
        ),
        Statement::GroupExpiredRefunded => (
            t!(orders.group_expired_refunded_title),
            t!(orders.group_back_text, amount = total()),
        ),
        Statement::ToCollect => (
            t!(orders.collect_title),
            t!(orders.collect_text, promise = promise()),
        ),
        Statement::ToReceive => (
            t!(orders.receive_title),
            t!(orders.receive_text, promise = promise()),
        ),
        Statement::Received => (
            t!(orders.received_title),
            t!(orders.received_text).to_owned(),
        ),
        Statement::Cancelled => (
            t!(orders.cancelled_title),
            t!(orders.cancelled_text).to_owned(),
        ),
        Statement::TimedOut => (
            t!(orders.timed_out_title),
            t!(orders.timed_out_text).to_owned(),
        ),
        Statement::Refunding => (
            t!(orders.refunding_title),
            t!(orders.refunding_text, amount = total()),
        ),
        Statement::Refunded => (
            t!(orders.refunded_title),
            t!(orders.refunded_text, amount = total()),
        ),
        Statement::PaidTooLate => (
            t!(orders.late_title),
            t!(orders.late_text, amount = total()),
        ),
        Statement::PaidTooLateRefunded => (
            t!(orders.refunded_title),
            t!(orders.late_refunded_text, amount = total()),
        ),
    }
}

#[component]
fn TimeLeft(deadline: Option<contract::Timestamp>) -> impl IntoView {
    let left = use_server_time().seconds_until(move || deadline);
    let over = Memo::new(move |_| left.get() == Some(0));
    deadline.map(|_| {
        view! {
            <p class=style::left>
                {move || match over.get() {
                    true => t!(orders.time_over).into_any(),
                    false => view! {
                        <span aria-hidden="true">{t!(orders.time_left)}</span>
                        <Countdown left label=t!(orders.time_left) />
                    }
                    .into_any(),
                }}
            </p>
        }
    })
}

/// Eight digits, large, read digit by digit.
#[component]
fn PickupCode(code: String) -> impl IntoView {
    let spoken = code.chars().map(String::from).collect::<Vec<_>>().join(" ");
    view! {
        <div class=style::pickup>
            <p class=stylance::classes!(text::caption, text::faint)>{t!(orders.pickup_code)}</p>
            <p class=style::code>
                <span class=text::hidden>{spoken}</span>
                <span aria-hidden="true">{code_groups(&code)}</span>
            </p>
        </div>
    }
}
