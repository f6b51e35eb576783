//! The shop's page in a preview (rules.md 3.9): the built page and one script more, which sends the preview's word with
//! every request and says on top what is seen. The studio may show it in a frame; nobody else may.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::response::Response;

/// What an address carries a preview in.
const NAMED: &str = "preview=";
/// Before every other script.
const OPENED: &str =
    "</title><link rel=\"stylesheet\" href=\"/preview.css\"><script src=\"/preview.js\"></script>";

/// Whether an address is of a preview.
pub(super) fn is_asked(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    query.split('&').any(|pair| pair.starts_with(NAMED))
}

/// The page that was built, for a preview.
pub(super) fn answer(built: &[u8], policy: &HeaderValue) -> Response {
    let page = String::from_utf8_lossy(built).replacen("</title>", OPENED, 1);
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    let policy = policy.to_str().unwrap_or_default();
    let policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_with_the_word_is_of_a_preview() {
        let asked = |uri: &str| is_asked(&uri.parse().unwrap());
        assert!(asked("/?preview=a") && asked("/p/tea?sku=1&preview=a"));
        assert!(!asked("/") && !asked("/preview=a") && !asked("/?q=preview"));
    }

    #[test]
    fn the_word_is_there_before_anything_asks_and_only_the_shop_frames_it() {
        let policy = HeaderValue::from_static("object-src 'none'; frame-ancestors 'none'");
        let answer = answer(b"<title>t</title><script src=/boot.js></script>", &policy);
        let policy = &answer.headers()[header::CONTENT_SECURITY_POLICY];
        assert_eq!(policy, "object-src 'none'; frame-ancestors 'self'");
        assert_eq!(answer.headers()[header::X_FRAME_OPTIONS], "SAMEORIGIN");
    }
}
