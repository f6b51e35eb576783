//! The amount of a payout as people type it.

use contract::Money;

use crate::i18n::minor_units;

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is none.
    NotAnAmount,
    /// Less than can be withdrawn.
    TooLittle,
    /// More than there is.
    TooMuch,
}

/// Reads `20`, `20.5`, `￥1,020.50`; never by way of a float. `least` knows the currency.
pub fn read(typed: &str, least: Money, most: Money) -> Result<Money, Wrong> {
    let minor = minor_units(typed).ok_or(Wrong::NotAnAmount)?;
    if minor > most.minor {
        Err(Wrong::TooMuch)
    } else if minor < least.minor {
        Err(Wrong::TooLittle)
    } else {
        Ok(Money::new(minor, least.currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::written;
    use contract::Currency;

    fn cny(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    fn taken(typed: &str) -> Result<i64, Wrong> {
        read(typed, cny(1_000), cny(48_620)).map(|amount| amount.minor)
    }

    #[test]
    fn a12_amounts_are_taken_as_people_write_them() {
        for (typed, minor) in [
            ("20", 2_000),
            ("20.5", 2_050),
            (" ¥ 20.05 ", 2_005),
            ("２０．５０元", 2_050),
            ("0,486.20", 48_620),
            ("20.", 2_000),
        ] {
            assert_eq!(taken(typed), Ok(minor), "{typed}");
        }
    }

    #[test]
    fn a12_what_is_no_amount_too_little_or_too_much_is_told_apart() {
        for typed in [
            "",
            ".",
            "-20",
            "20.505",
            "1e3",
            "二十",
            "99999999999999999999",
        ] {
            assert_eq!(taken(typed), Err(Wrong::NotAnAmount), "{typed}");
        }
        assert_eq!(taken("9.99"), Err(Wrong::TooLittle));
        assert_eq!(taken("486.21"), Err(Wrong::TooMuch));
        assert_eq!(read("20", cny(1_000), cny(-500)), Err(Wrong::TooMuch));
    }

    #[test]
    fn the_whole_balance_is_read_back() {
        assert_eq!(taken(&written(cny(48_620))), Ok(48_620));
        assert_eq!(written(cny(-500)), "0.00");
    }
}
