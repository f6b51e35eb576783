//! What the share sheet offers: to a member links of its own, to a guest the page's plain address.

use contract::catalog::ProductCard;
use contract::creators::CreatorPage;
use contract::groups::GroupProgress;
use contract::shares::{EarningEstimate, Share, ShareCard, ShareTarget};

use crate::routes;
use crate::t;

/// The most characters of a label.
pub const LONGEST_LABEL: usize = 32;

/// What can be shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What a link shows.
    pub card: ShareCard,
    /// Name of the sharer; a guest has none.
    pub sharer: Option<String>,
    /// The address of the poster's code.
    pub url: String,
    /// The link's path, to stand in the address while WeChat's own menu shares it.
    pub path: Option<String>,
    /// What a sale may bring.
    pub estimate: Option<EarningEstimate>,
    /// Nobody is signed in: plain addresses.
    pub is_guest: bool,
}

/// The offer of a member's link.
pub fn of_member(share: &Share) -> Offer {
    Offer {
        card: share.card.clone(),
        sharer: Some(share.sharer.clone()),
        url: share.url.clone(),
        path: Some(routes::share_link(&share.token)),
        estimate: share.estimate,
        is_guest: false,
    }
}

/// A guest's offer: the plain address of the page, and no earning.
pub fn of_guest(card: ShareCard, absolute: impl Fn(&str) -> String) -> Offer {
    Offer {
        url: absolute(&card.href),
        card,
        sharer: None,
        path: None,
        estimate: None,
        is_guest: true,
    }
}

/// What a product's plain address shows.
pub fn product_card(product: ProductCard) -> ShareCard {
    let href = routes::product(&product.slug, None);
    let group = product.group;
    ShareCard {
        title: product.title,
        text: String::new(),
        picture: product.picture,
        price: Some(group.map_or(product.price, |group| group.price)),
        price_alone: group.map(|_| product.price),
        need: None,
        size: group.map(|group| group.size),
        href,
    }
}

/// What a group's plain address shows.
pub fn group_card(group: GroupProgress) -> ShareCard {
    let price = group.prices.iter().map(|seat| seat.price);
    let price = price.min_by_key(|price| price.minor);
    ShareCard {
        price: price.or(Some(group.product.price)),
        price_alone: price.map(|_| group.product.price),
        need: Some(group.need),
        size: Some(group.size),
        href: routes::group(&group.id),
        ..product_card(group.product)
    }
}

/// What a creator's plain address shows.
pub fn creator_card(creator: CreatorPage) -> ShareCard {
    ShareCard {
        picture: creator.avatar,
        text: creator.bio,
        href: routes::creator(&creator.handle),
        ..plain_card(creator.name, String::new())
    }
}

/// What the plain address of another page shows: the shop's name.
pub fn page_card(target: &ShareTarget) -> ShareCard {
    let path = match target {
        ShareTarget::Page { path } => path.clone(),
        ShareTarget::Live { id } => format!("/live/{}", routes::encoded(id.as_str())),
        _ => routes::home().to_owned(),
    };
    plain_card(t!(app.name).to_owned(), path)
}

fn plain_card(title: String, href: String) -> ShareCard {
    ShareCard {
        title,
        text: String::new(),
        picture: None,
        price: None,
        price_alone: None,
        need: None,
        size: None,
        href,
    }
}

/// A label as it may be sent; absent when it holds what no label may.
pub fn label(typed: &str) -> Option<Option<String>> {
    let typed = typed.trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if typed.is_empty() {
        Some(None)
    } else if typed.chars().all(fits) && typed.len() <= LONGEST_LABEL {
        Some(Some(typed.to_owned()))
    } else {
        None
    }
}

/// The poster's file name, such as `集市海报-dandong-strawberry.png`.
pub fn file_name(card: &ShareCard) -> String {
    let last = card.href.split('?').next().unwrap_or_default();
    let last = last.rsplit('/').next().unwrap_or_default();
    let dash = if last.is_empty() { "" } else { "-" };
    format!("{}{dash}{last}.png", t!(shares.file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::groups::GroupPrice;
    use contract::{Currency, Money};

    fn product() -> ProductCard {
        serde_json::from_value(serde_json::json!({
            "id": "p", "slug": "peach", "title": "水蜜桃", "price": {"minor": 5190, "currency": "CNY"},
            "price_from": false, "sold": 0, "tags": [], "sold_out": false,
        }))
        .unwrap()
    }

    #[test]
    fn a_guest_shares_the_pages_plain_address() {
        let offer = of_guest(product_card(product()), |path| {
            format!("https://shop{path}")
        });
        assert_eq!(offer.url, "https://shop/p/peach");
        assert_eq!(
            (offer.sharer, offer.estimate, offer.path),
            (None, None, None)
        );
        assert!(offer.is_guest);
    }

    #[test]
    fn both_prices_are_told_where_there_is_a_group() {
        let cny = |minor| Money::new(minor, Currency::CNY);
        let alone = product_card(product());
        assert_eq!(
            (alone.price, alone.price_alone, alone.size),
            (Some(cny(5190)), None, None)
        );
        let grouped = product_card(ProductCard {
            group: Some(GroupPrice {
                price: cny(3990),
                size: 3,
            }),
            ..product()
        });
        assert_eq!(grouped.price, Some(cny(3990)));
        assert_eq!(grouped.price_alone, Some(cny(5190)));
        assert_eq!(grouped.size, Some(3));
    }

    #[test]
    fn a_label_is_a_short_plain_word_or_nothing() {
        assert_eq!(label("  "), Some(None));
        assert_eq!(label(" video-1 "), Some(Some("video-1".into())));
        for bad in ["视频", "a b", "a/b", &"a".repeat(LONGEST_LABEL + 1)] {
            assert_eq!(label(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_file_is_named_after_what_it_shows() {
        assert_eq!(file_name(&product_card(product())), "集市海报-peach.png");
        assert_eq!(
            file_name(&plain_card("集市".into(), "/".into())),
            "集市海报.png"
        );
    }
}
