//! Files on their way in, below `uploads_dir`: how far one has come is how long it is, so that a process that ends
//! in the middle loses nothing that it had said was there.

use std::io;
use std::path::{Path, PathBuf};

use axum::body::Body;
use contract::VideoId;
use futures_util::StreamExt;
use tokio::fs::{self, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use super::kind::ENOUGH;
use crate::config::Config;

/// Where the file of a video is, finished or not.
pub fn path(config: &Config, id: &VideoId) -> PathBuf {
    // Ids are this server's own: hexadecimal digits.
    config.videos.uploads_dir.join(id.as_str())
}

/// How many bytes are here.
pub async fn received(path: &Path) -> io::Result<u64> {
    match fs::metadata(path).await {
        Ok(meta) => Ok(meta.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// How taking a piece in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// All of it is here.
    Whole,
    /// The connection broke off; what had come is here.
    Broken,
    /// It is longer than it may be; nothing beyond that is here.
    Long,
}

/// Writes a piece from `offset` on, as it comes, at most `most` bytes of it.
pub async fn append(path: &Path, offset: u64, body: Body, most: u64) -> io::Result<Taken> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).await?;
    }
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .await?;
    file.seek(io::SeekFrom::Start(offset)).await?;
    let mut left = most;
    let mut pieces = body.into_data_stream();
    let mut end = Taken::Whole;
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else {
            end = Taken::Broken;
            break;
        };
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if length > left {
            end = Taken::Long;
            break;
        }
        file.write_all(&piece).await?;
        left -= length;
    }
    file.flush().await?;
    Ok(end)
}

/// The first bytes of a file.
pub async fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = fs::File::open(path).await?;
    file.take(ENOUGH as u64).read_to_end(&mut head).await?;
    Ok(head)
}

/// Takes a file away; one that is gone is gone.
pub async fn discard(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
