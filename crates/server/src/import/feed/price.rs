//! Amounts as exports write them: "1,299.00", "1.299,00 EUR", "USD 15". Never through a float.

use contract::Currency;

use crate::import::check::HIGHEST_PRICE;
use crate::import::fault::Fault;

/// How many decimals a currency has (ISO 4217).
pub(in crate::import) fn decimals(currency: Currency) -> u32 {
    match currency.code() {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// An amount in minor units.
pub(super) fn amount(text: &str, currency: Currency) -> Result<i64, Fault> {
    let quoted = || text.chars().take(60).collect::<String>();
    let no_amount = || Fault::PriceText(quoted());
    let trimmed = text.trim();
    let (negative, number) = match trimmed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, trimmed),
    };
    let (whole, fraction) = halves(number).ok_or_else(no_amount)?;
    if negative {
        return Err(Fault::PriceNegative(quoted()));
    }
    let wanted = decimals(currency) as usize;
    let kept = fraction.trim_end_matches('0');
    if kept.len() > wanted {
        let text = quoted();
        return Err(Fault::PriceDecimals { text, currency });
    }
    let digits = format!("{whole}{kept:0<wanted$}");
    let minor = digits
        .parse::<i64>()
        .map_err(|_| Fault::PriceAbsurd(quoted()))?;
    match minor <= HIGHEST_PRICE {
        true => Ok(minor),
        false => Err(Fault::PriceAbsurd(quoted())),
    }
}

/// The digits before and after the decimal sign, whichever of `.` and `,` that is.
fn halves(number: &str) -> Option<(String, &str)> {
    let sign = match (number.rfind('.'), number.rfind(',')) {
        (Some(dot), Some(comma)) if dot > comma => Some('.'),
        (Some(_), Some(_)) => Some(','),
        (Some(_), None) => Some('.'),
        // "1,299" is a thousand and more, "12,50" is twelve and a half.
        (None, Some(comma)) => (number.len() - comma != 4).then_some(','),
        (None, None) => None,
    };
    let several = sign.is_some_and(|sign| number.matches(sign).count() > 1);
    let (whole, fraction) = match sign {
        Some(sign) if !several => number.rsplit_once(sign)?,
        _ => (number, ""),
    };
    let groups: Vec<&str> = whole
        .split([',', '.', ' ', '\u{a0}', '\u{202f}', '\''])
        .collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3)
        && (groups.len() == 1 || groups.first().is_some_and(|first| first.len() <= 3));
    let fine = groups.iter().all(digits)
        && grouped
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && !number.ends_with(['.', ',']);
    fine.then(|| (groups.concat(), fraction))
}

/// An amount with its currency before or behind it; the currency is absent where there is none.
pub(super) fn split(text: &str) -> (&str, Option<Currency>) {
    let text = text.trim();
    let is_code = |code: &str| code.parse::<Currency>().ok();
    let letters = |c: char| c.is_ascii_alphabetic();
    let behind = text.trim_end_matches(letters);
    if let Some(currency) = text.get(behind.len()..).and_then(is_code) {
        return (behind.trim_end(), Some(currency));
    }
    let before = text.trim_start_matches(letters);
    let code = text.get(..text.len() - before.len()).and_then(is_code);
    match code {
        Some(currency) => (before.trim_start(), Some(currency)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Result<i64, &'static str> {
        amount(text, "USD".parse().unwrap()).map_err(|fault| fault.code())
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, minor) in [
            ("42.99", 4299),
            ("85", 8500),
            ("0", 0),
            ("1,299.00", 129_900),
            ("1.299,00", 129_900),
            ("1,299", 129_900),
            ("1,234,567", 123_456_700),
            ("12,5", 1250),
            ("12.5000", 1250),
            ("1 299,90", 129_990),
            ("1'299.90", 129_990),
        ] {
            assert_eq!(usd(text), Ok(minor), "{text}");
        }
        let yen = "JPY".parse().unwrap();
        assert_eq!(amount("1,980", yen), Ok(1980));
        assert_eq!(amount("1980.00", yen), Ok(1980));
        assert_eq!(amount("1.500", "KWD".parse().unwrap()), Ok(1500));
    }

    #[test]
    fn what_is_no_price_says_why() {
        for (text, code) in [
            ("", "price_text"),
            ("free", "price_text"),
            ("1e3", "price_text"),
            ("12.", "price_text"),
            ("1,29,900", "price_text"),
            ("$12", "price_text"),
            ("٣", "price_text"),
            ("-1.00", "price_negative"),
            ("1.299", "price_decimals"),
            ("0.001", "price_decimals"),
            ("10000000.01", "price_absurd"),
            ("99999999999999999999999", "price_absurd"),
        ] {
            assert_eq!(usd(text), Err(code), "{text}");
        }
    }

    #[test]
    fn a_currency_may_stand_on_either_side() {
        let usd = Some("USD".parse().unwrap());
        assert_eq!(split("15.00 USD"), ("15.00", usd));
        assert_eq!(split("USD15"), ("15", usd));
        assert_eq!(split("15.00"), ("15.00", None));
        assert_eq!(split("usd 5"), ("usd 5", None));
    }

    proptest! {
        #[test]
        fn any_text_is_an_amount_or_a_fault(text in ".{0,40}") {
            let (number, _) = split(&text);
            if let Ok(minor) = amount(number, Currency::CNY) {
                prop_assert!((0..=HIGHEST_PRICE).contains(&minor));
            }
        }

        #[test]
        fn minor_units_come_back(minor in 0..=HIGHEST_PRICE) {
            let text = format!("{}.{:02}", minor / 100, minor % 100);
            prop_assert_eq!(amount(&text, Currency::CNY), Ok(minor));
        }
    }
}
