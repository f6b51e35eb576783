//! What the shopper looks for, as the query of an address: the URL is where this state lives, so that
//! it survives reloading, sharing and going back. The same words stand in the API's query.

use contract::catalog::{ProductQuery, Sort};
use contract::fulfilment::FulfilmentKind;

use crate::routes;

/// The address's query without the category, which stands in the path. Empty for "everything".
pub fn to_url(wanted: &ProductQuery) -> String {
    written(&pairs(wanted))
}

/// The API's query.
pub fn to_api(wanted: &ProductQuery) -> String {
    let mut pairs = pairs(wanted);
    if let Some(category) = &wanted.category {
        pairs.push(("category", category.as_str().to_owned()));
    }
    if let Some(cursor) = &wanted.cursor {
        pairs.push(("cursor", cursor.0.clone()));
    }
    written(&pairs)
}

/// Reads the address's query; `param` answers what stands behind a word. What makes no sense is left out.
pub fn from_url(param: impl Fn(&str) -> Option<String>) -> ProductQuery {
    let text = |word| param(word).filter(|value| !value.trim().is_empty());
    let price = |word| text(word)?.parse().ok().filter(|minor: &i64| *minor >= 0);
    ProductQuery {
        q: text("q").map(|q| q.trim().to_owned()),
        category: None,
        tag: text("tag").map(Into::into),
        fulfilment: text("fulfilment").and_then(|word| way(&word)),
        price_min: price("price_min"),
        price_max: price("price_max"),
        in_stock: param("in_stock").as_deref() == Some("true"),
        sort: text("sort")
            .and_then(|word| sort(&word))
            .unwrap_or_default(),
        cursor: None,
        limit: None,
    }
}

/// How many filters of the filter sheet are set.
pub fn filters_set(wanted: &ProductQuery) -> u64 {
    let set = [
        wanted.fulfilment.is_some(),
        wanted.price_min.is_some() || wanted.price_max.is_some(),
        wanted.in_stock,
    ];
    set.into_iter().filter(|set| *set).count() as u64
}

/// The same search without the filter sheet's filters and without a tag.
pub fn without_filters(wanted: &ProductQuery) -> ProductQuery {
    ProductQuery {
        tag: None,
        fulfilment: None,
        price_min: None,
        price_max: None,
        in_stock: false,
        ..wanted.clone()
    }
}

fn written(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(word, value)| (*word, value.as_str()))
        .collect();
    routes::query(&pairs)
}

fn pairs(wanted: &ProductQuery) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    if let Some(q) = &wanted.q {
        pairs.push(("q", q.clone()));
    }
    if let Some(tag) = &wanted.tag {
        pairs.push(("tag", tag.as_str().to_owned()));
    }
    if let Some(kind) = wanted.fulfilment {
        pairs.push(("fulfilment", way_word(kind).to_owned()));
    }
    for (word, minor) in [
        ("price_min", wanted.price_min),
        ("price_max", wanted.price_max),
    ] {
        if let Some(minor) = minor {
            pairs.push((word, minor.to_string()));
        }
    }
    if wanted.in_stock {
        pairs.push(("in_stock", "true".to_owned()));
    }
    if wanted.sort != Sort::default() {
        pairs.push(("sort", sort_word(wanted.sort).to_owned()));
    }
    pairs
}

const SORTS: [Sort; 5] = [
    Sort::Relevance,
    Sort::Sales,
    Sort::PriceUp,
    Sort::PriceDown,
    Sort::Newest,
];

fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Sales => "sales",
        Sort::PriceUp => "price_up",
        Sort::PriceDown => "price_down",
        Sort::Newest => "newest",
    }
}

fn sort(word: &str) -> Option<Sort> {
    SORTS.into_iter().find(|sort| sort_word(*sort) == word)
}

/// Every way of getting goods, in the order of menus.
pub const WAYS: [FulfilmentKind; 3] = [
    FulfilmentKind::Pickup,
    FulfilmentKind::LocalDelivery,
    FulfilmentKind::Ship,
];

fn way_word(kind: FulfilmentKind) -> &'static str {
    match kind {
        FulfilmentKind::Pickup => "pickup",
        FulfilmentKind::LocalDelivery => "local_delivery",
        FulfilmentKind::Ship => "ship",
    }
}

fn way(word: &str) -> Option<FulfilmentKind> {
    WAYS.into_iter().find(|kind| way_word(*kind) == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Cursor;
    use proptest::prelude::*;

    /// What a browser's `URLSearchParams` makes of a query.
    fn read(url: &str) -> ProductQuery {
        let pairs: Vec<(String, String)> = url
            .trim_start_matches('?')
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(word, value)| {
                let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
                (word.to_owned(), value.into_owned())
            })
            .collect();
        from_url(|word| {
            pairs
                .iter()
                .find(|(w, _)| w == word)
                .map(|(_, value)| value.clone())
        })
    }

    #[test]
    fn everything_has_the_empty_query() {
        assert_eq!(to_url(&ProductQuery::default()), "");
        assert_eq!(read(""), ProductQuery::default());
    }

    #[test]
    fn the_words_are_the_api_s_own() {
        for kind in WAYS {
            assert_eq!(serde_json::to_value(kind).unwrap(), way_word(kind));
        }
        for sort in SORTS {
            assert_eq!(serde_json::to_value(sort).unwrap(), sort_word(sort));
        }
        let wanted = ProductQuery {
            category: Some("fruit".into()),
            cursor: Some(Cursor("a=b".to_owned())),
            ..ProductQuery::default()
        };
        assert_eq!(to_api(&wanted), "?category=fruit&cursor=a%3Db");
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        assert_eq!(
            read("?q=%20&sort=up&price_min=-5&price_max=x&in_stock=1&fulfilment=drone"),
            ProductQuery::default()
        );
    }

    proptest! {
        #[test]
        fn an_address_says_what_was_looked_for(
            q in prop::option::of("[^\\s]{1,12}"),
            tag in prop::option::of("[a-z-]{1,12}"),
            way in prop::option::of(0..3_usize),
            min in prop::option::of(0..1_000_000_i64),
            max in prop::option::of(0..1_000_000_i64),
            in_stock: bool,
            sort in 0..5_usize,
        ) {
            let wanted = ProductQuery {
                q,
                tag: tag.map(Into::into),
                fulfilment: way.map(|way| WAYS[way]),
                price_min: min,
                price_max: max,
                in_stock,
                sort: SORTS[sort],
                ..ProductQuery::default()
            };
            prop_assert_eq!(read(&to_url(&wanted)), wanted);
        }
    }
}
