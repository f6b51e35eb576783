//! Under the awning: what the group needs or became, its seats, its time, what happens to the money.

use contract::groups::{GroupProgress, GroupState, JoinObstacle, SeatState};
use leptos::prelude::*;

use super::live::Live;
use super::seats::Seats;
use super::state::{self, Refund, Statement};
use crate::i18n::{day_and_time, money_to_pay, number};
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Awning, Countdown, CountdownLook, Glyph, Icon, Notice, NoticeKind, text};

stylance::import_crate_style!(style, "src/features/groups/hero.module.css");

/// The block.
#[component]
pub(super) fn Hero(group: Signal<GroupProgress>, live: Live) -> impl IntoView {
    let statement =
        Memo::new(move |_| group.with(|group| state::statement(group, live.time_is_up.get())));
    let state = Memo::new(move |_| group.with(|group| group.state));
    let complete = Signal::derive(move || state.get() == GroupState::Succeeded);
    let closed = Signal::derive(move || state.get() == GroupState::Failed);
    let lead = Memo::new(move |_| group.with(|group| lead(group, statement.get())));
    view! {
        <section class=style::hero aria-labelledby="group-state">
            <Awning complete closed />
            <div class=style::body>
                <div>
                    {move || stamp(statement.get())}
                    <p class=style::lead>{lead}</p>
                    <h2 id="group-state">{move || title(statement.get())}</h2>
                    {move || by_store(group.with(|group| group.completed_by_store))}
                </div>
                <Seats group />
                <Clock group live statement />
                <Notes group statement />
                <Reward group />
            </div>
        </section>
    }
}

fn stamp(statement: Statement) -> Option<impl IntoView> {
    let (class, glyph) = match statement {
        Statement::Complete | Statement::CompleteWithout => (style::good, Glyph::Check),
        Statement::Failed | Statement::Missed => (style::over, Glyph::Refund),
        Statement::TimeUp => (style::over, Glyph::Clock),
        _ => return None,
    };
    Some(view! { <span class=stylance::classes!(style::stamp, class)><Icon glyph /></span> })
}

fn title(statement: Statement) -> AnyView {
    let words = match statement {
        Statement::Needs(need) => {
            return view! {
                {t!(groups.needs_before)}
                " "
                <em>{number(need.into())}</em>
                " "
                {t!(groups.needs_after)}
            }
            .into_any();
        }
        Statement::Held => t!(groups.held_title),
        Statement::Released => t!(groups.released_title),
        Statement::TimeUp => t!(groups.time_up_title),
        Statement::Complete => t!(groups.complete),
        Statement::CompleteWithout => t!(groups.complete_other),
        Statement::Missed => t!(groups.missed_title),
        Statement::Failed => t!(groups.failed),
    };
    words.into_any()
}

fn lead(group: &GroupProgress, statement: Statement) -> String {
    match statement {
        Statement::Needs(_) => {
            let is_in = group
                .mine
                .as_ref()
                .is_some_and(|seat| seat.state == SeatState::Paid);
            if is_in {
                t!(groups.you_paid).to_owned()
            } else {
                who_paid(group)
            }
        }
        Statement::Held => t!(groups.held_text).to_owned(),
        Statement::Released => t!(groups.released_text).to_owned(),
        Statement::TimeUp => t!(groups.time_up_text).to_owned(),
        Statement::Complete | Statement::CompleteWithout => {
            t!(groups.all_in, n = number(group.filled.into()))
        }
        Statement::Missed => t!(groups.missed_text).to_owned(),
        Statement::Failed => t!(groups.failed_lead, n = number(group.need.into())),
    }
}

fn who_paid(group: &GroupProgress) -> String {
    let name = |index: usize| group.members.get(index).map(|member| member.name.as_str());
    match (name(0), name(1), group.filled) {
        (Some(a), Some(b), 3..) => t!(
            groups.paid_more,
            a = a,
            b = b,
            n = number(group.filled.into())
        ),
        (Some(a), Some(b), _) => t!(groups.paid_two, a = a, b = b),
        (Some(a), ..) => t!(groups.paid_one, a = a),
        _ => String::new(),
    }
}

/// Seats that no person took are said to be the store's (G15).
fn by_store(count: u32) -> Option<impl IntoView> {
    let count = u64::from(count);
    (count > 0).then(|| view! { <p class=style::lead>{t!(groups.by_store, count = count)}</p> })
}

/// The time left, to fill the group or to pay the seat; of a group that is over, when that was.
#[component]
fn Clock(group: Signal<GroupProgress>, live: Live, statement: Memo<Statement>) -> impl IntoView {
    let hold = Memo::new(move |_| {
        group.with(|group| group.mine.as_ref().and_then(|seat| seat.hold_expires_at))
    });
    let hold_left = use_server_time().seconds_until(move || hold.get());
    let ended_at = Memo::new(move |_| group.with(|group| group.ended_at));
    // A seat that is being counted down is drawn once, however often the group moves meanwhile.
    let what = Memo::new(move |_| match statement.get() {
        Statement::Needs(_) | Statement::Released => Some((live.left, t!(groups.time_left))),
        Statement::Held => Some((hold_left, t!(groups.held_left))),
        _ => None,
    });
    move || match what.get() {
        Some((left, words)) => view! {
            <p class=style::clock>
                <span aria-hidden="true">{words}</span>
                <Countdown left label=words look=CountdownLook::Boxed />
            </p>
        }
        .into_any(),
        None => ended_at
            .get()
            .map(|at| view! { <p class=style::clock>{day_and_time(at)}</p> })
            .into_any(),
    }
}

/// What happens to the money, who is paying just now, and why one cannot join.
#[component]
fn Notes(group: Signal<GroupProgress>, statement: Memo<Statement>) -> impl IntoView {
    let refund =
        Memo::new(move |_| group.with(|group| group.mine.as_ref().and_then(state::refund)));
    let obstacle = Memo::new(move |_| {
        group.with(|group| {
            group
                .obstacle
                .filter(|_| group.state == GroupState::Forming)
        })
    });
    let paying = Memo::new(move |_| group.with(|group| group.reserved));
    view! {
        <div class=style::notes>
        {move || {
            let others_pay = paying.get() > 0 && matches!(statement.get(), Statement::Needs(_));
            others_pay.then(|| {
                view! {
                    <p class=stylance::classes!(text::small, text::muted)>
                        {t!(groups.paying, count = paying.get().into())}
                    </p>
                }
            })
        }}
        {move || {
            obstacle
                .get()
                .map(|obstacle| {
                    view! {
                        <Notice kind=NoticeKind::Warn glyph=Glyph::Warn>
                            {obstacle_words(obstacle)}
                        </Notice>
                    }
                })
        }}
        {move || {
            let (glyph, words) = match (refund.get(), statement.get()) {
                (Some(refund), _) => (Glyph::Refund, refund_words(refund)),
                (None, Statement::Failed) => (Glyph::Refund, t!(groups.failed_others).to_owned()),
                (None, Statement::Needs(_) | Statement::Held | Statement::Released | Statement::TimeUp) => {
                    (Glyph::Shield, t!(groups.refund_promise).to_owned())
                }
                _ => return None,
            };
            Some(view! {
                <Notice kind=NoticeKind::Safe glyph>
                    {words}
                </Notice>
            })
        }}
        </div>
    }
}

/// What leading pays: to the leader, while it forms and once it is complete (G16).
#[component]
fn Reward(group: Signal<GroupProgress>) -> impl IntoView {
    let reward = Memo::new(move |_| {
        group.with(|group| {
            let mine = group.mine.as_ref()?;
            Some((mine.reward?, group.state))
        })
    });
    move || {
        let (reward, state) = reward.get()?;
        let amount = money_to_pay(reward);
        let words = match state {
            GroupState::Succeeded => t!(groups.reward_yours, amount = amount),
            GroupState::Forming | GroupState::Failed => t!(groups.reward_coming, amount = amount),
        };
        Some(view! {
            <Notice glyph=Glyph::Wallet>{words}</Notice>
        })
    }
}

fn refund_words(refund: Refund) -> String {
    let amount = money_to_pay(refund.amount);
    let time = refund.at.map(day_and_time);
    let (what, when) = match refund.done {
        true => (
            t!(groups.refund_done, amount = amount),
            time.map(|time| t!(groups.refund_at, time = time)),
        ),
        false => (
            t!(groups.refund_on_way, amount = amount),
            time.map(|time| t!(groups.refund_since, time = time)),
        ),
    };
    std::iter::once(what)
        .chain(when)
        .collect::<Vec<_>>()
        .join(" · ")
}

fn obstacle_words(obstacle: JoinObstacle) -> &'static str {
    match obstacle {
        JoinObstacle::Full => t!(groups.obstacle_full),
        JoinObstacle::Ended => t!(groups.obstacle_ended),
        JoinObstacle::NewUsersOnly => t!(groups.obstacle_new),
        JoinObstacle::OtherCommunity => t!(groups.obstacle_community),
        JoinObstacle::LimitReached => t!(groups.obstacle_limit),
        JoinObstacle::SoldOut => t!(groups.obstacle_sold_out),
    }
}
