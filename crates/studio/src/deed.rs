//! Something that staff does, at most once: its key is kept until there is a definite answer.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::{ApiError, IdempotencyKey};
use storefront::ui::{Glyph, Notice, NoticeKind};

use crate::refusal;

/// A deed and how it stands; a copyable handle.
#[derive(Clone, Copy)]
pub struct Deed {
    /// It is under way.
    pub busy: RwSignal<bool>,
    /// Why it was refused.
    pub trouble: RwSignal<Option<String>>,
    key: StoredValue<IdempotencyKey>,
}

impl Deed {
    /// One that was not tried yet.
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            key: StoredValue::new(IdempotencyKey::new()),
        }
    }

    /// Does it; `done` is told the answer.
    pub fn run<T, F>(
        self,
        ask: impl FnOnce(IdempotencyKey) -> F + 'static,
        done: impl FnOnce(T) + 'static,
    ) where
        T: 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let answer = ask(self.key.get_value()).await;
            // Whoever has left the page meanwhile is not told.
            if self.busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                self.key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(answer) => done(answer),
                Err(error) => self.trouble.set(Some(refusal::words(&error))),
            }
        });
    }
}

/// Why a deed was refused.
#[component]
pub fn Trouble(deed: Deed) -> impl IntoView {
    move || {
        deed.trouble.get().map(|words| {
            view! {
                <div role="alert">
                    <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{words}</Notice>
                </div>
            }
        })
    }
}
