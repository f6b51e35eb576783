//! SQL of what sales pay.

use contract::earnings::CommissionState;
use contract::{Currency, Money, MoneyError, OrderId, ShareToken, Timestamp, UserId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::{from_word, to_word};

const OF_ORDER: &str = "
    SELECT id, order_id, position, level, payee, token, currency, amount_minor, reversed_minor, state,
           booked_at, freeze_ms, available_at, told_minor
    FROM commission WHERE order_id = $1 ORDER BY position, level";

const RIPE: &str = "
    SELECT DISTINCT order_id FROM commission WHERE state = 'frozen' AND available_at <= $1
    ORDER BY order_id LIMIT $2";

/// What is withdrawn first is what could be first.
const MARK_WITHDRAWN: &str = "
    UPDATE commission SET state = 'withdrawn' WHERE id IN (
        SELECT c.id FROM (
            SELECT id, SUM(amount_minor - reversed_minor) OVER (ORDER BY available_at, id) AS so_far
            FROM commission WHERE payee = $1 AND currency = $2 AND state = 'available') c
        WHERE c.so_far <= $3)";

const WITHDRAWN: &str = "
    SELECT CAST(COALESCE(SUM(amount_minor - reversed_minor), 0) AS BIGINT) FROM commission
    WHERE payee = $1 AND currency = $2 AND state = 'withdrawn'";

/// The level of a leader's reward, which is of the whole order (G16).
pub const REWARD: i64 = 0;

/// What one line of an order pays one sharer, or a group its leader.
#[derive(Clone, Debug)]
pub struct CommissionRow {
    /// Its id.
    pub id: String,
    /// The order.
    pub order: OrderId,
    /// The line.
    pub position: i64,
    /// 1 for the sharer, 2 for who brought the sharer, [`REWARD`] for a leader.
    pub level: i64,
    /// Who is paid.
    pub payee: UserId,
    /// By which link; a reward has none.
    pub token: Option<ShareToken>,
    /// How much.
    pub amount: Money,
    /// How much of it was taken back.
    pub reversed: Money,
    /// Where it stands.
    pub state: CommissionState,
    /// When the order was paid.
    pub booked_at: Timestamp,
    /// Milliseconds between receipt and the day that it can be withdrawn.
    pub freeze_ms: i64,
    /// When it can be withdrawn, once known.
    pub available_at: Option<Timestamp>,
    /// What its payee was told of it so far, in minor units.
    pub told_minor: i64,
}

/// Writes one down.
pub async fn insert(conn: &mut Conn, row: &CommissionRow) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO commission (id, order_id, position, level, payee, token, currency, amount_minor, \
           state, booked_at, freeze_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&row.id)
    .bind(row.order.as_str())
    .bind(row.position)
    .bind(row.level)
    .bind(row.payee.as_str())
    .bind(row.token.as_ref().map(ShareToken::as_str))
    .bind(row.amount.currency.code())
    .bind(row.amount.minor)
    .bind(to_word(row.state)?)
    .bind(row.booked_at.0)
    .bind(row.freeze_ms)
    .execute(conn)
    .await?;
    Ok(())
}

/// What an order pays.
pub async fn of_order(conn: &mut Conn, order: &OrderId) -> Result<Vec<CommissionRow>, AppError> {
    sqlx::query(OF_ORDER)
        .bind(order.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// What was booked for a payee since a moment and not taken back, in minor units.
pub async fn booked_since(
    conn: &mut Conn,
    payee: &UserId,
    currency: Currency,
    since: Timestamp,
) -> Result<i64, AppError> {
    let minor = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(amount_minor - reversed_minor), 0) AS BIGINT) FROM commission \
         WHERE payee = $1 AND currency = $2 AND booked_at >= $3",
    )
    .bind(payee.as_str())
    .bind(currency.code())
    .bind(since.0)
    .fetch_one(conn)
    .await?;
    Ok(minor)
}

/// Takes one from a state to the next; false when another change came first.
pub async fn move_on(
    conn: &mut Conn,
    row: &CommissionRow,
    to: CommissionState,
    available_at: Option<Timestamp>,
) -> Result<bool, AppError> {
    let moved = sqlx::query(
        "UPDATE commission SET state = $1, available_at = COALESCE($2, available_at) \
         WHERE id = $3 AND state = $4",
    )
    .bind(to_word(to)?)
    .bind(available_at.map(|at| at.0))
    .bind(&row.id)
    .bind(to_word(row.state)?)
    .execute(conn)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Writes down how much of one was taken back in all; false when another change came first.
pub async fn take_back(
    conn: &mut Conn,
    row: &CommissionRow,
    reversed_minor: i64,
) -> Result<bool, AppError> {
    let state = if reversed_minor == row.amount.minor {
        CommissionState::Reversed
    } else {
        row.state
    };
    let taken = sqlx::query(
        "UPDATE commission SET reversed_minor = $1, state = $2 \
         WHERE id = $3 AND state = $4 AND reversed_minor = $5",
    )
    .bind(reversed_minor)
    .bind(to_word(state)?)
    .bind(&row.id)
    .bind(to_word(row.state)?)
    .bind(row.reversed.minor)
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Orders with commission that can be withdrawn from now on, at most `limit`.
pub async fn ripe(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<OrderId>, AppError> {
    let orders: Vec<String> = sqlx::query_scalar(RIPE)
        .bind(now.0)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    Ok(orders.into_iter().map(OrderId).collect())
}

/// Orders whose sharers were not told of what they earned or lost, at most `limit`.
pub async fn untold(conn: &mut Conn, limit: i64) -> Result<Vec<OrderId>, AppError> {
    let orders: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT order_id FROM commission \
         WHERE told_minor <> amount_minor - reversed_minor ORDER BY order_id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(orders.into_iter().map(OrderId).collect())
}

/// The sharers of an order were told of everything.
pub async fn mark_told(conn: &mut Conn, order: &OrderId) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE commission SET told_minor = amount_minor - reversed_minor WHERE order_id = $1",
    )
    .bind(order.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Marks as withdrawn what all payouts of a sharer together cover, the oldest first.
pub async fn mark_withdrawn(
    conn: &mut Conn,
    payee: &UserId,
    paid_out: Money,
) -> Result<(), AppError> {
    let before: i64 = sqlx::query_scalar(WITHDRAWN)
        .bind(payee.as_str())
        .bind(paid_out.currency.code())
        .fetch_one(&mut *conn)
        .await?;
    sqlx::query(MARK_WITHDRAWN)
        .bind(payee.as_str())
        .bind(paid_out.currency.code())
        .bind(paid_out.minor.saturating_sub(before))
        .execute(conn)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<CommissionRow, AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    Ok(CommissionRow {
        id: row.try_get("id")?,
        order: row.try_get::<String, _>("order_id")?.into(),
        position: row.try_get("position")?,
        level: row.try_get("level")?,
        payee: row.try_get::<String, _>("payee")?.into(),
        token: row.try_get::<Option<String>, _>("token")?.map(ShareToken),
        amount: Money::new(row.try_get("amount_minor")?, currency),
        reversed: Money::new(row.try_get("reversed_minor")?, currency),
        state: from_word(row.try_get("state")?)?,
        booked_at: Timestamp(row.try_get("booked_at")?),
        freeze_ms: row.try_get("freeze_ms")?,
        available_at: row
            .try_get::<Option<i64>, _>("available_at")?
            .map(Timestamp),
        told_minor: row.try_get("told_minor")?,
    })
}
