//! Sending a file: piece after piece, on from where it stopped, also after the line broke.

use contract::ErrorCode;
use contract::videos_own::OwnVideo;
use leptos::prelude::*;

use super::api;
use super::state::{piece_end, wait_ms};
use crate::api::ApiError;
use crate::platform::picked::PickedFile;
use crate::platform::timers;

/// How a file that is being sent stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sending {
    /// Bytes that are there.
    pub sent: u64,
    /// The line broke: it is tried again.
    pub waits: bool,
}

/// Sends the rest of a file. Ends early when the page that shows `how` is left: what is there stays there.
///
/// # Errors
/// When the shop refuses the file, or the line stays broken.
pub(super) async fn send(
    file: &PickedFile,
    video: &OwnVideo,
    how: RwSignal<Sending>,
) -> Result<(), ApiError> {
    let mut sent = video.received;
    let mut failed = 0;
    while sent < video.size {
        let waits = failed > 0;
        if how.try_set(Sending { sent, waits }).is_some() {
            return Ok(());
        }
        match api::send_piece(&video.id, file, sent, piece_end(sent, video.size)).await {
            Ok(now) => (sent, failed) = (now, 0),
            // The answer to a piece was lost: the shop says where the file stands.
            Err(error) if error.code() == Some(ErrorCode::UploadOffset) => {
                sent = api::find_upload(&video.id).await.unwrap_or(sent);
                failed += 1;
                wait_ms(failed).ok_or(error)?;
            }
            Err(error) if !error.is_definite() => {
                let wait = wait_ms(failed).ok_or(error)?;
                failed += 1;
                how.try_set(Sending { sent, waits: true });
                timers::sleep(wait).await;
                sent = api::find_upload(&video.id).await.unwrap_or(sent);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
