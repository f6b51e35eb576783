//! The one player of rooms. A room's page shows it; when the page is left while it plays, it goes on as a small picture
//! (`mini`), and the page that comes back takes it over, moving on from where it was (features.md 31).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use contract::LiveId;
use contract::live::Playback;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::mini;
use super::watch::Live;
use crate::platform::live_player::{LivePlayer, PlayerState, Screen, Sources};
use crate::platform::page;
use crate::t;

/// What is played: of which room, from where, and whether it is a recording.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Film {
    pub room: LiveId,
    pub title: String,
    pub playback: Playback,
    pub recorded: bool,
}

impl Film {
    /// Whether this player can go on for that one: a title may change meanwhile.
    fn is(&self, other: &Self) -> bool {
        (&self.room, &self.playback, self.recorded)
            == (&other.room, &other.playback, other.recorded)
    }
}

/// The page that shows the player.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    pub live: Live,
    pub said: RwSignal<Option<PlayerState>>,
}

/// The player with all that outlives a page.
pub(super) struct Reel {
    pub film: Film,
    pub screen: Screen,
    player: RefCell<Option<Rc<LivePlayer>>>,
    state: Cell<Option<PlayerState>>,
    seat: Cell<Option<Seat>>,
}

thread_local! {
    static REEL: RefCell<Option<Rc<Reel>>> = const { RefCell::new(None) };
}

fn current() -> Option<Rc<Reel>> {
    REEL.with_borrow(Clone::clone)
}

/// Plays a film on a page's seat: the player goes on when it plays this one already. `ahead_ms` is how far the server's
/// clock is ahead. The caller lays the screen where it is seen.
pub(super) fn play(film: Film, seat: Seat, ahead_ms: i64) -> Option<Rc<Reel>> {
    if let Some(reel) = current().filter(|reel| reel.film.is(&film)) {
        reel.seat.set(Some(seat));
        seat.said.set(reel.state.get());
        seat.live.player.set_value(reel.player.borrow().clone());
        mini::put_away();
        return Some(reel);
    }
    stop();
    let screen = Screen::new(t!(live.title))?;
    let reel = Rc::new(Reel {
        film,
        screen,
        player: RefCell::new(None),
        state: Cell::new(None),
        seat: Cell::new(Some(seat)),
    });
    REEL.set(Some(reel.clone()));
    spawn_local(start(reel.clone(), ahead_ms));
    Some(reel)
}

async fn start(reel: Rc<Reel>, ahead_ms: i64) {
    let told = Rc::downgrade(&reel);
    let (reached, marked) = (told.clone(), told.clone());
    let player = LivePlayer::start(
        reel.screen.video(),
        &sources(&reel.film),
        ahead_ms,
        move |state| {
            if let Some(reel) = told.upgrade() {
                reel.tell(state);
            }
        },
        move |number| {
            if let Some(seat) = reached.upgrade().and_then(|reel| reel.seat.get()) {
                seat.live.reached(number);
            }
        },
        move |text| {
            if let Some(seat) = marked.upgrade().and_then(|reel| reel.seat.get()) {
                seat.live.marked(&text);
            }
        },
    )
    .await;
    mini::prepare();
    // Another film may play by now: then this player stops here.
    if !current().is_some_and(|now| Rc::ptr_eq(&now, &reel)) {
        return;
    }
    if player.is_none() {
        reel.tell(PlayerState::Failed);
    }
    let player = player.map(Rc::new);
    reel.player.replace(player.clone());
    if let Some(seat) = reel.seat.get() {
        seat.live.player.try_set_value(player);
    }
}

impl Reel {
    fn tell(&self, state: PlayerState) {
        self.state.set(Some(state));
        self.screen.show(self.shows());
        match self.seat.get() {
            Some(seat) => drop(seat.said.try_set(Some(state))),
            // Nobody looks at a small picture that is over. Its player says so itself, and must be heard out.
            None if matches!(state, PlayerState::Ended | PlayerState::Failed) => {
                spawn_local(async { stop() });
            }
            None => {}
        }
    }

    fn shows(&self) -> bool {
        matches!(
            self.state.get(),
            Some(PlayerState::Playing | PlayerState::Stalled)
        )
    }
}

/// The page is left: what plays goes on as a small picture, where it is wanted.
pub(super) fn leave(goes_on: bool) {
    let Some(reel) = current() else { return };
    reel.seat.set(None);
    if !(goes_on && reel.shows() && mini::show(&reel)) {
        stop();
    }
}

/// Nothing is played any more.
pub(super) fn stop() {
    if let Some(reel) = REEL.take() {
        reel.seat.set(None);
        reel.player.take();
        reel.screen.take_out();
    }
    mini::put_away();
}

/// How far the server's clock is ahead of this device's, in milliseconds.
pub(super) fn ahead_ms(server_now: contract::Timestamp) -> i64 {
    server_now.0 - page::device_now_ms()
}

fn sources(film: &Film) -> Sources {
    let playback = film.playback.clone();
    Sources {
        mp4: playback.mp4.filter(|_| !film.recorded),
        hls: playback.hls,
        vod: playback.vod.filter(|_| film.recorded),
        offset_ms: playback.offset_ms,
    }
}
