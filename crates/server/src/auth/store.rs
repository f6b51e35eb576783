//! SQL of sessions.

use contract::{Timestamp, UserId};
use sqlx::AnyConnection;
use sqlx::Row;

use super::session::Stored;
use crate::AppError;
use crate::db::{Db, Tx};
use crate::phone::Phone;

pub(super) async fn insert(
    conn: &mut AnyConnection,
    token_hash: &str,
    user: &UserId,
    now: Timestamp,
    ends_at: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO session (token_hash, account, created_at, seen_at, ends_at) \
         VALUES ($1, $2, $3, $3, $4)",
    )
    .bind(token_hash)
    .bind(user.as_str())
    .bind(now.0)
    .bind(ends_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn find(db: &Db, token_hash: &str) -> Result<Option<Stored>, AppError> {
    let row = sqlx::query("SELECT account, seen_at, ends_at FROM session WHERE token_hash = $1")
        .bind(token_hash)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| {
        Ok(Stored {
            user: row.try_get::<String, _>("account")?.into(),
            seen_at: Timestamp(row.try_get("seen_at")?),
            ends_at: Timestamp(row.try_get("ends_at")?),
        })
    })
    .transpose()
}

pub(super) async fn touch(
    conn: &mut AnyConnection,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("UPDATE session SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1")
        .bind(now.0)
        .bind(token_hash)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut AnyConnection, token_hash: &str) -> Result<(), AppError> {
    sqlx::query("DELETE FROM session WHERE token_hash = $1")
        .bind(token_hash)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn prune(
    conn: &mut AnyConnection,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<u64, AppError> {
    let pruned = sqlx::query("DELETE FROM session WHERE ends_at <= $1 OR seen_at <= $2")
        .bind(now.0)
        .bind(idle_since.0)
        .execute(conn)
        .await?;
    Ok(pruned.rows_affected())
}

/// Makes changes to what one customer owns wait for each other until the transaction ends, so that rules
/// about all of it (at most twenty, one default) hold however many come at once.
pub async fn one_at_a_time(conn: &mut AnyConnection, user: &UserId) -> Result<(), AppError> {
    sqlx::query("UPDATE account SET neighbour_no = neighbour_no WHERE id = $1")
        .bind(user.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The word of an account's role, when its number has one.
pub(super) async fn role(
    conn: &mut AnyConnection,
    account: &UserId,
) -> Result<Option<String>, AppError> {
    let role = sqlx::query_scalar(
        "SELECT s.role FROM account a JOIN staff s ON s.phone = a.phone WHERE a.id = $1",
    )
    .bind(account.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(role)
}

pub(super) async fn grant(
    tx: &mut Tx,
    phone: &Phone,
    role: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO staff (phone, role, granted_at) VALUES ($1, $2, $3) \
         ON CONFLICT (phone) DO UPDATE SET role = excluded.role, granted_at = excluded.granted_at",
    )
    .bind(phone.as_str())
    .bind(role)
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn revoke(tx: &mut Tx, phone: &Phone) -> Result<bool, AppError> {
    let done = sqlx::query("DELETE FROM staff WHERE phone = $1")
        .bind(phone.as_str())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn staff(conn: &mut AnyConnection) -> Result<Vec<(String, String)>, AppError> {
    sqlx::query("SELECT phone, role FROM staff ORDER BY granted_at, phone")
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.try_get("phone")?, row.try_get("role")?)))
        .collect()
}

/// The creator that an account's number is.
pub(super) async fn creator(
    conn: &mut AnyConnection,
    account: &UserId,
) -> Result<Option<String>, AppError> {
    let handle = sqlx::query_scalar(
        "SELECT o.handle FROM account a JOIN creator_owner o ON o.phone = a.phone WHERE a.id = $1",
    )
    .bind(account.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(handle)
}

pub(super) async fn grant_creator(
    tx: &mut Tx,
    phone: &Phone,
    handle: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "INSERT INTO creator_owner (phone, handle, granted_at) \
         SELECT $1, handle, $3 FROM creator WHERE handle = $2 \
         ON CONFLICT (phone) DO UPDATE SET handle = excluded.handle, granted_at = excluded.granted_at",
    )
    .bind(phone.as_str())
    .bind(handle)
    .bind(now.0)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn revoke_creator(tx: &mut Tx, phone: &Phone) -> Result<bool, AppError> {
    let done = sqlx::query("DELETE FROM creator_owner WHERE phone = $1")
        .bind(phone.as_str())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn creators(conn: &mut AnyConnection) -> Result<Vec<(String, String)>, AppError> {
    sqlx::query("SELECT phone, handle FROM creator_owner ORDER BY granted_at, phone")
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.try_get("phone")?, row.try_get("handle")?)))
        .collect()
}

/// Writes down what somebody of the staff did.
pub(super) async fn note(
    conn: &mut AnyConnection,
    action: &contract::books::StaffAction,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO staff_action (id, at, who, role, operation, target, before, after) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(uuid::Uuid::now_v7().simple().to_string())
    .bind(action.at.0)
    .bind(&action.who)
    .bind(&action.role)
    .bind(&action.operation)
    .bind(&action.target)
    .bind(action.before.clone())
    .bind(action.after.clone())
    .execute(conn)
    .await?;
    Ok(())
}

/// What staff did, newest first.
pub(super) async fn actions(
    conn: &mut AnyConnection,
) -> Result<Vec<contract::books::StaffAction>, AppError> {
    sqlx::query(
        "SELECT s.at, s.who, s.role, s.operation, s.target, s.before, s.after, \
           COALESCE(a.name, '') AS name, COALESCE(a.phone, '') AS phone \
         FROM staff_action s LEFT JOIN account a ON a.id = s.who ORDER BY s.id DESC LIMIT 200",
    )
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let own: String = row.try_get("name")?;
        let name = match own.is_empty() {
            true => Phone::from_stored(row.try_get("phone")?).masked(),
            false => own,
        };
        Ok(contract::books::StaffAction {
            at: Timestamp(row.try_get("at")?),
            who: row.try_get("who")?,
            name,
            role: row.try_get("role")?,
            operation: row.try_get("operation")?,
            target: row.try_get("target")?,
            before: row.try_get("before")?,
            after: row.try_get("after")?,
        })
    })
    .collect()
}
