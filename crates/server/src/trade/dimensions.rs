//! What the entries of an order are about (rules.md M6): frozen with the first of them, so that what undoes it later
//! is about the same.

use super::store::{self, OrderRow};
use crate::AppError;
use crate::attribution::store::{frozen, links};
use crate::auth::staff;
use crate::campaigns::store::customer;
use crate::db::Conn;
use crate::groups::store::seat as seats;
use crate::ledger::Dimensions;
use crate::live::store::orders as live;
use crate::words::to_word;

/// A line of an order.
#[derive(Clone, Debug)]
pub struct LineAbout {
    /// Its place.
    pub position: i64,
    /// What.
    pub sku: String,
    /// Who packed it.
    pub store: String,
}

impl LineAbout {
    /// What its entries are about, in an order.
    pub fn about(&self, order: &Dimensions) -> Dimensions {
        Dimensions {
            sku: Some(self.sku.clone()),
            line: Some(self.position),
            store: Some(self.store.clone()),
            ..order.clone()
        }
    }
}

/// What the entries of an order are about.
pub async fn frozen(conn: &mut Conn, order: &OrderRow) -> Result<Dimensions, AppError> {
    if let Some(about) = store::about(conn, &order.id).await? {
        return serde_json::from_str(&about).map_err(AppError::internal);
    }
    let about = now(conn, order).await?;
    let text = serde_json::to_string(&about).map_err(AppError::internal)?;
    store::freeze_about(conn, &order.id, &text).await?;
    Ok(about)
}

async fn now(conn: &mut Conn, order: &OrderRow) -> Result<Dimensions, AppError> {
    let mut about = Dimensions::default();
    if let Some(seat) = seats::of_order(conn, &order.id).await? {
        about.activity = Some(seat.activity.0);
        about.group = seat.group.map(|group| group.0);
    }
    if let Some(live) = live::find(conn, &order.id).await? {
        about.live = Some(live.session.0);
        about.activity = about.activity.or(live.flash.map(|flash| flash.0));
    }
    if let Some(brought) = frozen::find(conn, &order.id).await? {
        let link = links::find(conn, &brought.token).await?;
        about.channel = link.map(|link| to_word(link.channel)).transpose()?;
        about.token = Some(brought.token.0);
        let role = staff::role_of(conn, Some(&brought.payee_l1)).await?;
        match role {
            Some(_) => about.staff = Some(brought.payee_l1.0),
            None => about.creator = Some(brought.payee_l1.0),
        }
    }
    let homes = customer::communities(conn, &order.owner).await?;
    about.community = homes.into_iter().next().map(|home| home.0);
    Ok(about)
}
