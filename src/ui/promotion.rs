//! The disclosure that somebody may earn from what is bought here (features.md 85).

use leptos::prelude::*;

use super::{Glyph, Notice, NoticeKind};
use crate::t;

/// The disclosure, where it is one.
#[component]
pub fn Promotion(
    /// Whether somebody may earn.
    shown: Signal<bool>,
) -> impl IntoView {
    move || {
        shown.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Info glyph=Glyph::Info>
                    {t!(app.promotion)}
                </Notice>
            }
        })
    }
}
