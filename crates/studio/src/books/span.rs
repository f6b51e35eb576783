//! The time that is looked at: whole days of the reader's own clock.

use leptos::prelude::*;
use storefront::platform::{local_time, page};
use storefront::t;
use storefront::ui::Segmented;

use crate::form;

stylance::import_crate_style!(style, "src/books/span.module.css");

const DAY_MS: i64 = 86_400_000;
/// Days that are one press away.
const DAYS: [i64; 3] = [7, 30, 90];

/// From a moment on until another, milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From then on.
    pub from: i64,
    /// Until then.
    pub until: i64,
}

impl Span {
    /// The last days, with today.
    fn last(days: i64) -> Self {
        let today = page::device_now_ms();
        let midnight = local_time::read(&format!("{}T00:00", day(today))).unwrap_or(today);
        Self {
            from: midnight - (days - 1) * DAY_MS,
            until: midnight + DAY_MS,
        }
    }

    /// As it is asked for.
    pub fn written(self) -> [String; 2] {
        [self.from.to_string(), self.until.to_string()]
    }
}

/// The day of a moment, as a field holds it.
fn day(at_ms: i64) -> String {
    let mut written = local_time::written(at_ms);
    written.truncate("2026-11-28".len());
    written
}

/// The last 30 days.
pub fn use_span() -> RwSignal<Span> {
    RwSignal::new(Span::last(30))
}

/// Choosing the time.
#[component]
pub fn SpanChoice(span: RwSignal<Span>) -> impl IntoView {
    let days = Memo::new(move |_| {
        let span = span.get();
        DAYS.into_iter().find(|days| Span::last(*days) == span)
    });
    let set = move |typed: String, end: bool| {
        let Some(at) = local_time::read(&format!("{typed}T00:00")) else {
            return;
        };
        let wanted = match end {
            true => Span {
                until: at + DAY_MS,
                ..span.get_untracked()
            },
            false => Span {
                from: at,
                ..span.get_untracked()
            },
        };
        if wanted.from < wanted.until {
            span.set(wanted);
        }
    };
    let words = |days: Option<i64>| t!(books.days, n = days.unwrap_or_default());
    let choose = move |days: Option<i64>| {
        if let Some(days) = days {
            span.set(Span::last(days));
        }
    };
    let options = DAYS.map(Some).to_vec();
    view! {
        <div class=style::span>
            <Segmented
                label=t!(books.span)
                name="span"
                options
                words
                chosen=days
                on_choose=choose
            />
            <label class=form::field>
                <span>{t!(books.from)}</span>
                <input
                    type="date"
                    prop:value=move || day(span.get().from)
                    on:change=move |event| set(event_target_value(&event), false)
                />
            </label>
            <label class=form::field>
                <span>{t!(books.until)}</span>
                <input
                    type="date"
                    prop:value=move || day(span.get().until - DAY_MS)
                    on:change=move |event| set(event_target_value(&event), true)
                />
            </label>
        </div>
    }
}
