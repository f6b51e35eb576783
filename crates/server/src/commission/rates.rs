//! What goods pay: the rate of a product and when it changes (A11), and fixed amounts of SKUs (A8).

use contract::catalog::ProductCard;
use contract::shares::{EarningEstimate, RateChange};
use contract::{Money, ProductId, SkuId, Timestamp};

use super::rules;
use super::store::rates as store;
use crate::AppError;
use crate::db::Conn;

/// What a product pays that the catalogue says nothing of, in basis points.
pub const DEFAULT_BP: u32 = 1_000;

/// Today's rate of a product in basis points; nothing is paid for one without.
pub async fn current(
    conn: &mut Conn,
    product: &ProductId,
    now: Timestamp,
) -> Result<u32, AppError> {
    Ok(store::at(conn, product, now).await?.unwrap_or(0))
}

/// The next change of a product's rate.
pub async fn coming(
    conn: &mut Conn,
    product: &ProductId,
    now: Timestamp,
) -> Result<Option<RateChange>, AppError> {
    store::after(conn, product, now).await
}

/// What one of a SKU pays in place of its product's rate, in minor units.
pub async fn fixed(conn: &mut Conn, sku: &SkuId) -> Result<Option<i64>, AppError> {
    store::fixed(conn, sku).await
}

/// Sets a product's rate: from now on when it is not lower than today's, else from 30 days on. Another
/// change that was still to come is called off; the same one comes when it was promised for. The first rate of a product begins at once.
pub async fn set(
    conn: &mut Conn,
    product: &ProductId,
    rate_bp: u32,
    now: Timestamp,
) -> Result<Timestamp, AppError> {
    let today = store::at(conn, product, now).await?;
    if let Some(coming) = store::after(conn, product, now).await?
        && coming.rate_bp == rate_bp
    {
        return Ok(coming.at);
    }
    store::call_off(conn, product, now).await?;
    let from = rules::begins(today.unwrap_or(0), rate_bp, now);
    if today != Some(rate_bp) {
        store::put(conn, product, rate_bp, from, now).await?;
    }
    Ok(from)
}

/// Gives every product on sale that has no rate yet the usual one, from now on.
pub async fn begin(conn: &mut Conn, now: Timestamp) -> Result<(), AppError> {
    store::begin(conn, DEFAULT_BP, now).await
}

/// What one of a product brings at prices from the cheapest SKU's to the dearest's, in minor units; nothing when it
/// pays nothing (features.md 79).
pub async fn estimate(
    conn: &mut Conn,
    product: &ProductCard,
    (from, to): (i64, i64),
    now: Timestamp,
) -> Result<Option<EarningEstimate>, AppError> {
    let rate_bp = current(conn, &product.id, now).await?;
    let currency = product.price.currency;
    let of = |price: i64| Money::new(rules::amount(price, rate_bp, None), currency);
    Ok((rate_bp > 0).then(|| EarningEstimate {
        rate_bp,
        from: of(from),
        to: of(to),
    }))
}
