//! The one polite live region of the app: what changed, said to those who do not see it.

use leptos::prelude::*;

use super::text;

/// Speaks into the live region; provided by the shell.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// The announcer of this app; call it once, in the shell.
    pub fn provide() -> Self {
        let announcer = Self(RwSignal::new(String::new()));
        provide_context(announcer);
        announcer
    }

    /// Says it. The same words twice are said twice.
    pub fn say(self, words: impl Into<String>) {
        let words = words.into();
        self.0.update(|said| {
            // A region speaks only of a change; the space is silent.
            *said = if *said == words {
                words + "\u{a0}"
            } else {
                words
            };
        });
    }
}

/// Says it through the shell's announcer. Call it while the component is set up or in its handlers'
/// captured [`Announcer`]; without a shell (a test) it says nothing.
pub fn announce(words: impl Into<String>) {
    if let Some(announcer) = use_context::<Announcer>() {
        announcer.say(words);
    }
}

/// The region itself.
#[component]
pub fn LiveRegion(
    /// What speaks into it.
    announcer: Announcer,
) -> impl IntoView {
    view! {
        <p class=text::hidden role="status" aria-live="polite">
            {move || announcer.0.get()}
        </p>
    }
}
