//! Listing products: what is asked for becomes a filter, an order and a place to go on from.

use contract::catalog::{ProductList, ProductQuery, Sort};
use serde::{Deserialize, Serialize};

use super::store::list::{self as store, Filter};
use crate::goods::Shelf;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::preview::Moment;
use crate::search::SearchQuery;
use crate::{AppError, AppState, cursor};

/// The last product seen: its key in the chosen order, and its id to break ties.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    pub sort: Sort,
    pub key: i64,
    pub id: String,
}

/// One page of the products that a query asks for.
pub(super) async fn products(
    state: &AppState,
    moment: &Moment,
    lang: Lang,
    query: &ProductQuery,
) -> Result<ProductList, AppError> {
    let limit = page_size(query.limit)?;
    let secret = &state.config.server_secret;
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(cursor::decode(secret, "products", cursor)?),
        None => None,
    };
    if after.as_ref().is_some_and(|place| place.sort != query.sort) {
        return Err(AppError::field(
            "cursor",
            "belongs to another order; start the list anew",
        ));
    }
    let Some(filter) = filter(state, query)? else {
        return Ok(ProductList {
            items: Vec::new(),
            next: None,
            total: 0,
            tags: Vec::new(),
        });
    };
    let db = &state.db;
    let shelf = Shelf::read(state, moment).await?;
    let mut found = store::page(db, lang, &shelf, &filter, after.as_ref(), limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = match found.last() {
        Some((key, card)) if more => {
            let place = Place {
                sort: query.sort,
                key: *key,
                id: card.id.to_string(),
            };
            Some(cursor::encode(secret, "products", &place)?)
        }
        _ => None,
    };
    Ok(ProductList {
        items: found.into_iter().map(|(_, card)| card).collect(),
        next,
        total: store::total(db, &filter).await?,
        tags: shelf
            .tags
            .named(&store::narrowing_tags(db, &filter).await?, lang),
    })
}

/// What to look for; nothing when words were typed of which none can be looked for.
fn filter(state: &AppState, query: &ProductQuery) -> Result<Option<Filter>, AppError> {
    for (name, price) in [
        ("price_min", query.price_min),
        ("price_max", query.price_max),
    ] {
        if price.is_some_and(|price| price < 0) {
            return Err(AppError::field(name, "must not be negative"));
        }
    }
    let typed = query
        .q
        .as_deref()
        .map(str::trim)
        .filter(|typed| !typed.is_empty());
    let words = typed.map(SearchQuery::parse);
    if words.as_ref().is_some_and(SearchQuery::is_empty) {
        return Ok(None);
    }
    let text = |id: Option<&str>| id.unwrap_or_default().to_owned();
    Ok(Some(Filter {
        words: words.map(|words| words.text(state.db.kind())),
        sort: query.sort,
        category: text(query.category.as_ref().map(|id| id.as_str())),
        tag: text(query.tag.as_ref().map(|id| id.as_str())),
        fulfilment: query
            .fulfilment
            .map(crate::words::to_word)
            .transpose()?
            .unwrap_or_default(),
        price_min: query.price_min.unwrap_or(0),
        price_max: query.price_max.unwrap_or(i64::MAX),
        in_stock: i64::from(query.in_stock),
    }))
}
