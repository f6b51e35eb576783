//! What is sold in groups now, as cards show it: few enough offers to be read whole.

use std::collections::BTreeMap;

use contract::groups::GroupPrice;
use contract::{Currency, Money, MoneyError, ProductId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Db;
use crate::db::columns::count;

/// Of several offers of a product, the one that its page shows comes last and wins.
const OPEN: &str = "
    SELECT a.product, a.size, p.currency, MIN(s.price) AS price
    FROM activity a JOIN product p ON p.id = a.product
         JOIN activity_sku s ON s.activity = a.id AND s.offered = 1
    WHERE a.offered = 1 AND a.starts_at <= $1 AND a.ends_at > $1
    GROUP BY a.id, a.product, a.size, a.starts_at, p.currency
    ORDER BY a.starts_at, a.id DESC";

/// Prices of products in groups.
pub struct GroupPrices(BTreeMap<ProductId, GroupPrice>);

impl GroupPrices {
    /// Reads those of offers that are open at `now`.
    pub async fn read(db: &Db, now: Timestamp) -> Result<Self, AppError> {
        let rows = sqlx::query(OPEN).bind(now.0).fetch_all(db.reader()).await?;
        rows.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// What a product costs in a group, where that is open.
    pub fn of(&self, product: &ProductId) -> Option<GroupPrice> {
        self.0.get(product).copied()
    }
}

fn read(row: &AnyRow) -> Result<(ProductId, GroupPrice), AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    let price = GroupPrice {
        price: Money::new(row.try_get("price")?, currency),
        size: count(row, "size")?,
    };
    Ok((ProductId(row.try_get("product")?), price))
}
