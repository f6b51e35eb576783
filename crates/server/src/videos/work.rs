//! Making films ready: one at a time, so that the shop keeps a processor for its customers. What was made appears
//! when all of it is there; what cannot be made leaves its reason and no file.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use contract::VideoId;
use contract::catalog::in_width;
use contract::videos_own::VideoFault;
use tokio::fs;
use tokio_util::sync::CancellationToken;

use super::kind::Kind;
use super::probe::{self, Film, ProbeError};
use super::store::work::{self as store, Claimed, Made};
use super::tool::ToolError;
use super::{encode, inbox};
use crate::import::picture;
use crate::words::to_word;
use crate::{AppError, AppState};

/// How often new files are looked for.
const EVERY: Duration = Duration::from_secs(1);
/// How often it is told how far a film is.
const TELL_EVERY: Duration = Duration::from_secs(1);
/// So often a film is tried, when a worker was lost in the middle.
const TRIES: i64 = 4;
/// A file that is not whole after so long is given up, in milliseconds: two days.
const PATIENCE_MS: i64 = 2 * 24 * 60 * 60 * 1000;
/// Files that are given up at a time.
const BATCH: i64 = 50;
/// Width of the poster in the feed.
const POSTER_SMALL: u32 = 400;

/// How making a film ready ended.
enum Ended {
    Ready,
    Fault(VideoFault),
    /// It is somebody else's now, or was deleted.
    Gone,
}

/// Why it ended otherwise.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("the file cannot be used: {0:?}")]
    Fault(VideoFault),
    #[error("it is not this worker's any more")]
    Gone,
    #[error(transparent)]
    Tool(#[from] ToolError),
    #[error("a file: {0}")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Shop(#[from] AppError),
}

/// Makes films ready until told to stop.
pub async fn run(state: AppState, stop: CancellationToken) {
    loop {
        let did = tokio::select! {
            () = stop.cancelled() => return,
            did = work_one(&state) => did,
        };
        match did {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "a film cannot be made ready now"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Makes one film ready, if one waits.
pub async fn work_one(state: &AppState) -> Result<bool, AppError> {
    let mut tx = state.db.begin().await?;
    let claimed = store::claim(tx.conn(), state.clock.now()).await?;
    tx.commit().await?;
    let Some(mut claimed) = claimed else {
        return Ok(false);
    };
    let id = claimed.id.clone();
    let making = state
        .config
        .media_dir
        .join("videos")
        .join(format!(".making-{id}"));
    let ended = match make(state, &mut claimed, &making).await {
        Ok(()) => Ended::Ready,
        Err(Trouble::Gone) => Ended::Gone,
        Err(Trouble::Fault(fault)) => Ended::Fault(fault),
        Err(Trouble::Tool(ToolError::TooHeavy(_))) => Ended::Fault(VideoFault::TooHeavy),
        Err(Trouble::Tool(ToolError::Failed(tool, words))) => {
            tracing::warn!(video = %id, tool, words, "a film cannot be made");
            Ended::Fault(VideoFault::Damaged)
        }
        Err(trouble) => {
            tracing::error!(video = %id, error = %trouble, "a film cannot be made ready");
            Ended::Fault(VideoFault::Ours)
        }
    };
    // Whatever became of it, nothing half-made stays.
    if let Err(error) = fs::remove_dir_all(&making).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(video = %id, %error, "half-made files stay");
    }
    match ended {
        Ended::Gone => return Ok(true),
        Ended::Ready => metrics::counter!("video_ready_total").increment(1),
        Ended::Fault(fault) => {
            metrics::counter!("video_failed_total").increment(1);
            let mut tx = state.db.begin().await?;
            store::fail(tx.conn(), &id, &to_word(fault)?).await?;
            tx.commit().await?;
        }
    }
    discard(state, &id).await;
    Ok(true)
}

async fn make(state: &AppState, claimed: &mut Claimed, making: &Path) -> Result<(), Trouble> {
    if claimed.attempts > TRIES {
        return Err(Trouble::Fault(VideoFault::TooHeavy));
    }
    let from = inbox::path(&state.config, &claimed.id);
    let head = inbox::head(&from).await?;
    let kind = Kind::of(&head).ok_or(Trouble::Fault(VideoFault::NotAVideo))?;
    let film = match probe::probe(&from, kind, state.config.videos.longest).await {
        Ok(film) => film,
        Err(ProbeError::Fault(fault)) => return Err(Trouble::Fault(fault)),
        Err(ProbeError::Tool(tool)) => return Err(tool.into()),
    };
    fs::create_dir_all(making).await?;
    let still = making.join("still.png");
    encode::still(&from, kind, &film, &still).await?;
    let poster = Poster::of(fs::read(&still).await?).await?;
    let mut films = Vec::new();
    let sizes = sizes(&film);
    let all = u32::try_from(sizes.len()).unwrap_or(1).max(1);
    for (done, size) in (0_u32..).zip(sizes) {
        let to = making.join(format!("{}.mp4", size.0));
        let made_ms = AtomicU32::new(0);
        let work = encode::film(&from, kind, &film, size, &to, |ms| {
            made_ms.store(ms, Ordering::Relaxed);
        });
        let percent = || {
            let of_this = u64::from(made_ms.load(Ordering::Relaxed)) * 100
                / u64::from(film.duration_ms.max(1));
            (done * 100 + u32::try_from(of_this.min(100)).unwrap_or(100)) / all
        };
        while_telling(state, claimed, percent, work).await??;
        films.push((to, encode::size(&film, size.0)));
    }
    put(state, claimed, &film, &poster, films).await
}

/// The sizes that a film is made in: no two of the same width.
fn sizes(film: &Film) -> Vec<(u32, u32)> {
    let mut sizes = encode::SIZES.to_vec();
    sizes.dedup_by_key(|(width, _)| encode::size(film, *width).0);
    sizes
}

/// Waits for work, telling meanwhile how far it is; gives it up when it is not this worker's any more.
async fn while_telling<T>(
    state: &AppState,
    claimed: &mut Claimed,
    percent: impl Fn() -> u32,
    work: impl Future<Output = T>,
) -> Result<T, Trouble> {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = tokio::time::sleep(TELL_EVERY) => {
                let mut tx = state.db.begin().await.map_err(AppError::from)?;
                let ours = store::tell(tx.conn(), claimed, percent(), state.clock.now()).await?;
                tx.commit().await.map_err(AppError::from)?;
                if !ours {
                    return Err(Trouble::Gone);
                }
            }
        }
    }
}

/// Puts what was made where it is served from, and says so.
async fn put(
    state: &AppState,
    claimed: &Claimed,
    film: &Film,
    poster: &Poster,
    films: Vec<(PathBuf, (u32, u32))>,
) -> Result<(), Trouble> {
    let media_dir = &state.config.media_dir;
    let mut made = Vec::new();
    for (from, (width, height)) in films {
        let hash = hash_of(fs::read(&from).await?).await?;
        let src = format!("/media/videos/{}.{width}.{hash}.mp4", claimed.id);
        fs::rename(&from, file(media_dir, &src)).await?;
        made.push(Made { src, width, height });
    }
    let src = format!("/media/videos/{}.{}.webp", claimed.id, poster.hash);
    fs::write(file(media_dir, &src), &poster.webp).await?;
    let mut widths = String::new();
    if let Some(small) = &poster.small {
        fs::write(file(media_dir, &in_width(&src, POSTER_SMALL)), small).await?;
        widths = POSTER_SMALL.to_string();
    }
    let mut tx = state.db.begin().await.map_err(AppError::from)?;
    let size = (poster.width, poster.height);
    store::put_poster(tx.conn(), &src, size, &poster.tint, &widths).await?;
    let ours = store::finish(tx.conn(), claimed, film.duration_ms, &src, &made).await?;
    if ours {
        tx.commit().await.map_err(AppError::from)?;
        return Ok(());
    }
    tx.rollback().await.map_err(AppError::from)?;
    let addresses = made.into_iter().map(|film| film.src).chain([src]);
    remove_files(state, addresses.collect()).await;
    Err(Trouble::Gone)
}

/// Where the file of an address lies.
pub fn file(media_dir: &Path, src: &str) -> PathBuf {
    media_dir.join(src.trim_start_matches("/media/"))
}

/// Takes away what is kept under addresses.
pub async fn remove_files(state: &AppState, addresses: Vec<String>) {
    for src in addresses {
        if let Err(error) = inbox::discard(&file(&state.config.media_dir, &src)).await {
            tracing::warn!(src, %error, "a file stays though nothing names it");
        }
    }
}

/// Takes the file that was sent away.
async fn discard(state: &AppState, id: &VideoId) {
    if let Err(error) = inbox::discard(&inbox::path(&state.config, id)).await {
        tracing::warn!(video = %id, %error, "a file that was sent stays");
    }
}

/// Gives up files that never came whole; answers how many.
pub async fn prune(state: &AppState) -> Result<usize, AppError> {
    let before = state.clock.now().plus_ms(-PATIENCE_MS);
    let mut tx = state.db.begin().await?;
    let abandoned = store::abandoned(tx.conn(), before, BATCH).await?;
    for id in &abandoned {
        super::store::own::delete(tx.conn(), id).await?;
    }
    super::store::sights::prune(tx.conn(), before, BATCH * 10).await?;
    tx.commit().await?;
    for id in &abandoned {
        discard(state, id).await;
    }
    Ok(abandoned.len())
}

/// The poster as it is served.
struct Poster {
    webp: Vec<u8>,
    small: Option<Vec<u8>>,
    hash: String,
    tint: String,
    width: u32,
    height: u32,
}

impl Poster {
    async fn of(png: Vec<u8>) -> Result<Self, Trouble> {
        let made = tokio::task::spawn_blocking(move || {
            let picture = picture::read(&png)?;
            let webp = picture::webp(&picture)?;
            let small = (picture.width() > POSTER_SMALL)
                .then(|| picture::in_width(&picture, POSTER_SMALL))
                .flatten();
            Some(Self {
                hash: crate::import::hash_of(&webp),
                tint: picture::tint(&picture),
                width: picture.width(),
                height: picture.height(),
                webp,
                small,
            })
        });
        let made = made.await.map_err(AppError::internal)?;
        made.ok_or(Trouble::Fault(VideoFault::Damaged))
    }
}

async fn hash_of(bytes: Vec<u8>) -> Result<String, Trouble> {
    let hash = tokio::task::spawn_blocking(move || crate::import::hash_of(&bytes));
    Ok(hash.await.map_err(AppError::internal)?)
}
