//! `GET /s/{token}`: what a link says of its target to crawlers, and people's way into the app (A1).
//!
//! Every link gets this one page, whoever asks: chats fetch it with programs that run no script and keep no
//! cookie. A person's browser goes on to the target at once; the app there says that the link was opened. Nothing
//! is remembered of who asked here. A token that the shop never made, or that is out of use, leads to its target or
//! home, never to an error.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use contract::ShareToken;
use contract::shares::ShareCard;
use maud::{DOCTYPE, Markup, html};

use super::card;
use super::store;
use crate::attribution::rules;
use crate::attribution::store::links::{self, LinkRow};
use crate::http::head::HeadTags;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// Shows a link.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(token): Path<ShareToken>,
    lang: Lang,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let link = known(&state, &token).await?;
    let mut conn = state.db.reader().acquire().await?;
    let found = match &link {
        Some(link) => card::find(&mut conn, &state, lang, &link.target).await?,
        None => None,
    };
    let found = match found {
        Some(found) => found,
        None => card::home(&mut conn, lang).await?,
    };
    let (shop, _) = store::shop(&mut conn, lang).await?;
    let counted = link.filter(|link| !link.revoked);
    if let Some(link) = &counted {
        state.views.count(&link.token);
    }
    let page = LinkPage {
        origin: &state.config.public_url,
        shop: &shop,
        card: &found.card,
        token: counted.as_ref().map(|link| &link.token),
        goes_on: !is_crawler(&headers),
        lang,
    };
    let answer = [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language, user-agent"),
        (header::CONTENT_LANGUAGE, lang.tag()),
    ];
    Ok((answer, Html(page.html().into_string())).into_response())
}

/// The link of a token that the shop made.
async fn known(state: &AppState, token: &ShareToken) -> Result<Option<LinkRow>, AppError> {
    if !state.config.sharing.keys.is_ours(token) {
        return Ok(None);
    }
    links::find(&mut *state.db.reader().acquire().await?, token).await
}

fn is_crawler(headers: &HeaderMap) -> bool {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    rules::is_robot(agent.unwrap_or_default())
}

struct LinkPage<'a> {
    origin: &'a str,
    shop: &'a str,
    card: &'a ShareCard,
    /// Absent for a link that counts no more.
    token: Option<&'a ShareToken>,
    /// The browser goes on to the app by itself.
    goes_on: bool,
    lang: Lang,
}

impl LinkPage<'_> {
    /// The target in the app; it says there by which link it was reached.
    fn app(&self) -> String {
        let href = &self.card.href;
        match self.token {
            Some(token) if href.contains('?') => format!("{href}&s={token}"),
            Some(token) => format!("{href}?s={token}"),
            None => href.clone(),
        }
    }

    /// The address that a chat keeps: with the token, so that whoever opens the card comes by the link.
    fn own(&self) -> String {
        match self.token {
            Some(token) => format!("{}/s/{token}", self.origin),
            None => format!("{}{}", self.origin, self.card.href),
        }
    }

    fn html(&self) -> Markup {
        let (card, app) = (self.card, self.app());
        let head = HeadTags {
            origin: self.origin,
            shop: self.shop,
            card,
            url: &self.own(),
            lang: self.lang,
        };
        let picture = card.picture.as_ref();
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    meta name="color-scheme" content="light dark";
                    title { (card.title) " · " (self.shop) }
                    (head.tags())
                    @if self.goes_on {
                        meta http-equiv="refresh" content={ "0; url=" (app) };
                    }
                }
                body {
                    main {
                        h1 { (card.title) }
                        p { (card.text) }
                        @if let Some(picture) = picture {
                            p { img src=(picture.src) alt="" width=(picture.width) height=(picture.height); }
                        }
                        p { a href=(app) { (self.lang.pick("打开", "Open")) } }
                    }
                }
            }
        }
    }
}
