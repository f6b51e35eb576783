//! What an [`ApiError`] says to a person: what happened, what it means, what to do.

use contract::ErrorCode;
use leptos::prelude::*;

use super::ApiError;
use crate::i18n::number;
use crate::routes;
use crate::t;
use crate::ui::{Button, ButtonKind, ButtonLink, Empty, Glyph};

/// The title and the sentence for an error that a whole screen or section shows.
pub fn failure_words(error: &ApiError) -> (String, String) {
    let (title, text) = match (error, error.code(), error.retry_after()) {
        (ApiError::Offline, ..) => (t!(app.offline_title), t!(app.offline_text).to_owned()),
        (ApiError::Network | ApiError::Timeout, ..) => {
            (t!(app.network_title), t!(app.network_text).to_owned())
        }
        (_, Some(ErrorCode::NotFound), _) => {
            (t!(app.missing_title), t!(app.missing_text).to_owned())
        }
        (_, Some(ErrorCode::SignInRequired), _) => {
            (t!(app.sign_in_title), t!(app.sign_in_text).to_owned())
        }
        (_, Some(ErrorCode::RateLimited), Some(seconds)) => (
            t!(app.busy_title),
            t!(app.busy_text_in, seconds = number(seconds)),
        ),
        (_, Some(ErrorCode::RateLimited), _) => (t!(app.busy_title), t!(app.busy_text).to_owned()),
        _ => (t!(app.error_title), t!(app.error_text).to_owned()),
    };
    (title.to_owned(), text)
}

/// An error in place of what could not be loaded, with the one action that helps.
#[component]
pub fn Failure(
    /// What went wrong.
    error: ApiError,
    /// Tries again.
    on_retry: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let (title, text) = failure_words(&error);
    let glyph = match &error {
        ApiError::Offline => Glyph::Offline,
        error if error.needs_sign_in() => Glyph::User,
        _ => Glyph::Alert,
    };
    let action = match error.code() {
        Some(ErrorCode::NotFound) => view! {
            <ButtonLink href=routes::home() kind=ButtonKind::Tonal>{t!(app.see_shop)}</ButtonLink>
        }
        .into_any(),
        Some(ErrorCode::SignInRequired) => view! {
            <ButtonLink
                href=routes::sign_in(Some(&crate::platform::page::path_and_query()))
                kind=ButtonKind::Primary
            >
                {t!(app.sign_in)}
            </ButtonLink>
        }
        .into_any(),
        _ => view! {
            <Button kind=ButtonKind::Tonal on_press=on_retry>{t!(app.retry)}</Button>
        }
        .into_any(),
    };
    view! {
        <Empty glyph title text alert=true>
            {action}
        </Empty>
    }
}
