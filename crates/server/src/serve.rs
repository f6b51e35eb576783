//! `jishi serve`: answers HTTP until told to stop, then finishes what it began.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::{AppState, app, jobs, live_media, telemetry};

/// Headers must have come by then: a caller that dribbles them holds no connection for long.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// What one connection may keep in memory of a request that is still coming in.
const MAX_HEADERS: usize = 64 * 1024;
/// Open requests may go on for so long after the word to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(10);
/// A pause after the system refused a connection, for want of file descriptors for one.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// Why the shop cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program has the port.
    #[error("{0} is in use: stop the program that has it, or choose another with {1}")]
    InUse(SocketAddr, &'static str),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// Signals cannot be listened for.
    #[error("cannot listen for signals: {0}")]
    Signals(std::io::Error),
}

/// Takes the address; nobody is answered yet.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    listen_with(address, "--listen").await
}

/// Takes an address that `flag` chooses.
pub(crate) async fn listen_with(
    address: SocketAddr,
    flag: &'static str,
) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => ServeError::InUse(address, flag),
            _ => ServeError::Listen { address, source },
        })
}

/// Serves until Ctrl-C or SIGTERM, then finishes open requests and closes the database.
pub async fn serve(state: AppState, listener: TcpListener) -> Result<(), ServeError> {
    let stop = state.stop.clone();
    let encoders = live_media::listen(&state.config).await?;
    stop_at_signal(stop.clone()).map_err(ServeError::Signals)?;
    let background = tokio::spawn(jobs(state.clone(), stop.clone()));
    let figures = tokio::spawn(telemetry::upkeep(stop.clone()));
    let pictures = tokio::spawn(live_media::run(state.clone(), encoders, stop.clone()));
    let router = app(state.clone());
    let open = GracefulShutdown::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => answer(stream, peer, &router, &open),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(AFTER_REFUSAL).await;
                }
            }
        }
    }
    drop(listener);
    tracing::info!("stopping");
    if tokio::time::timeout(FINISH_WITHIN, open.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were cut off");
    }
    for task in [background, figures, pictures] {
        if let Err(error) = task.await {
            tracing::error!(%error, "a background task failed");
        }
    }
    state.db.close().await;
    Ok(())
}

async fn jobs(state: AppState, stop: CancellationToken) {
    if let Err(error) = jobs::run_all(state, stop.clone()).await {
        tracing::error!(%error, "the background jobs cannot run");
        stop.cancel();
    }
}

fn answer(stream: TcpStream, peer: SocketAddr, router: &Router, open: &GracefulShutdown) {
    let router = router.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            Ok::<_, Infallible>(
                router
                    .oneshot(request)
                    .await
                    .unwrap_or_else(|never| match never {}),
            )
        }
    });
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "nodelay");
    }
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    let connection = open.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended");
        }
    });
}

/// Cancels `stop` at Ctrl-C or SIGTERM.
fn stop_at_signal(stop: CancellationToken) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}
