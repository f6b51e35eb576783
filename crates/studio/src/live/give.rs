//! Giveaways in a host's hands (L9): opening one, who enters, and whom to hand the prize to.

use contract::live_giveaway::{GiveawayEntry, GiveawayState, NewGiveaway, StudioGiveaway};
use leptos::prelude::*;
use storefront::api::{ApiError, IdempotencyKey};
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Countdown, Field, FieldKind, Panel, Sheet, text,
};

use super::desk::Desk;
use super::{api, state};
use crate::form;

stylance::import_crate_style!(style, "src/live/give.module.css");

/// Until it is drawn, in seconds (L9).
const OPEN_S: [u32; 5] = [30, 60, 180, 300, 600];

/// The room's giveaways, the latest first.
#[component]
pub fn GivePane(desk: Desk) -> impl IntoView {
    let giveaways = desk.part(|room| room.giveaways.clone(), Vec::new());
    let on_air = desk.part(|room| state::on_air(room.room.state), false);
    let opening = RwSignal::new(false);
    let is_open = Memo::new(move |_| {
        giveaways.with(|all| {
            let open = |it: &StudioGiveaway| it.giveaway.state == GiveawayState::Open;
            all.iter().any(open)
        })
    });
    let more = move || {
        (on_air.get() && !is_open.get()).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet small=true on_press=move |()| opening.set(true)>{t!(studio.give_title)}</Button>
            }
        })
    };
    let is_shown = move || on_air.get() || !giveaways.with(Vec::is_empty);
    view! {
        {move || is_shown().then(|| view! {
            <Panel title=t!(studio.give).to_owned() more>
                <ul class=style::list>
                    {move || giveaways.get().into_iter().map(|it| view! { <Row desk it /> }).collect_view()}
                </ul>
            </Panel>
        })}
        <GiveSheet desk open=opening />
    }
}

#[component]
fn Row(desk: Desk, it: StudioGiveaway) -> impl IntoView {
    let StudioGiveaway {
        giveaway, phones, ..
    } = it;
    let closes_at = giveaway.closes_at;
    let left = desk.time.seconds_until(move || Some(closes_at));
    let (kind, words) = match giveaway.state {
        GiveawayState::Open => (BadgeKind::Sun, t!(studio.give_open)),
        GiveawayState::Drawn => (BadgeKind::JadeSoft, t!(studio.give_drawn)),
        GiveawayState::Void => (BadgeKind::Plain, t!(studio.give_void)),
    };
    let is_open = giveaway.state == GiveawayState::Open;
    let nobody = giveaway.state == GiveawayState::Drawn && giveaway.won.is_empty();
    let winners = giveaway.won.iter().zip(phones).map(|(winner, phone)| {
        let who = t!(
            live.giveaway_winner,
            neighbour = winner.neighbour,
            entry = winner.entry
        );
        view! { <li><span>{who}</span>" "<b>{phone}</b></li> }
    });
    let winners = winners.collect_view();
    view! {
        <li class=style::row data-giveaway=format!("{:?}", giveaway.state)>
            <span class=stylance::classes!(text::row, text::wrap)>
                <Badge kind>{words}</Badge>
                <b><bdi>{giveaway.prize}</bdi></b>
                {is_open.then(|| view! { <Countdown left label=t!(live.giveaway_left) silent=true /> })}
            </span>
            <small>
                {t!(live.giveaway_entries, count = u64::from(giveaway.entries))}
                " · "
                {t!(live.giveaway_winners, count = u64::from(giveaway.winners))}
            </small>
            {nobody.then(|| view! { <p>{t!(studio.give_none)}</p> })}
            <ol class=style::winners>{winners}</ol>
        </li>
    }
}

/// What is given, in a sheet.
#[component]
fn GiveSheet(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let prize = RwSignal::new(String::new());
    let winners = RwSignal::new("1".to_owned());
    let entry = RwSignal::new(GiveawayEntry::Anyone);
    let open_s = RwSignal::new(60_u32);
    // Kept until it has an answer, so that one that is sent again is opened once.
    let key = StoredValue::new(IdempotencyKey::new());
    let send = move |()| {
        let new = NewGiveaway {
            prize: prize.get_untracked(),
            entry: entry.get_untracked(),
            // What is no number is refused as none.
            winners: winners.get_untracked().trim().parse().unwrap_or(0),
            open_s: open_s.get_untracked(),
        };
        let id = desk.id();
        desk.then(
            async move {
                let answer = api::open_giveaway(&id, &key.get_value(), &new).await;
                if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                    key.try_set_value(IdempotencyKey::new());
                }
                answer
            },
            move |_| {
                open.set(false);
                prize.set(String::new());
            },
        );
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true busy=desk.busy on_press=send>{t!(studio.give_now)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(studio.give_title).to_owned() foot>
            <div class=text::stack>
                <p class=stylance::classes!(text::small, text::muted)>{t!(studio.give_text)}</p>
                <Field label=t!(studio.give_prize) kind=FieldKind::Text value=prize longest=60 />
                <div class=form::fields>
                    <Field label=t!(studio.give_winners) kind=FieldKind::Amount value=winners longest=3 />
                    <label class=form::field>
                        <span>{t!(live.giveaway_left)}</span>
                        <select on:change=move |event| {
                            if let Ok(seconds) = event_target_value(&event).parse() {
                                open_s.set(seconds);
                            }
                        }>
                            {OPEN_S.map(|seconds| {
                                let chosen = move || open_s.get() == seconds;
                                view! { <option value=seconds.to_string() selected=chosen>{t!(studio.seconds, n = seconds)}</option> }
                            }).collect_view()}
                        </select>
                    </label>
                </div>
                <label class=form::field>
                    <span>{t!(studio.give_entry)}</span>
                    <select on:change=move |event| {
                        entry.set(match event_target_value(&event).as_str() {
                            "spoke" => GiveawayEntry::Spoke,
                            _ => GiveawayEntry::Anyone,
                        });
                    }>
                        <option value="anyone">{t!(studio.give_anyone)}</option>
                        <option value="spoke">{t!(studio.give_spoke)}</option>
                    </select>
                </label>
            </div>
        </Sheet>
    }
}
