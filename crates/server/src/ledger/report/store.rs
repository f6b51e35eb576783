//! SQL of reports: entries as they stand in the books, and what they are about.

use std::collections::BTreeSet;

use contract::{PromotionId, Timestamp};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;
use crate::ledger::Dimensions;

/// An entry with its document.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// The document's number.
    pub seq: i64,
    /// What kind of thing it happened to.
    pub biz: String,
    /// To which one.
    pub biz_id: String,
    /// What happened.
    pub event: String,
    /// When.
    pub at: Timestamp,
    /// The account.
    pub account: String,
    /// Debit when positive, credit when negative.
    pub minor: i64,
    /// Its currency.
    pub currency: String,
    /// What it is about.
    pub about: Dimensions,
}

/// Entries from one moment until another, in the order of the books.
pub async fn entries(
    conn: &mut Conn,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<EntryRow>, AppError> {
    sqlx::query(
        "SELECT d.seq, d.biz, d.biz_id, d.event, d.at, e.account, e.minor, e.currency, e.dimensions \
         FROM ledger_document d JOIN ledger_entry e ON e.document = d.seq \
         WHERE d.at >= $1 AND d.at < $2 ORDER BY d.seq, e.position",
    )
    .bind(from.0)
    .bind(until.0)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let about: String = row.try_get("dimensions")?;
        Ok(EntryRow {
            seq: row.try_get("seq")?,
            biz: row.try_get("biz")?,
            biz_id: row.try_get("biz_id")?,
            event: row.try_get("event")?,
            at: Timestamp(row.try_get("at")?),
            account: row.try_get("account")?,
            minor: row.try_get("minor")?,
            currency: row.try_get("currency")?,
            about: serde_json::from_str(&about).map_err(AppError::internal)?,
        })
    })
    .collect()
}

/// Lines of orders that a promotion took something off, by order and place.
pub async fn lines_of(
    conn: &mut Conn,
    promotion: &PromotionId,
) -> Result<BTreeSet<(String, i64)>, AppError> {
    sqlx::query("SELECT DISTINCT order_id, position FROM order_share WHERE promotion = $1")
        .bind(promotion.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.try_get("order_id")?, row.try_get("position")?)))
        .collect()
}

/// What the goods of each line cost the shop, and how many they were, by order and place.
pub async fn costs_of(
    conn: &mut Conn,
    promotion: &PromotionId,
) -> Result<Vec<(String, i64, i64, i64)>, AppError> {
    sqlx::query(
        "SELECT l.order_id, l.position, l.cost_minor, l.list_minor FROM order_line l \
         WHERE EXISTS (SELECT 1 FROM order_share s WHERE s.order_id = l.order_id \
           AND s.position = l.position AND s.promotion = $1)",
    )
    .bind(promotion.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok((
            row.try_get("order_id")?,
            row.try_get("position")?,
            row.try_get("cost_minor")?,
            row.try_get("list_minor")?,
        ))
    })
    .collect()
}
