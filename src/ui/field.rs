//! A labelled text field with its hint; the hint turns into the error when there is one.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/field.module.css");

/// What is typed into a field, for keyboards and autofill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// Anything.
    #[default]
    Text,
    /// A person's name.
    Name,
    /// A name that one goes by.
    Nickname,
    /// A phone number.
    Phone,
    /// An amount of money.
    Amount,
    /// A one-time code that arrives by text message.
    OneTimeCode,
    /// Province, city, district.
    Region,
    /// Street, number, door.
    Street,
}

impl FieldKind {
    /// `type`, `inputmode` and `autocomplete` of the input.
    fn attributes(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Text => ("text", "text", "off"),
            Self::Name => ("text", "text", "name"),
            Self::Nickname => ("text", "text", "nickname"),
            Self::Phone => ("tel", "tel", "tel"),
            Self::Amount => ("text", "decimal", "off"),
            Self::OneTimeCode => ("text", "numeric", "one-time-code"),
            Self::Region => ("text", "text", "address-level1"),
            Self::Street => ("text", "text", "street-address"),
        }
    }
}

/// A field.
#[component]
pub fn Field(
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What is typed.
    kind: FieldKind,
    /// What was typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: String,
    /// The most characters.
    #[prop(default = 120)]
    longest: usize,
    /// Takes the focus when it appears.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let (input_type, inputmode, autocomplete) = kind.attributes();
    let id = new_id();
    let hint_id = format!("{id}-hint");
    let describes = hint_id.clone();
    let invalid = move || error.with(Option::is_some);
    let words = Memo::new(move |_| error.get().unwrap_or_else(|| hint.clone()));
    view! {
        <div class=style::field data-invalid=move || invalid().then_some("")>
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type=input_type
                inputmode=inputmode
                autocomplete=autocomplete
                maxlength=longest
                autofocus=focus
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=move || (!words.read().is_empty()).then(|| describes.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p class=style::hint id=hint_id role=move || invalid().then_some("alert")>
                {move || words.get()}
            </p>
        </div>
    }
}

/// An id that no other element of the page has.
fn new_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
