//! Short videos (features.md 10 to 18): from a file that a creator sends in to a film that phones play.
//!
//! `inbox` keeps what has arrived of a file; `kind` tells by its content what it is; `probe` looks into it and
//! `encode` makes the films and the poster, both through `tool`, which lets ffmpeg take no more time and memory than
//! it may; `work` is the job that does so, one film at a time. A file that cannot be used leaves its reason behind
//! and nothing else.

pub mod encode;
pub mod inbox;
pub mod kind;
pub mod probe;
pub mod store;
pub mod subtitles;
pub mod tool;
pub mod work;

use contract::ErrorCode;

use crate::AppError;

/// The state that a video is in does not allow what is asked.
pub fn conflict(message: &str) -> AppError {
    AppError::refused(ErrorCode::VideoStateConflict, message)
}

/// There is no such video, or it is not to be seen.
pub fn not_found() -> AppError {
    AppError::not_found("video")
}
