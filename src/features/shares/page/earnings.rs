//! Every commission and where it stands.

use contract::earnings::{Commission, CommissionKind, CommissionState};
use leptos::prelude::*;

use super::super::api::list_commissions;
use super::ledger;
use crate::api::{PagesEnd, PagesList, use_pages};
use crate::i18n::{money_to_pay, month_day};
use crate::platform::page::monotonic_ms;
use crate::routes;
use crate::t;
use crate::ui::{Badge, BadgeKind, Empty, Glyph, Panel, Topbar, text};

/// The page of `/shares/earnings`.
#[component]
pub fn EarningsPage() -> impl IntoView {
    let visit = format!("commissions:{}", monotonic_ms());
    // Two commissions may agree in all that is told of them; their place tells them apart.
    let commissions = use_pages(
        move || visit.clone(),
        |it: &Numbered| it.place.clone(),
        move |cursor| async move {
            let place = cursor.clone().map_or_else(String::new, |cursor| cursor.0);
            let batch = list_commissions(cursor).await?;
            let number = |(index, commission)| Numbered {
                place: format!("{place}:{index}"),
                commission,
            };
            Ok(crate::api::Batch {
                items: batch.items.into_iter().enumerate().map(number).collect(),
                next: batch.next,
                head: (),
            })
        },
    );
    let is_empty = Memo::new(move |_| commissions.list.read().is_empty());
    view! {
        <Topbar title=t!(shares.details) back=routes::shares() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Panel label=t!(shares.details)>
                <PagesList
                    pages=commissions
                    key=|it| it.place.clone()
                    draw=|_, it| row(it.commission).into_any()
                    class=ledger::rows
                />
                {move || {
                    is_empty
                        .get()
                        .then(|| {
                            view! {
                                <Empty
                                    glyph=Glyph::Wallet
                                    title=t!(shares.details_empty_title)
                                    text=t!(shares.details_empty_text)
                                />
                            }
                        })
                }}
                <PagesEnd pages=commissions skeleton=ledger::skeleton end=t!(shares.end) />
            </Panel>
        </main>
    }
}

/// A commission with its place in the list.
#[derive(Clone)]
struct Numbered {
    place: String,
    commission: Commission,
}

fn row(commission: Commission) -> impl IntoView {
    let (kind, words) = state(commission.state);
    let settles = commission
        .available_at
        .filter(|_| commission.state == CommissionState::Frozen)
        .map(|at| t!(shares.settles_at, date = month_day(at)));
    view! {
        <div class=ledger::main>
            <h2>{commission.title}</h2>
            <p>
                {what(commission.kind).map(|words| format!("{words} · "))}
                {month_day(commission.at)} " " {settles}
            </p>
        </div>
        <div class=ledger::end>
            <b>{money_to_pay(commission.amount)}</b>
            <Badge kind>{words}</Badge>
        </div>
    }
}

/// What it is paid for, where that is no sale by one's own link.
fn what(kind: CommissionKind) -> Option<&'static str> {
    match kind {
        CommissionKind::Sale => None,
        CommissionKind::SecondLevel => Some(t!(shares.kind_second)),
        CommissionKind::LeaderReward => Some(t!(shares.kind_reward)),
    }
}

fn state(state: CommissionState) -> (BadgeKind, &'static str) {
    match state {
        CommissionState::Pending => (BadgeKind::Plain, t!(shares.pending)),
        CommissionState::Frozen => (BadgeKind::SunSoft, t!(shares.frozen)),
        CommissionState::Available => (BadgeKind::JadeSoft, t!(shares.settled)),
        CommissionState::Withdrawn => (BadgeKind::Plain, t!(shares.withdrawn)),
        CommissionState::Reversed => (BadgeKind::DangerSoft, t!(shares.reversed)),
    }
}
