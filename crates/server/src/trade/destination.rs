//! Where an order goes: what its buyer must say to order, over what is enough for a quote.

use contract::fulfilment::{Contact, FulfilmentChoice};

use super::snapshot::DestinationSnapshot;
use crate::AppError;
use crate::phone;
use crate::pricing::shipping::Way;
use crate::pricing::{AddressRow, Place, PointRow};
use crate::words::Both;

/// The most characters of a contact's name.
const NAME_MAX: usize = 40;

/// Writes down where the goods go by the way and place that were priced.
pub fn snapshot(
    choice: &FulfilmentChoice,
    way: &Way,
    place: &Place,
) -> Result<DestinationSnapshot, AppError> {
    match (choice, place) {
        (FulfilmentChoice::Pickup { contact, .. }, Place::Point(point)) => {
            let contact = check(contact.as_ref())?;
            Ok(at_point(way, point, contact))
        }
        (_, Place::Address(address)) => Ok(at_home(way, address)),
        _ => Err(AppError::field(
            "fulfilment.address",
            "choose the address to send it to",
        )),
    }
}

fn at_point(way: &Way, point: &PointRow, contact: Contact) -> DestinationSnapshot {
    DestinationSnapshot {
        kind: way.kind,
        place: point.name.clone(),
        address: point.address.clone(),
        contact,
        promise: way.promise.clone(),
    }
}

fn at_home(way: &Way, address: &AddressRow) -> DestinationSnapshot {
    DestinationSnapshot {
        kind: way.kind,
        place: Both::new("", ""),
        address: Both::new(&address.line, &address.line),
        contact: Contact {
            name: address.name.clone(),
            phone: address.phone.clone(),
        },
        promise: way.promise.clone(),
    }
}

/// Who collects, tidied; a name and a number that could be dialled.
fn check(contact: Option<&Contact>) -> Result<Contact, AppError> {
    let field =
        |name: &str, reason: String| AppError::field(format!("fulfilment.contact{name}"), reason);
    let contact = contact.ok_or_else(|| field("", "say who collects it".to_owned()))?;
    let (name, number) = (contact.name.trim(), contact.phone.trim());
    if !(1..=NAME_MAX).contains(&name.chars().count()) {
        return Err(field(".name", format!("1 to {NAME_MAX} characters")));
    }
    if !phone::can_be_dialled(number) {
        return Err(field(".phone", "a number of 7 to 15 digits".to_owned()));
    }
    Ok(Contact {
        name: name.to_owned(),
        phone: number.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(name: &str, phone: &str) -> Contact {
        Contact {
            name: name.to_owned(),
            phone: phone.to_owned(),
        }
    }

    #[test]
    fn a_contact_has_a_name_and_a_number_that_can_be_dialled() {
        assert_eq!(
            check(Some(&contact(" 小周 ", "+8613800138000"))).unwrap(),
            contact("小周", "+8613800138000")
        );
        for bad in [
            contact("", "13800138000"),
            contact("   ", "13800138000"),
            contact(&"长".repeat(41), "13800138000"),
            contact("Zhou", "1234"),
            contact("Zhou", "+"),
            contact("Zhou", "12345a"),
            contact("Zhou", "1234567890123456"),
        ] {
            assert!(check(Some(&bad)).is_err(), "{bad:?}");
        }
        assert!(check(None).is_err());
    }
}
