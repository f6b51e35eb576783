//! A stage without a shop: takes encoders whose key is `key-<session>`, serves the sessions, the player and a
//! bare page. For trying an encoder out, for the browser tests and for `cargo xtask bench live`.
//!
//! `cargo run -p media --example stage -- --http 127.0.0.1:8180 --rtmp 127.0.0.1:1935 --files public,DIR`,
//! then `ffmpeg -re -stream_loop -1 -i room.mp4 -c copy -f flv rtmp://127.0.0.1:1935/live/key-room` and
//! `http://127.0.0.1:8180/room`. `--grace-s 5` ends a session that soon after its encoder is gone.

use std::collections::HashMap;
use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use media::{Embedded, Gate, Mark, MediaEngine, SessionId, Settings};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The shop's content policy (server, `http/policy.rs`): the player must hold to it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; \
                      worker-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
                      form-action 'self'; require-trusted-types-for 'script'; trusted-types default";

struct Keys;

#[async_trait]
impl Gate for Keys {
    async fn admit(&self, key: &str) -> Option<SessionId> {
        SessionId::parse(key.strip_prefix("key-")?)
    }
}

#[derive(Clone)]
struct Stage {
    engine: MediaEngine,
    files: Arc<Vec<PathBuf>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let flags = flags();
    let flag = |name: &str, default: &str| {
        let given = flags.get(name).cloned();
        given.unwrap_or_else(|| default.to_owned())
    };
    let http: SocketAddr = flag("http", "127.0.0.1:8180").parse()?;
    let rtmp: SocketAddr = flag("rtmp", "127.0.0.1:1935").parse()?;
    let mut settings = Settings::new(flag("folder", "target/stage"));
    settings.ingest_url = Some(format!("rtmp://{rtmp}/live"));
    settings.grace = Duration::from_secs(flag("grace-s", "60").parse()?);
    let files = flag("files", "public");
    let embedded = Embedded::new(settings);
    let engine = MediaEngine::Embedded(embedded.clone());
    let mut events = engine.events();
    tokio::spawn(async move {
        while let Ok(event) = events.recv().await {
            println!("{event:?}");
        }
    });
    let stage = Stage {
        files: Arc::new(files.split(',').map(PathBuf::from).collect()),
        engine: engine.clone(),
    };
    let app = Router::new()
        .route("/{name}", get(page_or_file))
        .route("/{name}/end", post(end))
        .route("/{name}/mark", post(mark))
        .with_state(stage)
        .nest("/live-media", engine.router());
    let (listener, ingest) = (
        TcpListener::bind(http).await?,
        TcpListener::bind(rtmp).await?,
    );
    println!("http://{http} rtmp://{rtmp}/live");
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { embedded.run(Some(ingest), Arc::new(Keys), stop).await }
    });
    tokio::select! {
        done = axum::serve(listener, app) => done?,
        done = tokio::signal::ctrl_c() => done?,
    }
    stop.cancel();
    running.await?;
    Ok(())
}

fn flags() -> HashMap<String, String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let pairs = words.chunks_exact(2);
    pairs
        .filter_map(|pair| match pair {
            [name, value] => Some((name.strip_prefix("--")?.to_owned(), value.clone())),
            _ => None,
        })
        .collect()
}

async fn end(State(stage): State<Stage>, Path(name): Path<String>) -> StatusCode {
    if let Some(session) = SessionId::parse(&name) {
        stage.engine.end(&session);
    }
    StatusCode::NO_CONTENT
}

async fn mark(State(stage): State<Stage>, Path(name): Path<String>, data: String) -> StatusCode {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let at_ms = i64::try_from(now.unwrap_or_default().as_millis()).unwrap_or_default();
    let mark = Mark {
        id: format!("mark-{at_ms}"),
        class: "jishi.test".to_owned(),
        at_ms,
        data,
    };
    match SessionId::parse(&name) {
        Some(session) if stage.engine.mark(&session, mark) => StatusCode::NO_CONTENT,
        _ => StatusCode::NOT_FOUND,
    }
}

async fn page_or_file(State(stage): State<Stage>, Path(name): Path<String>) -> Response {
    if !name.contains('.') {
        let policy = [(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        )];
        return (policy, Html(include_str!("stage.html"))).into_response();
    }
    let kind = match name.rsplit('.').next() {
        Some("js" | "mjs") => "text/javascript",
        Some("mp4") => "video/mp4",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return StatusCode::NOT_FOUND.into_response();
    }
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for folder in std::iter::once(&here).chain(stage.files.iter()) {
        if let Ok(bytes) = tokio::fs::read(folder.join(&name)).await {
            return ([(header::CONTENT_TYPE, kind)], bytes).into_response();
        }
    }
    StatusCode::NOT_FOUND.into_response()
}
