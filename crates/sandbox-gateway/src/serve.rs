//! Starts the gateway on an address and stops it in order.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::gateway::{Gateway, Pace};
use crate::http;
use crate::ledger::{Ledger, OpenError};
use crate::signature::{Secret, SecretError};
use crate::worker;

/// The sandbox's key, known to everybody: no real money is behind it.
pub const SANDBOX_KEY: &str = "sandbox-key";
/// The sandbox's webhook secret, known to everybody.
pub const SANDBOX_WEBHOOK_SECRET: &str = "sandbox-webhook-secret";

/// How to run a gateway.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How payers reach the cashier page; by default `http://<listen>`.
    pub public_url: Option<String>,
    /// The ledger's file.
    pub ledger: PathBuf,
    /// The merchant's bearer key.
    pub key: String,
    /// The merchant's webhook secret: some text, or `whsec_` + base64.
    pub webhook_secret: String,
    /// How fast things go.
    pub pace: Pace,
}

impl Options {
    /// The sandbox's keys, a free port of this machine, and a hurry: what a test wants.
    pub fn for_tests(ledger: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            ledger: ledger.into(),
            key: SANDBOX_KEY.to_owned(),
            webhook_secret: SANDBOX_WEBHOOK_SECRET.to_owned(),
            pace: Pace {
                settle_ms: 20,
                retry_ms: 20,
            },
        }
    }
}

/// Why a gateway does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else has the port.
    #[error(
        "{0} is already in use; stop the other program or choose another address with --listen"
    )]
    AddressInUse(SocketAddr),
    /// The address cannot be had for another reason.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] OpenError),
    /// The webhook secret cannot be read.
    #[error("--webhook-secret: {0}")]
    Secret(#[from] SecretError),
}

/// A gateway that is running.
pub struct Running {
    address: SocketAddr,
    gateway: Arc<Gateway>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    worker: JoinHandle<()>,
}

impl Running {
    /// Where it listens, as a URL without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The gateway itself, for looking at its book.
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Answers what is under way, then ends and lets go of the ledger.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in [self.server, self.worker] {
            if let Err(fault) = task.await {
                tracing::error!(%fault, "a task of the gateway ended badly");
            }
        }
    }
}

/// Starts a gateway; it listens when this returns.
pub async fn spawn(options: Options) -> Result<Running, StartError> {
    let secret = Secret::parse(&options.webhook_secret)?;
    let listener = listen(options.listen).await?;
    let address = listener.local_addr().unwrap_or(options.listen);
    let gateway = Arc::new(Gateway::new(Ledger::open(&options.ledger)?, options.pace));
    let public_url = options
        .public_url
        .unwrap_or_else(|| format!("http://{address}"));
    let router = http::router(http::Shared {
        gateway: gateway.clone(),
        key: options.key.into(),
        public_url: public_url.trim_end_matches('/').into(),
    });

    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(worker::run(gateway.clone(), secret, stopped.clone()));
    let server = tokio::spawn(serve(listener, router, stopped));
    Ok(Running {
        address,
        gateway,
        stop,
        server,
        worker,
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => StartError::AddressInUse(address),
            _ => StartError::Listen { address, source },
        })
}

async fn serve(listener: TcpListener, router: axum::Router, mut stopped: watch::Receiver<bool>) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let until_stopped = async move {
        // An error means that the other end is gone, which is a reason to stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(until_stopped)
        .await;
    if let Err(fault) = served {
        tracing::error!(%fault, "the gateway stopped serving");
    }
}
