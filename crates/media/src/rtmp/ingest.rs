//! The port: accepts encoders, asks whose key they show, and feeds what they send to its session.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::session::{Asked, Broken, Session};
use crate::live::{Hub, Publication, Refused};
use crate::{Gate, Refusal};

/// How long an encoder may take, and how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// Connections at once.
    pub connections: usize,
    /// From the connection to the first picture.
    pub begin_within: Duration,
    /// Between two pieces of what it sends.
    pub silent_for: Duration,
    /// For what is written to it.
    pub write_within: Duration,
}

impl Default for Ports {
    fn default() -> Self {
        Self {
            connections: 64,
            begin_within: Duration::from_secs(15),
            silent_for: Duration::from_secs(10),
            write_within: Duration::from_secs(5),
        }
    }
}

/// A pause after the system refused a connection, for want of file descriptors for one.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);
/// Read at once.
const BUFFER: usize = 64 << 10;

/// Why an encoder was sent away.
#[derive(Debug, thiserror::Error)]
enum Away {
    #[error("the connection broke: {0}")]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Broken(#[from] Broken),
    #[error("the key is not good")]
    Key,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Refusal(#[from] Refusal),
    #[error("no picture within {} s", .0.as_secs())]
    NoPicture(Duration),
    #[error("nothing came for {} s", .0.as_secs())]
    Silent(Duration),
    #[error("sent away: the key was revoked, the session ended or another encoder took over")]
    Stopped,
}

/// Serves the port until told to stop, then waits until everybody is gone.
pub async fn serve(
    listener: TcpListener,
    hub: Hub,
    gate: Arc<dyn Gate>,
    ports: Ports,
    stop: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(ports.connections));
    let open = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "an encoder was not accepted");
                tokio::time::sleep(AFTER_REFUSAL).await;
                continue;
            }
        };
        let Ok(place) = room.clone().try_acquire_owned() else {
            tracing::warn!(%peer, "too many encoders");
            continue;
        };
        let (hub, gate, stop) = (hub.clone(), gate.clone(), stop.clone());
        open.spawn(async move {
            let mut encoder = Encoder::new(stream, ports, stop);
            encoder.talk(&hub, &*gate, peer).await;
            drop(place);
        });
    }
    open.close();
    open.wait().await;
}

/// One connection.
struct Encoder {
    stream: TcpStream,
    session: Session,
    publication: Option<Publication>,
    ports: Ports,
    stop: CancellationToken,
}

impl Encoder {
    fn new(stream: TcpStream, ports: Ports, stop: CancellationToken) -> Self {
        Self {
            stream,
            session: Session::default(),
            publication: None,
            ports,
            stop,
        }
    }

    async fn talk(&mut self, hub: &Hub, gate: &dyn Gate, peer: SocketAddr) {
        match self.listen(hub, gate).await {
            Ok(()) => tracing::info!(%peer, "an encoder has finished"),
            Err(away) => {
                tracing::info!(%peer, reason = %away, "an encoder is gone");
                if let Some(publication) = &mut self.publication {
                    publication.lost_because(away.to_string());
                }
                if let (Away::Refusal(_), Ok(words)) =
                    (&away, self.session.refuse(&away.to_string()))
                {
                    // It is told why if it still listens.
                    let _ = timeout(self.ports.write_within, self.stream.write_all(&words)).await;
                }
            }
        }
    }

    async fn listen(&mut self, hub: &Hub, gate: &dyn Gate) -> Result<(), Away> {
        self.stream.set_nodelay(true)?;
        let begin_by = tokio::time::Instant::now() + self.ports.begin_within;
        let mut buffer = vec![0; BUFFER];
        loop {
            let has_begun = self
                .publication
                .as_ref()
                .is_some_and(Publication::has_begun);
            let stopped = match &self.publication {
                Some(publication) => publication.stop.clone(),
                None => self.stop.clone(),
            };
            let count = tokio::select! {
                () = self.stop.cancelled() => return Err(Away::Stopped),
                () = stopped.cancelled() => return Err(Away::Stopped),
                () = tokio::time::sleep_until(begin_by), if !has_begun => {
                    return Err(Away::NoPicture(self.ports.begin_within));
                }
                () = tokio::time::sleep(self.ports.silent_for) => {
                    return Err(Away::Silent(self.ports.silent_for));
                }
                count = self.stream.read(&mut buffer) => count?,
            };
            if count == 0 {
                return Ok(());
            }
            if let Some(publication) = &self.publication {
                publication.heard();
            }
            let bytes = buffer.get(..count).unwrap_or_default();
            for asked in self.session.take(bytes)? {
                if self.answer(asked, hub, gate).await? {
                    return Ok(());
                }
            }
        }
    }

    /// Does what was asked; true when the encoder has finished.
    async fn answer(&mut self, asked: Asked, hub: &Hub, gate: &dyn Gate) -> Result<bool, Away> {
        match asked {
            Asked::Send(bytes) => self.send(&bytes).await?,
            Asked::Publish(key) => self.publish(&key, hub, gate).await?,
            Asked::Video(at, tag) => {
                if let Some(publication) = &mut self.publication {
                    publication.video(at, &tag)?;
                }
            }
            Asked::Audio(at, tag) => {
                if let Some(publication) = &mut self.publication {
                    publication.audio(at, &tag)?;
                }
            }
            Asked::Finish => {
                self.publication = None;
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn publish(&mut self, key: &str, hub: &Hub, gate: &dyn Gate) -> Result<(), Away> {
        let Some(session) = gate.admit(key).await else {
            let words = self.session.refuse("This stream key is not good.")?;
            self.send(&words).await?;
            return Err(Away::Key);
        };
        match hub.publish(&session).await {
            Ok(publication) => {
                tracing::info!(%session, "an encoder publishes");
                self.publication = Some(publication);
                let words = self.session.accept()?;
                self.send(&words).await
            }
            Err(refused) => {
                let words = self.session.refuse(&refused.to_string())?;
                self.send(&words).await?;
                Err(refused.into())
            }
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), Away> {
        let sent = timeout(self.ports.write_within, self.stream.write_all(bytes)).await;
        sent.map_err(|_| Away::Silent(self.ports.write_within))??;
        Ok(())
    }
}
