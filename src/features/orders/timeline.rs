//! What happened to an order, newest first.

use contract::orders::{OrderEndReason, TimelineEntry, TimelineKind};
use leptos::prelude::*;

use crate::i18n::day_and_time;
use crate::t;

stylance::import_crate_style!(style, "src/features/orders/timeline.module.css");

/// The timeline.
#[component]
pub(super) fn Timeline(entries: Vec<TimelineEntry>) -> impl IntoView {
    let entry = |(place, entry): (usize, TimelineEntry)| {
        let is_newest = place == 0;
        view! {
            <li
                aria-current=is_newest.then_some("step")
                data-state=(!is_newest).then_some("done")
            >
                <b>{title(entry.kind)}</b>
                {reason(&entry)}
                <time>{day_and_time(entry.at)}</time>
            </li>
        }
    };
    view! { <ol class=style::timeline>{entries.into_iter().enumerate().map(entry).collect_view()}</ol> }
}

fn title(kind: TimelineKind) -> &'static str {
    match kind {
        TimelineKind::Placed => t!(orders.placed),
        TimelineKind::Paid => t!(orders.paid),
        TimelineKind::Closed => t!(orders.closed),
        TimelineKind::Revived => t!(orders.revived),
        TimelineKind::RefundStarted => t!(orders.refund_started),
        TimelineKind::Refunded => t!(orders.refunded),
        TimelineKind::GroupCompleted => t!(orders.group_completed),
        TimelineKind::Received => t!(orders.received),
        TimelineKind::PartRefunded => t!(orders.part_refunded),
    }
}

fn reason(entry: &TimelineEntry) -> Option<impl IntoView + use<>> {
    let words = match entry.reason? {
        OrderEndReason::Cancelled => t!(orders.closed_cancelled),
        OrderEndReason::PayTimeout => t!(orders.closed_timeout),
        OrderEndReason::PaidTooLate => t!(orders.closed_late),
        OrderEndReason::GroupFull => t!(orders.closed_group_full),
        OrderEndReason::GroupExpired => t!(orders.closed_group_expired),
        OrderEndReason::GivenBack => t!(orders.closed_given_back),
    };
    Some(view! { <span>{words}</span> })
}
