//! Why a file could not be taken, in words that say what to do.

use contract::ErrorCode;
use contract::videos_own::VideoFault;

use crate::api::{ApiError, failure_words};
use crate::i18n::number;
use crate::t;

/// What the shop takes.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// The largest file, in bytes.
    pub size_max: u64,
    /// The longest film, in seconds.
    pub seconds_max: u32,
}

impl Limits {
    /// The largest file in megabytes, in words.
    pub(super) fn megabytes(self) -> String {
        number(self.size_max / 1_000_000)
    }

    fn seconds(self) -> String {
        number(u64::from(self.seconds_max))
    }

    /// What the shop takes, in words.
    pub(super) fn words(self) -> String {
        t!(videos.limits, mb = self.megabytes(), s = self.seconds())
    }
}

/// What is wrong with a file that was looked into.
pub(super) fn fault_words(fault: Option<VideoFault>, limits: Limits) -> String {
    match fault {
        Some(VideoFault::NotAVideo) => t!(videos.fault_kind).to_owned(),
        Some(VideoFault::Damaged) => t!(videos.fault_damaged).to_owned(),
        Some(VideoFault::TooLong) => t!(videos.fault_long, s = limits.seconds()),
        Some(VideoFault::TooShort) => t!(videos.fault_short).to_owned(),
        Some(VideoFault::TooLarge | VideoFault::TooHeavy) => t!(videos.fault_large).to_owned(),
        Some(VideoFault::Ours | VideoFault::Unknown) | None => t!(videos.fault_ours).to_owned(),
    }
}

/// What is wrong with a request.
pub(super) fn error_words(error: &ApiError, limits: Limits) -> String {
    match error.code() {
        Some(ErrorCode::TooLarge) => t!(videos.fault_size, mb = limits.megabytes()),
        Some(ErrorCode::VideoRefused) => t!(videos.fault_kind).to_owned(),
        _ => failure_words(error).1,
    }
}
