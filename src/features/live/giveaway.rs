//! A giveaway in the room (rules.md L9): what is given, until when it can be entered, who won, and how to check it.

use contract::ErrorCode;
use contract::live::LiveRoom;
use contract::live_giveaway::{Giveaway, GiveawayEntry, GiveawayState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::state::has_won;
use super::watch::Live;
use crate::api::{ApiError, IdempotencyKey, failure_words};
use crate::platform::page;
use crate::routes;
use crate::stores::{use_server_time, use_session};
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Countdown, Glyph, Icon, IconButton, IconSize, text, toast,
};

stylance::import_crate_style!(style, "src/features/live/giveaway.module.css");

/// For how long its outcome is shown, in milliseconds.
const SHOWN_MS: i64 = 120_000;

/// The card; nothing while there is no giveaway, or the viewer put its outcome away.
#[component]
pub(super) fn GiveawayCard(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let time = use_server_time();
    let put_away = RwSignal::new(None);
    let given = Memo::new(move |_| room.with(|room| room.giveaway.clone()));
    let left = time.seconds_until(move || given.with(|it| it.as_ref().map(|it| it.closes_at)));
    let gone =
        time.seconds_until(move || given.with(|it| Some(it.as_ref()?.closes_at.plus_ms(SHOWN_MS))));
    let entered = Memo::new(move |_| room.with(|room| room.entered));
    let shown = Memo::new(move |_| {
        let it = given.get()?;
        let is_away = put_away.with(|away| away.as_ref() == Some(&it.id));
        let is_old = it.state == GiveawayState::Drawn && gone.get() == Some(0);
        (it.state != GiveawayState::Void && !is_away && !is_old).then_some(it)
    });
    let away = move |()| put_away.set(given.get_untracked().map(|it| it.id));
    move || {
        shown.get().map(|it| {
            let is_open = it.state == GiveawayState::Open;
            let state = format!("{:?}", it.state);
            let prize = it.prize.clone();
            let (entries, winners) = (u64::from(it.entries), u64::from(it.winners));
            let check = it.clone();
            view! {
                <section class=style::card data-giveaway=state aria-label=t!(live.giveaway)>
                    <p class=style::line>
                        <span class=text::row>
                            <Icon glyph=Glyph::Gift size=IconSize::Tiny />
                            {t!(live.giveaway)}
                        </span>
                        {match is_open {
                            true => view! { <Countdown left label=t!(live.giveaway_left) /> }.into_any(),
                            false => view! {
                                <IconButton label=t!(app.close).to_owned() glyph=Glyph::Close size=IconSize::Small on_press=away />
                            }.into_any(),
                        }}
                    </p>
                    <h2 class=style::title><bdi>{prize}</bdi></h2>
                    <p class=stylance::classes!(text::caption, style::faint)>
                        {t!(live.giveaway_entries, count = entries)}
                        " · "
                        {t!(live.giveaway_winners, count = winners)}
                    </p>
                    {match is_open {
                        true => view! { <Open live room it entered left /> }.into_any(),
                        false => view! { <Drawn it entered /> }.into_any(),
                    }}
                    <Check it=check />
                </section>
            }
        })
    }
}

#[component]
fn Open(
    live: Live,
    room: Signal<LiveRoom>,
    it: Giveaway,
    entered: Memo<Option<u32>>,
    left: Signal<Option<u64>>,
) -> impl IntoView {
    let session = use_session();
    let toaster = toast();
    let busy = RwSignal::new(false);
    // Kept until it has an answer; the shop takes one entry of a person anyway.
    let key = StoredValue::new(IdempotencyKey::new());
    let id = StoredValue::new(it.id);
    let press = move |()| {
        busy.set(true);
        let (room, id) = (room.with_untracked(|room| room.id.clone()), id.get_value());
        spawn_local(async move {
            let answer = api::enter_giveaway(&room, &key.get_value(), &id).await;
            if busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(entry) => live.entered(&id, entry),
                Err(error) => toaster.show(refused(&error)),
            }
        });
    };
    let speaks = it.entry == GiveawayEntry::Spoke;
    move || match (left.get(), entered.get()) {
        (Some(0), _) => view! { <p role="status">{t!(live.giveaway_drawing)}</p> }.into_any(),
        (_, Some(n)) => {
            view! { <p role="status">{t!(live.giveaway_entered, n = n)}</p> }.into_any()
        }
        (_, None) => {
            let what =
                speaks.then(|| view! { <p class=text::caption>{t!(live.giveaway_spoke)}</p> });
            match session.me() {
                None => view! {
                    {what}
                    <ButtonLink href=routes::sign_in(Some(&page::path_and_query())) kind=ButtonKind::Primary small=true>
                        {t!(live.giveaway_enter)}
                    </ButtonLink>
                }
                .into_any(),
                Some(_) => view! {
                    {what}
                    <Button kind=ButtonKind::Primary small=true busy on_press=press>{t!(live.giveaway_enter)}</Button>
                }
                .into_any(),
            }
        }
    }
}

#[component]
fn Drawn(it: Giveaway, entered: Memo<Option<u32>>) -> impl IntoView {
    let winners = it
        .won
        .iter()
        .map(|winner| {
            let words = t!(
                live.giveaway_winner,
                neighbour = winner.neighbour,
                entry = winner.entry
            );
            view! { <li>{words}</li> }
        })
        .collect_view();
    let nobody = it.won.is_empty();
    let outcome = move || {
        let entered = entered.get();
        match entered.map(|_| has_won(&it, entered)) {
            Some(true) => Some(
                view! { <p class=style::won role="status">{t!(live.giveaway_won)}</p> }.into_any(),
            ),
            Some(false) if !nobody => {
                Some(view! { <p role="status">{t!(live.giveaway_lost)}</p> }.into_any())
            }
            _ => None,
        }
    };
    view! {
        {outcome}
        {nobody.then(|| view! { <p>{t!(live.giveaway_nobody)}</p> })}
        <ol class=style::winners>{winners}</ol>
    }
}

/// What anybody needs to check the draw.
#[component]
fn Check(it: Giveaway) -> impl IntoView {
    view! {
        <details class=style::check>
            <summary>{t!(live.giveaway_check)}</summary>
            <p>{t!(live.giveaway_by_seed)}</p>
            <dl>
                <dt>{t!(live.giveaway_hash)}</dt>
                <dd><code>{it.seed_hash}</code></dd>
                {it.seed.map(|seed| view! {
                    <dt>{t!(live.giveaway_seed)}</dt>
                    <dd><code>{seed}</code></dd>
                })}
            </dl>
        </details>
    }
}

fn refused(error: &ApiError) -> String {
    match error.code() {
        Some(ErrorCode::NotEligible) => t!(live.giveaway_speak).to_owned(),
        Some(ErrorCode::LiveStateConflict) => t!(live.giveaway_closed).to_owned(),
        _ => failure_words(error).1,
    }
}
