//! Pages that begin with goods come with their first screen drawn in (ADR 18): by the app's own components, from
//! what the API answers a guest, with those answers inlined so that the app need not ask again.
//!
//! Nothing of it is anybody's own: who is signed in and what is in a cart is the app's to find out. Where something
//! goes wrong the plain page is the answer; the app then says what it has to say.

mod markup;
mod shell;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use contract::Timestamp;
use contract::shares::ShareTarget;
use futures_util::future::join_all;
use maud::{PreEscaped, html};
use percent_encoding::percent_decode_str;
use storefront::first_screen::{self, Answer, Answers, FirstScreen};
use tower::ServiceExt;

use super::head::HeadTags;
use super::language::Lang;
use super::policy;
use crate::limits::Client;
use crate::{AppError, AppState, features};
use markup::Markup;
pub(super) use shell::Shell;

/// A page asks, and by what it hears asks once more: a category's goods after the categories.
const ROUNDS: usize = 3;
/// No answer of the API is as long as this.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Draws first screens.
pub(super) struct FirstScreens {
    state: AppState,
    guests: Router,
}

/// A page with everything that it was drawn from.
struct Drawn {
    screen: FirstScreen,
    answers: Arc<Answers>,
}

impl FirstScreens {
    /// `guests` answers the API's requests as a guest's.
    pub(super) fn new(state: AppState, guests: Router) -> Self {
        Self { state, guests }
    }

    /// The page with its first screen; `None` where the plain page has to do.
    pub(super) async fn answer(
        &self,
        shell: &Shell,
        client: Client,
        asked: &Parts,
    ) -> Option<Response> {
        let target = target(&asked.uri)?;
        // Whoever asks too often gets the page that costs nothing.
        self.state.limits.request(client).ok()?;
        let lang = Lang::of_page(&asked.headers);
        match self.draw(shell, &asked.uri, &target, lang).await {
            Ok(response) => response,
            Err(error) => {
                tracing::warn!(%error, path = asked.uri.path(), "no first screen was drawn");
                None
            }
        }
    }

    async fn draw(
        &self,
        shell: &Shell,
        uri: &Uri,
        target: &ShareTarget,
        lang: Lang,
    ) -> Result<Option<Response>, AppError> {
        let now = self.state.clock.now();
        let Some(drawn) = self.screen(uri, lang, now).await else {
            return Ok(None);
        };
        let (card, shop) = features::shares::shown(&self.state, lang, target).await?;
        let is_there = card.is_some() && drawn.answers.values().all(|it| it.status == 200);
        if !is_there && matches!(target, ShareTarget::Live { .. }) {
            // A room that guests know nothing of may be there for staff.
            return Ok(None);
        }
        let status = match is_there {
            true => StatusCode::OK,
            false => StatusCode::NOT_FOUND,
        };
        let markup = Markup::of(&drawn.screen.html);
        let origin = &self.state.config.public_url;
        let head = html! {
            title { (drawn.screen.title) }
            @match &card {
                Some(card) if is_there => {
                    @let url = format!("{origin}{}", card.href);
                    (HeadTags { origin, shop: &shop, card, url: &url, lang }.tags())
                }
                _ => meta name="robots" content="noindex";,
            }
            (PreEscaped(markup.preload()))
            @if !markup.style.is_empty() {
                style { (PreEscaped(&markup.style)) }
            }
        };
        let body = html! {
            div id="shell" { (PreEscaped(&markup.html)) }
            div id="first" data-now=(now.0) hidden {
                @for (path, answer) in drawn.answers.iter() {
                    script type="application/json" data-get=(path) data-status=(answer.status) {
                        (PreEscaped(as_data(&answer.body)))
                    }
                }
            }
            noscript { p class="no-script" { (drawn.screen.no_script) } }
        };
        let page = shell.page(
            lang,
            &head.into_string(),
            uri.path() != "/",
            &body.into_string(),
        );
        let policy = policy::with_style(shell.policy(), &markup.style);
        let headers: [(HeaderName, HeaderValue); 4] = [
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (
                header::VARY,
                HeaderValue::from_static("accept-language, cookie"),
            ),
            (
                header::CONTENT_LANGUAGE,
                HeaderValue::from_static(lang.tag()),
            ),
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_str(&policy).map_err(AppError::internal)?,
            ),
        ];
        Ok(Some((status, headers, Html(page)).into_response()))
    }

    /// Draws, asks for what is missing, and draws again. `None` when an answer is neither yes nor "no such thing".
    async fn screen(&self, uri: &Uri, lang: Lang, now: Timestamp) -> Option<Drawn> {
        let address = uri.path_and_query()?.as_str();
        let mut answers = Arc::new(BTreeMap::new());
        for _ in 0..=ROUNDS {
            let screen = draw(address.to_owned(), lang, now, answers.clone()).await?;
            if screen.missing.is_empty() {
                return Some(Drawn { screen, answers });
            }
            let asked = screen.missing.iter().map(|path| self.ask(path, lang));
            let heard = join_all(asked).await;
            let all = Arc::make_mut(&mut answers);
            for (path, answer) in screen.missing.into_iter().zip(heard) {
                all.insert(path, answer?);
            }
        }
        None
    }

    /// What the API answers a guest.
    async fn ask(&self, path: &str, lang: Lang) -> Option<Answer> {
        let request = Request::get(path)
            .header(header::ACCEPT_LANGUAGE, lang.tag())
            .body(Body::empty())
            .ok()?;
        let Ok(response) = self.guests.clone().oneshot(request).await;
        let status = response.status();
        if !matches!(status, StatusCode::OK | StatusCode::NOT_FOUND) {
            return None;
        }
        let body = to_bytes(response.into_body(), LONGEST_ANSWER).await.ok()?;
        Some(Answer {
            status: status.as_u16(),
            body: String::from_utf8(body.into()).ok()?,
        })
    }
}

/// Drawing takes a few milliseconds of a processor, away from where requests are answered.
async fn draw(
    address: String,
    lang: Lang,
    now: Timestamp,
    answers: Arc<Answers>,
) -> Option<FirstScreen> {
    let lang = match lang {
        Lang::Zh => storefront::i18n::Lang::ZhCn,
        Lang::En => storefront::i18n::Lang::En,
    };
    let drawing =
        tokio::task::spawn_blocking(move || first_screen::draw(&address, lang, now, &answers));
    drawing.await.ok()
}

/// What a page shows when it begins with goods; none for the app's other pages.
fn target(uri: &Uri) -> Option<ShareTarget> {
    let path = uri.path();
    let mut parts = path.strip_prefix('/')?.split('/');
    let kind = parts.next()?;
    let name = parts.next().map(decoded);
    if parts.next().is_some() {
        return None;
    }
    match (kind, name) {
        ("", None) | ("category", None) => Some(ShareTarget::Page {
            path: "/".to_owned(),
        }),
        ("category", Some(Some(_))) => Some(ShareTarget::Page {
            path: path.to_owned(),
        }),
        ("p", Some(Some(slug))) => Some(ShareTarget::Product { slug }),
        ("g", Some(Some(id))) => Some(ShareTarget::Group { id: id.into() }),
        ("c", Some(Some(handle))) => Some(ShareTarget::Creator { handle }),
        ("live", Some(Some(id))) => Some(ShareTarget::Live { id: id.into() }),
        _ => None,
    }
}

/// A part of a path as it was before it was encoded; none when it is empty or no text.
fn decoded(part: &str) -> Option<String> {
    let text = percent_decode_str(part).decode_utf8().ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

/// JSON inside of a `<script>`: nothing in it can end the block.
fn as_data(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_goods_have_a_target_and_others_none() {
        let kind = |path: &str| target(&path.parse().unwrap());
        assert_eq!(
            kind("/p/%E8%8D%89?sku=1"),
            Some(ShareTarget::Product { slug: "草".into() })
        );
        assert_eq!(kind("/live/1"), Some(ShareTarget::Live { id: "1".into() }));
        assert!(kind("/").is_some() && kind("/?s=x").is_some() && kind("/category").is_some());
        for other in [
            "/cart",
            "/p",
            "/p/",
            "/p/a/b",
            "/checkout/seat",
            "/live",
            "/p/%FF",
            "/x",
        ] {
            assert_eq!(kind(other), None, "{other}");
        }
    }

    #[test]
    fn data_cannot_leave_its_block() {
        let json = as_data(r#"{"a":"</script><!--<script>"}"#);
        assert!(!json.contains('<'), "{json}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).unwrap(),
            serde_json::json!({"a": "</script><!--<script>"})
        );
    }
}
