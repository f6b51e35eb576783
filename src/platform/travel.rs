//! Where the shopper has been in this page load: how many pages lie behind, and how far each address
//! was scrolled, so that back leads to the same spot.
//!
//! The browser's own restoration runs before the app has drawn the page again, so it is turned off.

use std::cell::RefCell;
use std::collections::HashMap;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::{on_cleanup, request_animation_frame, window};
use send_wrapper::SendWrapper;
use web_sys::ScrollRestoration;

use super::page::path_and_query;

/// Frames to wait for the page to be as high as it was.
const PATIENCE: u32 = 90;

#[derive(Default)]
struct Travel {
    /// Addresses behind this one.
    behind: u32,
    /// Another address than the first was shown.
    moved: bool,
    /// The next arrival comes from the browser's back or forward button.
    popped: bool,
    positions: HashMap<String, f64>,
    /// Where to scroll once the page is high enough; nothing is recorded meanwhile.
    restoring: Option<f64>,
}

thread_local! {
    static TRAVEL: RefCell<Travel> = RefCell::default();
}

/// Starts remembering, while the current owner lives.
pub fn begin() {
    if !super::BROWSER {
        return;
    }
    if let Ok(history) = window().history() {
        // An old browser keeps its own way, which is no worse than before.
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    // Before the router, which listens in the bubbling phase: the address is new, the page still old.
    let options = EventListenerOptions::run_in_capture_phase();
    let listeners = SendWrapper::new((
        EventListener::new_with_options(&window(), "popstate", options, |_| popped()),
        EventListener::new(&window(), "scroll", |_| scrolled()),
        // The shopper's own move ends the restoring.
        EventListener::new(&window(), "wheel", |_| set_restoring(None)),
        EventListener::new(&window(), "touchmove", |_| set_restoring(None)),
    ));
    on_cleanup(move || drop(listeners));
}

/// Tells that another address is shown. Returns whether the shopper came back to it.
pub fn arrived() -> bool {
    TRAVEL.with_borrow_mut(|travel| {
        let back = std::mem::take(&mut travel.popped);
        travel.moved = true;
        if !back {
            travel.behind = travel.behind.saturating_add(1);
        }
        back
    })
}

/// Whether the shopper has gone from one address to another in this page load.
pub fn has_moved() -> bool {
    TRAVEL.with_borrow(|travel| travel.moved)
}

/// Goes back when there is a page of the app behind. False when there is none.
#[must_use]
pub fn go_back() -> bool {
    TRAVEL.with_borrow(|travel| travel.behind > 0)
        && window()
            .history()
            .is_ok_and(|history| history.back().is_ok())
}

fn popped() {
    let target = TRAVEL.with_borrow_mut(|travel| {
        travel.popped = true;
        travel.behind = travel.behind.saturating_sub(1);
        travel.positions.get(&path_and_query()).copied()
    });
    set_restoring(target);
    restore(PATIENCE);
}

fn scrolled() {
    let y = position();
    TRAVEL.with_borrow_mut(|travel| {
        if travel.restoring.is_none() {
            travel.positions.insert(path_and_query(), y);
        }
    });
}

fn set_restoring(target: Option<f64>) {
    TRAVEL.with_borrow_mut(|travel| travel.restoring = target);
}

fn restore(frames_left: u32) {
    let Some(target) = TRAVEL.with_borrow(|travel| travel.restoring) else {
        return;
    };
    request_animation_frame(move || {
        window().scroll_to_with_x_and_y(0.0, target);
        let there = (position() - target).abs() < 2.0;
        if there || frames_left == 0 {
            set_restoring(None);
        } else {
            restore(frames_left - 1);
        }
    });
}

fn position() -> f64 {
    window().scroll_y().unwrap_or_default()
}
