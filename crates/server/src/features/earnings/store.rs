//! SQL of what a sharer earned.

use contract::earnings::{Commission, CommissionKind};
use contract::{Currency, Money, MoneyError, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::calendar::{AHEAD_MS, DAY_MS};
use crate::commission::store::rows;
use crate::db::Conn;
use crate::http::language::Lang;
use crate::trade::snapshot::LineSnapshot;
use crate::words::from_word;

const NEXT: &str = "
    SELECT available_at, CAST(SUM(amount_minor - reversed_minor) AS BIGINT) AS minor FROM commission
    WHERE payee = $1 AND state = 'frozen' AND available_at = (
        SELECT MIN(available_at) FROM commission WHERE payee = $1 AND state = 'frozen')
    GROUP BY available_at";

const BY_DAY: &str = "
    SELECT (booked_at + $2) / $3 AS day, CAST(SUM(amount_minor - reversed_minor) AS BIGINT) AS earned,
           COUNT(DISTINCT order_id) AS paid
    FROM commission WHERE payee = $1 AND booked_at >= $4 GROUP BY 1";

const CLICKS_AND_PAID: &str = "
    SELECT (SELECT CAST(COALESCE(SUM(c.clicks), 0) AS BIGINT) FROM share_click c
                JOIN share_link l ON l.token = c.token WHERE l.owner = $1) AS clicks,
           (SELECT COUNT(*) FROM order_attribution
                WHERE payee_l1 = $1 AND paid_at IS NOT NULL AND (refusal IS NULL OR refusal <> 'own')) AS paid";

const COMMISSIONS: &str = "
    SELECT c.id, c.level, c.currency, c.amount_minor - c.reversed_minor AS left_minor, c.state, c.booked_at,
           c.available_at, l.snapshot
    FROM commission c JOIN order_line l ON l.order_id = c.order_id AND l.position = c.position
    WHERE c.payee = $1 AND (c.booked_at < $2 OR (c.booked_at = $2 AND c.id < $3))
    ORDER BY c.booked_at DESC, c.id DESC LIMIT $4";

/// Where a page of commissions starts: after this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    booked_at: Timestamp,
    id: String,
}

/// When the next of a sharer's earnings become available, and how much.
pub(super) async fn next(
    conn: &mut Conn,
    sharer: &UserId,
) -> Result<Option<(Timestamp, i64)>, AppError> {
    let row = sqlx::query(NEXT)
        .bind(sharer.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let at = Timestamp(row.try_get("available_at")?);
        Ok((at, row.try_get("minor")?))
    })
    .transpose()
}

/// Days since a moment with what was earned on each and how many orders were paid.
pub(super) async fn days(
    conn: &mut Conn,
    sharer: &UserId,
    since: Timestamp,
) -> Result<Vec<(i64, i64, u64)>, AppError> {
    sqlx::query(BY_DAY)
        .bind(sharer.as_str())
        .bind(AHEAD_MS)
        .bind(DAY_MS)
        .bind(since.0)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok((
                row.try_get("day")?,
                row.try_get("earned")?,
                count(row, "paid")?,
            ))
        })
        .collect()
}

/// Clicks on a sharer's links, and orders paid after them.
pub(super) async fn clicks_and_paid(
    conn: &mut Conn,
    sharer: &UserId,
) -> Result<(u64, u64), AppError> {
    let row = sqlx::query(CLICKS_AND_PAID)
        .bind(sharer.as_str())
        .fetch_one(conn)
        .await?;
    Ok((count(&row, "clicks")?, count(&row, "paid")?))
}

/// Orders that pay a sharer since a moment.
pub(super) async fn paid_since(
    conn: &mut Conn,
    sharer: &UserId,
    since: Timestamp,
) -> Result<u64, AppError> {
    let row = sqlx::query(
        "SELECT COUNT(DISTINCT order_id) AS paid FROM commission \
         WHERE payee = $1 AND booked_at >= $2 AND state <> 'reversed'",
    )
    .bind(sharer.as_str())
    .bind(since.0)
    .fetch_one(conn)
    .await?;
    Ok(count(&row, "paid")?)
}

/// Minor units that a sharer took out, or asked to.
pub(super) async fn withdrawn(conn: &mut Conn, sharer: &UserId) -> Result<i64, AppError> {
    let minor = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM withdrawal \
         WHERE owner = $1 AND state <> 'rejected'",
    )
    .bind(sharer.as_str())
    .fetch_one(conn)
    .await?;
    Ok(minor)
}

/// A sharer's commissions, newest first, at most `limit` after `after`.
pub(super) async fn commissions(
    conn: &mut Conn,
    sharer: &UserId,
    lang: Lang,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<(Place, Commission)>, AppError> {
    sqlx::query(COMMISSIONS)
        .bind(sharer.as_str())
        .bind(after.map_or(i64::MAX, |place| place.booked_at.0))
        .bind(after.map_or("", |place| place.id.as_str()))
        .bind(i64::try_from(limit).map_err(AppError::internal)?)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| commission(row, lang))
        .collect()
}

fn commission(row: &AnyRow, lang: Lang) -> Result<(Place, Commission), AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    let snapshot: String = row.try_get("snapshot")?;
    let snapshot: LineSnapshot = serde_json::from_str(&snapshot).map_err(AppError::internal)?;
    let at = Timestamp(row.try_get("booked_at")?);
    let place = Place {
        booked_at: at,
        id: row.try_get("id")?,
    };
    let commission = Commission {
        kind: match row.try_get::<i64, _>("level")? {
            rows::REWARD => CommissionKind::LeaderReward,
            2 => CommissionKind::SecondLevel,
            _ => CommissionKind::Sale,
        },
        title: snapshot.title(lang),
        state: from_word(row.try_get("state")?)?,
        amount: Money::new(row.try_get("left_minor")?, currency),
        at,
        available_at: row
            .try_get::<Option<i64>, _>("available_at")?
            .map(Timestamp),
    };
    Ok((place, commission))
}

fn count(row: &AnyRow, column: &str) -> Result<u64, sqlx::Error> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
}
