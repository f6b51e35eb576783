//! Settings of short videos: where files wait, and what is taken.

use std::path::PathBuf;
use std::time::Duration;

use super::sources::Reader;

/// What short videos may be.
#[derive(Clone, Debug)]
pub struct Videos {
    /// Where files that creators send wait until they are made ready. All nodes of a shop share it.
    pub uploads_dir: PathBuf,
    /// The largest file, in bytes.
    pub size_max: u64,
    /// The longest film.
    pub longest: Duration,
}

impl Videos {
    pub(super) fn read(read: &mut Reader<'_>) -> Self {
        let megabytes: u64 = read.parsed("video_max_mb", "a whole number of megabytes");
        read.check(
            "video_max_mb",
            (1..=10_000).contains(&megabytes),
            "from 1 to 10000",
        );
        let seconds: u32 = read.parsed("video_max_s", "a whole number of seconds");
        read.check(
            "video_max_s",
            (1..=3_600).contains(&seconds),
            "from 1 to 3600",
        );
        Self {
            uploads_dir: read.text("uploads_dir").into(),
            size_max: megabytes.saturating_mul(1_000_000),
            longest: Duration::from_secs(seconds.into()),
        }
    }
}
