//! The list of a buyer's orders, a page at a time.

use contract::orders::{OrderCard, OrderState};
use contract::{Cursor, Page, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::language::Lang;
use crate::trade::store::{self, Place};
use crate::trade::view;
use crate::{AppError, AppState, cursor};

/// What its cursors are called.
const LIST: &str = "orders";
/// Orders of a page unless asked otherwise.
const LIMIT: u32 = 10;
/// The most orders of a page.
const LIMIT_MAX: u32 = 50;

/// Which orders to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrderQuery {
    /// Only orders in this state.
    state: Option<OrderState>,
    /// Where the page starts; from the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, at most 50.
    limit: Option<u32>,
}

/// A page of the buyer's own orders, newest first.
pub async fn list_orders(
    state: &AppState,
    buyer: &UserId,
    lang: Lang,
    query: &OrderQuery,
) -> Result<Page<OrderCard>, AppError> {
    let secret = &state.config.server_secret;
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(cursor::decode(secret, LIST, cursor)?),
        None => None,
    };
    let limit = query.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let mut conn = state.db.reader().acquire().await?;
    let mut orders = store::page(&mut conn, buyer, query.state, after.as_ref(), limit + 1).await?;
    // The one order too many says that there is a page after.
    let next = match orders.len() > limit as usize {
        true => {
            orders.truncate(limit as usize);
            let last = orders.last().map(Place::of);
            last.map(|place| cursor::encode(secret, LIST, &place))
                .transpose()?
        }
        false => None,
    };
    let mut items = Vec::with_capacity(orders.len());
    for order in &orders {
        let lines = store::lines(&mut conn, &order.id, order.total.currency).await?;
        items.push(view::card(order, &lines, lang));
    }
    Ok(Page { items, next })
}
