//! Language and appearance, wherever they are chosen.

use leptos::prelude::*;

use crate::i18n::{Lang, lang, set_lang};
use crate::stores::preferences::Theme;
use crate::stores::use_preferences;
use crate::t;
use crate::ui::{Segmented, text};

/// The two choices.
#[component]
pub fn LookChoices() -> impl IntoView {
    let preferences = use_preferences();
    let theme = Signal::derive(move || preferences.theme());
    let theme_words = |theme: Theme| {
        let words = match theme {
            Theme::System => t!(account.theme_system),
            Theme::Light => t!(account.theme_light),
            Theme::Dark => t!(account.theme_dark),
        };
        words.to_owned()
    };
    view! {
        <div class=text::stack>
            <p class=stylance::classes!(text::small, text::muted)>{t!(account.language)}</p>
            <Segmented
                label=t!(account.language)
                name="language"
                options=Lang::ALL.to_vec()
                words=|lang: Lang| lang.name().to_owned()
                chosen=Signal::stored(lang())
                on_choose=set_lang
            />
            <p class=stylance::classes!(text::small, text::muted)>{t!(account.theme)}</p>
            <Segmented
                label=t!(account.theme)
                name="theme"
                options=Theme::ALL.to_vec()
                words=theme_words
                chosen=theme
                on_choose=move |theme| preferences.set_theme(theme)
            />
        </div>
    }
}
