//! Writes one session to disk without ever holding up the picture: what the disk does not take in time is
//! missing from the replay, and the log says so.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::index::{FILE, Record, kept};
use super::{Retention, init_name, segment_name};
use crate::Mark;
use crate::hls::{Kept, Segment};

/// What may wait for the disk.
const WAITING: usize = 32;

enum Job {
    Init(u64, Bytes),
    Segment(Kept, Vec<Bytes>),
    Mark(Mark),
    Ended,
    Flush(oneshot::Sender<()>),
}

/// Hands a session's bytes to a thread of its own; the thread ends when this is dropped.
#[derive(Clone, Debug)]
pub struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// Writes to `folder`. `before` is what it holds already.
    pub fn start(folder: PathBuf, retention: Retention, before: &[Kept]) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        let sizes = before.iter().map(|kept| (kept.msn, kept.bytes)).collect();
        let desk = Desk {
            folder,
            retention,
            sizes,
            index: None,
        };
        tokio::task::spawn_blocking(move || desk.work(receiver));
        Self(sender)
    }

    /// An initialisation segment.
    pub fn init(&self, init: u64, bytes: Bytes) {
        self.hand_over(Job::Init(init, bytes));
    }

    /// A complete segment.
    pub fn segment(&self, segment: &Segment) {
        let kept = Kept {
            msn: segment.msn,
            init: segment.init,
            discontinuity: segment.discontinuity,
            at_ms: segment.at_ms,
            duration_ms: segment.duration_ms,
            bytes: segment.bytes() as u64,
        };
        self.hand_over(Job::Segment(kept, segment.chunks()));
    }

    /// A mark.
    pub fn mark(&self, mark: Mark) {
        self.hand_over(Job::Mark(mark));
    }

    /// The session has ended.
    pub fn ended(&self) {
        self.hand_over(Job::Ended);
    }

    /// Waits until everything that was handed over is written.
    pub async fn flush(&self) {
        let (done, wait) = oneshot::channel();
        if self.0.send(Job::Flush(done)).await.is_ok() {
            // The thread is gone only when there is nothing left to write.
            let _ = wait.await;
        }
    }

    fn hand_over(&self, job: Job) {
        if self.0.try_send(job).is_err() {
            tracing::warn!("the disk is too slow: a piece of the replay is missing");
        }
    }
}

struct Desk {
    folder: PathBuf,
    retention: Retention,
    sizes: VecDeque<(u64, u64)>,
    index: Option<File>,
}

impl Desk {
    fn work(mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(job) = jobs.blocking_recv() {
            let did = match job {
                Job::Init(init, bytes) => self.init(init, &bytes),
                Job::Segment(kept, chunks) => self.segment(kept, &chunks),
                Job::Mark(mark) => self.write(&Record::Mark(mark)),
                Job::Ended => self.write(&Record::Ended),
                Job::Flush(done) => {
                    // Nobody waiting any more is no fault.
                    let _ = done.send(());
                    Ok(())
                }
            };
            if let Err(error) = did {
                tracing::error!(%error, folder = %self.folder.display(), "a replay cannot be written");
            }
        }
    }

    fn init(&mut self, init: u64, bytes: &Bytes) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        put(
            &self.folder.join(init_name(init)),
            std::slice::from_ref(bytes),
        )?;
        self.write(&Record::Init(init))
    }

    fn segment(&mut self, kept: Kept, chunks: &[Bytes]) -> std::io::Result<()> {
        put(&self.folder.join(segment_name(kept.msn)), chunks)?;
        self.sizes.push_back((kept.msn, kept.bytes));
        self.write(&Record::Segment(kept))?;
        self.make_room()
    }

    /// Lets the oldest segments go when the session is too large.
    fn make_room(&mut self) -> std::io::Result<()> {
        let stay = kept(self.sizes.iter().map(|(_, size)| *size), &self.retention);
        while self.sizes.len() > stay {
            if let Some((msn, _)) = self.sizes.pop_front() {
                match fs::remove_file(self.folder.join(segment_name(msn))) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                        return Err(error);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, record: &Record) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        let mut index = match self.index.take() {
            Some(index) => index,
            None => open(&self.folder)?,
        };
        index.write_all(&line)?;
        self.index = Some(index);
        Ok(())
    }
}

/// Opens the index at its end; what a crash left of a line gets an end of its own.
fn open(folder: &Path) -> std::io::Result<File> {
    fs::create_dir_all(folder)?;
    let mut index = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join(FILE))?;
    if index.metadata()?.len() > 0 {
        index.write_all(b"\n")?;
    }
    Ok(index)
}

/// Writes beside, then takes the name: half a file is never read.
fn put(path: &Path, chunks: &[Bytes]) -> std::io::Result<()> {
    let beside = path.with_extension("part");
    let mut file = File::create(&beside)?;
    for chunk in chunks {
        file.write_all(chunk)?;
    }
    drop(file);
    fs::rename(&beside, path)
}
