//! Phone numbers as people type them.

/// The number without spaces, dots, dashes and brackets, `+` kept; absent when it has fewer than 7 or
/// more than 15 digits (ITU-T E.164) or holds anything else.
pub fn normalise(typed: &str) -> Option<String> {
    let mut number = String::with_capacity(16);
    for c in typed.trim().chars() {
        match c {
            '+' | '＋' if number.is_empty() => number.push('+'),
            ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '（' | '）' => {}
            // Chinese keyboards can type full-width digits.
            '０'..='９' => number.extend(char::from_digit(c as u32 - '０' as u32, 10)),
            '0'..='9' => number.push(c),
            _ => return None,
        }
    }
    let digits = number.trim_start_matches('+').len();
    (7..=15).contains(&digits).then_some(number)
}

/// A number with its middle hidden, for a page that others may see: `138****0917`.
pub fn masked(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    let (head, tail) = (
        digits.iter().take(3),
        digits.iter().skip(digits.len().saturating_sub(4)),
    );
    if digits.len() < 9 {
        return number.to_owned();
    }
    head.chain(['*'; 4].iter()).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for typed in [
            "13800000917",
            " 138 0000 0917",
            "138-0000-0917",
            "１３８００００0917",
        ] {
            assert_eq!(normalise(typed).as_deref(), Some("13800000917"), "{typed}");
        }
        assert_eq!(
            normalise("+44 (20) 7946-0018").as_deref(),
            Some("+442079460018")
        );
    }

    #[test]
    fn what_cannot_be_a_number_is_refused() {
        for typed in [
            "",
            "123456",
            "1234567890123456",
            "138a0000917",
            "13+800000917",
        ] {
            assert_eq!(normalise(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_masked_number_shows_its_ends() {
        assert_eq!(masked("13800000917"), "138****0917");
        assert_eq!(masked("1234567"), "1234567");
    }
}
