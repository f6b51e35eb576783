//! What a poster says.

use contract::shares::ShareCard;

use crate::i18n::{MoneyParts, Zeros, money, money_parts, number};
use crate::t;

/// A poster's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// What is shared.
    pub title: String,
    /// What it costs.
    pub price: Option<MoneyParts>,
    /// What it costs alone, where that is more.
    pub was: Option<String>,
    /// "3人团".
    pub badge: Option<String>,
    /// Seats taken and seats in all, of a group.
    pub seats: Option<(u32, u32)>,
    /// The statement beside the code.
    pub strong: String,
    /// What to do with the code.
    pub caption: String,
    /// The picture's colour, a CSS colour.
    pub tint: String,
}

/// The words for a card, shared by somebody whose name is told, or by a guest.
pub fn of(card: &ShareCard, sharer: Option<&str>) -> Words {
    let seats = card
        .size
        .zip(card.need)
        .map(|(size, need)| (size.saturating_sub(need), size));
    let strong = match (card.need, sharer) {
        (Some(need), _) if need > 0 => t!(shares.poster_need, n = number(need.into())),
        (_, Some(sharer)) => t!(shares.poster_by, sharer = sharer),
        _ => t!(shares.poster_plain).to_owned(),
    };
    let caption = match (seats, sharer) {
        (Some(_), Some(sharer)) => t!(shares.poster_scan_with, sharer = sharer),
        _ => t!(shares.poster_scan).to_owned(),
    };
    Words {
        title: card.title.clone(),
        price: card.price.map(|price| money_parts(price, Zeros::Trim)),
        was: card.price_alone.map(money),
        badge: card
            .size
            .map(|size| t!(shares.group_of, n = number(size.into()))),
        seats,
        strong,
        caption,
        tint: card
            .picture
            .as_ref()
            .map_or_else(|| "#feece8".to_owned(), |picture| picture.tint.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Currency, Money};

    fn card() -> ShareCard {
        ShareCard {
            title: "草莓".into(),
            text: String::new(),
            picture: None,
            price: Some(Money::new(3990, Currency::CNY)),
            price_alone: Some(Money::new(5190, Currency::CNY)),
            need: Some(1),
            size: Some(3),
            href: "/g/1".into(),
        }
    }

    #[test]
    fn a_groups_poster_says_how_many_are_missing_and_who_asks() {
        let words = of(&card(), Some("林**"));
        assert_eq!(words.seats, Some((2, 3)));
        assert_eq!(words.price.unwrap().text(), "¥39.9");
        assert_eq!(words.was.as_deref(), Some("¥51.9"));
        assert_eq!(words.strong, "还差 1 人成团");
        assert!(words.caption.contains("林**"));
    }

    #[test]
    fn a_products_poster_says_who_recommends_it_and_a_guests_names_nobody() {
        let product = ShareCard {
            need: None,
            ..card()
        };
        assert!(of(&product, Some("林**")).strong.contains("林**"));
        assert_eq!(of(&product, None).seats, None);
        let complete = ShareCard {
            need: Some(0),
            ..card()
        };
        assert!(of(&complete, Some("林**")).strong.contains("林**"));
    }
}
