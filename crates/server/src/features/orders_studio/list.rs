//! The list of orders for staff, a page at a time.

use contract::orders::OrderState;
use contract::orders_studio::StudioOrder;
use contract::{Cursor, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use super::store::{self, Wanted};
use crate::http::language::Lang;
use crate::http::page_size;
use crate::trade::store::{self as orders, Place};
use crate::{AppError, AppState, cursor, groups};

/// What its cursors are called.
const LIST: &str = "studio_orders";
/// So many characters of a number find an order: fewer would list everybody's.
const WORDS: std::ops::RangeInclusive<usize> = 4..=64;

/// Which orders to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StudioOrderQuery {
    /// The end of an order's number or of its buyer's phone number, at least 4 characters.
    q: Option<String>,
    /// Only orders in this state.
    state: Option<OrderState>,
    /// Where the page starts; from the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 50; 20 unless said.
    limit: Option<u32>,
}

impl StudioOrderQuery {
    /// What was typed, without what stands between digits.
    fn end(&self) -> Result<String, AppError> {
        let typed = self.q.as_deref().unwrap_or_default().to_lowercase();
        let end: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_fit = end.is_empty() || (WORDS.contains(&end.len()) && end.is_ascii());
        match is_fit {
            true => Ok(end),
            false => Err(AppError::field("q", "4 to 64 letters and digits")),
        }
    }
}

/// A page of orders, newest first.
pub(super) async fn list(
    state: &AppState,
    lang: Lang,
    query: &StudioOrderQuery,
) -> Result<Page<StudioOrder>, AppError> {
    let secret = &state.config.server_secret;
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(cursor::decode(secret, LIST, cursor)?),
        None => None,
    };
    let wanted = Wanted {
        end: query.end()?,
        state: query.state,
    };
    let size = page_size(query.limit)?;
    let mut conn = state.db.reader().acquire().await?;
    // One order too many says that there is a page after.
    let mut rows = store::page(&mut conn, &wanted, after.as_ref(), size + 1).await?;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = match rows.last() {
        Some(row) if more => Some(cursor::encode(secret, LIST, &Place::of(&row.order))?),
        _ => None,
    };
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let order = row.order;
        let lines = orders::lines(&mut conn, &order.id, order.total.currency).await?;
        let is_paid = order.state == OrderState::Paid;
        items.push(StudioOrder {
            waits_for_group: is_paid && groups::view::waits(&mut conn, &order.id).await?,
            title: lines
                .first()
                .map(|line| line.snapshot.title(lang))
                .unwrap_or_default(),
            lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            id: order.id,
            state: order.state,
            total: order.total,
            placed_at: order.placed_at,
            fulfilment: order.destination.kind,
            phone_masked: row.phone.masked(),
        });
    }
    Ok(Page { items, next })
}
