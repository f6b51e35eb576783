//! One of one's own videos: what it looks like, how far it has come, and what can be done with it.

use contract::VideoId;
use contract::videos_own::{OwnVideo, VideoState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::edit::EditSheet;
use super::faults::fault_words;
use super::page::{Own, style};
use super::state::{is_at_work, percent, seconds};
use crate::api::{IdempotencyKey, failure_words};
use crate::i18n::compact;
use crate::platform::timers;
use crate::routes;
use crate::t;
use crate::ui::{
    Badge, BadgeKind, Button, ButtonKind, ButtonLink, Panel, Picture, PictureKind, text, toast,
};

/// How often the shop is asked how far a film is, in milliseconds.
const ASK_MS: u32 = 1_000;

#[component]
pub(super) fn Row(own: Own, id: VideoId) -> impl IntoView {
    let toaster = toast();
    let id = StoredValue::new(id);
    let video = Memo::new(move |_| {
        own.videos
            .with(|all| id.with_value(|id| all.iter().find(|it| it.id == *id).cloned()))
    });
    let at_work =
        Memo::new(move |_| video.with(|it| it.as_ref().is_some_and(|it| is_at_work(it.state))));
    Effect::new(move || {
        if at_work.get() {
            timers::every(ASK_MS, move || {
                spawn_local(async move { own.refresh(&id.get_value()).await });
            });
        }
    });
    let editing = RwSignal::new(false);
    let sure = RwSignal::new(false);
    let remove = move |()| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        spawn_local(async move {
            let of = id.get_value();
            match api::delete_video(&of, &IdempotencyKey::new()).await {
                Ok(()) => drop(own.videos.try_update(|all| all.retain(|it| it.id != of))),
                Err(error) => toaster.show(failure_words(&error).1),
            }
        });
    };
    let is_sending = Memo::new(move |_| {
        own.sending
            .with(|it| id.with_value(|id| it.as_ref() == Some(id)))
    });
    let row = move || {
        let it = video.get()?;
        let title = if it.caption.is_empty() {
            it.name.clone()
        } else {
            it.caption.clone()
        };
        let can_edit = matches!(it.state, VideoState::Ready | VideoState::Published);
        let link = (it.state == VideoState::Published).then(|| {
            view! { <ButtonLink href=routes::video(&it.id) kind=ButtonKind::Tonal small=true>{t!(videos.see)}</ButtonLink> }
        });
        let edit = can_edit.then(|| {
            let (kind, words) = match it.state {
                VideoState::Ready => (ButtonKind::Primary, t!(videos.describe)),
                _ => (ButtonKind::Plain, t!(videos.edit)),
            };
            view! { <Button kind small=true on_press=move |()| editing.set(true)>{words}</Button> }
        });
        Some(view! {
            <Panel label=title.clone()>
                <article class=style::row data-state=word(it.state)>
                    <div class=style::poster><Picture picture=it.poster.clone() kind=PictureKind::Square sizes="5rem" /></div>
                    <div class=style::main>
                        <h2 class=style::title>{title}</h2>
                        <Standing own video=it.clone() is_sending />
                        <div class=style::actions>
                            {link}
                            {edit}
                            {(!is_sending.get()).then(|| view! {
                                <Button kind=ButtonKind::Quiet small=true on_press=remove>
                                    {move || if sure.get() { t!(videos.delete_sure) } else { t!(videos.delete) }}
                                </Button>
                            })}
                        </div>
                    </div>
                </article>
            </Panel>
        })
    };
    // Made when it opens, of what is there then: what comes meanwhile does not take away what is being typed.
    let sheet = move || {
        let video = editing.get().then(|| video.get_untracked()).flatten()?;
        Some(view! { <EditSheet own video open=editing /> })
    };
    view! { {row} {sheet} }
}

/// How far it has come, in words and, while it moves, as a bar.
#[component]
fn Standing(own: Own, video: OwnVideo, is_sending: Memo<bool>) -> impl IntoView {
    let OwnVideo {
        state,
        fault,
        size,
        received,
        progress,
        duration_ms,
        likes,
        comments,
        views,
        card_views,
        ..
    } = video;
    let bar = move |now: u32, label: &'static str| {
        view! { <progress class=style::bar max="100" value=now.to_string() aria-label=label></progress> }
    };
    let line = stylance::classes!(text::caption, text::muted);
    match state {
        VideoState::Uploading => view! {
            {move || {
                let how = own.how.get();
                let now = percent(if is_sending.get() { how.sent } else { received }, size);
                let words = match is_sending.get() {
                    true if how.waits => t!(videos.send_waits).to_owned(),
                    true => t!(videos.sent, percent = now),
                    false => t!(videos.broke_off, percent = now),
                };
                view! {
                    {bar(now, t!(videos.sending))}
                    <p class=line.clone()>{words}</p>
                }
            }}
        }
        .into_any(),
        VideoState::Waiting => view! {
            {bar(0, t!(videos.making))}
            <p class=line role="status">{t!(videos.waits)}</p>
        }
        .into_any(),
        VideoState::Working => view! {
            {bar(progress, t!(videos.making))}
            <p class=line>{t!(videos.made, percent = progress)}</p>
        }
        .into_any(),
        VideoState::Failed => view! {
            <p class=style::fault role="alert">{fault_words(fault, own.limits)}</p>
        }
        .into_any(),
        VideoState::Ready => view! {
            <p class=line role="status">
                <Badge kind=BadgeKind::SunSoft>{t!(videos.ready)}</Badge>
                " "
                {t!(videos.length, s = seconds(duration_ms))}
            </p>
        }
        .into_any(),
        VideoState::Published => view! {
            <p class=line.clone()><Badge kind=BadgeKind::JadeSoft>{t!(videos.published)}</Badge></p>
            <p class=line>
                {t!(videos.counts, views = compact(views), likes = compact(likes), comments = compact(comments), cards = compact(card_views))}
            </p>
        }
        .into_any(),
        VideoState::Unknown => ().into_any(),
    }
}

/// The state in a word, for style and tests.
fn word(state: VideoState) -> &'static str {
    match state {
        VideoState::Uploading => "uploading",
        VideoState::Waiting => "waiting",
        VideoState::Working => "working",
        VideoState::Failed => "failed",
        VideoState::Ready => "ready",
        VideoState::Published => "published",
        VideoState::Unknown => "unknown",
    }
}
