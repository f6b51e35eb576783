//! What the engine is told: promotions as they stand, and what the shop knows of who asks.

use std::collections::BTreeMap;

use contract::{PromotionId, Timestamp, UserId};
use promotions::{Customer, Promotion};

use super::store::promotion::{self, PromotionRow};
use super::store::{coupon, customer};
use crate::AppError;
use crate::db::Conn;
use crate::groups::rules::NEW_FOR_MS;
use crate::preview::Preview;

/// Promotions and customer at a moment.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// For the engine.
    pub promotions: Vec<Promotion>,
    /// As the shop stores them.
    pub rows: BTreeMap<PromotionId, PromotionRow>,
    /// Who asks.
    pub customer: Customer,
}

/// Reads what holds, is announced or paused at `now`, and what the buyer's coupons are of; in a preview its drafts
/// too, for the person that it plays.
pub async fn load(
    conn: &mut Conn,
    buyer: Option<&UserId>,
    preview: Option<&Preview>,
    now: Timestamp,
) -> Result<Known, AppError> {
    let owner = buyer.map_or("", |buyer| buyer.as_str());
    let rows = promotion::offered(conn, owner, preview.is_some(), now).await?;
    let shown = |row: &PromotionRow| match preview {
        Some(preview) => preview.shows(row),
        None => true,
    };
    let rows: Vec<PromotionRow> = rows.into_iter().filter(shown).collect();
    if rows.is_empty() {
        return Ok(Known::default());
    }
    let customer = match (preview, buyer) {
        (Some(preview), _) => preview.customer(),
        (None, Some(buyer)) => read_customer(conn, buyer, now).await?,
        (None, None) => Customer::default(),
    };
    let drafted = |row: &PromotionRow| preview.is_some_and(|preview| preview.drafts(row));
    let mut engine = Vec::with_capacity(rows.len());
    for row in &rows {
        engine.push(row.to_engine(drafted(row))?);
    }
    Ok(Known {
        promotions: engine,
        rows: rows.into_iter().map(|row| (row.id.clone(), row)).collect(),
        customer,
    })
}

async fn read_customer(
    conn: &mut Conn,
    buyer: &UserId,
    now: Timestamp,
) -> Result<Customer, AppError> {
    let Some(known) = customer::find(conn, buyer).await? else {
        return Ok(Customer::default());
    };
    Ok(Customer {
        signed_in: true,
        is_new: now.since(known.since) < NEW_FOR_MS && !known.has_bought,
        tier: known.tier,
        communities: customer::communities(conn, buyer).await?,
        wallet: coupon::held(conn, buyer).await?,
        had: customer::had(conn, buyer).await?,
    })
}
