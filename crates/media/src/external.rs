//! A media server or a CDN of somebody else's: MediaMTX, SRS, a vendor. All that is known of it are
//! addresses with `{session}` and `{key}` in them, and what its callbacks tell.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::broadcast;

use crate::clock::now_ms;
use crate::live::Status;
use crate::{Ingest, MediaEvent, MediaEventKind, Playback, SessionId};

/// Events that a listener may lag behind.
const EVENTS: usize = 256;

/// Addresses of an external engine. `{session}` and `{key}` are put in where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    /// Where encoders send to, `rtmp://media.example/live`.
    pub ingest: String,
    /// The stream key as the encoder is given it; `{key}` unless told.
    pub ingest_key: Option<String>,
    /// The live playlist, `https://cdn.example/{session}/index.m3u8`.
    pub hls: String,
    /// Fragmented MP4 over one response, where the server has it.
    pub mp4: Option<String>,
    /// The replay's playlist, where the server keeps one.
    pub vod: Option<String>,
    /// What its PROGRAM-DATE-TIME is off by, milliseconds; measured once per engine.
    pub clock_offset_ms: i64,
}

/// An address that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTemplate {
    /// It names no session, so that all would share one picture.
    #[error("{0:?} must hold {{session}}")]
    NoSession(String),
    /// It has no scheme that the browser may fetch.
    #[error("{0:?} must begin with https:// or http://")]
    NoUrl(String),
    /// A key would stand where everybody reads it.
    #[error("{0:?} must not hold {{key}}: players would show it to everybody")]
    Key(String),
}

/// Somebody else's engine. Cheap to clone.
#[derive(Clone, Debug)]
pub struct External(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    templates: Templates,
    events: broadcast::Sender<MediaEvent>,
    sessions: Mutex<HashMap<SessionId, Known>>,
}

#[derive(Clone, Copy, Debug)]
enum Known {
    OnAir(u16, u16),
    Silent(Instant),
    Ended(Instant),
}

impl External {
    /// An engine that is known by its addresses.
    pub fn new(templates: Templates) -> Result<Self, BadTemplate> {
        let played = [
            Some(&templates.hls),
            templates.mp4.as_ref(),
            templates.vod.as_ref(),
        ];
        for url in played.into_iter().flatten() {
            if origin(url).is_none() {
                return Err(BadTemplate::NoUrl(url.clone()));
            }
            if !url.contains("{session}") {
                return Err(BadTemplate::NoSession(url.clone()));
            }
            if url.contains("{key}") {
                return Err(BadTemplate::Key(url.clone()));
            }
        }
        Ok(Self(Arc::new(Shared {
            templates,
            events: broadcast::Sender::new(EVENTS),
            sessions: Mutex::default(),
        })))
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<SessionId, Known>> {
        self.0
            .sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn ingest(&self, session: &SessionId, key: &str) -> Ingest {
        let fill = |template: &str| filled(template, session).replace("{key}", key);
        let templates = &self.0.templates;
        Ingest {
            url: fill(&templates.ingest),
            key: fill(templates.ingest_key.as_deref().unwrap_or("{key}")),
        }
    }

    pub(crate) fn playback(&self, session: &SessionId) -> Playback {
        let templates = &self.0.templates;
        let fill = |template: &String| filled(template, session);
        Playback {
            mp4: templates.mp4.as_ref().map(fill),
            hls: fill(&templates.hls),
            vod: templates.vod.as_ref().map(fill),
            clock_offset_ms: templates.clock_offset_ms,
        }
    }

    pub(crate) fn events(&self) -> broadcast::Receiver<MediaEvent> {
        self.0.events.subscribe()
    }

    pub(crate) fn status(&self, session: &SessionId) -> Status {
        match self.sessions().get(session) {
            Some(Known::OnAir(width, height)) => Status {
                connected: true,
                picture: Some((*width, *height)).filter(|size| *size != (0, 0)),
                ..Status::default()
            },
            Some(Known::Silent(since)) => Status {
                silent: Some(since.elapsed()),
                ..Status::default()
            },
            Some(Known::Ended(since)) => Status {
                silent: Some(since.elapsed()),
                ended: true,
                ..Status::default()
            },
            None => Status::default(),
        }
    }

    pub(crate) fn end(&self, session: &SessionId) {
        self.note(session, MediaEventKind::Ended);
    }

    /// What the engine's callback tells of a session: `runOnReady` and `runOnNotReady` of MediaMTX,
    /// `on_publish` and `on_unpublish` of SRS.
    pub fn note(&self, session: &SessionId, kind: MediaEventKind) {
        let known = match kind {
            MediaEventKind::Published { width, height } => Known::OnAir(width, height),
            MediaEventKind::Lost { .. } => Known::Silent(Instant::now()),
            MediaEventKind::Ended => Known::Ended(Instant::now()),
        };
        self.sessions().insert(session.clone(), known);
        // Nobody listening is no error.
        let _ = self.0.events.send(MediaEvent {
            session: session.clone(),
            at_ms: now_ms(),
            kind,
        });
    }

    pub(crate) fn origins(&self) -> Vec<String> {
        let templates = &self.0.templates;
        let played = [
            Some(&templates.hls),
            templates.mp4.as_ref(),
            templates.vod.as_ref(),
        ];
        let mut origins: Vec<String> = played
            .into_iter()
            .flatten()
            .filter_map(|url| origin(url))
            .collect();
        origins.sort();
        origins.dedup();
        origins
    }
}

fn filled(template: &str, session: &SessionId) -> String {
    template.replace("{session}", session.as_str())
}

/// `https://host:port` of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let fits = !host.is_empty() && !host.contains(['{', '}', ' ', ';', ',', '\'', '"', '@']);
    (matches!(scheme, "http" | "https") && fits).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates() -> Templates {
        Templates {
            ingest: "rtmp://media.example/live".to_owned(),
            ingest_key: Some("{session}?key={key}".to_owned()),
            hls: "https://cdn.example/{session}/index.m3u8".to_owned(),
            ..Templates::default()
        }
    }

    #[test]
    fn mediamtx_or_a_cdn_is_configuration_alone() {
        let engine = External::new(templates()).unwrap();
        let room = SessionId::parse("room-1").unwrap();
        let ingest = engine.ingest(&room, "s3cret");
        assert_eq!(ingest.url, "rtmp://media.example/live");
        assert_eq!(ingest.key, "room-1?key=s3cret");
        let playback = engine.playback(&room);
        assert_eq!(playback.hls, "https://cdn.example/room-1/index.m3u8");
        assert_eq!((playback.mp4, playback.vod), (None, None));
        assert_eq!(engine.origins(), ["https://cdn.example"]);
    }

    #[test]
    fn an_address_that_would_show_the_key_or_mix_rooms_up_is_refused() {
        let with = |hls: &str| {
            External::new(Templates {
                hls: hls.to_owned(),
                ..templates()
            })
        };
        assert!(matches!(
            with("https://a/{session}/{key}"),
            Err(BadTemplate::Key(_))
        ));
        assert!(matches!(
            with("https://a/live.m3u8"),
            Err(BadTemplate::NoSession(_))
        ));
        for bad in [
            "ftp://a/{session}",
            "/{session}",
            "https://a;b/{session}",
            "https://{session}/x",
        ] {
            assert!(matches!(with(bad), Err(BadTemplate::NoUrl(_))), "{bad}");
        }
    }

    #[tokio::test]
    async fn its_callbacks_become_events() {
        let engine = External::new(templates()).unwrap();
        let room = SessionId::parse("room-1").unwrap();
        let mut events = engine.events();
        engine.note(
            &room,
            MediaEventKind::Published {
                width: 720,
                height: 1280,
            },
        );
        assert!(engine.status(&room).connected);
        engine.note(&room, MediaEventKind::Lost { reason: None });
        assert!(engine.status(&room).silent.is_some());
        assert!(matches!(
            events.recv().await.unwrap().kind,
            MediaEventKind::Published { .. }
        ));
        assert!(matches!(
            events.recv().await.unwrap().kind,
            MediaEventKind::Lost { .. }
        ));
    }
}
