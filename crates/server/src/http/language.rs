//! The language of an answer, chosen by `Accept-Language`.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// A language that the shop speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, the shop's first language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Of two texts, the one in this language; the other where it is missing.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        let (first, second) = match self {
            Self::Zh => (zh, en),
            Self::En => (en, zh),
        };
        if first.is_empty() { second } else { first }
    }

    /// Its tag in HTTP headers.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of a tag that [`Lang::tag`] gave.
    pub fn of_tag(tag: &str) -> Self {
        if tag == Self::En.tag() {
            Self::En
        } else {
            Self::Zh
        }
    }

    /// The language that a page is in: the one that was chosen in this browser, else [`Lang::of`].
    pub fn of_page(headers: &HeaderMap) -> Self {
        let cookies = headers.get_all(header::COOKIE);
        let chosen = cookies
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .find_map(|cookie| cookie.trim().strip_prefix("lang="));
        match chosen {
            Some("en") => Self::En,
            Some("zh-CN") => Self::Zh,
            _ => Self::of(headers),
        }
    }

    /// The language that `Accept-Language` likes best; Chinese when it names none that the shop speaks.
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map(preferred)
            .unwrap_or_default()
    }
}

fn preferred(accepted: &str) -> Lang {
    let mut best = (0, Lang::default());
    for entry in accepted.split(',') {
        let mut parts = entry.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let lang = match tag.split('-').next() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => continue,
        };
        let weight = parts
            .find_map(|p| p.trim().strip_prefix("q="))
            .map_or(1000, thousandths);
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

/// A weight from 0 to 1 (RFC 9110, 12.4.2) in thousandths; what is no number counts as 0.
fn thousandths(weight: &str) -> u32 {
    let weight: f64 = weight.trim().parse().unwrap_or(0.0);
    (weight.clamp(0.0, 1.0) * 1000.0) as u32
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// Middleware: says of every answer of the API in which language it is and that it depends on the
/// request's.
pub async fn announce(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let lang = Lang::of(request.headers());
    let mut response = next.run(request).await;
    if is_api {
        let headers = response.headers_mut();
        headers.append(header::VARY, HeaderValue::from_static("accept-language"));
        headers.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(lang.tag()),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_is_chosen_and_chinese_where_none_is_known() {
        for (accepted, lang) in [
            ("zh-CN", Lang::Zh),
            ("en", Lang::En),
            ("en-GB,zh;q=0.9", Lang::En),
            ("en;q=0.3, zh-TW;q=0.7", Lang::Zh),
            ("fr, de;q=0.9, en;q=0.1", Lang::En),
            ("fr", Lang::Zh),
            ("en;q=0", Lang::Zh),
            ("en;q=NaN", Lang::Zh),
            (";;,,=", Lang::Zh),
        ] {
            assert_eq!(preferred(accepted), lang, "{accepted}");
        }
    }

    #[test]
    fn a_missing_translation_falls_back_to_the_other_language() {
        assert_eq!(Lang::En.pick("草莓", ""), "草莓");
        assert_eq!(Lang::Zh.pick("草莓", "strawberry"), "草莓");
    }
}
