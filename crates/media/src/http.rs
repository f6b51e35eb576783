//! What viewers fetch: one long response for Media Source Extensions, playlists, segments and parts.
//!
//! `/{session}/stream.mp4 · live.m3u8 · vod.m3u8 · init-N.mp4 · seg-N.m4s · part-N.P.m4s`. Everything is public
//! to whoever knows a session's id; keys never stand in an address.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::broadcast::Receiver;

use crate::SessionId;
use crate::archive::{self, init_name, segment_name};
use crate::hls;
use crate::live::{Hub, Joined, Stream};

/// How long a request for what is to come may wait: three target durations of a usual session.
const WAIT: Duration = Duration::from_secs(6);
/// Segments ahead of the edge that may be waited for; what is further away is a mistake.
const AHEAD: u64 = 2;

const MP4: HeaderValue = HeaderValue::from_static("video/mp4");
const SEGMENT: HeaderValue = HeaderValue::from_static("video/iso.segment");
const PLAYLIST: HeaderValue = HeaderValue::from_static("application/vnd.apple.mpegurl");
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const NEVER_KEEP: HeaderValue = HeaderValue::from_static("no-store");
/// The wall clock at media time 0, milliseconds since 1970.
const ANCHOR: HeaderName = HeaderName::from_static("x-pdt0");
/// The value of `codecs` for `video/mp4`.
const CODECS: HeaderName = HeaderName::from_static("x-codecs");

/// The routes, to be nested where `Playback` says.
pub fn router(hub: Hub) -> Router {
    Router::new()
        .route("/{session}/{file}", get(answer))
        .with_state(hub)
}

/// What a player may ask a playlist to wait for.
#[derive(Debug, Default, serde::Deserialize)]
struct Wanted {
    #[serde(rename = "_HLS_msn")]
    msn: Option<u64>,
    #[serde(rename = "_HLS_part")]
    part: Option<usize>,
}

async fn answer(
    State(hub): State<Hub>,
    Path((session, file)): Path<(String, String)>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some(session) = SessionId::parse(&session) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match file.as_str() {
        "stream.mp4" => long_response(&hub, &session),
        "live.m3u8" => match wanted {
            Ok(Query(wanted)) => live(&hub, &session, wanted).await,
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        },
        "vod.m3u8" => replay(&hub, &session).await,
        name => piece(&hub, &session, name).await,
    }
}

/// The initialisation segment, what came since the last key frame, and then all that comes.
fn long_response(hub: &Hub, session: &SessionId) -> Response {
    let Some(joined) = hub.stream(session).and_then(|stream| stream.join()) else {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, NEVER_KEEP)]).into_response();
    };
    let Ok(codecs) = HeaderValue::from_str(&joined.codecs) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, MP4),
        (header::CACHE_CONTROL, NEVER_KEEP),
        // Proxies must not hold it back.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
        (ANCHOR, HeaderValue::from(joined.anchor_ms)),
        (CODECS, codecs),
    ];
    (headers, Body::from_stream(chunks(joined))).into_response()
}

/// Ends when the publication does, and when the viewer is too slow for it: it comes again at a key frame.
fn chunks(joined: Joined) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> {
    let head = joined.head.into_iter();
    stream::unfold((head, joined.feed), next_chunk)
}

type Feed = (std::vec::IntoIter<Bytes>, Receiver<Bytes>);

async fn next_chunk((mut head, mut feed): Feed) -> Option<(Result<Bytes, Infallible>, Feed)> {
    let chunk = match head.next() {
        Some(chunk) => chunk,
        None => feed.recv().await.ok()?,
    };
    Some((Ok(chunk), (head, feed)))
}

async fn live(hub: &Hub, session: &SessionId, wanted: Wanted) -> Response {
    let Some(stream) = hub.stream(session) else {
        return missing();
    };
    if let Some(msn) = wanted.msn {
        if msn
            > stream
                .look(|timeline| timeline.edge())
                .saturating_add(AHEAD)
        {
            return StatusCode::BAD_REQUEST.into_response();
        }
        // A segment's number alone means its first part: who waits for the whole of it falls behind.
        let part = wanted.part.unwrap_or(0);
        stream
            .wait_for(WAIT, |timeline| {
                timeline.has(msn, part) || timeline.is_ended()
            })
            .await;
    } else if wanted.part.is_some() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    match stream.playlist() {
        Some(text) => playlist(text),
        None => missing(),
    }
}

async fn replay(hub: &Hub, session: &SessionId) -> Response {
    match hub.history(session).await {
        Ok(history) if !history.segments.is_empty() => {
            playlist(hls::vod(&history.segments, &history.marks, history.ended))
        }
        Ok(_) => missing(),
        Err(error) => {
            tracing::error!(%error, %session, "a replay cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn playlist(text: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, PLAYLIST),
        (header::CACHE_CONTROL, ASK_AGAIN),
    ];
    (headers, text).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, ASK_AGAIN)]).into_response()
}

/// A file that never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Init(u64),
    Segment(u64),
    Part(u64, usize),
}

impl Piece {
    fn parse(name: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<u64>().ok().filter(|it| it.to_string() == text);
        if let Some(init) = name.strip_prefix("init-") {
            return number(init.strip_suffix(".mp4")?).map(Self::Init);
        }
        let name = name.strip_suffix(".m4s")?;
        if let Some(segment) = name.strip_prefix("seg-") {
            return number(segment).map(Self::Segment);
        }
        let (segment, part) = name.strip_prefix("part-")?.split_once('.')?;
        let part = usize::try_from(number(part)?).ok()?;
        Some(Self::Part(number(segment)?, part))
    }

    fn kind(self) -> HeaderValue {
        match self {
            Self::Init(_) => MP4,
            Self::Segment(_) | Self::Part(..) => SEGMENT,
        }
    }
}

async fn piece(hub: &Hub, session: &SessionId, name: &str) -> Response {
    let Some(piece) = Piece::parse(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let held = match hub.stream(session) {
        Some(stream) => held(&stream, piece).await,
        None => None,
    };
    let found = match held {
        Some(chunks) => Some(chunks),
        None => stored(hub, session, piece).await,
    };
    let Some(chunks) = found else {
        return missing();
    };
    let length: usize = chunks.iter().map(Bytes::len).sum();
    let headers = [
        (header::CONTENT_TYPE, piece.kind()),
        (header::CACHE_CONTROL, FOR_EVER),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
    ];
    let chunks = chunks.into_iter().map(Ok::<_, Infallible>);
    (headers, Body::from_stream(stream::iter(chunks))).into_response()
}

/// From memory; a part that the playlist hints at is waited for.
async fn held(stream: &Arc<Stream>, piece: Piece) -> Option<Vec<Bytes>> {
    match piece {
        Piece::Init(init) => stream.init(init).map(|bytes| vec![bytes]),
        Piece::Segment(msn) => {
            stream.look(|timeline| timeline.segment(msn).map(hls::Segment::chunks))
        }
        Piece::Part(msn, part) => {
            let is_next = |timeline: &hls::Timeline| match timeline.open() {
                Some(open) => {
                    (msn == open.msn && part == open.parts.len())
                        || (msn == open.msn.saturating_add(1) && part == 0)
                }
                None => msn == timeline.edge() && part == 0,
            };
            if stream.look(is_next) {
                stream
                    .wait_for(WAIT, |timeline| {
                        timeline.has(msn, part) || timeline.is_ended()
                    })
                    .await;
            }
            stream.look(|timeline| timeline.part(msn, part).map(|part| part.chunks.clone()))
        }
    }
}

/// From disk.
async fn stored(hub: &Hub, session: &SessionId, piece: Piece) -> Option<Vec<Bytes>> {
    let name = match piece {
        Piece::Init(init) => init_name(init),
        Piece::Segment(msn) => segment_name(msn),
        Piece::Part(..) => return None,
    };
    let path: PathBuf = archive::folder(&hub.keeping().folder, session).join(name);
    let bytes = tokio::fs::read(path).await.ok()?;
    Some(vec![bytes.into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_piece_in_one_way_only() {
        assert_eq!(Piece::parse("init-3.mp4"), Some(Piece::Init(3)));
        assert_eq!(Piece::parse("seg-12.m4s"), Some(Piece::Segment(12)));
        assert_eq!(Piece::parse("part-12.4.m4s"), Some(Piece::Part(12, 4)));
        for bad in [
            "seg-012.m4s",
            "seg-+1.m4s",
            "seg-1.mp4",
            "part-1.m4s",
            "init-.mp4",
            "index.jsonl",
        ] {
            assert_eq!(Piece::parse(bad), None, "{bad}");
        }
    }
}
