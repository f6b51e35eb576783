//! Names that people give themselves: what others may be shown. Pure.

/// The most characters of a name.
const MOST: usize = 20;

/// A name without the white space around it; none for an empty one. Refused is what is too long, holds no letter or
/// digit, or could be taken for markup or turn the text around it.
pub fn tidy(name: &str) -> Result<Option<String>, &'static str> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    if name.chars().count() > MOST {
        return Err("at most 20 characters");
    }
    if name.chars().any(is_unfit) {
        return Err("letters, digits, spaces and simple signs");
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Err("a letter or a digit among them");
    }
    Ok(Some(name.to_owned()))
}

/// Signs of markup, what is not seen, and what changes the direction of the text (Unicode TR 36).
fn is_unfit(letter: char) -> bool {
    let unseen = matches!(letter,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}');
    let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    // Marks that pile up over and under letters.
    let piled = matches!(letter, '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
    let markup = matches!(letter, '<' | '>' | '&' | '"' | '`' | '{' | '}' | '\\' | '*');
    let blank = letter.is_whitespace() && letter != ' ';
    letter.is_control() || unseen || private || piled || markup || blank
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_kept_without_the_white_space_around_it() {
        for (given, kept) in [
            (" 小周 ", "小周"),
            ("Anna-Lena O'Neil", "Anna-Lena O'Neil"),
            ("7", "7"),
            ("José 🍓", "José 🍓"),
            (
                "一二三四五六七八九十一二三四五六七八九十",
                "一二三四五六七八九十一二三四五六七八九十",
            ),
        ] {
            assert_eq!(tidy(given), Ok(Some(kept.to_owned())));
        }
        assert_eq!(tidy(""), Ok(None));
        assert_eq!(tidy("  \n "), Ok(None));
    }

    #[test]
    fn markup_hidden_signs_and_turned_text_are_refused() {
        for bad in [
            "<b>x</b>",
            "a&lt;b",
            "a\u{202e}b",
            "\u{2067}abc",
            "a\u{200b}b",
            "a\nb",
            "a\0b",
            "\u{feff}a",
            "🍓",
            "...",
            "a\u{0301}\u{0302}b",
            "\u{e001}a",
            "邻居 **21",
            "一二三四五六七八九十一二三四五六七八九十一",
        ] {
            assert!(tidy(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_short_visible_and_kept_again(name in ".{0,30}") {
            if let Ok(Some(kept)) = tidy(&name) {
                prop_assert!((1..=MOST).contains(&kept.chars().count()));
                prop_assert!(!kept.chars().any(is_unfit));
                prop_assert_eq!(tidy(&kept), Ok(Some(kept.clone())));
            }
        }
    }
}
