//! The server's cookies: not readable by scripts, not sent along from other sites, bound to this host.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::AppError;
use crate::config::Config;

/// A cookie of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Carries the session's token.
    Session,
    /// Names a browser that is not signed in.
    Device,
}

impl Name {
    /// Behind TLS the name begins with `__Host-`: browsers then refuse it from any other host or path.
    pub fn in_headers(self, config: &Config) -> &'static str {
        match (self, is_secure(config)) {
            (Self::Session, true) => "__Host-sid",
            (Self::Session, false) => "sid",
            (Self::Device, true) => "__Host-did",
            (Self::Device, false) => "did",
        }
    }
}

fn is_secure(config: &Config) -> bool {
    config.public_url.starts_with("https://")
}

/// A cookie's value in a request.
pub fn read(headers: &HeaderMap, name: Name, config: &Config) -> Option<String> {
    let wanted = name.in_headers(config);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == wanted)
        .map(|cookie| cookie.value().to_owned())
}

/// The `Set-Cookie` header that keeps a value for some seconds; zero removes it.
pub fn set(
    name: Name,
    value: &str,
    seconds: i64,
    config: &Config,
) -> Result<HeaderValue, AppError> {
    let cookie = Cookie::build((name.in_headers(config), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_secure(config))
        .max_age(Duration::seconds(seconds));
    HeaderValue::from_str(&cookie.to_string()).map_err(AppError::internal)
}
