//! What browsers may do with our answers: the headers of every answer, and the page's Content Security
//! Policy, whose hashes are made of the scripts that the page really holds.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::AppState;

/// Of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), usb=(), clipboard-write=(self), fullscreen=(self)",
    ),
];

/// Of answers that are not the app's page: nothing runs in them.
const OF_THE_REST: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                           form-action 'self'; frame-ancestors 'none'";

/// Of the service worker: it fetches what it keeps, from here alone.
pub(super) const OF_THE_WORKER: HeaderValue =
    HeaderValue::from_static("default-src 'none'; connect-src 'self'");

const ONE_YEAR: &str = "max-age=31536000; includeSubDomains";

/// Middleware: puts the headers on every answer that does not bring its own. Answers of the API are kept
/// by nobody: prices and stock are of this moment, and much of the rest is one person's.
pub(super) async fn announce(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if is_api {
        let keep = headers.entry(header::CACHE_CONTROL);
        keep.or_insert(HeaderValue::from_static("no-store"));
    }
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(OF_THE_REST));
    if state.config.public_url.starts_with("https://") {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static(ONE_YEAR));
    }
    response
}

/// The policy of the app's page: its own files, its WebAssembly, and the inline blocks that it was built
/// with. The page's first script sets the only Trusted Types policy. `origins` are where live pictures come
/// from when it is not here.
pub(super) fn of_page(html: &str, origins: &[String]) -> String {
    let elsewhere: String = origins.iter().map(|origin| format!(" {origin}")).collect();
    let scripts = hashes(html, "script");
    let styles = hashes(html, "style");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         frame-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:{elsewhere}; connect-src 'self'{elsewhere}; font-src 'self'; \
         worker-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
         form-action 'self'; require-trusted-types-for 'script'; trusted-types default"
    )
}

/// The same policy for the page with one more style block.
pub(super) fn with_style(policy: &str, style: &str) -> String {
    policy.replacen(
        "style-src 'self'",
        &format!("style-src 'self'{}", hash(style)),
        1,
    )
}

/// The source expressions of all inline blocks of a tag, each with a space in front.
fn hashes(html: &str, tag: &str) -> String {
    inline_blocks(html, tag).into_iter().map(hash).collect()
}

fn hash(block: &str) -> String {
    format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(block)))
}

/// The contents of `<tag …>…</tag>` that have no `src`.
fn inline_blocks<'a>(html: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}"));
    let mut blocks = Vec::new();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once(&open) {
        let Some((attributes, content)) = from.split_once('>') else {
            break;
        };
        let Some((block, after)) = content.split_once(&close) else {
            break;
        };
        if !attributes.contains("src=") && !block.is_empty() {
            blocks.push(block);
        }
        rest = after;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inline_blocks_are_hashed_and_byte_for_byte() {
        let html = "<script src=\"/boot.js\"></script><script type=\"module\">\nrun()\n</script><style>a{}</style>";
        assert_eq!(inline_blocks(html, "script"), ["\nrun()\n"]);
        assert_eq!(inline_blocks(html, "style"), ["a{}"]);
        let hash = STANDARD.encode(Sha256::digest("\nrun()\n"));
        assert!(
            of_page(html, &[]).contains(&format!("'wasm-unsafe-eval' 'sha256-{hash}'; style-src"))
        );
    }

    #[test]
    fn a_page_without_inline_blocks_needs_no_hash() {
        assert!(
            of_page("<script src=/a.js></script>", &[])
                .contains("script-src 'self' 'wasm-unsafe-eval'; ")
        );
    }

    #[test]
    fn pictures_of_another_engine_may_be_fetched_and_nothing_else() {
        let policy = of_page("", &["https://cdn.example".to_owned()]);
        assert!(policy.contains(
            "media-src 'self' blob: https://cdn.example; connect-src 'self' https://cdn.example;"
        ));
        assert_eq!(policy.matches("cdn.example").count(), 2);
    }
}
