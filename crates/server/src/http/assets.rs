//! The app's files and the catalogue's pictures.
//!
//! Names that hold a hash of their content are kept by browsers for ever; the page itself never is, so a
//! new build is seen at once. Files were compressed when they were built. A path without a dot in its last
//! part is the app's own, and gets the page; where that begins with goods, with its first screen drawn in. What is
//! below `/studio` is the page of the shop's staff (ADR 19).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::first_screen::{FirstScreens, Shell};
use super::policy;
use crate::limits::Client;
use crate::{AppError, AppState};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const OF_THIS_BROWSER: HeaderValue =
    HeaderValue::from_static("private, max-age=31536000, immutable");
/// Icons have no hash, and a page asks for them by each of its parts.
const FOR_A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers until there is a build.
const NOT_BUILT: &str = include_str!("not_built.html");

/// The files that this server hands out.
pub(super) struct Assets {
    dist: PathBuf,
    media_dir: PathBuf,
    /// Where live pictures come from when it is not here.
    origins: Vec<String>,
    shop: Mutex<Option<Arc<Page>>>,
    studio: Mutex<Option<Arc<Page>>>,
    first_screens: FirstScreens,
}

/// A page as it was built.
struct Page {
    built: SystemTime,
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    gzip: Option<Vec<u8>>,
    policy: HeaderValue,
    /// Where a first screen goes in; absent when the page has no such places.
    shell: Option<Shell>,
}

impl Assets {
    /// The files of a shop; the page is read now, and again when a new build is there. `guests` answers the API's
    /// requests as a guest's.
    pub(super) fn new(state: &AppState, guests: Router) -> Self {
        let assets = Self {
            dist: state.config.assets_dir.clone(),
            media_dir: state.config.media_dir.clone(),
            origins: state.media.origins(),
            shop: Mutex::default(),
            studio: Mutex::default(),
            first_screens: FirstScreens::new(state.clone(), guests),
        };
        if assets.page(false).is_none() {
            tracing::warn!(folder = %assets.dist.display(), "the app is not built");
        }
        assets
    }

    /// Answers everything that no route of the API answers.
    pub(super) async fn answer(&self, client: Client, request: Request) -> Response {
        let path = request.uri().path().to_owned();
        if path == "/api" || path.starts_with("/api/") {
            return AppError::not_found("address").into_response();
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        if path.split('/').any(|part| part.starts_with('.')) {
            return StatusCode::NOT_FOUND.into_response();
        }
        if let Some(picture) = path.strip_prefix("/media/") {
            return picture_answer(&self.media_dir, picture, request).await;
        }
        if is_page(&path) {
            let (parts, _) = request.into_parts();
            self.page_answer(client, &parts).await
        } else {
            file(&self.dist, path.trim_start_matches('/'), request).await
        }
    }

    async fn page_answer(&self, client: Client, asked: &Parts) -> Response {
        let studio = is_studio(asked.uri.path());
        let Some(page) = self.page(studio) else {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("text/html; charset=utf-8"),
                ),
                (header::CACHE_CONTROL, ASK_AGAIN),
            ];
            return (StatusCode::SERVICE_UNAVAILABLE, headers, NOT_BUILT).into_response();
        };
        if let Some(shell) = page.shell.as_ref().filter(|_| !studio)
            && let Some(drawn) = self.first_screens.answer(shell, client, asked).await
        {
            return drawn;
        }
        let accepts = |coding| accepts(&asked.headers, header::ACCEPT_ENCODING, coding);
        let (body, coding) = match (&page.brotli, &page.gzip) {
            (Some(brotli), _) if accepts("br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
            _ => (&page.plain, None),
        };
        let mut response = Response::new(Body::from(body.clone()));
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::CONTENT_SECURITY_POLICY, page.policy.clone());
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }

    /// The page of the newest build.
    fn page(&self, studio: bool) -> Option<Arc<Page>> {
        let (path, held) = match studio {
            true => (self.dist.join("studio/index.html"), &self.studio),
            false => (self.dist.join("index.html"), &self.shop),
        };
        let built = std::fs::metadata(&path)
            .and_then(|meta| meta.modified())
            .ok()?;
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_ref() {
            Some(page) if page.built == built => {}
            _ => *held = read_page(&path, built, &self.origins).map(Arc::new),
        }
        held.clone()
    }
}

fn read_page(path: &Path, built: SystemTime, origins: &[String]) -> Option<Page> {
    let plain = std::fs::read(path).ok()?;
    let html = String::from_utf8_lossy(&plain);
    let policy = policy::of_page(&html, origins);
    Some(Page {
        built,
        policy: HeaderValue::from_str(&policy).ok()?,
        shell: Shell::of_page(&html, &policy),
        brotli: std::fs::read(path.with_extension("html.br")).ok(),
        gzip: std::fs::read(path.with_extension("html.gz")).ok(),
        plain,
    })
}

/// A picture, as AVIF where the browser takes it and there is one beside the WebP. Caches are told that the
/// answer depends on that; those that do not listen must keep the one that everybody can read.
async fn picture_answer(folder: &Path, name: &str, request: Request) -> Response {
    let Some(stem) = name.strip_suffix(".webp") else {
        return file(folder, name, request).await;
    };
    let avif = format!("{stem}.avif");
    let is_there = std::fs::metadata(folder.join(&avif)).is_ok_and(|meta| meta.len() > 0);
    let is_taken = accepts(request.headers(), header::ACCEPT, "image/avif");
    let mut response = match is_there && is_taken {
        true => file(folder, &avif, request).await,
        false => file(folder, name, request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    if is_there && is_taken {
        headers.insert(header::CACHE_CONTROL, OF_THIS_BROWSER);
    }
    response
}

/// A file below `folder`, compressed where the browser takes it and there is such a copy.
async fn file(folder: &Path, name: &str, request: Request) -> Response {
    let (hashed, is_icon) = (is_hashed(last_part(name)), name.ends_with(".svg"));
    let Ok(uri) = format!("/{name}").parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (mut parts, body) = request.into_parts();
    parts.uri = uri;
    let files = ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let Ok(found) = files.oneshot(Request::from_parts(parts, body)).await;
    let mut response = found.map(Body::new);
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let keep = match hashed {
            true => FOR_EVER,
            false if is_icon => FOR_A_MINUTE,
            false => ASK_AGAIN,
        };
        response.headers_mut().insert(header::CACHE_CONTROL, keep);
        if name == "sw.js" {
            let policy = header::CONTENT_SECURITY_POLICY;
            response.headers_mut().insert(policy, policy::OF_THE_WORKER);
        }
    }
    response
}

/// Whether a path is the app's own: it has no ending, or is a creator's, whose name may hold a dot.
fn is_page(path: &str) -> bool {
    path == "/index.html" || path.starts_with("/c/") || !last_part(path).contains('.')
}

/// Whether an address is of the staff's page.
fn is_studio(path: &str) -> bool {
    path == "/studio" || path.starts_with("/studio/")
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The name holds a hash: a part of at least twelve hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_'])
        .any(|part| part.len() >= 12 && part.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Whether a header such as `Accept-Encoding` takes something by name (RFC 9110, 12.5).
fn accepts(headers: &HeaderMap, list: HeaderName, wanted: &str) -> bool {
    let accepted = headers.get(list).and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(wanted));
        named && parts.all(|part| !matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_an_ending_is_the_apps_and_so_is_a_creators_with_one() {
        for page in ["/", "/p/peach", "/index.html", "/c/xiaohe.orchard"] {
            assert!(is_page(page), "{page}");
        }
        for file in ["/icons.svg", "/app-5c1f.css", "/p/c/x.js"] {
            assert!(!is_page(file), "{file}");
        }
    }

    #[test]
    fn the_studio_has_a_page_of_its_own() {
        for studio in ["/studio", "/studio/", "/studio/live/a"] {
            assert!(is_studio(studio) && is_page(studio), "{studio}");
        }
        assert!(!is_studio("/studios") && !is_studio("/p/studio"));
        assert!(!is_page("/studio/studio-0123456789abcdef.js"));
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for kept in [
            "app-5e61d34f2eeb1b9b.css",
            "storefront-0123456789abcdef_bg.wasm",
            "apple.0123456789abcdef.webp",
        ] {
            assert!(is_hashed(kept), "{kept}");
        }
        for asked_again in [
            "icons.svg",
            "sw.js",
            "manifest.webmanifest",
            "facade.png",
            "index.html",
        ] {
            assert!(!is_hashed(asked_again), "{asked_again}");
        }
    }

    #[test]
    fn a_coding_that_is_refused_is_not_used() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("gzip, br;q=0"),
        );
        assert!(accepts(&headers, header::ACCEPT_ENCODING, "gzip"));
        assert!(!accepts(&headers, header::ACCEPT_ENCODING, "br"));
    }
}
