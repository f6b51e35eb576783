//! Which language this page speaks.

use std::cell::Cell;

use crate::platform::{page, storage};

/// A language that the shop speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    ZhCn,
    /// English.
    En,
}

const STORED: &str = "lang";

thread_local! {
    /// Of the page that this thread draws.
    static CURRENT: Cell<Lang> = const { Cell::new(Lang::ZhCn) };
}

impl Lang {
    /// Every language, in the order of menus.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// Language tag for `lang` attributes, `Accept-Language` and `Intl`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "中文",
            Self::En => "English",
        }
    }

    /// The language that a tag such as `zh-Hant-TW` or `en-GB` asks for.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag().split('-').next() == Some(&primary.to_ascii_lowercase()))
    }
}

/// The language of this page.
pub fn lang() -> Lang {
    CURRENT.get()
}

/// Draws in a language from now on.
pub fn speak(lang: Lang) {
    CURRENT.set(lang);
}

/// Settles the language before the first view is built: the stored choice, else the first of the
/// browser's languages that the shop speaks, else Chinese. The server, which decides before it can ask, is told
/// where it would have decided otherwise. Returns whether the page came in that language.
pub fn choose() -> bool {
    let stored = storage::read(STORED).ok().flatten();
    let lang = preferred(stored.as_deref(), &page::languages());
    speak(lang);
    let came_in_it = page::lang() == lang.tag();
    if !came_in_it {
        page::keep_cookie(STORED, lang.tag());
        page::set_lang(lang.tag());
    }
    came_in_it
}

/// Keeps the choice and loads the page again in that language.
pub fn set_lang(lang: Lang) {
    // Where storage is off the choice cannot outlive the reload; the page then says what it said before.
    let _ = storage::write(STORED, lang.tag());
    page::keep_cookie(STORED, lang.tag());
    page::reload();
}

fn preferred(stored: Option<&str>, browser: &[String]) -> Lang {
    stored
        .into_iter()
        .chain(browser.iter().map(String::as_str))
        .find_map(Lang::from_tag)
        .unwrap_or(Lang::ZhCn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn the_stored_choice_wins_over_the_browser() {
        assert_eq!(preferred(Some("en"), &browser(&["zh-CN"])), Lang::En);
    }

    #[test]
    fn the_first_language_that_the_shop_speaks_is_taken() {
        assert_eq!(
            preferred(None, &browser(&["fr-FR", "en-GB", "zh-TW"])),
            Lang::En
        );
        assert_eq!(preferred(None, &browser(&["zh-Hant-TW", "en"])), Lang::ZhCn);
    }

    #[test]
    fn unknown_languages_and_a_damaged_choice_fall_back_to_chinese() {
        assert_eq!(preferred(Some("}{"), &browser(&["fr"])), Lang::ZhCn);
        assert_eq!(preferred(None, &[]), Lang::ZhCn);
    }
}
