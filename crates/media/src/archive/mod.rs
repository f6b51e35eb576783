//! What stays of a session: its segments on disk, an index beside them, and how long all of it is kept.
//!
//! `<root>/<session>/index.jsonl` is written to its end only, one record a line; a line that a crash cut off
//! is left out. Files are written before the line that speaks of them.

mod index;
mod retention;
mod writer;

pub use index::{History, read};
pub use retention::sweep;
pub use writer::Writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::SessionId;

/// What is kept, and for how long.
#[derive(Clone, Debug)]
pub struct Retention {
    /// How long after its last segment a session stays.
    pub keep: Duration,
    /// The most bytes of one session; its oldest segments go first.
    pub session_bytes: u64,
    /// The most bytes of all sessions; the oldest sessions go first.
    pub total_bytes: u64,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            keep: Duration::from_secs(30 * 24 * 60 * 60),
            session_bytes: 8 << 30,
            total_bytes: 64 << 30,
        }
    }
}

/// A session's folder.
pub fn folder(root: &Path, session: &SessionId) -> PathBuf {
    root.join(session.as_str())
}

/// The name of a segment's file.
pub fn segment_name(msn: u64) -> String {
    format!("seg-{msn}.m4s")
}

/// The name of an initialisation segment's file.
pub fn init_name(init: u64) -> String {
    format!("init-{init}.mp4")
}
