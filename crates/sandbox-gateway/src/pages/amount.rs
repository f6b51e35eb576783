//! Writes an amount for people: symbol, whole part, decimals.

use crate::ledger::Amount;

/// An amount in three parts, so that the page can draw them in different sizes.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// `¥`, or the code and a space.
    pub symbol: String,
    /// With thousands separated.
    pub whole: String,
    /// With its point; empty for currencies without decimals.
    pub decimals: String,
}

/// Writes an amount. Currencies that ISO 4217 gives no decimals are written without.
pub fn written(amount: &Amount) -> Written {
    let symbol = match amount.currency.as_str() {
        "CNY" | "JPY" => "¥".to_owned(),
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code} "),
    };
    let minor = amount.minor.unsigned_abs();
    if matches!(amount.currency.as_str(), "JPY" | "KRW" | "VND") {
        return Written {
            symbol,
            whole: grouped(minor),
            decimals: String::new(),
        };
    }
    Written {
        symbol,
        whole: grouped(minor / 100),
        decimals: format!(".{:02}", minor % 100),
    }
}

fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(minor: i64, currency: &str) -> String {
        let parts = written(&Amount {
            minor,
            currency: currency.to_owned(),
        });
        format!("{}{}{}", parts.symbol, parts.whole, parts.decimals)
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(line(1, "CNY"), "¥0.01");
        assert_eq!(line(123_456_789, "CNY"), "¥1,234,567.89");
        assert_eq!(line(100_000, "USD"), "$1,000.00");
        assert_eq!(line(1500, "JPY"), "¥1,500");
        assert_eq!(line(990, "CHF"), "CHF 9.90");
    }
}
