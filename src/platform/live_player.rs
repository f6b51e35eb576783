//! The player of live pictures: a module of plain JavaScript (`public/live-player.js`), loaded by rooms alone.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlVideoElement};

use super::page;

/// Where the module is.
const MODULE: &str = "/live-player.js";
/// Loads a module; `boot.js` has it.
const LOAD: &str = "jishiModule";

/// Where a picture comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Fragmented MP4 over one response.
    pub mp4: Option<String>,
    /// The live playlist.
    pub hls: Option<String>,
    /// The recording's playlist.
    pub vod: Option<String>,
    /// How much later than its picture its clock is, in milliseconds.
    pub offset_ms: i64,
}

/// What the player says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerState {
    /// Nothing is there yet.
    Connecting,
    /// The picture moves.
    Playing,
    /// It waits for more.
    Stalled,
    /// The browser wants a tap first.
    Blocked,
    /// There will be no more.
    Ended,
    /// It cannot be played here.
    Failed,
}

impl PlayerState {
    fn of(word: &str) -> Self {
        match word {
            "playing" => Self::Playing,
            "stalled" => Self::Stalled,
            "blocked" => Self::Blocked,
            "ended" => Self::Ended,
            "failed" => Self::Failed,
            _ => Self::Connecting,
        }
    }
}

/// A video that no page owns: it lies where it is to be seen, and goes on playing when it is moved.
#[derive(Clone)]
pub struct Screen(HtmlVideoElement);

impl Screen {
    /// A silent one; `label` is what is spoken of it.
    pub fn new(label: &str) -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let video: HtmlVideoElement = document.create_element("video").ok()?.dyn_into().ok()?;
        video.set_muted(true);
        for (name, value) in [("playsinline", ""), ("aria-label", label)] {
            video.set_attribute(name, value).ok()?;
        }
        Some(Self(video))
    }

    /// Lays it into an element. In one step: a video that leaves the page stops.
    pub fn lay_into(&self, place: &Element) {
        // Only a place inside the video itself would refuse it.
        let _ = place.append_child(&self.0);
    }

    /// Takes it out of the page.
    pub fn take_out(&self) {
        self.0.remove();
    }

    /// Whether it is to be seen: there is a picture.
    pub fn show(&self, shown: bool) {
        let _ = self.0.toggle_attribute_with_force("data-shown", shown);
    }

    /// Turns its sound on.
    pub fn unmute(&self) {
        self.0.set_muted(false);
    }

    /// Whether its sound is off.
    pub fn is_muted(&self) -> bool {
        self.0.muted()
    }

    /// The element.
    pub fn video(&self) -> &HtmlVideoElement {
        &self.0
    }
}

/// Whether the browser can float a video over everything.
pub fn can_float() -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return false;
    };
    let enabled = Reflect::get(&document, &"pictureInPictureEnabled".into());
    let apples = || {
        let video = document.create_element("video").ok()?;
        Reflect::has(&video, &"webkitSetPresentationMode".into()).ok()
    };
    enabled.is_ok_and(|enabled| enabled.is_truthy()) || apples() == Some(true)
}

/// A player; it stops when it is dropped.
pub struct LivePlayer {
    player: JsValue,
    _said: Closure<dyn Fn(JsValue)>,
    _reached: Closure<dyn Fn(JsValue)>,
    _marked: Closure<dyn Fn(JsValue)>,
    _now: Closure<dyn Fn() -> f64>,
}

impl LivePlayer {
    /// Plays in a video element. `said` hears states, `reached` the number of an event of [`LivePlayer::hold`]
    /// whose frame is on screen, `marked` what the playlist says ahead of a frame; `server_ahead_ms` is how far the server's clock is ahead of this device's. Nothing
    /// where the module cannot be had.
    pub async fn start(
        video: &HtmlVideoElement,
        sources: &Sources,
        server_ahead_ms: i64,
        said: impl Fn(PlayerState) + 'static,
        reached: impl Fn(u32) + 'static,
        marked: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let class = class().await?;
        let on_state = Closure::<dyn Fn(JsValue)>::new(move |state: JsValue| {
            said(PlayerState::of(&state.as_string().unwrap_or_default()));
        });
        let on_event = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let number = Reflect::get(&event, &"number".into()).ok();
            if let Some(number) = number.and_then(|number| number.as_f64()) {
                reached(number as u32);
            }
        });
        let on_mark = Closure::<dyn Fn(JsValue)>::new(move |text: JsValue| {
            if let Some(text) = text.as_string() {
                marked(text);
            }
        });
        let now = Closure::<dyn Fn() -> f64>::new(move || {
            (page::device_now_ms() + server_ahead_ms) as f64
        });
        let options = Object::new();
        let set = |name: &str, value: JsValue| Reflect::set(&options, &name.into(), &value).is_ok();
        for (name, address) in [
            ("mp4", &sources.mp4),
            ("hls", &sources.hls),
            ("vod", &sources.vod),
        ] {
            if let Some(address) = address {
                set(name, address.as_str().into());
            }
        }
        set("offset", (sources.offset_ms as f64).into());
        set("onstate", on_state.as_ref().clone());
        set("onevent", on_event.as_ref().clone());
        set("onmark", on_mark.as_ref().clone());
        set("now", now.as_ref().clone());
        let given = js_sys::Array::of2(video.as_ref(), &options);
        let player = Reflect::construct(&class, &given).ok()?;
        let player = Self {
            player,
            _said: on_state,
            _reached: on_event,
            _marked: on_mark,
            _now: now,
        };
        player.call("start", &[]);
        Some(player)
    }

    /// Holds an event until the frame of its moment, by the server's clock, is on screen.
    pub fn hold(&self, number: u32, at_ms: i64) {
        let event = Object::new();
        let _ = Reflect::set(&event, &"number".into(), &f64::from(number).into());
        let _ = Reflect::set(&event, &"at".into(), &(at_ms as f64).into());
        self.call("push", &[event.into()]);
    }

    /// Goes to the newest picture.
    pub fn jump(&self) {
        self.call("jump", &[]);
    }

    /// Goes to a moment of a recording, by the server's clock.
    pub fn seek(&self, at_ms: i64) {
        self.call("seek", &[(at_ms as f64).into()]);
    }

    /// Plays after the tap that the browser wanted.
    pub fn resume(&self) {
        self.call("resume", &[]);
    }

    /// Into, or out of, a small picture over everything.
    pub fn small(&self) {
        self.call("pip", &[]);
    }

    /// Seconds behind live, where that is known.
    pub fn behind_s(&self) -> Option<f64> {
        let lag = Reflect::get(&self.player, &"lag".into()).ok()?.as_f64()?;
        lag.is_finite().then_some(lag)
    }

    /// The moment on screen, by the server's clock, where that is known.
    pub fn at_ms(&self) -> Option<i64> {
        let at = Reflect::get(&self.player, &"at".into()).ok()?.as_f64()?;
        at.is_finite().then_some(at as i64)
    }

    fn call(&self, name: &str, given: &[JsValue]) {
        let method = Reflect::get(&self.player, &name.into()).ok();
        if let Some(method) = method.and_then(|method| method.dyn_into::<Function>().ok()) {
            // What a browser refuses here, a small picture for one, stays as it was.
            let given: js_sys::Array = given.iter().collect();
            let _ = method.apply(&self.player, &given);
        }
    }
}

impl Drop for LivePlayer {
    fn drop(&mut self) {
        self.call("destroy", &[]);
    }
}

async fn class() -> Option<Function> {
    let window = web_sys::window()?;
    let load: Function = Reflect::get(&window, &LOAD.into()).ok()?.dyn_into().ok()?;
    let loading: Promise = load
        .call1(&JsValue::NULL, &MODULE.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let module = JsFuture::from(loading).await.ok()?;
    Reflect::get(&module, &"LivePlayer".into())
        .ok()?
        .dyn_into()
        .ok()
}
