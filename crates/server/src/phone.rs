//! Phone numbers: read as people write them, kept in one form, shown with their middle hidden.

use std::fmt;

/// A number that can be sent a text message: `+`, country and number. Printing it for debugging shows the
/// masked form, so that it does not end up in a log.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// The text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a phone number: 11 digits, or + with country code and number")]
pub struct PhoneError;

impl Phone {
    /// Reads a mobile number of mainland China (`138 0000 0000`), or any number in international form
    /// (`+44 7700 900123`, ITU-T E.164). Spaces, hyphens and brackets are skipped.
    pub fn parse(written: &str) -> Result<Self, PhoneError> {
        let digits = digits_of(written)?;
        let is_mainland =
            digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10");
        if written.trim_start().starts_with('+') {
            let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
            if fits {
                Ok(Self(format!("+{digits}")))
            } else {
                Err(PhoneError)
            }
        } else if is_mainland {
            Ok(Self(format!("+86{digits}")))
        } else {
            Err(PhoneError)
        }
    }

    /// A number that was stored by [`Phone::as_str`].
    pub fn from_stored(stored: String) -> Self {
        Self(stored)
    }

    /// `+`, country and number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With its middle hidden: `138****5678`, or `+447****123` with its country.
    pub fn masked(&self) -> String {
        let shown = self.0.strip_prefix("+86").unwrap_or(&self.0);
        let (head, tail) = if shown.starts_with('+') {
            (4, 3)
        } else {
            (3, 4)
        };
        let count = shown.chars().count();
        let start: String = shown.chars().take(head).collect();
        let end: String = shown.chars().skip(count.saturating_sub(tail)).collect();
        format!("{start}****{end}")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Whether a text can be dialled by a courier: 7 to 15 digits, landlines included.
pub fn can_be_dialled(written: &str) -> bool {
    digits_of(written).is_ok_and(|digits| (7..=15).contains(&digits.len()))
}

fn digits_of(written: &str) -> Result<String, PhoneError> {
    let written = written.trim();
    let rest = written.strip_prefix('+').unwrap_or(written);
    rest.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')'))
        .map(|c| {
            if c.is_ascii_digit() {
                Ok(c)
            } else {
                Err(PhoneError)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_written_in_many_ways_is_one_number() {
        for written in [
            "13812345678",
            "138 1234 5678",
            "+8613812345678",
            " +86 138-1234-5678 ",
        ] {
            assert_eq!(
                Phone::parse(written).unwrap().as_str(),
                "+8613812345678",
                "{written}"
            );
        }
        assert_eq!(
            Phone::parse("+44 (7700) 900123").unwrap().as_str(),
            "+447700900123"
        );
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for written in [
            "",
            "+",
            "1381234567",
            "138123456789",
            "10812345678",
            "1381234567a",
            "+012345678",
            "+1234567",
            "+1234567890123456",
            "１３８１２３４５６７８",
            "13812345678\n+1",
        ] {
            assert_eq!(Phone::parse(written), Err(PhoneError), "{written:?}");
        }
    }

    #[test]
    fn the_middle_is_hidden_even_from_a_log() {
        let mainland = Phone::parse("13812345678").unwrap();
        assert_eq!(mainland.masked(), "138****5678");
        assert_eq!(format!("{mainland:?}"), "138****5678");
        assert_eq!(
            Phone::parse("+447700900123").unwrap().masked(),
            "+447****123"
        );
    }

    #[test]
    fn couriers_can_dial_landlines_too() {
        assert!(can_be_dialled("021-5555 8888") && can_be_dialled("+86 138 1234 5678"));
        assert!(!can_be_dialled("123456") && !can_be_dialled("call me"));
    }
}
