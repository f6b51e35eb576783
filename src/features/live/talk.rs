//! What is said in a room, and the field to say something. Lines are text: whatever stands in them is drawn as it
//! is, each turned by itself alone.

use contract::live::{ChatLine, LiveRoom};
use leptos::prelude::*;

use super::api;
use super::watch::Live;
use crate::platform::page;
use crate::routes;
use crate::stores::saying::Saying;
use crate::stores::use_session;
use crate::t;
use crate::ui::{Badge, BadgeKind, ButtonKind, ButtonLink, SayField};

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
    let saying = Saying::begin();
    let send = move |()| {
        let id = room.with_untracked(|room| room.id.clone());
        saying.send(
            move |line, key| async move { api::say_in_room(&id, &key, line).await },
            move |line| live.say(vec![line]),
        );
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
            <SayField
                label=t!(live.say_label)
                placeholder=t!(live.say)
                words=saying.words
                trouble=saying.trouble
                glass=true
                on_send=send
            />
        }
        .into_any()
    }
}
