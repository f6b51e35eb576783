//! SQL of suspended sharers as staff looks at them.

use contract::UserId;
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// The account with an id or a phone number.
pub async fn account_of(
    conn: &mut Conn,
    id: &str,
    phone: &str,
) -> Result<Option<UserId>, AppError> {
    let found: Option<String> =
        sqlx::query_scalar("SELECT id FROM account WHERE id = $1 OR phone = $2")
            .bind(id)
            .bind(phone)
            .fetch_optional(conn)
            .await?;
    Ok(found.map(UserId))
}

/// Everybody who is suspended, and why, the latest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<(UserId, String)>, AppError> {
    sqlx::query("SELECT account, reason FROM sharer_suspension ORDER BY at DESC, account")
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let account: String = row.try_get("account")?;
            Ok((account.into(), row.try_get("reason")?))
        })
        .collect()
}
