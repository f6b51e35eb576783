//! The sandbox's inbox: the messages that nobody was sent, newest first, on a page that refreshes itself.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use super::store::{self, Kept};
use crate::config::Config;
use crate::http::language::Lang;
use crate::{AppError, AppState};

/// How many messages the page shows.
const SHOWN: i64 = 30;
const STYLE: &str = include_str!("inbox.css");

/// The inbox, while messages go to the sandbox; otherwise nothing.
pub fn routes(config: &Config) -> Router<AppState> {
    if config.sms != "sandbox" {
        return Router::new();
    }
    Router::new()
        .route("/sandbox/sms", get(inbox))
        .route("/sandbox/sms.css", get(style))
}

async fn inbox(State(state): State<AppState>, lang: Lang) -> Result<impl IntoResponse, AppError> {
    let messages = store::latest(&state.db, SHOWN).await?;
    let page = page(&messages, state.clock.now().0, lang).into_string();
    Ok(([(header::CACHE_CONTROL, "no-store")], Html(page)))
}

async fn style() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, STYLE)
}

fn page(messages: &[Kept], now: i64, lang: Lang) -> Markup {
    let title = lang.pick("短信收件箱", "Text messages");
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                meta http-equiv="refresh" content="3";
                title { (title) }
                link rel="stylesheet" href="/sandbox/sms.css";
            }
            body {
                header {
                    h1 { (title) }
                    p { (lang.pick(
                        "沙盒：短信不会真的发出，都在这里。页面每 3 秒更新。",
                        "Sandbox: nothing is really sent, it all arrives here. Updates every 3 seconds.",
                    )) }
                }
                main {
                    @if messages.is_empty() {
                        p.empty { (lang.pick(
                            "还没有短信。到登录页要一个验证码，它会出现在这里。",
                            "No messages yet. Ask for a code on the sign-in page and it shows up here.",
                        )) }
                    }
                    ol { @for message in messages { (entry(message, now, lang)) } }
                }
            }
        }
    }
}

fn entry(message: &Kept, now: i64, lang: Lang) -> Markup {
    html! {
        li {
            div.meta { span.to { (message.phone) } span { (ago(now - message.sent_at.0, lang)) } }
            p lang=(message.lang) {
                @for part in parts(&message.text) {
                    @match part {
                        Part::Code(code) => strong { (code) },
                        Part::Words(words) => (words),
                    }
                }
            }
        }
    }
}

enum Part<'a> {
    Words(&'a str),
    Code(&'a str),
}

/// Finds the first run of six digits, so that the page can draw it large.
fn parts(text: &str) -> Vec<Part<'_>> {
    let starts = text.char_indices().map(|(at, _)| at);
    let found = starts.into_iter().find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let (code, after) = rest.split_at_checked(6)?;
        code.bytes()
            .all(|b| b.is_ascii_digit())
            .then_some((before, code, after))
    });
    match found {
        Some((before, code, after)) => {
            vec![Part::Words(before), Part::Code(code), Part::Words(after)]
        }
        None => vec![Part::Words(text)],
    }
}

fn ago(ms: i64, lang: Lang) -> String {
    match (ms / 60_000, lang) {
        (..=0, lang) => lang.pick("刚刚", "just now").to_owned(),
        (minutes @ 1..=59, Lang::Zh) => format!("{minutes} 分钟前"),
        (minutes @ 1..=59, Lang::En) => format!("{minutes} min ago"),
        (minutes, Lang::Zh) => format!("{} 小时前", minutes / 60),
        (minutes, Lang::En) => format!("{} h ago", minutes / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Timestamp;

    #[test]
    fn the_code_is_drawn_apart_from_the_words() {
        for (text, code) in [
            ("验证码 042917，10 分钟内有效", "042917"),
            ("123456 is it", "123456"),
        ] {
            let found = parts(text).into_iter().find_map(|part| match part {
                Part::Code(code) => Some(code),
                Part::Words(_) => None,
            });
            assert_eq!(found, Some(code));
        }
        assert_eq!(parts("no code 12345 表").len(), 1);
    }

    #[test]
    fn what_a_message_says_is_text_and_never_markup() {
        let message = Kept {
            phone: "+8613800000000".to_owned(),
            lang: "en".to_owned(),
            text: "<script>alert(1)</script>".to_owned(),
            sent_at: Timestamp(0),
        };
        let page = page(&[message], 120_000, Lang::En).into_string();
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
        assert!(page.contains("2 min ago"));
    }
}
