//! SQL of payments and the webhooks that tell of them.

use contract::{Currency, Money, MoneyError, OrderId, PaymentId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::PaymentStatus;
use crate::AppError;
use crate::db::Conn;
use crate::http::language::Lang;

const BY_ID: &str = "
    SELECT id, order_id, state, currency, amount_minor, cashier_url, lang, checks
    FROM payment WHERE id = $1";

const LIVE_OF_ORDER: &str = "
    SELECT id, order_id, state, currency, amount_minor, cashier_url, lang, checks
    FROM payment WHERE order_id = $1 AND state IN ('requested', 'open')";

const DUE: &str = "
    SELECT id, order_id, state, currency, amount_minor, cashier_url, lang, checks
    FROM payment WHERE state IN ('requested', 'open') AND check_at <= $1
    ORDER BY check_at LIMIT $2";

/// An attempt to pay an order.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    /// Its id, here and at the gateway.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
    /// The gateway has not confirmed it yet.
    pub requested: bool,
    /// Where the payer pays, once the gateway told.
    pub cashier_url: Option<String>,
    /// Language of the cashier page.
    pub lang: Lang,
    /// How often the gateway was asked about it.
    pub checks: i64,
}

/// A payment to be written down.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// Its id.
    pub id: PaymentId,
    /// What it pays.
    pub order: &'a OrderId,
    /// How much.
    pub amount: Money,
    /// Language of the cashier page.
    pub lang: Lang,
    /// When it was made.
    pub now: Timestamp,
    /// When to ask the gateway about it unless it is heard of before.
    pub check_at: Timestamp,
}

/// Writes a payment that the gateway will be asked for. Does nothing when the order has a live one.
pub async fn insert(conn: &mut Conn, new: &NewRow<'_>) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO payment \
           (id, order_id, state, currency, amount_minor, lang, created_at, check_at) \
         VALUES ($1, $2, 'requested', $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(new.id.as_str())
    .bind(new.order.as_str())
    .bind(new.amount.currency.code())
    .bind(new.amount.minor)
    .bind(new.lang.tag())
    .bind(new.now.0)
    .bind(new.check_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// A payment.
pub async fn find(conn: &mut Conn, id: &PaymentId) -> Result<Option<PaymentRow>, AppError> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read_payment).transpose()
}

/// The one payment of an order that may still be paid.
pub async fn live_of(conn: &mut Conn, order: &OrderId) -> Result<Option<PaymentRow>, AppError> {
    let row = sqlx::query(LIVE_OF_ORDER)
        .bind(order.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read_payment).transpose()
}

/// Live payments whose time to ask has come, at most `limit`.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<PaymentRow>, AppError> {
    let rows = sqlx::query(DUE)
        .bind(now.0)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read_payment).collect()
}

/// The gateway confirmed a requested payment.
pub async fn mark_open(conn: &mut Conn, id: &PaymentId, cashier_url: &str) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE payment SET state = 'open', cashier_url = $1 WHERE id = $2 AND state = 'requested'",
    )
    .bind(cashier_url)
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// A live payment ended without money.
pub async fn mark_ended(
    conn: &mut Conn,
    id: &PaymentId,
    status: PaymentStatus,
) -> Result<(), AppError> {
    let word = match status {
        PaymentStatus::Declined => "declined",
        PaymentStatus::Closed => "closed",
        PaymentStatus::Open | PaymentStatus::Paid => return Ok(()),
    };
    sqlx::query("UPDATE payment SET state = $1 WHERE id = $2 AND state IN ('requested', 'open')")
        .bind(word)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Money arrived; false when that was known before (inv.P1).
pub async fn mark_paid(conn: &mut Conn, id: &PaymentId, now: Timestamp) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE payment SET state = 'paid', captured_minor = amount_minor, paid_at = $1 \
         WHERE id = $2 AND state <> 'paid'",
    )
    .bind(now.0)
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What was captured for an order, by payment, in minor units.
pub async fn captured(conn: &mut Conn, order: &OrderId) -> Result<Vec<(PaymentId, i64)>, AppError> {
    sqlx::query(
        "SELECT id, captured_minor FROM payment \
         WHERE order_id = $1 AND captured_minor > 0 ORDER BY paid_at, id",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let id: String = row.try_get("id")?;
        Ok((id.into(), row.try_get("captured_minor")?))
    })
    .collect()
}

/// Asks again at `check_at`.
pub async fn check_later(
    conn: &mut Conn,
    id: &PaymentId,
    check_at: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("UPDATE payment SET check_at = $1, checks = checks + 1 WHERE id = $2")
        .bind(check_at.0)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a webhook's id; false when it was taken before (rules.md 3.0-4).
pub async fn take_webhook(
    conn: &mut Conn,
    id: &str,
    kind: &str,
    payment: &PaymentId,
    now: Timestamp,
) -> Result<bool, AppError> {
    let taken = sqlx::query(
        "INSERT INTO payment_webhook (id, kind, payment_id, received_at, outcome) \
         VALUES ($1, $2, $3, $4, 'taken') ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(kind)
    .bind(payment.as_str())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Writes down what came of a webhook.
pub async fn note_webhook(conn: &mut Conn, id: &str, outcome: &str) -> Result<(), AppError> {
    sqlx::query("UPDATE payment_webhook SET outcome = $1 WHERE id = $2")
        .bind(outcome)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

fn read_payment(row: &AnyRow) -> Result<PaymentRow, AppError> {
    Ok(PaymentRow {
        id: row.try_get::<String, _>("id")?.into(),
        order: row.try_get::<String, _>("order_id")?.into(),
        amount: Money::new(row.try_get("amount_minor")?, currency(row)?),
        requested: row.try_get::<String, _>("state")? == "requested",
        cashier_url: row.try_get("cashier_url")?,
        lang: Lang::of_tag(row.try_get("lang")?),
        checks: row.try_get("checks")?,
    })
}

/// The column `currency`.
pub(super) fn currency(row: &AnyRow) -> Result<Currency, AppError> {
    row.try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))
}
