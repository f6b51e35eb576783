//! A toast: what was just done, for 4 s, or for 8 s with a way to undo or follow it; what can be done at any time,
//! until it is. Never for an error that needs a decision.

use std::sync::Arc;

use leptos::prelude::*;

use super::Announcer;
use crate::platform::timers;

stylance::import_crate_style!(style, "src/ui/toast.module.css");

/// What the action of a toast does. A toast outlives the view that showed it, so its effect must not
/// belong to that view, as a `Callback` would.
pub type ToastAction = Arc<dyn Fn() + Send + Sync>;

/// What a toast says and offers.
#[derive(Clone)]
pub struct Toast {
    /// Its words.
    pub text: String,
    /// Words and effect of its one action.
    pub action: Option<(String, ToastAction)>,
    /// Stays until it is acted on, or another takes its place.
    pub stays: bool,
}

impl From<String> for Toast {
    fn from(text: String) -> Self {
        Self {
            text,
            action: None,
            stays: false,
        }
    }
}

impl From<&str> for Toast {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Shows toasts; provided by the shell.
#[derive(Clone, Copy)]
pub struct Toaster {
    shown: RwSignal<Option<Toast>>,
    announcer: Announcer,
}

impl Toaster {
    /// The toaster of this app; call it once, in the shell.
    pub fn provide(announcer: Announcer) -> Self {
        let toaster = Self {
            shown: RwSignal::new(None),
            announcer,
        };
        provide_context(toaster);
        toaster
    }

    /// Shows a toast in place of the one before, and speaks it.
    pub fn show(self, toast: impl Into<Toast>) {
        let toast = toast.into();
        self.announcer.say(toast.text.clone());
        self.shown.set(Some(toast));
    }
}

/// The shell's toaster. Take it while the component is set up; its handlers use it.
pub fn toast() -> Toaster {
    use_context().unwrap_or_else(|| Toaster {
        shown: RwSignal::new(None),
        announcer: Announcer::provide(),
    })
}

/// Where toasts appear.
#[component]
pub fn ToastHost(
    /// What shows them.
    toaster: Toaster,
) -> impl IntoView {
    let shown = toaster.shown;
    move || {
        let Toast {
            text,
            action,
            stays,
        } = shown.get()?;
        if !stays {
            timers::after(if action.is_some() { 8_000 } else { 4_000 }, move || {
                shown.set(None)
            });
        }
        Some(view! {
            <div class=style::toast>
                <span>{text}</span>
                {action
                    .map(|(words, run)| {
                        view! {
                            <button
                                type="button"
                                on:click=move |_| {
                                    shown.set(None);
                                    run();
                                }
                            >
                                {words}
                            </button>
                        }
                    })}
            </div>
        })
    }
}
