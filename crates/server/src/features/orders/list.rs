//! The list of a buyer's orders, a page at a time.

use contract::orders::{OrderCard, OrderState};
use contract::{Cursor, Page, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::language::Lang;
use crate::http::page_size;
use crate::trade::store::{self, Place};
use crate::trade::view;
use crate::{AppError, AppState, cursor, groups};

/// What its cursors are called.
const LIST: &str = "orders";

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
    /// How many, 1 to 50; 20 unless said.
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
    let size = page_size(query.limit)?;
    let mut conn = state.db.reader().acquire().await?;
    // One order too many says that there is a page after.
    let mut orders = store::page(&mut conn, buyer, query.state, after.as_ref(), size + 1).await?;
    let more = orders.len() > size;
    orders.truncate(size);
    let next = match orders.last() {
        Some(last) if more => Some(cursor::encode(secret, LIST, &Place::of(last))?),
        _ => None,
    };
    let mut items = Vec::with_capacity(orders.len());
    for order in &orders {
        let lines = store::lines(&mut conn, &order.id, order.total.currency).await?;
        let is_paid = order.state == OrderState::Paid;
        items.push(OrderCard {
            waits_for_group: is_paid && groups::view::waits(&mut conn, &order.id).await?,
            ..view::card(order, &lines, lang)
        });
    }
    Ok(Page { items, next })
}
