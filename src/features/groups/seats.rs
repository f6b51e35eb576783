//! The seats of a group: five at most are drawn, the others counted.

use contract::groups::GroupProgress;
use leptos::prelude::*;

use super::state::{self, SeatView};
use crate::i18n::number;
use crate::t;
use crate::ui::{Badge, BadgeKind, Face, Glyph, Icon, text};

stylance::import_crate_style!(style, "src/features/groups/seats.module.css");

/// The seats.
#[component]
pub(super) fn Seats(group: Signal<GroupProgress>) -> impl IntoView {
    let seats = Memo::new(move |_| group.with(state::seats));
    let done = Memo::new(move |_| group.with(|group| group.need == 0));
    let label = move || {
        let (filled, size) = group.with(|group| (group.filled, group.size));
        t!(
            groups.seats,
            n = number(filled.into()),
            size = number(size.into())
        )
    };
    view! {
        <ol class=style::seats aria-label=label data-done=move || done.get().then_some("")>
            {move || {
                let (drawn, more) = seats.get();
                let last = drawn.len().saturating_sub(1);
                drawn
                    .into_iter()
                    .enumerate()
                    .map(|(place, seat)| {
                        // What is not drawn lies before the last seat.
                        let more = (place == last && more > 0).then(|| view! { <More count=more /> });
                        view! { {more} <Seat seat /> }
                    })
                    .collect_view()
            }}
        </ol>
    }
}

#[component]
fn More(count: usize) -> impl IntoView {
    view! {
        <li class=style::seat>
            <span class=style::hole aria-hidden="true">
                "+"
                {number(count as u64)}
            </span>
            <span class=text::hidden>{t!(groups.seats_more, n = number(count as u64))}</span>
        </li>
    }
}

#[component]
fn Seat(seat: SeatView) -> impl IntoView {
    match seat {
        SeatView::Taken { name, leader, me } => {
            let shown = match me {
                true => t!(groups.me).to_owned(),
                false if name.is_empty() => t!(groups.seat_anyone).to_owned(),
                false => name,
            };
            view! {
                <li class=stylance::classes!(style::seat, style::taken)>
                    <Face name=shown.clone() />
                    {leader
                        .then(|| {
                            view! {
                                <span class=style::badge>
                                    <Badge kind=BadgeKind::Sun>{t!(groups.leader)}</Badge>
                                </span>
                            }
                        })}
                    <span>{shown}</span>
                </li>
            }
            .into_any()
        }
        SeatView::Store => hole(Glyph::Store, t!(groups.seat_store), style::taken),
        SeatView::Paying => hole(Glyph::Clock, t!(groups.seat_paying), style::paying),
        SeatView::Empty => hole(Glyph::User, t!(groups.seat_empty), style::empty),
        SeatView::Yours => hole(Glyph::Plus, t!(groups.seat_yours), style::yours),
    }
}

fn hole(glyph: Glyph, words: &'static str, kind: &'static str) -> AnyView {
    view! {
        <li class=stylance::classes!(style::seat, kind)>
            <span class=style::hole>
                <Icon glyph />
            </span>
            <span>{words}</span>
        </li>
    }
    .into_any()
}
