//! The demo's live rooms: a publisher feeds each recording in a loop through the real ingest, and a script plays
//! the timeline through the real API as a host and a dozen neighbours, so that a newcomer finds living rooms.

mod script;
mod web;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::build::Profile;
use crate::console::step;
use crate::process::which;
use crate::project::Project;
use crate::shop::Place;
use script::{Act, Room, Script};
pub use web::Web;

/// The demo's rooms.
const FILE: &str = "demo/live.json";
/// The demo's host; members have the numbers after it.
const HOST: u64 = 13_700_000_000;
/// How often a waiting script looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(100);
/// How long the ingest may take to see a publisher.
const PICTURE_WITHIN: Duration = Duration::from_secs(10);

/// Rooms on air; they go off it when this is dropped.
#[derive(Debug)]
pub struct Rooms {
    stop: Arc<AtomicBool>,
    playing: Vec<JoinHandle<()>>,
}

impl Rooms {
    /// Brings the demo's rooms on air.
    ///
    /// # Errors
    /// When the shop does not take them.
    pub fn open(project: &Project, place: &Place, profile: Profile) -> Result<Self> {
        let file = project.path(FILE);
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let script = Script::read(&text)?;
        let stop = Arc::new(AtomicBool::new(false));
        let playing = step("The live rooms", "two hosts go on air", || {
            place.jishi(project, profile, &["import", &file.display().to_string()])?;
            place.jishi(
                project,
                profile,
                &["staff", "grant", &HOST.to_string(), "host"],
            )?;
            let mut people = People::remembered(place);
            let mut playing = Vec::new();
            for room in script.rooms {
                let video = project.path("demo").join(&room.video);
                let play = Play::prepare(room, video, &mut people, Arc::clone(&stop))?;
                playing.push(thread::spawn(move || play.run()));
            }
            people.remember()?;
            Ok(playing)
        })?;
        Ok(Self { stop, playing })
    }
}

impl Drop for Rooms {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for playing in self.playing.drain(..) {
            // A script that failed has said so.
            let _ = playing.join();
        }
    }
}

/// The demo's people, signed in; kept from one start to the next, since codes are rationed.
pub struct People {
    port: u16,
    file: PathBuf,
    cookies: BTreeMap<String, String>,
}

impl People {
    /// Those that earlier starts signed in.
    pub fn remembered(place: &Place) -> Self {
        let file = place.data.join("demo-people.json");
        let kept = fs::read_to_string(&file).ok();
        let cookies = kept.and_then(|text| serde_json::from_str(&text).ok());
        Self {
            port: place.port,
            file,
            cookies: cookies.unwrap_or_default(),
        }
    }

    /// Somebody by phone number.
    ///
    /// # Errors
    /// When the shop lets them not in.
    pub fn person(&mut self, phone: u64) -> Result<Web> {
        let phone = phone.to_string();
        if let Some(cookie) = self.cookies.get(&phone) {
            let known = Web {
                port: self.port,
                cookie: cookie.clone(),
            };
            if known.is_signed_in() {
                return Ok(known);
            }
        }
        let fresh = Web::sign_in(self.port, &phone)?;
        self.cookies.insert(phone, fresh.cookie.clone());
        Ok(fresh)
    }

    /// Keeps them for the next start.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember(&self) -> Result<()> {
        let text = serde_json::to_string(&self.cookies)?;
        fs::write(&self.file, text).with_context(|| format!("cannot write {}", self.file.display()))
    }
}

/// One room that is played.
struct Play {
    room: Room,
    host: Web,
    members: BTreeMap<String, Web>,
    publisher: Option<Publisher>,
    stop: Arc<AtomicBool>,
}

/// A program that sends a recording in a loop.
struct Publisher(Child);

impl Drop for Publisher {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Publisher {
    fn start(video: &PathBuf, url: &str, key: &str) -> Result<Self> {
        if which("ffmpeg").is_none() {
            bail!("ffmpeg is not installed: `cargo xtask setup` says how");
        }
        let child = Command::new("ffmpeg")
            .args(["-loglevel", "error", "-re", "-stream_loop", "-1", "-i"])
            .arg(video)
            .args(["-c", "copy", "-f", "flv"])
            .arg(format!("{url}/{key}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("ffmpeg cannot be started")?;
        Ok(Self(child))
    }
}

impl Play {
    /// Signs everybody in, sends the picture where the shop takes one, and goes on air.
    fn prepare(
        room: Room,
        video: PathBuf,
        people: &mut People,
        stop: Arc<AtomicBool>,
    ) -> Result<Self> {
        let host = people.person(HOST)?;
        let mut members = BTreeMap::new();
        for member in room.speakers() {
            let number: u64 = member.trim_start_matches('u').parse()?;
            members.insert(member, people.person(HOST + number)?);
        }
        let mut play = Self {
            room,
            host,
            members,
            publisher: None,
            stop,
        };
        let seen = play.see()?;
        let text = |name: &str| Some(seen.get(name)?.as_str()?.to_owned());
        if let Some((url, key)) = text("ingest_url").zip(text("stream_key")) {
            play.publisher = Some(Publisher::start(&video, &url, &key)?);
            play.wait_for_picture()?;
        }
        // A room of the last start goes on by itself once its picture is back.
        let seen = play.see()?;
        if seen.pointer("/room/state").and_then(Value::as_str) != Some("live") {
            play.command("POST", "/state", &json!({ "command": "start" }))?
                .json()?;
        }
        Ok(play)
    }

    fn see(&self) -> Result<Value> {
        self.host
            .get(&format!("/api/studio/live/{}", self.room.id))?
            .json()
    }

    fn wait_for_picture(&self) -> Result<()> {
        let began = Instant::now();
        while self.see()?.get("ingest").and_then(Value::as_bool) != Some(true) {
            if began.elapsed() > PICTURE_WITHIN {
                bail!("the shop does not see the picture of {}", self.room.id);
            }
            sleep(LOOK);
        }
        Ok(())
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Result<web::Answer> {
        let path = format!("/api/studio/live/{}{path}", self.room.id);
        self.host.send(method, &path, body)
    }

    /// Plays the timeline over and over until told to stop.
    fn run(self) {
        loop {
            let began = Instant::now();
            for event in &self.room.timeline {
                if !self.wait_until(began, event.at) {
                    return;
                }
                // What is refused, such as a line that comes too soon, is passed over: the show goes on.
                let _ = self.act(&event.act);
            }
            if !self.wait_until(began, self.room.timeline_seconds) {
                return;
            }
        }
    }

    fn wait_until(&self, began: Instant, seconds: f64) -> bool {
        while began.elapsed().as_secs_f64() < seconds {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            sleep(LOOK);
        }
        !self.stop.load(Ordering::Relaxed)
    }

    fn act(&self, act: &Act) -> Result<()> {
        match act {
            Act::Pin { slug } => {
                let number = self.room.number_of(slug);
                self.command("PUT", "/pin", &json!({ "number": number }))?;
            }
            Act::Flash {
                sku,
                price,
                quota,
                per_user,
                countdown,
                lasts,
            } => {
                let terms = json!({
                    "sku": sku, "price": { "minor": price, "currency": "CNY" }, "quota": quota,
                    "per_user": per_user, "countdown_s": countdown, "duration_s": lasts,
                });
                let armed = self.command("POST", "/flash", &terms)?.json()?;
                if let Some(id) = armed.get("id").and_then(Value::as_str) {
                    let start = format!("/flash/{id}/start");
                    self.command("POST", &start, &json!({}))?.json()?;
                }
            }
            Act::Chat { member, text, lang } => {
                if let Some(member) = self.members.get(member) {
                    let path = format!("/api/live/{}/chat", self.room.id);
                    member.send("POST", &path, &json!({ "text": text.said_in(lang) }))?;
                }
            }
            Act::Order {} | Act::Stats {} => {}
        }
        Ok(())
    }
}
