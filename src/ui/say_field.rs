//! The field to say something in: a line, the button that sends it, and why it was not taken.

use leptos::prelude::*;

use super::{Glyph, IconButton, text};
use crate::t;

stylance::import_crate_style!(style, "src/ui/say_field.module.css");

/// The id of the field, by which the focus is moved there.
const FIELD: &str = "say";

/// The field, a form of its own: the keyboard's own key sends too.
#[component]
pub fn SayField(
    /// What is asked for, spoken.
    label: &'static str,
    /// What stands in it while it is empty.
    placeholder: &'static str,
    /// What is being said.
    words: RwSignal<String>,
    /// Why it was not taken.
    #[prop(into)]
    trouble: Signal<Option<String>>,
    /// On a picture.
    #[prop(optional)]
    glass: bool,
    /// Sends it.
    #[prop(into)]
    on_send: Callback<()>,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| words.with(|words| words.trim().is_empty()));
    view! {
        <form
            class=stylance::classes!(style::say, glass.then_some(style::glass))
            on:submit=move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                on_send.run(());
            }
        >
            <label class=text::hidden for=FIELD>{label}</label>
            <input
                id=FIELD
                type="text"
                enterkeyhint="send"
                autocomplete="off"
                placeholder=placeholder
                prop:value=move || words.get()
                on:input=move |event| words.set(event_target_value(&event))
            />
            {move || (!is_empty.get()).then(|| view! {
                <IconButton label=t!(talk.send) glyph=Glyph::Send glass on_press=move |()| on_send.run(()) />
            })}
            <p class=style::trouble role="alert">{move || trouble.get()}</p>
        </form>
    }
}
