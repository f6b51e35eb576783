//! Timers that end with the component that asked for them (a plain Leptos 0.8 timer outlives it).

use gloo::timers::callback::{Interval, Timeout};
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;

/// Calls `then` once after `ms` milliseconds unless the current owner ends first.
pub fn after(ms: u32, then: impl FnOnce() + 'static) {
    if !super::BROWSER {
        return;
    }
    let timeout = SendWrapper::new(Timeout::new(ms, then));
    on_cleanup(move || drop(timeout));
}

/// Calls `then` every `ms` milliseconds while the current owner lives.
pub fn every(ms: u32, then: impl FnMut() + 'static) {
    if !super::BROWSER {
        return;
    }
    let interval = SendWrapper::new(Interval::new(ms, then));
    on_cleanup(move || drop(interval));
}

/// Waits `ms` milliseconds. The waiting task goes on when a component ends: check before touching signals.
pub async fn sleep(ms: u32) {
    gloo::timers::future::TimeoutFuture::new(ms).await;
}
