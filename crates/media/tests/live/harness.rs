//! An engine of one test's own, ffmpeg as its encoder, and ffprobe as the judge of what comes out.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use media::{Embedded, Gate, MediaEngine, MediaEvent, SessionId, Settings};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a test waits for what must happen.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Keys that a test gives out and takes back.
#[derive(Clone, Default)]
pub struct Keys(Arc<Mutex<HashMap<String, SessionId>>>);

impl Keys {
    pub fn give(&self, key: &str, session: &str) {
        let session = SessionId::parse(session).unwrap();
        self.0.lock().unwrap().insert(key.to_owned(), session);
    }

    pub fn revoke(&self, key: &str) {
        self.0.lock().unwrap().remove(key);
    }
}

#[async_trait]
impl Gate for Keys {
    async fn admit(&self, key: &str) -> Option<SessionId> {
        self.0.lock().unwrap().get(key).cloned()
    }
}

/// A running engine with one session, `room`, that the key `good` opens.
pub struct Stage {
    pub engine: MediaEngine,
    pub keys: Keys,
    pub rtmp: SocketAddr,
    pub folder: Arc<TempDir>,
    pub events: broadcast::Receiver<MediaEvent>,
    router: Router,
    stop: CancellationToken,
    running: JoinHandle<()>,
}

pub fn room() -> SessionId {
    SessionId::parse("room").unwrap()
}

impl Stage {
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    pub async fn open_with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::open_in(Arc::new(TempDir::new().unwrap()), change).await
    }

    pub async fn open_in(folder: Arc<TempDir>, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::new(folder.path());
        change(&mut settings);
        let embedded = Embedded::new(settings);
        let engine = MediaEngine::Embedded(embedded.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let rtmp = listener.local_addr().unwrap();
        let (keys, stop) = (Keys::default(), CancellationToken::new());
        keys.give("good", "room");
        let gate: Arc<dyn Gate> = Arc::new(keys.clone());
        let events = engine.events();
        let router = Router::new().nest("/live-media", engine.router());
        let running = tokio::spawn({
            let stop = stop.clone();
            async move { embedded.run(Some(listener), gate, stop).await }
        });
        Self {
            engine,
            keys,
            rtmp,
            folder,
            events,
            router,
            stop,
            running,
        }
    }

    /// Stops as the program does.
    pub async fn close(self) {
        self.stop.cancel();
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .expect("the engine stops")
            .unwrap();
    }

    /// ffmpeg sends the demo's recording in a loop, as fast as it was recorded.
    pub fn publish(&self, key: &str) -> Encoder {
        let recording =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/live/tea-evening.mp4");
        let recording = recording.to_str().unwrap();
        self.encode(
            key,
            &["-re", "-stream_loop", "-1", "-i", recording, "-c", "copy"],
        )
    }

    /// ffmpeg with arguments of the test's own.
    pub fn encode(&self, key: &str, arguments: &[&str]) -> Encoder {
        let url = format!("rtmp://{}/live/{key}", self.rtmp);
        let child = Command::new("ffmpeg")
            .args(["-hide_banner", "-loglevel", "error"])
            .args(arguments)
            .args(["-f", "flv", &url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("ffmpeg is installed (cargo xtask setup)");
        Encoder(child)
    }

    pub async fn get(&self, file: &str) -> Answer {
        let request = Request::get(format!("/live-media/{file}"))
            .body(Body::empty())
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The live playlist as soon as it is as wanted.
    pub async fn playlist(&self, wanted: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + PATIENCE;
        let mut last = String::new();
        while Instant::now() < until {
            let answer = self.get("room/live.m3u8").await;
            if answer.status == StatusCode::OK {
                last = answer.text().await;
                if wanted(&last) {
                    return last;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no such playlist; the last one:\n{last}");
    }

    /// The next event.
    pub async fn event(&mut self) -> MediaEvent {
        tokio::time::timeout(PATIENCE, self.events.recv())
            .await
            .expect("an event")
            .unwrap()
    }

    /// The bytes of files of the room, one after the other, in a file of their own.
    pub async fn joined(&self, files: &[String]) -> PathBuf {
        let mut bytes = Vec::new();
        for file in files {
            let answer = self.get(&format!("room/{file}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{file}");
            bytes.extend(answer.bytes().await);
        }
        let path = self.folder.path().join("joined.mp4");
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Body,
}

impl Answer {
    pub async fn bytes(self) -> Vec<u8> {
        self.body.collect().await.unwrap().to_bytes().to_vec()
    }

    pub async fn text(self) -> String {
        String::from_utf8(self.bytes().await).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }
}

/// A running ffmpeg.
pub struct Encoder(Child);

impl Encoder {
    /// Gone without a goodbye.
    pub async fn kill(mut self) {
        self.0.kill().await.unwrap();
    }

    /// Whether it gave up by itself.
    pub async fn gives_up(mut self) -> bool {
        let ended = tokio::time::timeout(PATIENCE, self.0.wait()).await;
        ended.is_ok_and(|status| !status.unwrap().success())
    }
}

/// The lines of a playlist with a prefix, without it.
pub fn lines<'a>(playlist: &'a str, prefix: &'a str) -> Vec<&'a str> {
    playlist
        .lines()
        .filter_map(|line| line.strip_prefix(prefix))
        .collect()
}

/// The segments that a playlist names.
pub fn segments(playlist: &str) -> Vec<String> {
    let files = playlist.lines().filter(|line| line.starts_with("seg-"));
    files.map(str::to_owned).collect()
}

/// The playlist's first segment's number.
pub fn first_msn(playlist: &str) -> u64 {
    lines(playlist, "#EXT-X-MEDIA-SEQUENCE:")[0]
        .parse()
        .unwrap()
}

/// Decoding times of a track's frames, seconds; ffmpeg must decode all of it without a word.
pub async fn decoded(file: &Path, track: &str) -> Vec<f64> {
    let run = async |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .output()
            .await
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.trim().is_empty(), "{program}: {said}");
        String::from_utf8(output.stdout).unwrap()
    };
    let path = file.to_str().unwrap();
    run("ffmpeg", &["-v", "error", "-i", path, "-f", "null", "-"]).await;
    let shown = [
        "-v",
        "error",
        "-select_streams",
        track,
        "-show_entries",
        "packet=dts_time",
        "-of",
        "csv=p=0",
        path,
    ];
    let times = run("ffprobe", &shown).await;
    times
        .lines()
        .filter_map(|line| line.trim_end_matches(',').parse().ok())
        .collect()
}

/// A stopped process, let go when dropped.
pub struct Hanging(Encoder);

impl Encoder {
    /// Stops it in the middle of what it does.
    pub fn hang(self) -> Hanging {
        signal(&self.0, "-STOP");
        Hanging(self)
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        signal(&self.0.0, "-CONT");
    }
}

fn signal(child: &Child, name: &str) {
    let id = child.id().unwrap().to_string();
    let status = std::process::Command::new("kill")
        .args([name, &id])
        .status();
    assert!(status.unwrap().success());
}
