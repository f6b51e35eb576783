//! What is said in a room, and the field to say something. Lines are text: whatever stands in them is drawn as it
//! is, each turned by itself alone.

use contract::ErrorCode;
use contract::live::{CHAT_MAX, ChatLine, LiveRoom};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::watch::Live;
use crate::api::{ApiError, IdempotencyKey};
use crate::i18n::number;
use crate::platform::page;
use crate::routes;
use crate::stores::use_session;
use crate::t;
use crate::ui::{Badge, BadgeKind, ButtonKind, ButtonLink, Glyph, IconButton, text};

stylance::import_crate_style!(style, "src/features/live/talk.module.css");

/// Lines that are drawn: the rest is above the edge.
const DRAWN: usize = 30;

/// The latest lines, and the one that is pinned.
#[component]
pub(super) fn ChatLog(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let comment = Memo::new(move |_| room.with(|room| room.pinned_comment.clone()));
    let lines = Memo::new(move |_| {
        live.chat.with(|chat| {
            let mut lines: Vec<ChatLine> = chat.rows().rev().take(DRAWN).cloned().collect();
            lines.reverse();
            lines
        })
    });
    let left_out = move || {
        let n = live.chat.with(|chat| chat.left_out);
        (n > 0).then(|| {
            view! { <p class=stylance::classes!(style::line, style::more)>{t!(live.left_out, count = u64::from(n))}</p> }
        })
    };
    view! {
        {move || {
            comment
                .get()
                .map(|line| {
                    view! {
                        <div class=style::comment>
                            <Badge kind=BadgeKind::Sun>{t!(live.pinned_comment)}</Badge>
                            <Line line />
                        </div>
                    }
                })
        }}
        <div class=style::chat role="log" aria-live="off" aria-label=t!(live.chat) tabindex="0">
            {left_out}
            <For each=move || lines.get() key=|line| line.id.clone() let:line>
                <Line line />
            </For>
        </div>
    }
}

#[component]
fn Line(line: ChatLine) -> impl IntoView {
    let by_host = line.neighbour.is_none();
    let who = match line.neighbour {
        Some(n) => t!(live.neighbour, n = n).into_any(),
        None => view! { <Badge kind=BadgeKind::Sun>{t!(live.host)}</Badge> }.into_any(),
    };
    view! {
        <p class=stylance::classes!(style::line, by_host.then_some(style::host))>
            <b>{who}</b>
            <bdi>{line.text}</bdi>
        </p>
    }
}

/// The field; for guests the way to sign in.
#[component]
pub(super) fn SayBar(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let session = use_session();
    let words = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    // Kept until it has an answer, so that a line that is sent again is said once.
    let key = StoredValue::new(IdempotencyKey::new());
    let send = move || {
        let line = words.get_untracked().trim().to_owned();
        if line.is_empty() || busy.get_untracked() {
            return;
        }
        if line.chars().count() > CHAT_MAX {
            trouble.set(Some(t!(live.say_long).to_owned()));
            return;
        }
        busy.set(true);
        let id = room.with_untracked(|room| room.id.clone());
        spawn_local(async move {
            let answer = api::say_in_room(&id, &key.get_value(), line).await;
            if busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(line) => {
                    words.set(String::new());
                    trouble.set(None);
                    live.say(vec![line]);
                }
                Err(error) => trouble.set(Some(refused(&error))),
            }
        });
    };
    move || {
        if session.me().is_none() {
            return view! {
                <span class=style::guest>
                    <ButtonLink href=routes::sign_in(Some(&page::path_and_query())) kind=ButtonKind::Quiet small=true>
                        {t!(live.sign_in)}
                    </ButtonLink>
                </span>
            }
            .into_any();
        }
        view! {
            <form
                class=style::say
                on:submit=move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    send();
                }
            >
                <label class=text::hidden for="say">{t!(live.say_label)}</label>
                <input
                    id="say"
                    type="text"
                    enterkeyhint="send"
                    autocomplete="off"
                    placeholder=t!(live.say)
                    prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))
                />
                {move || {
                    (!words.with(|words| words.trim().is_empty()))
                        .then(|| {
                            view! {
                                <IconButton
                                    label=t!(live.send).to_owned()
                                    glyph=Glyph::Send
                                    glass=true
                                    on_press=move |()| send()
                                />
                            }
                        })
                }}
                <span class=style::trouble role="alert">{move || trouble.get()}</span>
            </form>
        }
        .into_any()
    }
}

fn refused(error: &ApiError) -> String {
    match (error.code(), error.retry_after()) {
        (Some(ErrorCode::RateLimited), Some(seconds)) => t!(live.say_in, n = number(seconds)),
        (Some(ErrorCode::ChatMuted | ErrorCode::RoomBanned), _) => t!(live.say_muted).to_owned(),
        (Some(ErrorCode::ChatBlocked), _) => t!(live.say_blocked).to_owned(),
        (Some(ErrorCode::InvalidRequest), _) => t!(live.say_long).to_owned(),
        _ => t!(live.say_failed).to_owned(),
    }
}
