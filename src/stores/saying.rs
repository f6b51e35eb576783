//! Saying something where others read it, in a room or under a video: a line that is sent once, and why it was not
//! taken.

use std::future::Future;

use contract::ErrorCode;
use contract::live::CHAT_MAX;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, IdempotencyKey};
use crate::i18n::number;
use crate::t;

/// A line on its way; a copyable handle.
#[derive(Clone, Copy)]
pub struct Saying {
    /// What is being said.
    pub words: RwSignal<String>,
    /// Why it was not taken.
    pub trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Kept until it has an answer, so that a line that is sent again is said once.
    key: StoredValue<IdempotencyKey>,
}

impl Saying {
    /// Nothing yet.
    pub fn begin() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            key: StoredValue::new(IdempotencyKey::new()),
        }
    }

    /// Sends what was typed, unless that is nothing or under way, and gives `said` what the shop made of it.
    pub fn send<T, F>(
        self,
        say: impl FnOnce(String, IdempotencyKey) -> F,
        said: impl FnOnce(T) + 'static,
    ) where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let line = self.words.get_untracked().trim().to_owned();
        if line.is_empty() || self.busy.get_untracked() {
            return;
        }
        if line.chars().count() > CHAT_MAX {
            return self.trouble.set(Some(t!(talk.long).to_owned()));
        }
        self.busy.set(true);
        let answer = say(line, self.key.get_value());
        spawn_local(async move {
            let answer = answer.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                self.key.set_value(IdempotencyKey::new());
            }
            self.trouble.set(answer.as_ref().err().map(refused));
            if let Ok(line) = answer {
                self.words.set(String::new());
                said(line);
            }
        });
    }
}

fn refused(error: &ApiError) -> String {
    match (error.code(), error.retry_after()) {
        (Some(ErrorCode::RateLimited), Some(seconds)) => t!(talk.wait, n = number(seconds)),
        (Some(ErrorCode::ChatMuted | ErrorCode::RoomBanned), _) => t!(talk.banned).to_owned(),
        (Some(ErrorCode::ChatBlocked), _) => t!(talk.blocked).to_owned(),
        (Some(ErrorCode::InvalidRequest), _) => t!(talk.long).to_owned(),
        _ => t!(talk.failed).to_owned(),
    }
}
