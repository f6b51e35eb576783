//! What may be said in a room (rules.md L8). Pure.

use contract::live::CHAT_MAX;
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is nothing in it.
    Empty,
    /// It is too long.
    Long,
}

/// A line as it is kept: one line, without what cannot be seen and would change how its neighbours look. Markup
/// stays: it is text.
pub fn tidy(text: &str) -> Result<String, Unfit> {
    // What is absurdly long is not even looked through.
    if text.len() > CHAT_MAX * 16 {
        return Err(Unfit::Long);
    }
    let seen: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !turns_text(*c))
        .collect();
    let line = seen.trim();
    let has_something = line.chars().any(|c| !is_unseen(c) && c != ' ');
    match line.chars().count() {
        _ if !has_something => Err(Unfit::Empty),
        n if n > CHAT_MAX => Err(Unfit::Long),
        _ => Ok(line.to_owned()),
    }
}

/// A text in the form in which words are looked for: width, case, and what hides between letters do not matter.
pub fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_unseen(*c) && !turns_text(*c))
        // What stood between a letter and its accent is gone: they are one again.
        .nfkc()
        .collect()
}

/// Whether a line holds one of these folded words.
pub fn holds_any(line: &str, folded_words: &[String]) -> bool {
    let folded = fold(line);
    folded_words
        .iter()
        .any(|word| !word.is_empty() && folded.contains(word.as_str()))
}

/// Marks that turn the direction of text and would reach beyond the line.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters without a shape of their own; some hold emoji together.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn l8_a_line_has_at_most_200_characters() {
        assert_eq!(tidy(&"好".repeat(200)).unwrap().chars().count(), 200);
        assert_eq!(tidy(&"好".repeat(201)), Err(Unfit::Long));
        assert_eq!(tidy(&"a".repeat(10_000)), Err(Unfit::Long));
        for nothing in [
            "",
            "   ",
            "\n\t",
            "\u{200b}\u{200b}",
            "\u{3164}",
            "\u{202e}",
        ] {
            assert_eq!(tidy(nothing), Err(Unfit::Empty), "{nothing:?}");
        }
    }

    #[test]
    fn l8_markup_stays_text_and_nothing_turns_its_neighbours() {
        assert_eq!(
            tidy("<img src=x onerror=alert(1)>").unwrap(),
            "<img src=x onerror=alert(1)>"
        );
        assert_eq!(tidy("a\u{202e}b\u{2066}c\u{0}d").unwrap(), "abcd");
        assert_eq!(tidy("two\nlines").unwrap(), "two lines");
        assert_eq!(tidy("👩\u{200d}🌾").unwrap(), "👩\u{200d}🌾");
    }

    #[test]
    fn l8_a_blocked_word_is_found_in_any_width_and_case() {
        let words = [fold("WeChat"), fold("加微信")];
        for hidden in [
            "add my wechat",
            "WECHAT",
            "ＷｅＣｈａｔ",
            "w e c h a t",
            "we\u{200b}chat",
            "we\u{00ad}chat",
            "请加 微 信",
        ] {
            assert!(holds_any(hidden, &words), "{hidden}");
        }
        assert!(!holds_any("we chap", &words));
        assert!(holds_any("m\u{101}ma", &[fold("ma\u{200b}\u{304}ma")]));
        assert!(!holds_any("anything", &[String::new()]));
    }

    proptest! {
        #[test]
        fn l8_whatever_is_said_stays_one_short_line(text in ".{0,400}") {
            if let Ok(line) = tidy(&text) {
                prop_assert!((1..=CHAT_MAX).contains(&line.chars().count()));
                prop_assert!(!line.chars().any(|c| c.is_control() || turns_text(c)));
                prop_assert_eq!(tidy(&line), Ok(line.clone()));
            }
        }

        #[test]
        fn l8_folding_again_changes_nothing(text in ".{0,60}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
