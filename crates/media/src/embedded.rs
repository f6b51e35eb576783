//! The engine of this process: RTMP in, everything else out of the same bytes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::archive::{self, Retention};
use crate::cmaf::Limits;
use crate::hls::Window;
use crate::live::{Hub, Keeping};
use crate::rtmp::{self, Ports};
use crate::{Gate, Ingest, Playback, SessionId, http};

/// Between two rounds of the clockwork.
const TICK: Duration = Duration::from_millis(500);
/// Rounds between two looks for replays that are past their time: ten minutes.
const SWEEP_EVERY: u32 = 1200;

/// How the embedded engine is run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where segments are written.
    pub folder: PathBuf,
    /// For how long, and how many.
    pub retention: Retention,
    /// How long a publisher may be gone before its session ends.
    pub grace: Duration,
    /// Where the router is mounted, without a slash at the end: `/live-media`.
    pub mount: String,
    /// What encoders are told, `rtmp://shop.example:1935/live`; none when nobody listens.
    pub ingest_url: Option<String>,
    /// Time that pictures need from the camera to here, milliseconds, where it is known.
    pub ingest_delay_ms: i64,
    /// How much a live playlist lists.
    pub window: Window,
    /// What one publication may take.
    pub limits: Limits,
    /// How long an encoder may take, and how many there may be.
    pub ports: Ports,
}

impl Settings {
    /// The usual ones, with segments in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            retention: Retention::default(),
            grace: Duration::from_secs(60),
            mount: "/live-media".to_owned(),
            ingest_url: None,
            ingest_delay_ms: 0,
            window: Window::default(),
            limits: Limits::default(),
            ports: Ports::default(),
        }
    }
}

/// The engine of this process. Cheap to clone; nothing runs until [`Embedded::run`].
#[derive(Clone, Debug)]
pub struct Embedded {
    settings: Arc<Settings>,
    hub: Hub,
}

impl Embedded {
    /// An engine at rest.
    pub fn new(settings: Settings) -> Self {
        let hub = Hub::new(Keeping {
            folder: settings.folder.clone(),
            retention: settings.retention.clone(),
            grace: settings.grace,
            window: settings.window,
            limits: settings.limits,
        });
        Self {
            settings: Arc::new(settings),
            hub,
        }
    }

    /// The sessions.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    pub(crate) fn ingest(&self, key: &str) -> Option<Ingest> {
        self.settings.ingest_url.as_ref().map(|url| Ingest {
            url: url.clone(),
            key: key.to_owned(),
        })
    }

    pub(crate) fn playback(&self, session: &SessionId) -> Playback {
        let at = |file: &str| format!("{}/{session}/{file}", self.settings.mount);
        Playback {
            mp4: Some(at("stream.mp4")),
            hls: at("live.m3u8"),
            vod: Some(at("vod.m3u8")),
            clock_offset_ms: self.settings.ingest_delay_ms,
        }
    }

    /// What players fetch; to be nested at [`Settings::mount`].
    pub fn router(&self) -> Router {
        http::router(self.hub.clone())
    }

    /// Takes encoders on `listener`, where there is one, and ends what fell silent, until told to stop; returns
    /// when everybody is gone and the disk has everything. `gate` says whose key is good.
    pub async fn run(
        &self,
        listener: Option<TcpListener>,
        gate: Arc<dyn Gate>,
        stop: CancellationToken,
    ) {
        let ports = self.settings.ports;
        let ingest = async {
            if let Some(listener) = listener {
                rtmp::serve(listener, self.hub.clone(), gate, ports, stop.clone()).await;
            }
        };
        tokio::join!(ingest, self.clockwork(&stop));
        self.hub.close().await;
    }

    async fn clockwork(&self, stop: &CancellationToken) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut round = 0_u32;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            self.hub.tick();
            if round.is_multiple_of(SWEEP_EVERY) {
                self.sweep().await;
            }
            round = round.wrapping_add(1);
        }
    }

    /// Removes replays that are past their time.
    async fn sweep(&self) {
        let (folder, retention) = (
            self.settings.folder.clone(),
            self.settings.retention.clone(),
        );
        let live = self.hub.names();
        let swept = tokio::task::spawn_blocking(move || archive::sweep(&folder, &retention, &live));
        match swept.await {
            Ok(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::error!(%error, "old replays cannot be removed");
            }
            Err(error) => tracing::error!(%error, "old replays cannot be removed"),
            Ok(_) => {}
        }
    }
}
