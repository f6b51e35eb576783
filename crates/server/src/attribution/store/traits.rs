//! SQL of what makes two accounts one household.

use contract::{Timestamp, UserId};
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// A browser, phone number, address or means of payment, as its hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Trait {
    /// `device`, `phone`, `address` or `instrument`.
    pub kind: &'static str,
    /// Hash of it, keyed where it could be guessed.
    pub hash: String,
}

/// Remembers that an account has a trait.
pub async fn remember(
    conn: &mut Conn,
    account: &UserId,
    one: &Trait,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO account_trait (account, kind, hash, seen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
    )
    .bind(account.as_str())
    .bind(one.kind)
    .bind(&one.hash)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// An account's own phone number and those of its address book, and its addresses.
pub async fn known(
    conn: &mut Conn,
    account: &UserId,
) -> Result<(Vec<String>, Vec<String>), AppError> {
    let mut phones: Vec<String> = sqlx::query_scalar("SELECT phone FROM account WHERE id = $1")
        .bind(account.as_str())
        .fetch_all(&mut *conn)
        .await?;
    let mut addresses = Vec::new();
    let rows = sqlx::query("SELECT phone, region, detail FROM address WHERE owner = $1")
        .bind(account.as_str())
        .fetch_all(conn)
        .await?;
    for row in &rows {
        phones.push(row.try_get("phone")?);
        let (region, detail): (String, String) = (row.try_get("region")?, row.try_get("detail")?);
        addresses.push(format!("{region} {detail}"));
    }
    Ok((phones, addresses))
}

/// Accounts that share a trait with this one.
pub async fn sharing_with(conn: &mut Conn, account: &str) -> Result<Vec<String>, AppError> {
    let accounts = sqlx::query_scalar(
        "SELECT DISTINCT other.account FROM account_trait own \
         JOIN account_trait other ON other.kind = own.kind AND other.hash = own.hash \
         WHERE own.account = $1 AND other.account <> $1",
    )
    .bind(account)
    .fetch_all(conn)
    .await?;
    Ok(accounts)
}

/// Accounts that have a trait.
pub async fn having(conn: &mut Conn, one: &Trait) -> Result<Vec<String>, AppError> {
    let accounts =
        sqlx::query_scalar("SELECT account FROM account_trait WHERE kind = $1 AND hash = $2")
            .bind(one.kind)
            .bind(&one.hash)
            .fetch_all(conn)
            .await?;
    Ok(accounts)
}

/// Whether a sharer is suspended.
pub async fn is_suspended(conn: &mut Conn, account: &UserId) -> Result<bool, AppError> {
    let found: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sharer_suspension WHERE account = $1")
            .bind(account.as_str())
            .fetch_one(conn)
            .await?;
    Ok(found > 0)
}

/// Suspends a sharer, or lets one share again.
pub async fn suspend(
    conn: &mut Conn,
    account: &UserId,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("DELETE FROM sharer_suspension WHERE account = $1")
        .bind(account.as_str())
        .execute(&mut *conn)
        .await?;
    if let Some(reason) = reason {
        sqlx::query("INSERT INTO sharer_suspension (account, at, reason) VALUES ($1, $2, $3)")
            .bind(account.as_str())
            .bind(now.0)
            .bind(reason)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// When an account was made.
pub async fn born(conn: &mut Conn, account: &UserId) -> Result<Option<Timestamp>, AppError> {
    let at: Option<i64> = sqlx::query_scalar("SELECT created_at FROM account WHERE id = $1")
        .bind(account.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(at.map(Timestamp))
}
