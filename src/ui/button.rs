//! Buttons, and links that look like buttons.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/button.module.css");

/// What a button is for. One [`Primary`](ButtonKind::Primary) a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one action of the screen.
    Primary,
    /// A second way to the same end.
    Tonal,
    /// Anything else that is done here.
    #[default]
    Plain,
    /// Bounded, on a coloured ground.
    Outline,
    /// Nearly text.
    Quiet,
    /// Accepting what changed.
    Sun,
}

impl ButtonKind {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Primary => Some(style::primary),
            Self::Tonal => Some(style::tonal),
            Self::Plain => None,
            Self::Outline => Some(style::outline),
            Self::Quiet => Some(style::quiet),
            Self::Sun => Some(style::sun),
        }
    }
}

fn classes(kind: ButtonKind, wide: bool, small: bool) -> String {
    stylance::classes!(
        style::button,
        kind.class(),
        wide.then_some(style::wide),
        small.then_some(style::small)
    )
}

/// A button. Inside, `<small>` makes a second line.
#[component]
pub fn Button(
    /// What it is for.
    #[prop(optional)]
    kind: ButtonKind,
    /// As wide as its row.
    #[prop(optional)]
    wide: bool,
    /// 32 px high, still 44 px to touch.
    #[prop(optional)]
    small: bool,
    /// Submits its form.
    #[prop(optional)]
    submit: bool,
    /// At work: shows a ring and takes no press.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What a press does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=classes(kind, wide, small)
            type=if submit { "submit" } else { "button" }
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            {children()}
        </button>
    }
}

/// A link to a page of the app that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it is for.
    #[prop(optional)]
    kind: ButtonKind,
    /// As wide as its row.
    #[prop(optional)]
    wide: bool,
    /// 32 px high, still 44 px to touch.
    #[prop(optional)]
    small: bool,
    /// Takes the place of this step of the history, as links in sheets do.
    #[prop(optional)]
    replace: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=classes(kind, wide, small) prop:replace=replace>
            {children()}
        </a>
    }
}
