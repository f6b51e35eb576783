//! Listeners on the window and the document that end with the component that asked for them.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::{document, on_cleanup, window};
use send_wrapper::SendWrapper;
use web_sys::{Event, EventTarget};

use super::BROWSER;

/// Calls `heard` for every `event` of the window while the current owner lives.
pub fn on_window(event: &'static str, heard: impl FnMut(&Event) + 'static) {
    if BROWSER {
        listen(&window(), event, heard);
    }
}

/// Calls `heard` for every `event` of the document while the current owner lives.
pub fn on_document(event: &'static str, heard: impl FnMut(&Event) + 'static) {
    if BROWSER {
        listen(&document(), event, heard);
    }
}

/// Calls `heard` for every `event` in the window, also of parts that keep it to themselves, before they hear
/// of it, while the current owner lives.
pub fn on_window_first(event: &'static str, heard: impl FnMut(&Event) + 'static) {
    if !BROWSER {
        return;
    }
    let options = EventListenerOptions::run_in_capture_phase();
    let listener = EventListener::new_with_options(&window(), event, options, heard);
    let listener = SendWrapper::new(listener);
    on_cleanup(move || drop(listener));
}

fn listen(target: &EventTarget, event: &'static str, heard: impl FnMut(&Event) + 'static) {
    let listener = SendWrapper::new(EventListener::new(target, event, heard));
    on_cleanup(move || drop(listener));
}
