//! What this browser remembers for its shopper: light or dark, the pick-up point, who collects.

use contract::PickupPointId;
use contract::fulfilment::Contact;
use leptos::prelude::*;

use super::shelf::{BrowserShelf, Shelf};
use crate::platform::{json, page};

const THEME: &str = "theme";
const POINT: &str = "point";
const CONTACT: &str = "contact";

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// In the order of menus.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for the page's `data-theme` and the storage; the system's has none.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn from_word(word: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.word() == word)
            .unwrap_or_default()
    }
}

/// What is remembered.
#[derive(Clone, Copy)]
pub struct Preferences {
    theme: RwSignal<Theme>,
    point: RwSignal<Option<String>>,
    /// As it is kept: what reads it is no part of the first load.
    contact: RwSignal<Option<String>>,
}

pub(super) fn provide() -> Preferences {
    let read = |key| BrowserShelf.get(key).ok().flatten();
    let theme = Theme::from_word(read(THEME).as_deref());
    page::set_theme(theme.word());
    let preferences = Preferences {
        theme: RwSignal::new(theme),
        point: RwSignal::new(read(POINT)),
        contact: RwSignal::new(read(CONTACT)),
    };
    provide_context(preferences);
    preferences
}

/// What is remembered, from the shell's context.
pub fn use_preferences() -> Preferences {
    use_context().unwrap_or_else(provide)
}

impl Preferences {
    /// Light, dark or the system's.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Changes it, for this page at once.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        page::set_theme(theme.word());
        keep(THEME, theme.word());
    }

    /// The pick-up point chosen last.
    pub fn point(self) -> Option<PickupPointId> {
        self.point.get().map(PickupPointId)
    }

    /// Remembers a pick-up point.
    pub fn set_point(self, point: PickupPointId) {
        keep(POINT, Some(point.as_str()));
        self.point.set(Some(point.0));
    }

    /// Who collected last.
    pub fn contact(self) -> Option<Contact> {
        json::read(&self.contact.get()?)
    }

    /// Remembers who collects; `None` forgets, as signing out does.
    pub fn set_contact(self, contact: Option<Contact>) {
        let text = contact
            .as_ref()
            .and_then(|contact| serde_json::to_string(contact).ok());
        keep(CONTACT, text.as_deref());
        self.contact.set(text);
    }
}

/// Where storage is off, a preference lasts as long as the page.
fn keep(key: &str, text: Option<&str>) {
    let _ = match text {
        Some(text) => BrowserShelf.set(key, text),
        None => BrowserShelf.remove(key),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_read_back_and_damage_means_the_systems() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_word(theme.word()), theme);
        }
        assert_eq!(Theme::from_word(Some("neon")), Theme::System);
    }
}
