//! Amounts of money as people type them.

use contract::Money;

/// An amount as it would be typed.
pub fn written(amount: Money) -> String {
    let minor = amount.minor.max(0);
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// Reads `20`, `20.5`, `￥1,020.50` as hundredths; never by way of a float.
pub fn minor_units(typed: &str) -> Option<i64> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        '．' | '。' => '.',
        c => c,
    };
    let text: String = typed
        .chars()
        .map(narrow)
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '¥' | '￥' | '元'))
        .collect();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Currency;

    #[test]
    fn what_is_written_is_read_back() {
        for minor in [0, 5, 990, 123_456] {
            let text = written(Money::new(minor, Currency::CNY));
            assert_eq!(minor_units(&text), Some(minor), "{text}");
        }
        for odd in ["", "1.234", "-1", "1e3", "一"] {
            assert_eq!(minor_units(odd), None, "{odd}");
        }
    }
}
