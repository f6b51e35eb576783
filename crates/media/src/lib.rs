//! Live video for a shop: an encoder sends H.264 and AAC by RTMP, and one packager makes of it what browsers
//! play. Knows nothing of shops, rooms or databases.
//!
//! ```text
//! OBS, ffmpeg ─RTMP▶ rtmp ─frames▶ cmaf ─chunks▶ live ─▶ stream.mp4   one long response, for MSE
//!                     │ Gate: whose key?          │  └──▶ live.m3u8    low-latency HLS
//!                     ▼                           └─▶ archive ─▶ vod.m3u8  the replay
//!                  MediaEvent: published, lost, ended
//! ```
//!
//! A program makes a [`MediaEngine`], mounts its [`MediaEngine::router`], and runs [`Embedded::run`] with a
//! [`Gate`] that knows the keys. Another server or a CDN takes its place by addresses alone ([`External`]).

mod archive;
mod clock;
mod cmaf;
mod codec;
mod embedded;
mod engine;
mod event;
mod external;
mod gate;
mod hls;
mod http;
mod id;
mod live;
pub mod rtmp;

pub use archive::Retention;
pub use cmaf::Limits;
pub use codec::Refusal;
pub use embedded::{Embedded, Settings};
pub use engine::{Ingest, MediaEngine, Playback};
pub use event::{Mark, MediaEvent, MediaEventKind};
pub use external::{BadTemplate, External, Templates};
pub use gate::Gate;
pub use hls::Window;
pub use id::SessionId;
pub use live::{Hub, Joined, Publication, Recording, Refused, Status, Stream};
