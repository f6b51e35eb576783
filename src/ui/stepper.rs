//! How many: minus, the number, plus.

use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};
use crate::i18n::number;
use crate::t;

stylance::import_crate_style!(style, "src/ui/stepper.module.css");

/// A stepper from `min` to `max`. At an end its button is disabled; the page writes the reason beside.
#[component]
pub fn Stepper(
    /// How many now.
    #[prop(into)]
    value: Signal<u32>,
    /// The least.
    #[prop(default = 1)]
    min: u32,
    /// The most.
    #[prop(into)]
    max: Signal<u32>,
    /// Smaller, for lists.
    #[prop(optional)]
    small: bool,
    /// Of what, spoken.
    #[prop(into)]
    label: String,
    /// Told the number wanted.
    #[prop(into)]
    on_change: Callback<u32>,
) -> impl IntoView {
    let class = stylance::classes!(style::stepper, small.then_some(style::small));
    view! {
        <span class=class role="group" aria-label=label>
            <button
                type="button"
                aria-label=t!(app.less)
                disabled=move || value.get() <= min
                on:click=move |_| on_change.run(value.get_untracked().saturating_sub(1).max(min))
            >
                <Icon glyph=Glyph::Minus size=IconSize::Small />
            </button>
            <output>{move || number(u64::from(value.get()))}</output>
            <button
                type="button"
                aria-label=t!(app.more)
                disabled=move || { value.get() >= max.get() }
                on:click=move |_| {
                    on_change.run(value.get_untracked().saturating_add(1).min(max.get_untracked()));
                }
            >
                <Icon glyph=Glyph::Plus size=IconSize::Small />
            </button>
        </span>
    }
}
