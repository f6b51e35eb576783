//! What an entry of the address book must hold.

use contract::address::AddressInput;

use crate::AppError;
use crate::phone::can_be_dialled;

/// The most entries of one address book.
pub const MAX_ENTRIES: usize = 20;

/// An entry with the white space around its texts removed, or the first field that does not fit.
pub fn checked(input: AddressInput) -> Result<AddressInput, AppError> {
    let trimmed = AddressInput {
        name: input.name.trim().to_owned(),
        phone: input.phone.trim().to_owned(),
        region: input.region.trim().to_owned(),
        detail: input.detail.trim().to_owned(),
        community: input.community,
        is_default: input.is_default,
    };
    require("name", holds(&trimmed.name, 40), "1 to 40 characters")?;
    require(
        "phone",
        can_be_dialled(&trimmed.phone),
        "a phone number of 7 to 15 digits",
    )?;
    require("region", holds(&trimmed.region, 100), "1 to 100 characters")?;
    require("detail", holds(&trimmed.detail, 200), "1 to 200 characters")?;
    Ok(trimmed)
}

/// Text of one line that a courier can read: no control characters, no invisible ones that turn the
/// direction of writing.
fn holds(text: &str, most: usize) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let readable = !text.chars().any(|c| c.is_control() || turns(c));
    readable && (1..=most).contains(&text.chars().count())
}

fn require(field: &str, fits: bool, reason: &str) -> Result<(), AppError> {
    if fits {
        Ok(())
    } else {
        Err(AppError::field(field, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ErrorDetails;

    fn entry() -> AddressInput {
        AddressInput {
            name: " 陈小雨 ".to_owned(),
            phone: "138 1234 5678".to_owned(),
            region: "上海市 徐汇区".to_owned(),
            detail: "漕溪北路 45 弄 3 号 1201".to_owned(),
            community: None,
            is_default: false,
        }
    }

    #[test]
    fn a_good_entry_is_kept_without_the_white_space_around_it() {
        assert_eq!(checked(entry()).unwrap().name, "陈小雨");
    }

    #[test]
    fn the_field_that_does_not_fit_is_named() {
        type Spoil = fn(&mut AddressInput);
        let spoilt: [(&str, Spoil); 7] = [
            ("name", |a| a.name = "  ".to_owned()),
            ("name", |a| a.name = "字".repeat(41)),
            ("name", |a| a.name = "a\u{202e}b".to_owned()),
            ("phone", |a| a.phone = "none".to_owned()),
            ("region", |a| a.region = String::new()),
            ("detail", |a| a.detail = "a\nb".to_owned()),
            ("detail", |a| a.detail = "x".repeat(201)),
        ];
        for (field, spoil) in spoilt {
            let mut input = entry();
            spoil(&mut input);
            let refused = checked(input).unwrap_err().to_api_error();
            let Some(ErrorDetails::Field { name, .. }) = refused.details else {
                panic!("no field")
            };
            assert_eq!(name, field);
        }
    }
}
