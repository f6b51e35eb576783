//! The swipe feed: a column of slides of which only the three around the one on screen are there.

use contract::VideoId;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::buy::BuySheet;
use super::comments::CommentSheet;
use super::sights::Sights;
use super::slide::Slide;
use super::state::{Feed, PLAYERS};
use crate::platform::{clip, events, page, place, visibility};
use crate::routes;
use crate::stores::shelf::{BrowserShelf, Shelf};
use crate::t;
use crate::ui::{Glyph, IconButton, IconLink, page_name, text};

stylance::import_crate_style!(style, "src/features/videos/reel.module.css");

/// Where it is remembered that sound is wanted, and that captions are not.
const SOUND: &str = "sound";
const CAPTIONS: &str = "captions_off";

/// What the viewer has asked of the video on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing: it plays by itself where that is allowed.
    None,
    /// To play.
    Play,
    /// To stand still.
    Pause,
}

/// What the slides share; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub feed: RwSignal<Feed>,
    /// Sound is wanted; remembered.
    pub sound: RwSignal<bool>,
    /// The browser lets nothing play aloud before a tap.
    pub hushed: RwSignal<bool>,
    /// What is spoken is shown; remembered.
    pub captions: RwSignal<bool>,
    pub wish: RwSignal<Wish>,
    /// Nothing plays by itself: the viewer saves data, or wants calm.
    pub still: bool,
    /// The viewer saves data: nothing is loaded before it is wanted.
    pub saves: bool,
    /// The tab is in front.
    pub visible: ReadSignal<bool>,
    pub sights: Sights,
    /// What the buy sheet is to open for.
    pub buying: RwSignal<Option<String>>,
    /// The comments are open.
    pub talking: RwSignal<bool>,
}

impl Shared {
    fn new(from: Feed) -> Self {
        let remembered = |key| BrowserShelf.get(key).ok().flatten().is_some();
        let saves = clip::saves_data();
        Self {
            feed: RwSignal::new(from),
            sound: RwSignal::new(remembered(SOUND)),
            hushed: RwSignal::new(false),
            captions: RwSignal::new(!remembered(CAPTIONS)),
            wish: RwSignal::new(Wish::None),
            still: saves || clip::wants_calm(),
            saves,
            visible: visibility::visible(),
            sights: Sights::start(),
            buying: RwSignal::new(None),
            talking: RwSignal::new(false),
        }
    }

    /// Whether the video on screen shall play.
    pub fn plays(self) -> bool {
        match self.wish.get() {
            Wish::Play => true,
            Wish::Pause => false,
            Wish::None => !self.still,
        }
    }

    /// Whether it is without sound now.
    pub fn muted(self) -> bool {
        !self.sound.get() || self.hushed.get()
    }

    /// Turns the sound on or off.
    pub fn turn_sound(self) {
        let on = untrack(|| self.muted());
        self.hushed.set(false);
        self.sound.set(on);
        remember(SOUND, on);
    }

    /// Shows what is spoken, or does not.
    pub fn turn_captions(self) {
        let on = !self.captions.get_untracked();
        self.captions.set(on);
        remember(CAPTIONS, !on);
    }
}

/// Where storage is off, this lasts as long as the page.
fn remember(key: &str, yes: bool) {
    let _ = match yes {
        true => BrowserShelf.set(key, "1"),
        false => BrowserShelf.remove(key),
    };
}

/// The feed, from where `from` stands; `on_leave` is given it back.
#[component]
pub(super) fn Reel(
    from: Feed,
    on_screen: RwSignal<Option<VideoId>>,
    on_leave: fn(Feed),
) -> impl IntoView {
    let shared = Shared::new(from);
    let feed = shared.feed;
    let at = Memo::new(move |_| feed.with(|feed| feed.at));
    let count = Memo::new(move |_| feed.with(|feed| feed.videos.len()));
    let id = Memo::new(move |_| feed.with(|feed| feed.now().map(|video| video.id.clone())));
    let caption = Memo::new(move |_| {
        feed.with(|feed| feed.now().map(|video| video.caption.clone()))
            .unwrap_or_default()
    });
    page_name(Signal::derive(move || caption.get()));
    Effect::new(move || {
        let now = id.get();
        if let Some(id) = &now {
            page::set_address(&routes::video(id));
        }
        on_screen.set(now);
    });
    read_on(feed);
    on_cleanup(move || {
        if let Some(feed) = feed.try_get_untracked() {
            on_leave(feed);
        }
    });

    let column = NodeRef::<html::Div>::new();
    let stand = move |at: usize, smooth: bool| {
        if let Some(column) = column.get_untracked() {
            place::scroll_within(&column, at, smooth);
        }
    };
    // Until it stands where it was left, its own first place says nothing.
    let stands = StoredValue::new(false);
    column.on_load(move |_| {
        request_animation_frame(move || {
            if let Some(at) = at.try_get_untracked() {
                stand(at, false);
                stands.set_value(true);
            }
        });
    });
    // The column is as high as the screen, which a phone changes when it is turned.
    events::on_window("resize", move |_| stand(at.get_untracked(), false));
    let scrolled = move |_| {
        let Some(column) = column.get_untracked().filter(|_| stands.get_value()) else {
            return;
        };
        let (scrolled, height) = place::scrolled(&column);
        let now = feed.with_untracked(|feed| feed.place_at(scrolled, height));
        if now != at.get_untracked() {
            shared.wish.set(Wish::None);
            feed.update(|feed| feed.at = now);
        }
    };
    let step = move |by: isize| {
        let to = at.get_untracked().saturating_add_signed(by);
        stand(
            to.min(count.get_untracked().saturating_sub(1)),
            !shared.still,
        );
    };
    let press = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" | "PageDown" => 1,
            "ArrowUp" | "PageUp" => -1,
            _ => return,
        };
        event.prevent_default();
        step(by);
    };
    let has_less = Signal::derive(move || at.get() > 0);
    let has_more = Signal::derive(move || at.get() + 1 < count.get());
    view! {
        <main class=style::stage on:keydown=press>
            <h1 class=text::hidden tabindex="-1">{caption}</h1>
            <div class=style::column node_ref=column on:scroll=scrolled tabindex="0" role="group" aria-label=t!(videos.title)>
                <div class=style::track style:--count=move || count.get().to_string()>
                    // The slides change their places: what the browser stops at stays where it is.
                    <For each=move || 0..count.get() key=|stop| *stop children=|_| view! { <i></i> } />
                    {(0..PLAYERS).map(|player| view! { <Slide shared player /> }).collect_view()}
                </div>
            </div>
            <header class=style::top>
                {move || {
                    let (label, glyph) = match shared.muted() {
                        true => (t!(videos.sound), Glyph::Sound),
                        false => (t!(videos.mute), Glyph::Loud),
                    };
                    view! { <IconButton label=label glyph glass=true on_press=move |()| shared.turn_sound() /> }
                }}
                <span class=text::grow></span>
                <IconLink href=routes::search("") label=t!(videos.search) glyph=Glyph::Search glass=true />
            </header>
            <div class=style::steps>
                <Show when=move || has_less.get()>
                    <IconButton label=t!(videos.previous) glyph=Glyph::Up glass=true on_press=move |()| step(-1) />
                </Show>
                <Show when=move || has_more.get()>
                    <IconButton label=t!(videos.next) glyph=Glyph::Down glass=true on_press=move |()| step(1) />
                </Show>
            </div>
        </main>
        <BuySheet slug=shared.buying />
        <CommentSheet shared id=Signal::derive(move || id.get()) open=shared.talking />
    }
}

/// Has the next page before the last video is reached.
fn read_on(feed: RwSignal<Feed>) {
    let busy = RwSignal::new(false);
    let wanted = Memo::new(move |_| feed.with(|feed| feed.wants_more().then(|| feed.next.clone())));
    let read = move || {
        let Some(Some(cursor)) = wanted.get() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::list_videos(None, Some(&cursor)).await;
            busy.try_set(false);
            // What failed is asked for again with the next swipe, or when the network is back.
            if let Ok(page) = answer {
                feed.try_update(|feed| feed.add(page.items, page.next));
            }
        });
    };
    Effect::new(move || {
        feed.with(|feed| feed.at);
        read();
    });
    events::on_window("online", move |_| untrack(read));
}
