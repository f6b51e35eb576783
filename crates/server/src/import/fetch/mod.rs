//! Pictures that a catalogue names by address: fetched, read within limits, and written anew as WebP under
//! a name made of their content. A picture that cannot be had is told and left out; goods come without it.

mod guard;
mod web;

use std::path::Path;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use indicatif::ProgressBar;
use reqwest::Url;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use self::guard::Guard;
use super::media::Media;
use super::poster::{NotTaken, anew};

/// From looking its name up to its last byte.
const WITHIN: Duration = Duration::from_secs(20);
/// Fetched at the same time.
const AT_ONCE: usize = 8;

/// Why a picture was not fetched.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("is no http or https address")]
    Address,
    #[error("leads to {0}, which is not on the internet")]
    Private(std::net::IpAddr),
    #[error("cannot be found: {0}")]
    Name(std::io::Error),
    #[error("cannot be reached: {0}")]
    Connection(#[from] std::io::Error),
    #[error("cannot be fetched: {0}")]
    Http(#[from] hyper::Error),
    #[error("cannot be fetched safely: {0}")]
    Tls(#[from] rustls::Error),
    #[error("did not come within {} seconds", WITHIN.as_secs())]
    Slow,
    #[error("was answered with {0}")]
    Status(hyper::StatusCode),
    #[error("is larger than {} MB", web::MOST_BYTES / 1024 / 1024)]
    Large,
    #[error("is no JPEG, PNG or WebP picture of a size that can be shown")]
    NoPicture,
    #[error("cannot be stored: {0}")]
    Stored(std::io::Error),
}

/// Fetches pictures from the internet, and from nowhere else.
pub(super) struct Fetcher<'a> {
    guard: Guard,
    tls: TlsConnector,
    media_dir: &'a Path,
}

impl<'a> Fetcher<'a> {
    /// A fetcher that writes below a folder; fails where this machine trusts no certificates.
    pub fn new(media_dir: &'a Path) -> Result<Self, Refused> {
        Ok(Self {
            guard: Guard::internet(),
            tls: web::tls()?,
            media_dir,
        })
    }

    /// Fetches all addresses, several at once; each with what came of it.
    pub async fn all(
        &self,
        addresses: Vec<String>,
        bar: &ProgressBar,
    ) -> Vec<(String, Result<Media, Refused>)> {
        let each = addresses.into_iter().map(async |address| {
            let fetched = self.one(&address).await;
            bar.inc(1);
            (address, fetched)
        });
        stream::iter(each).buffer_unordered(AT_ONCE).collect().await
    }

    async fn one(&self, address: &str) -> Result<Media, Refused> {
        let bytes = timeout(WITHIN, self.bytes(address)).await;
        let bytes = bytes.map_err(|_| Refused::Slow)??;
        let media_dir = self.media_dir.to_owned();
        let stored = tokio::task::spawn_blocking(move || store(&bytes, &media_dir)).await;
        stored.map_err(|_| Refused::NoPicture)?
    }

    async fn bytes(&self, address: &str) -> Result<Vec<u8>, Refused> {
        // Some exports leave the scheme out.
        let address = match address.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => address.to_owned(),
        };
        let url = Url::parse(&address).map_err(|_| Refused::Address)?;
        let pinned = self.guard.pin(&url).await?;
        web::picture(&url, pinned, &self.tls).await
    }
}

/// Writes a picture anew, under a name made of its content.
fn store(bytes: &[u8], media_dir: &Path) -> Result<Media, Refused> {
    anew(bytes, "fetched", media_dir).map_err(|refused| match refused {
        NotTaken::NoPicture => Refused::NoPicture,
        NotTaken::Stored(error) => Refused::Stored(error),
    })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::Router;
    use axum::http::header::CONTENT_TYPE;
    use axum::response::{IntoResponse, Redirect};
    use axum::routing::get;

    use super::*;
    use crate::import::picture::tests::png;

    /// A server of pictures on this machine, and a fetcher that may go there for the test's sake.
    async fn near(folder: &Path) -> (SocketAddr, Fetcher<'_>) {
        let picture = |kind: &'static str| {
            get(async move || ([(CONTENT_TYPE, kind)], png(2_000, 100)).into_response())
        };
        let endless = get(async || {
            let zeros = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0_u8; 65_536]));
            (
                [(CONTENT_TYPE, "image/png")],
                axum::body::Body::from_stream(zeros),
            )
        });
        let router = Router::new()
            .route("/a.png", picture("image/png"))
            .route("/page", picture("text/html"))
            .route("/moved", get(async || Redirect::temporary("/a.png")))
            .route(
                "/bad",
                get(async || ([(CONTENT_TYPE, "image/png")], "no picture")),
            )
            .route("/endless", endless);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let service = hyper_util::service::TowerToHyperService::new(router.clone());
                let io = hyper_util::rt::TokioIo::new(stream);
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new().serve_connection(io, service),
                );
            }
        });
        let mut fetcher = Fetcher::new(folder).unwrap();
        fetcher.guard = Guard::anywhere();
        (address, fetcher)
    }

    #[tokio::test]
    async fn a_picture_is_fetched_and_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (address, fetcher) = near(folder.path()).await;
        let media = fetcher
            .one(&format!("http://{address}/a.png"))
            .await
            .unwrap();
        assert_eq!((media.width, media.height), (1_600, 80));
        let file = folder.path().join(media.src.trim_start_matches("/media/"));
        assert_eq!(imagesize::size(file).unwrap().width, 1_600);
    }

    #[tokio::test]
    async fn what_is_no_small_picture_at_its_own_address_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (address, fetcher) = near(folder.path()).await;
        let told = async |path: &str| {
            let fetched = fetcher.one(&format!("http://{address}{path}")).await;
            fetched.unwrap_err().to_string()
        };
        assert!(told("/page").await.contains("no JPEG, PNG or WebP"));
        assert!(told("/bad").await.contains("no JPEG, PNG or WebP"));
        assert!(told("/moved").await.contains("307"));
        assert!(told("/none").await.contains("404"));
        assert_eq!(told("/endless").await, "is larger than 10 MB");
    }

    #[tokio::test]
    async fn this_machine_is_not_the_internet() {
        let folder = tempfile::tempdir().unwrap();
        let (address, _) = near(folder.path()).await;
        let fetcher = Fetcher::new(folder.path()).unwrap();
        let refused = fetcher.one(&format!("http://{address}/a.png")).await;
        assert!(matches!(refused, Err(Refused::Private(_))), "{refused:?}");
    }
}
