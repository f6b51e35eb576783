//! SQL of accounts and one-time codes.

use contract::{CodeRequestId, Timestamp, UserId};
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::code;
use crate::AppError;
use crate::db::Db;
use crate::phone::Phone;

/// An account as it is stored.
pub struct Account {
    pub id: UserId,
    pub phone: Phone,
    pub neighbour_no: i64,
    /// The name that its owner chose.
    pub name: Option<String>,
    /// The creator that its owner is.
    pub creator: Option<String>,
}

/// A try that was taken from a code.
pub struct Guess {
    pub phone: Phone,
    pub code_hash: String,
    pub tries_left: i64,
}

/// When a number was last sent a code.
pub async fn last_code(
    conn: &mut AnyConnection,
    phone: &Phone,
) -> Result<Option<Timestamp>, AppError> {
    let row = sqlx::query(
        "SELECT created_at FROM sign_in_code WHERE phone = $1 ORDER BY created_at DESC LIMIT 1",
    )
    .bind(phone.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| Ok(Timestamp(row.try_get("created_at")?)))
        .transpose()
}

/// Keeps a code that is about to be sent.
pub async fn insert_code(
    conn: &mut AnyConnection,
    request: &CodeRequestId,
    phone: &Phone,
    code_hash: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO sign_in_code (id, phone, code_hash, created_at, expires_at, tries_left) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(request.as_str())
    .bind(phone.as_str())
    .bind(code_hash)
    .bind(now.0)
    .bind(now.plus_ms(code::LIFE_MS).0)
    .bind(code::TRIES)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes one try from a code that still works, and commits that.
pub async fn take_try(
    db: &Db,
    request: &CodeRequestId,
    now: Timestamp,
) -> Result<Option<Guess>, AppError> {
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "UPDATE sign_in_code SET tries_left = tries_left - 1 \
         WHERE id = $1 AND tries_left > 0 AND used_at IS NULL AND expires_at > $2 \
         RETURNING phone, code_hash, tries_left",
    )
    .bind(request.as_str())
    .bind(now.0)
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    row.map(|row| {
        Ok(Guess {
            phone: Phone::from_stored(row.try_get("phone")?),
            code_hash: row.try_get("code_hash")?,
            tries_left: row.try_get("tries_left")?,
        })
    })
    .transpose()
}

/// Marks a code as used; false when another sign-in was faster.
pub async fn use_up(
    conn: &mut AnyConnection,
    request: &CodeRequestId,
    now: Timestamp,
) -> Result<bool, AppError> {
    let used =
        sqlx::query("UPDATE sign_in_code SET used_at = $1 WHERE id = $2 AND used_at IS NULL")
            .bind(now.0)
            .bind(request.as_str())
            .execute(conn)
            .await?;
    Ok(used.rows_affected() == 1)
}

/// The account of a number, made when there is none.
pub async fn account_of(
    conn: &mut AnyConnection,
    phone: &Phone,
    now: Timestamp,
) -> Result<Account, AppError> {
    sqlx::query(
        "INSERT INTO account (id, phone, neighbour_no, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (phone) DO NOTHING",
    )
    .bind(Uuid::new_v4().simple().to_string())
    .bind(phone.as_str())
    .bind(rand::random_range(1000..10_000_i64))
    .bind(now.0)
    .execute(&mut *conn)
    .await?;
    let row = sqlx::query(
        "SELECT id, phone, neighbour_no, name, \
           (SELECT o.handle FROM creator_owner o WHERE o.phone = account.phone) AS creator \
         FROM account WHERE phone = $1",
    )
    .bind(phone.as_str())
    .fetch_one(conn)
    .await?;
    read(&row)
}

/// An account by its id.
pub async fn account(db: &Db, user: &UserId) -> Result<Option<Account>, AppError> {
    let row = sqlx::query(
        "SELECT id, phone, neighbour_no, name, \
           (SELECT o.handle FROM creator_owner o WHERE o.phone = account.phone) AS creator \
         FROM account WHERE id = $1",
    )
    .bind(user.as_str())
    .fetch_optional(db.reader())
    .await?;
    row.as_ref().map(read).transpose()
}

/// Gives an account a name, or none.
pub async fn set_name(
    conn: &mut AnyConnection,
    user: &UserId,
    name: Option<&str>,
) -> Result<Option<Account>, AppError> {
    let row = sqlx::query(
        "UPDATE account SET name = $1 WHERE id = $2 RETURNING id, phone, neighbour_no, name, \
           (SELECT o.handle FROM creator_owner o WHERE o.phone = account.phone) AS creator",
    )
    .bind(name)
    .bind(user.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Deletes codes that ended before a moment.
pub async fn prune(db: &Db, before: Timestamp) -> Result<u64, AppError> {
    let mut tx = db.begin().await?;
    let pruned = sqlx::query("DELETE FROM sign_in_code WHERE expires_at < $1")
        .bind(before.0)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(pruned.rows_affected())
}

fn read(row: &AnyRow) -> Result<Account, AppError> {
    Ok(Account {
        id: row.try_get::<String, _>("id")?.into(),
        phone: Phone::from_stored(row.try_get("phone")?),
        neighbour_no: row.try_get("neighbour_no")?,
        name: row.try_get("name")?,
        creator: row.try_get("creator")?,
    })
}
