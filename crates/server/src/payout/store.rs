//! SQL of payouts.

use contract::earnings::{Withdrawal, WithdrawalState};
use contract::{Currency, ErrorCode, Money, MoneyError, Timestamp, UserId, WithdrawalId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::{from_word, to_word};

const BY_ID: &str = "
    SELECT id, owner, currency, amount_minor, state, created_at, reason, transfer, tries, attempts
    FROM withdrawal WHERE id = $1";

const BY_TRANSFER: &str = "
    SELECT id, owner, currency, amount_minor, state, created_at, reason, transfer, tries, attempts
    FROM withdrawal WHERE transfer = $1";

const DUE: &str = "
    SELECT id, owner, currency, amount_minor, state, created_at, reason, transfer, tries, attempts
    FROM withdrawal WHERE state IN ('approved', 'paying') AND attempt_at <= $1
    ORDER BY attempt_at LIMIT $2";

const OF_OWNER: &str = "
    SELECT id, owner, currency, amount_minor, state, created_at, reason, transfer, tries, attempts
    FROM withdrawal WHERE owner = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

const LATEST: &str = "
    SELECT id, owner, currency, amount_minor, state, created_at, reason, transfer, tries, attempts
    FROM withdrawal WHERE $1 = '' OR state = $1 ORDER BY id DESC LIMIT $2";

/// A payout.
#[derive(Clone, Debug)]
pub struct WithdrawalRow {
    /// Its id.
    pub id: WithdrawalId,
    /// Who is paid.
    pub owner: UserId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: WithdrawalState,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Its transfer's id at the gateway.
    pub transfer: String,
    /// Which transfer that is, counted from 1.
    pub tries: i64,
    /// How often the gateway was asked for it.
    pub attempts: i64,
}

impl WithdrawalRow {
    /// The payout as its owner sees it.
    pub fn to_withdrawal(&self) -> Withdrawal {
        Withdrawal {
            id: self.id.clone(),
            amount: self.amount,
            state: self.state,
            at: self.created_at,
            reason: self.reason.clone(),
        }
    }
}

/// Writes a payout that was asked for.
pub async fn insert(conn: &mut Conn, row: &WithdrawalRow) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO withdrawal (id, owner, currency, amount_minor, state, created_at, transfer, attempt_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $6)",
    )
    .bind(row.id.as_str())
    .bind(row.owner.as_str())
    .bind(row.amount.currency.code())
    .bind(row.amount.minor)
    .bind(to_word(row.state)?)
    .bind(row.created_at.0)
    .bind(&row.transfer)
    .execute(conn)
    .await?;
    Ok(())
}

/// A payout.
pub async fn find(conn: &mut Conn, id: &WithdrawalId) -> Result<Option<WithdrawalRow>, AppError> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The payout whose latest transfer this is.
pub async fn of_transfer(
    conn: &mut Conn,
    transfer: &str,
) -> Result<Option<WithdrawalRow>, AppError> {
    let row = sqlx::query(BY_TRANSFER)
        .bind(transfer)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Payouts that the gateway is to be asked for, at most `limit`.
pub async fn due(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<WithdrawalRow>, AppError> {
    let rows = sqlx::query(DUE)
        .bind(now.0)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// An owner's payouts, newest first, at most `limit` before `before`.
pub async fn of_owner(
    conn: &mut Conn,
    owner: &UserId,
    before: &str,
    limit: usize,
) -> Result<Vec<WithdrawalRow>, AppError> {
    let rows = sqlx::query(OF_OWNER)
        .bind(owner.as_str())
        .bind(before)
        .bind(i64::try_from(limit).map_err(AppError::internal)?)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// Everybody's payouts in a state, or in any, newest first.
pub async fn latest(
    conn: &mut Conn,
    state: Option<WithdrawalState>,
    limit: i64,
) -> Result<Vec<WithdrawalRow>, AppError> {
    let state = state.map(to_word).transpose()?.unwrap_or_default();
    let rows = sqlx::query(LATEST)
        .bind(state)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// Takes a payout to another state. A state that does not allow it is refused; a change that came first is
/// [`AppError::Raced`].
pub async fn shift(
    conn: &mut Conn,
    row: &WithdrawalRow,
    from: &[WithdrawalState],
    to: WithdrawalState,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), AppError> {
    if !from.contains(&row.state) {
        return Err(AppError::refused(
            ErrorCode::OrderStateConflict,
            format!("The withdrawal is {}.", to_word(row.state)?),
        ));
    }
    let ends = matches!(to, WithdrawalState::Paid | WithdrawalState::Rejected);
    let moved = sqlx::query(
        "UPDATE withdrawal SET state = $1, reason = COALESCE($2, reason), ended_at = $3 \
         WHERE id = $4 AND state = $5",
    )
    .bind(to_word(to)?)
    .bind(reason)
    .bind(ends.then_some(now.0))
    .bind(row.id.as_str())
    .bind(to_word(row.state)?)
    .execute(conn)
    .await?;
    if moved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(AppError::Raced)
    }
}

/// Gives a payout a new transfer, to be asked for at once.
pub async fn renew(
    conn: &mut Conn,
    id: &WithdrawalId,
    transfer: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE withdrawal SET transfer = $1, tries = tries + 1, attempts = 0, attempt_at = $2 WHERE id = $3",
    )
    .bind(transfer)
    .bind(now.0)
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Asks for a payout's transfer again at `attempt_at`, with the same id.
pub async fn try_later(
    conn: &mut Conn,
    id: &WithdrawalId,
    attempt_at: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("UPDATE withdrawal SET attempts = attempts + 1, attempt_at = $1 WHERE id = $2")
        .bind(attempt_at.0)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// All that was paid out to an owner.
pub async fn paid_out(
    conn: &mut Conn,
    owner: &UserId,
    currency: Currency,
) -> Result<Money, AppError> {
    let minor: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM withdrawal \
         WHERE owner = $1 AND currency = $2 AND state = 'paid'",
    )
    .bind(owner.as_str())
    .bind(currency.code())
    .fetch_one(conn)
    .await?;
    Ok(Money::new(minor, currency))
}

fn read(row: &AnyRow) -> Result<WithdrawalRow, AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    Ok(WithdrawalRow {
        id: row.try_get::<String, _>("id")?.into(),
        owner: row.try_get::<String, _>("owner")?.into(),
        amount: Money::new(row.try_get("amount_minor")?, currency),
        state: from_word(row.try_get("state")?)?,
        created_at: Timestamp(row.try_get("created_at")?),
        reason: row.try_get("reason")?,
        transfer: row.try_get("transfer")?,
        tries: row.try_get("tries")?,
        attempts: row.try_get("attempts")?,
    })
}
