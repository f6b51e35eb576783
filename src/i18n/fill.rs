//! What the generated messages stand on: choosing the form and filling in the placeholders.

use std::fmt::{Display, Write as _};

use super::lang;
use super::number::is_one;

/// The text in the shopper's language; `forms` holds `[one, other]` a language.
pub(super) fn pick(forms: &'static [[&'static str; 2]; 2], count: Option<u64>) -> &'static str {
    let [zh, en] = forms;
    let [one, other] = match lang() {
        super::Lang::ZhCn => zh,
        super::Lang::En => en,
    };
    if count.is_some_and(is_one) {
        one
    } else {
        other
    }
}

/// `template` with every `{name}` replaced by its value.
pub(super) fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            // Writing to a String cannot fail.
            let _ = write!(text, "{value}");
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_wherever_they_stand() {
        assert_eq!(
            fill("{a} of {b}, {a}", &[("a", &1), ("b", &"two")]),
            "1 of two, 1"
        );
        assert_eq!(fill("no place", &[]), "no place");
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(fill("“{q}”", &[("q", &"{q}")]), "“{q}”");
    }
}
