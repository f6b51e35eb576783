//! The list of products for staff, a page at a time.

use contract::goods_studio::StudioProduct;
use contract::{Cursor, Page};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::store;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::{AppError, AppState, cursor};

/// What its cursors are called.
const LIST: &str = "studio_products";
/// Words are no longer than this.
const LONGEST: usize = 80;

/// Which products to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StudioProductQuery {
    /// What the title or a SKU's id has in it.
    q: Option<String>,
    /// Where the page starts; from the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 50; 20 unless said.
    limit: Option<u32>,
}

/// Where a page starts: after this product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    /// Its place in the shop's order.
    pub position: i64,
    /// Its id.
    pub id: String,
}

/// A page of products.
pub(super) async fn list(
    state: &AppState,
    lang: Lang,
    query: &StudioProductQuery,
) -> Result<Page<StudioProduct>, AppError> {
    let secret = &state.config.server_secret;
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(cursor::decode(secret, LIST, cursor)?),
        None => None,
    };
    let words = query.q.as_deref().unwrap_or_default().trim().to_lowercase();
    if words.chars().count() > LONGEST {
        return Err(AppError::field(
            "q",
            format!("at most {LONGEST} characters"),
        ));
    }
    let size = page_size(query.limit)?;
    let mut conn = state.db.reader().acquire().await?;
    let mut rows = store::page(&mut conn, lang, &words, after.as_ref(), size + 1).await?;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = match rows.last() {
        Some((place, _)) if more => Some(cursor::encode(secret, LIST, place)?),
        _ => None,
    };
    let mut items = Vec::with_capacity(rows.len());
    for (_, product) in rows {
        let skus = store::skus(&mut conn, lang, &product.id).await?;
        items.push(StudioProduct { skus, ..product });
    }
    Ok(Page { items, next })
}
