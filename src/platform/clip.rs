//! A video element that is used again and again: given a film, played, stopped, emptied.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, TextTrackMode, VttCue};

use super::BROWSER;

/// What playing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Played {
    /// It plays.
    Yes,
    /// The browser wants a tap first.
    Refused,
}

/// Loads a film; `ahead` as much of it as the browser likes, else nothing until it plays.
pub fn load(video: &HtmlVideoElement, src: &str, ahead: bool) {
    if !BROWSER {
        return;
    }
    video.set_preload(if ahead { "auto" } else { "none" });
    if video.get_attribute("src").as_deref() != Some(src) {
        video.set_src(src);
    }
}

/// Lets go of a film and of all that was loaded of it.
pub fn empty(video: &HtmlVideoElement) {
    if BROWSER && video.has_attribute("src") {
        // Pausing never fails; without a source there is nothing to load.
        let _ = video.pause();
        let _ = video.remove_attribute("src");
        video.load();
    }
}

/// Stands still.
pub fn pause(video: &HtmlVideoElement) {
    if BROWSER {
        // Pausing never fails.
        let _ = video.pause();
    }
}

/// How far it is, in milliseconds.
pub fn at_ms(video: &HtmlVideoElement) -> u32 {
    // A float becomes the nearest number that fits.
    (video.current_time() * 1_000.0) as u32
}

/// What is spoken now, by its captions. They are drawn by the page, not by the browser: it would put them under
/// what lies on the picture.
pub fn spoken(video: &HtmlVideoElement) -> String {
    let Some(track) = video.text_tracks().and_then(|tracks| tracks.get(0)) else {
        return String::new();
    };
    track.set_mode(TextTrackMode::Hidden);
    let cues = track.active_cues();
    let lines = cues
        .iter()
        .flat_map(|cues| (0..cues.length()).filter_map(|at| cues.get(at)));
    let lines = lines.filter_map(|cue| cue.dyn_into::<VttCue>().ok());
    lines.map(|cue| cue.text()).collect::<Vec<_>>().join("\n")
}

/// Plays.
pub async fn play(video: &HtmlVideoElement) -> Played {
    let Ok(playing) = video.play() else {
        return Played::Refused;
    };
    match JsFuture::from(playing).await {
        Ok(_) => Played::Yes,
        Err(why) => {
            // Another film took its place meanwhile: that is no refusal.
            let name = js_sys::Reflect::get(&why, &"name".into()).ok();
            match name.and_then(|name| name.as_string()).as_deref() {
                Some("NotAllowedError") => Played::Refused,
                _ => Played::Yes,
            }
        }
    }
}

/// Whether a picture of the film has been drawn.
pub fn has_picture(video: &HtmlVideoElement) -> bool {
    video.video_width() > 0 && video.ready_state() >= 2
}

/// Whether bytes of the film are here though none of it can be shown.
pub fn is_stuck(video: &HtmlVideoElement) -> bool {
    !has_picture(video) && (video.error().is_some() || video.network_state() != 2)
}

/// Whether the shopper wants few bytes (features.md 16).
pub fn saves_data() -> bool {
    if !BROWSER {
        return false;
    }
    // By reflection: only some browsers have it.
    let get = |of: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let navigator = leptos::prelude::window().navigator();
    let Some(connection) = get(navigator.as_ref(), "connection").filter(|it| it.is_object()) else {
        return false;
    };
    let saves = get(&connection, "saveData").is_some_and(|it| it.is_truthy());
    let kind = get(&connection, "effectiveType").and_then(|it| it.as_string());
    saves || kind.is_some_and(|kind| kind.ends_with("2g"))
}

/// Whether the shopper wants nothing to move by itself.
pub fn wants_calm() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    BROWSER
        && leptos::prelude::window()
            .match_media(query)
            .ok()
            .flatten()
            .is_some_and(|list| list.matches())
}

/// Pixels of the screen's width.
pub fn screen_pixels() -> u32 {
    if !BROWSER {
        return 0;
    }
    let window = leptos::prelude::window();
    let width = window
        .inner_width()
        .ok()
        .and_then(|it| it.as_f64())
        .unwrap_or(390.0);
    // Two device pixels of one are as sharp as a moving picture needs.
    (width.min(480.0) * window.device_pixel_ratio().min(1.5)) as u32
}
