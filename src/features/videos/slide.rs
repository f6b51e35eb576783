//! One of the three slides: a player that is used again and again, and what lies on its picture.

use contract::VideoId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::foot::Foot;
use super::rail::Rail;
use super::reel::{Shared, Wish};
use super::state::{self, PATIENCE_MS, Role, file_for};
use crate::i18n::lang;
use crate::platform::clip::{self, Played};
use crate::platform::timers;
use crate::t;
use crate::ui::{Glyph, Icon, IconSize, Picture, PictureKind, SCREEN};

stylance::import_crate_style!(style, "src/features/videos/slide.module.css");

/// How a film stands on its screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Its poster: no picture has come yet.
    Poster,
    /// Its own picture.
    Picture,
    /// Its poster: the browser wants a tap.
    Refused,
    /// Its poster: it cannot be played here.
    Cannot,
}

/// What the player holds.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    place: usize,
    role: Role,
    id: VideoId,
    src: Option<String>,
}

#[component]
pub(super) fn Slide(shared: Shared, player: usize) -> impl IntoView {
    let pixels = clip::screen_pixels();
    // Where films play by themselves a poster stands for a moment: half as sharp is a quarter of the memory.
    let sizes = if shared.still { SCREEN } else { "50vw" };
    let held = Memo::new(move |_| {
        shared.feed.with(|feed| {
            let (place, role) = feed.held_by(player)?;
            let video = feed.videos.get(place)?;
            Some(Held {
                place,
                role,
                id: video.id.clone(),
                src: file_for(&video.files, pixels).map(|file| file.src.clone()),
            })
        })
    });
    let look = RwSignal::new(Look::Poster);
    let slow = RwSignal::new(false);
    let ms = RwSignal::new(0_u32);
    let spoken = RwSignal::new(String::new());
    let element = NodeRef::<html::Video>::new();
    let is_now =
        Memo::new(move |_| held.with(|it| it.as_ref().is_some_and(|it| it.role == Role::Now)));
    let film = Memo::new(move |_| held.with(|it| it.as_ref().map(|it| (it.place, it.id.clone()))));
    // Taps on the play button of a film that the browser refused to begin.
    let taps = RwSignal::new(0_u32);
    play(shared, element, held, (look, slow, taps));
    Effect::new(move || {
        film.track();
        ms.set(0);
        spoken.set(String::new());
    });
    Effect::new(move || {
        if let Some((_, id)) = film.get().filter(|_| is_now.get()) {
            shared.sights.watch(id, None);
        }
    });

    let drawn = move |_| {
        let Some(video) = element.get_untracked() else {
            return;
        };
        // Whatever loads after the browser refused to begin: the play button stands until the film plays.
        let waits_for_tap = look.get_untracked() == Look::Refused && video.paused();
        if clip::has_picture(&video) && !waits_for_tap {
            look.set(Look::Picture);
            slow.set(false);
        }
    };
    let moved = move |event| {
        drawn(event);
        if let Some(video) = element.get_untracked() {
            ms.set(clip::at_ms(&video));
            spoken.set(clip::spoken(&video));
        }
    };
    let broken = move |_| look.set(Look::Cannot);
    let press = move |_| match look.get_untracked() {
        Look::Cannot => {}
        Look::Refused => {
            look.set(Look::Poster);
            shared.wish.set(Wish::Play);
            taps.update(|taps| *taps += 1);
        }
        Look::Poster | Look::Picture => {
            let next = if untrack(|| shared.plays()) {
                Wish::Pause
            } else {
                Wish::Play
            };
            shared.wish.set(next);
        }
    };
    let waits = Memo::new(move |_| !shared.plays() || look.get() == Look::Refused);
    let subtitles = Memo::new(move |_| {
        let (place, _) = film.get()?;
        shared.feed.with(|feed| {
            feed.videos
                .get(place)
                .and_then(|video| state::subtitles_for(video, lang().tag()).cloned())
        })
    });
    view! {
        <section
            class=style::slide
            style:--place=move || held.with(|it| it.as_ref().map(|it| it.place.to_string()))
            hidden=move || held.with(Option::is_none)
            inert=move || !is_now.get()
            data-now=move || is_now.get().then_some("")
            aria-label=t!(videos.watch)
        >
            <div class=style::picture>
                {move || {
                    let (place, _) = film.get()?;
                    let poster = shared.feed.with_untracked(|feed| feed.videos.get(place).and_then(|it| it.poster.clone()));
                    Some(view! { <Picture picture=poster kind=PictureKind::Natural sizes eager=true /> })
                }}
                <video
                    node_ref=element
                    data-shown=move || (look.get() == Look::Picture).then_some("")
                    playsinline
                    muted
                    loop
                    preload="none"
                    aria-hidden="true"
                    tabindex="-1"
                    on:loadeddata=drawn
                    on:playing=drawn
                    on:timeupdate=moved
                    on:error=broken
                >
                    {move || subtitles.get().filter(|_| shared.captions.get()).map(|it| view! {
                        <track kind="captions" src=it.src srclang=it.lang default />
                    })}
                </video>
            </div>
            <div class=style::shade></div>
            <button
                class=style::tap
                type="button"
                aria-label=move || if waits.get() { t!(videos.play) } else { t!(videos.pause) }
                on:click=press
            >
                {move || (waits.get() && look.get() != Look::Cannot).then(|| view! {
                    <span class=style::play><Icon glyph=Glyph::Play filled=true /></span>
                })}
            </button>
            <div class=style::told>
                {move || (is_now.get() && look.get() == Look::Picture && shared.plays() && shared.muted()).then(|| view! {
                    <button class=style::pill type="button" on:click=move |_| shared.turn_sound()>
                        <Icon glyph=Glyph::Sound size=IconSize::Tiny />
                        {t!(videos.tap_sound)}
                    </button>
                })}
                {move || {
                    let words = match look.get() {
                        Look::Cannot => t!(videos.cannot),
                        _ if shared.saves && waits.get() => t!(videos.saver),
                        Look::Poster if slow.get() => t!(videos.slow),
                        _ => return None,
                    };
                    is_now.get().then(|| view! { <p class=style::pill role="status">{words}</p> })
                }}
            </div>
            {move || {
                let (place, id) = film.get()?;
                let video = shared.feed.with_untracked(|feed| feed.videos.get(place).cloned())?;
                Some(view! {
                    <Rail shared id=id video=video.clone() />
                    <div class=style::foot>
                        {move || (shared.captions.get() && !spoken.read().is_empty()).then(|| view! { <p class=style::spoken>{spoken}</p> })}
                        <Foot shared video=video.clone() ms is_now />
                    </div>
                    <progress
                        class=style::seek
                        max=video.duration_ms.to_string()
                        value=move || ms.get().to_string()
                        aria-label=t!(videos.progress)
                    ></progress>
                })
            }}
        </section>
    }
}

/// Loads, plays and lets go, as the player's role says.
fn play(
    shared: Shared,
    element: NodeRef<html::Video>,
    held: Memo<Option<Held>>,
    (look, slow, taps): (RwSignal<Look>, RwSignal<bool>, RwSignal<u32>),
) {
    let src = Memo::new(move |_| held.with(|it| it.as_ref().and_then(|it| it.src.clone())));
    let role = Memo::new(move |_| held.with(|it| it.as_ref().map(|it| it.role)));
    let runs =
        Memo::new(move |_| role.get() == Some(Role::Now) && shared.visible.get() && shared.plays());
    // Another film: nothing of the last one stays.
    Effect::new(move || {
        let (Some(video), wanted) = (element.get(), src.get()) else {
            return;
        };
        clip::empty(&video);
        look.set(match wanted {
            Some(_) => Look::Poster,
            None => Look::Cannot,
        });
    });
    Effect::new(move || {
        let (Some(video), Some(src)) = (element.get(), src.get()) else {
            return;
        };
        // Exactly the next one is loaded ahead, and nothing where the viewer saves data.
        match role.get() {
            Some(Role::Now | Role::Next) if !shared.saves => clip::load(&video, &src, true),
            Some(Role::Now) if runs.get() => clip::load(&video, &src, true),
            _ => {}
        }
    });
    Effect::new(move || {
        if let Some(video) = element.get() {
            video.set_muted(shared.muted());
        }
    });
    Effect::new(move || {
        let Some(video) = element.get() else { return };
        src.track();
        taps.track();
        if !runs.get() {
            clip::pause(&video);
            return;
        }
        slow.set(false);
        let watched = video.clone();
        timers::after(PATIENCE_MS, move || match look.get_untracked() {
            Look::Poster if clip::is_stuck(&watched) => {
                clip::pause(&watched);
                look.set(Look::Cannot);
            }
            Look::Poster => slow.set(true),
            _ => {}
        });
        spawn_local(async move {
            let mut played = clip::play(&video).await;
            if played == Played::Refused && !video.muted() {
                // Aloud it may not begin by itself; without sound it may.
                if shared.hushed.try_set(true).is_some() {
                    return;
                }
                video.set_muted(true);
                played = clip::play(&video).await;
            }
            if played == Played::Refused {
                look.try_set(Look::Refused);
            }
        });
    });
    on_cleanup(move || {
        if let Some(video) = element.try_get_untracked().flatten() {
            clip::empty(&video);
        }
    });
}
