//! One of two or three: radio buttons in one capsule.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/segmented.module.css");

/// A choice of one. `words` may change while it is shown; the focus stays where it is.
#[component]
pub fn Segmented<T, W>(
    /// What is chosen, spoken.
    #[prop(into)]
    label: String,
    /// Name of the group in the page.
    name: &'static str,
    /// What can be chosen.
    options: Vec<T>,
    /// The words of an option.
    words: W,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<T>,
    /// Told what is wanted.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
    W: Fn(T) -> String + Copy + Send + Sync + 'static,
{
    let option = move |value: T| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| on_choose.run(value)
                />
                <span>{move || words(value)}</span>
            </label>
        }
    };
    view! {
        <div class=style::segmented role="radiogroup" aria-label=label>
            {options.into_iter().map(option).collect_view()}
        </div>
    }
}
