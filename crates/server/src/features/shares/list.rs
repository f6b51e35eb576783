//! A sharer's links with what came of each.

use contract::shares::ShareStats;
use contract::{Currency, Cursor, Money, Page, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{card, create, store};
use crate::attribution::store::links::{self, LinkRow, Place};
use crate::commission::rates;
use crate::db::Conn;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::{AppError, AppState, cursor};

/// What its cursors are called.
const LIST: &str = "shares";

/// Which links to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShareQuery {
    /// Where the page starts; from the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 50; 20 unless said.
    limit: Option<u32>,
}

/// A page of the sharer's own links, newest first.
pub(super) async fn list_shares(
    state: &AppState,
    sharer: &UserId,
    lang: Lang,
    query: &ShareQuery,
) -> Result<Page<ShareStats>, AppError> {
    let secret = &state.config.server_secret;
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(cursor::decode(secret, LIST, cursor)?),
        None => None,
    };
    let size = page_size(query.limit)?;
    let mut conn = state.db.reader().acquire().await?;
    let mut found = links::page(&mut conn, sharer, after.as_ref(), size + 1).await?;
    let more = found.len() > size;
    found.truncate(size);
    let next = match found.last() {
        Some(last) if more => Some(cursor::encode(secret, LIST, &Place::of(last))?),
        _ => None,
    };
    let mut items = Vec::with_capacity(found.len());
    for link in found {
        items.push(stats(&mut conn, state, lang, link).await?);
    }
    Ok(Page { items, next })
}

async fn stats(
    conn: &mut Conn,
    state: &AppState,
    lang: Lang,
    link: LinkRow,
) -> Result<ShareStats, AppError> {
    let now = state.clock.now();
    let found = match card::find(conn, state, lang, &link.target).await? {
        Some(found) => found,
        None => card::home(conn, lang).await?,
    };
    let results = store::results(conn, &link.token, &link.owner).await?;
    let (rate_bp, rate_change) = match &found.product {
        Some(product) => (
            rates::current(conn, &product.id, now).await?,
            rates::coming(conn, &product.id, now).await?,
        ),
        None => (0, None),
    };
    Ok(ShareStats {
        url: create::url(state, &link.token),
        token: link.token,
        target: link.target,
        card: found.card,
        product: found.product,
        channel: link.channel,
        sub_id: Some(link.sub_id).filter(|word| !word.is_empty()),
        created_at: link.created_at,
        views: link.views,
        clicks: results.clicks,
        joins: results.joins,
        paid: results.paid,
        earned: Money::new(results.earned, Currency::CNY),
        rate_bp,
        rate_change,
        revoked: link.revoked,
    })
}
