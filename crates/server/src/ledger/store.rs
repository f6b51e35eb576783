//! SQL of the ledger.

use std::collections::BTreeSet;

use contract::{Currency, Timestamp};

use super::{Document, Entry, Part};
use crate::AppError;
use crate::db::Conn;
use crate::words::to_word;

/// Takes the head's row until the transaction ends, and answers the last document's number.
pub async fn lock(conn: &mut Conn) -> Result<i64, AppError> {
    let seq =
        sqlx::query_scalar("UPDATE ledger_head SET seq = seq WHERE id = 'shop' RETURNING seq")
            .fetch_one(conn)
            .await?;
    Ok(seq)
}

/// Until when the books are closed (M9).
pub async fn closed_until(conn: &mut Conn) -> Result<Timestamp, AppError> {
    let until = sqlx::query_scalar("SELECT until FROM ledger_close WHERE id = 'shop'")
        .fetch_one(conn)
        .await?;
    Ok(Timestamp(until))
}

/// Writes a document without its entries; false when there is one with its key.
pub async fn insert(conn: &mut Conn, seq: i64, document: &Document) -> Result<bool, AppError> {
    let written = sqlx::query(
        "INSERT INTO ledger_document (seq, biz, biz_id, event, idem_key, at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (idem_key) DO NOTHING",
    )
    .bind(seq)
    .bind(document.biz)
    .bind(&document.biz_id)
    .bind(document.event)
    .bind(&document.idem_key)
    .bind(document.at.0)
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Whether there is a document with this key.
pub async fn is_posted(conn: &mut Conn, idem_key: &str) -> Result<bool, AppError> {
    let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM ledger_document WHERE idem_key = $1")
        .bind(idem_key)
        .fetch_one(conn)
        .await?;
    Ok(found > 0)
}

/// The keys of the documents about one thing.
pub async fn posted_about(
    conn: &mut Conn,
    biz: &str,
    biz_id: &str,
) -> Result<BTreeSet<String>, AppError> {
    let keys: Vec<String> =
        sqlx::query_scalar("SELECT idem_key FROM ledger_document WHERE biz = $1 AND biz_id = $2")
            .bind(biz)
            .bind(biz_id)
            .fetch_all(conn)
            .await?;
    Ok(keys.into_iter().collect())
}

/// Writes down the last document's number.
pub async fn advance(conn: &mut Conn, seq: i64) -> Result<(), AppError> {
    sqlx::query("UPDATE ledger_head SET seq = $1 WHERE id = 'shop'")
        .bind(seq)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes an entry.
pub async fn insert_entry(
    conn: &mut Conn,
    document: i64,
    position: i64,
    entry: &Entry,
) -> Result<(), AppError> {
    let (account, party, stage) = columns(&entry.part)?;
    let about = serde_json::to_string(&entry.about).map_err(AppError::internal)?;
    sqlx::query(
        "INSERT INTO ledger_entry (document, position, account, party, stage, currency, minor, dimensions) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(document)
    .bind(position)
    .bind(account)
    .bind(party)
    .bind(stage)
    .bind(entry.amount.currency.code())
    .bind(entry.amount.minor)
    .bind(about)
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds an entry to the balance that is kept beside the entries.
pub async fn add_to_balance(conn: &mut Conn, entry: &Entry) -> Result<(), AppError> {
    let (account, party, stage) = columns(&entry.part)?;
    sqlx::query(
        "INSERT INTO ledger_balance (account, party, stage, currency, minor) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (account, party, stage, currency) \
         DO UPDATE SET minor = ledger_balance.minor + excluded.minor",
    )
    .bind(account)
    .bind(party)
    .bind(stage)
    .bind(entry.amount.currency.code())
    .bind(entry.amount.minor)
    .execute(conn)
    .await?;
    Ok(())
}

/// What a part's entries sum to.
pub async fn balance(conn: &mut Conn, part: &Part, currency: Currency) -> Result<i64, AppError> {
    let (account, party, stage) = columns(part)?;
    let minor: Option<i64> = sqlx::query_scalar(
        "SELECT minor FROM ledger_balance WHERE account = $1 AND party = $2 AND stage = $3 AND currency = $4",
    )
    .bind(account)
    .bind(party)
    .bind(stage)
    .bind(currency.code())
    .fetch_optional(conn)
    .await?;
    Ok(minor.unwrap_or_default())
}

fn columns(part: &Part) -> Result<(String, String, String), AppError> {
    let (party, stage) = match &part.owed_to {
        Some((party, stage)) => (party.0.clone(), to_word(stage)?),
        None => (String::new(), String::new()),
    };
    Ok((to_word(part.account)?, party, stage))
}
