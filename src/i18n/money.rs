//! Money as text. `Intl` knows where each language puts a currency's sign and how many decimals it
//! has; the amount itself is never a float here: it is written in digits, from minor units.

use contract::Money;

use super::lang;
use crate::platform::intl;

/// What to do with zeros after the decimal point (design: price).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zeros {
    /// Browsing: ¥39.9, ¥58.
    Trim,
    /// Anything to be paid: ¥37.90.
    Keep,
}

/// An amount in the pieces that a price is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyParts {
    /// `-` or nothing.
    pub sign: &'static str,
    /// Currency sign, such as `¥`.
    pub currency: String,
    /// Whole units with separators.
    pub whole: String,
    /// Decimal point and decimals, or nothing.
    pub decimals: String,
}

/// A price while browsing.
pub fn money(amount: Money) -> String {
    money_parts(amount, Zeros::Trim).text()
}

/// An amount that is or was to be paid.
pub fn money_to_pay(amount: Money) -> String {
    money_parts(amount, Zeros::Keep).text()
}

/// An amount in pieces.
pub fn money_parts(amount: Money, zeros: Zeros) -> MoneyParts {
    let style = intl::currency(lang().tag(), amount.currency.code());
    parts(amount.minor, style.digits, style.sign, zeros)
}

impl MoneyParts {
    /// The pieces as one text.
    pub fn text(&self) -> String {
        [self.sign, &self.currency, &self.whole, &self.decimals].concat()
    }
}

fn parts(minor: i64, digits: u32, currency: String, zeros: Zeros) -> MoneyParts {
    let unit = 10_u64.saturating_pow(digits).max(1);
    let amount = minor.unsigned_abs();
    let fraction = amount % unit;
    let mut decimals = match (digits, zeros, fraction) {
        (0, ..) | (_, Zeros::Trim, 0) => String::new(),
        _ => format!(".{fraction:0width$}", width = digits as usize),
    };
    if zeros == Zeros::Trim {
        decimals.truncate(decimals.trim_end_matches('0').len());
    }
    MoneyParts {
        sign: if minor < 0 { "-" } else { "" },
        currency,
        whole: intl::integer(lang().tag(), amount / unit),
        decimals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(minor: i64, zeros: Zeros) -> String {
        parts(minor, 2, "¥".to_owned(), zeros).text()
    }

    #[test]
    fn browsing_trims_zeros_and_paying_keeps_them() {
        assert_eq!(text(3990, Zeros::Trim), "¥39.9");
        assert_eq!(text(5800, Zeros::Trim), "¥58");
        assert_eq!(text(3905, Zeros::Trim), "¥39.05");
        assert_eq!(text(3790, Zeros::Keep), "¥37.90");
        assert_eq!(text(0, Zeros::Keep), "¥0.00");
    }

    #[test]
    fn thousands_are_separated_and_minus_stands_first() {
        assert_eq!(text(123_456_700, Zeros::Trim), "¥1,234,567");
        assert_eq!(text(-500, Zeros::Keep), "-¥5.00");
        assert_eq!(text(i64::MIN, Zeros::Keep), "-¥92,233,720,368,547,758.08");
    }

    #[test]
    fn a_currency_without_decimals_has_none() {
        assert_eq!(
            parts(1200, 0, "JP¥".to_owned(), Zeros::Keep).text(),
            "JP¥1,200"
        );
    }
}
