//! A line that says something about what is around it, with one action at most.

use leptos::prelude::*;

use super::{Glyph, Icon};

stylance::import_crate_style!(style, "src/ui/notice.module.css");

/// How a notice sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NoticeKind {
    /// A fact.
    #[default]
    Plain,
    /// A promise.
    Safe,
    /// Attention that is no error.
    Warn,
    /// A failure.
    Bad,
    /// A disclosure.
    Info,
}

/// A notice.
#[component]
pub fn Notice(
    /// How it sounds.
    #[prop(optional)]
    kind: NoticeKind,
    /// What is drawn before it.
    glyph: Glyph,
    /// Its one action, if any.
    #[prop(optional, into)]
    action: ViewFnOnce,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let kind = match kind {
        NoticeKind::Plain => None,
        NoticeKind::Safe => Some(style::safe),
        NoticeKind::Warn => Some(style::warn),
        NoticeKind::Bad => Some(style::bad),
        NoticeKind::Info => Some(style::info),
    };
    view! {
        <div class=stylance::classes!(style::notice, kind)>
            <Icon glyph />
            <div class=style::words>{children()}</div>
            {action.run()}
        </div>
    }
}
