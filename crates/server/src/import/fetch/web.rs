//! One GET of one address over one connection to where it was pinned: HTTP/1.1, with TLS for https. There
//! is no pool, no proxy and no redirect that could lead elsewhere.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use reqwest::Url;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Refused;

/// Larger answers are not read to their end.
pub(super) const MOST_BYTES: usize = 10 * 1024 * 1024;

/// TLS with the certificates that this machine trusts.
pub(super) fn tls() -> Result<TlsConnector, Refused> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The bytes of a picture.
pub(super) async fn picture(
    url: &Url,
    pinned: SocketAddr,
    tls: &TlsConnector,
) -> Result<Vec<u8>, Refused> {
    let stream = TcpStream::connect(pinned).await?;
    if url.scheme() == "http" {
        return exchange(stream, url).await;
    }
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(bare.to_owned()).map_err(|_| Refused::Address)?;
    exchange(tls.connect(name, stream).await?, url).await
}

async fn exchange<S>(stream: S, url: &Url) -> Result<Vec<u8>, Refused>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let io = TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await?;
    // It ends with the sender or with the server's last byte.
    tokio::spawn(connection);
    let host = match (url.host_str().unwrap_or_default(), url.port()) {
        (host, Some(port)) => format!("{host}:{port}"),
        (host, None) => host.to_owned(),
    };
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let request = Request::get(path)
        .header(HOST, host)
        .header(USER_AGENT, concat!("jishi/", env!("CARGO_PKG_VERSION")))
        .header(ACCEPT, "image/webp, image/jpeg, image/png")
        .body(Empty::<Bytes>::new())
        .map_err(|_| Refused::Address)?;
    read(sender.send_request(request).await?).await
}

async fn read(answer: Response<Incoming>) -> Result<Vec<u8>, Refused> {
    if answer.status() != StatusCode::OK {
        return Err(Refused::Status(answer.status()));
    }
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("image/") {
        return Err(Refused::NoPicture);
    }
    let mut body = answer.into_body();
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        if let Ok(piece) = frame?.into_data() {
            bytes.extend_from_slice(&piece);
        }
        if bytes.len() > MOST_BYTES {
            return Err(Refused::Large);
        }
    }
    Ok(bytes)
}
