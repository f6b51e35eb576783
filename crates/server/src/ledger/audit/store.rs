//! SQL of looking after the books.

use contract::Timestamp;
use sqlx::Row;

use crate::AppError;
use crate::calendar;
use crate::db::Conn;

/// A sealed day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Counted since 1970.
    pub day: i64,
    /// Its last document.
    pub last_seq: i64,
    /// Of its documents and the day before.
    pub hash: String,
}

/// Why nothing is sold.
pub async fn halted(conn: &mut Conn) -> Result<Option<String>, AppError> {
    let why = sqlx::query_scalar("SELECT why FROM ledger_halt WHERE id = 'shop'")
        .fetch_optional(conn)
        .await?;
    Ok(why)
}

/// Stops sales.
pub async fn halt(conn: &mut Conn, why: &str, now: Timestamp) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO ledger_halt (id, at, why) VALUES ('shop', $1, $2) ON CONFLICT (id) DO NOTHING",
    )
    .bind(now.0)
    .bind(why)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets sales go on.
pub async fn lift(conn: &mut Conn) -> Result<(), AppError> {
    sqlx::query("DELETE FROM ledger_halt WHERE id = 'shop'")
        .execute(conn)
        .await?;
    Ok(())
}

/// Documents whose entries do not sum to zero, or that have none.
pub async fn unbalanced(conn: &mut Conn) -> Result<Vec<i64>, AppError> {
    let seqs = sqlx::query_scalar(
        "SELECT d.seq FROM ledger_document d LEFT JOIN ledger_entry e ON e.document = d.seq \
         GROUP BY d.seq, e.currency HAVING COALESCE(SUM(e.minor), 1) <> 0 ORDER BY d.seq LIMIT 20",
    )
    .fetch_all(conn)
    .await?;
    Ok(seqs)
}

/// Accounts whose balance is not the sum of their entries.
pub async fn wrong_balances(conn: &mut Conn) -> Result<Vec<String>, AppError> {
    let accounts = sqlx::query_scalar(
        "SELECT account FROM ( \
           SELECT account, party, stage, currency, minor FROM ledger_balance \
           UNION ALL \
           SELECT account, party, stage, currency, CAST(-SUM(minor) AS BIGINT) AS minor FROM ledger_entry \
             GROUP BY account, party, stage, currency) every \
         GROUP BY account, party, stage, currency HAVING SUM(minor) <> 0 ORDER BY account LIMIT 20",
    )
    .fetch_all(conn)
    .await?;
    Ok(accounts)
}

/// Whether documents are missing before the last one.
pub async fn has_gap(conn: &mut Conn) -> Result<bool, AppError> {
    let gap: i64 = sqlx::query_scalar(
        "SELECT h.seq - (SELECT COUNT(*) FROM ledger_document) FROM ledger_head h WHERE h.id = 'shop'",
    )
    .fetch_one(conn)
    .await?;
    Ok(gap != 0)
}

/// Sealed days in order.
pub async fn days(conn: &mut Conn) -> Result<Vec<Day>, AppError> {
    sqlx::query("SELECT day, last_seq, hash FROM ledger_day ORDER BY day")
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Day {
                day: row.try_get("day")?,
                last_seq: row.try_get("last_seq")?,
                hash: row.try_get("hash")?,
            })
        })
        .collect()
}

/// Days of the shop with documents after one, in order.
pub async fn days_to_seal(conn: &mut Conn, after: i64) -> Result<Vec<i64>, AppError> {
    let moments: Vec<i64> =
        sqlx::query_scalar("SELECT at FROM ledger_document WHERE seq > $1 ORDER BY at")
            .bind(after)
            .fetch_all(conn)
            .await?;
    let mut days: Vec<i64> = moments
        .into_iter()
        .map(|at| calendar::day_of(Timestamp(at)))
        .collect();
    days.dedup();
    Ok(days)
}

/// The last document before a moment; 0 when there is none.
pub async fn last_before(conn: &mut Conn, at: Timestamp) -> Result<i64, AppError> {
    let seq: Option<i64> = sqlx::query_scalar("SELECT MAX(seq) FROM ledger_document WHERE at < $1")
        .bind(at.0)
        .fetch_one(conn)
        .await?;
    Ok(seq.unwrap_or(0))
}

/// Seals a day.
pub async fn insert_day(
    conn: &mut Conn,
    day: i64,
    last_seq: i64,
    hash: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query("INSERT INTO ledger_day (day, last_seq, hash, sealed_at) VALUES ($1, $2, $3, $4)")
        .bind(day)
        .bind(last_seq)
        .bind(hash)
        .bind(now.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// The documents after one up to another, a line for each entry, as they are hashed.
pub async fn lines(conn: &mut Conn, (after, until): (i64, i64)) -> Result<Vec<String>, AppError> {
    let rows = sqlx::query(
        "SELECT d.seq, d.biz, d.biz_id, d.event, d.idem_key, d.at, e.position, e.account, e.party, e.stage, \
           e.currency, e.minor, e.dimensions \
         FROM ledger_document d JOIN ledger_entry e ON e.document = d.seq \
         WHERE d.seq > $1 AND d.seq <= $2 ORDER BY d.seq, e.position",
    )
    .bind(after)
    .bind(until)
    .fetch_all(conn)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut line = Vec::new();
        for number in ["seq", "at", "position", "minor"] {
            line.push(serde_json::Value::from(row.try_get::<i64, _>(number)?));
        }
        for text in [
            "biz",
            "biz_id",
            "event",
            "idem_key",
            "account",
            "party",
            "stage",
            "currency",
            "dimensions",
        ] {
            line.push(serde_json::Value::from(row.try_get::<String, _>(text)?));
        }
        lines.push(serde_json::Value::from(line).to_string());
    }
    Ok(lines)
}

/// Closes the books until a moment; false when they are.
pub async fn close(conn: &mut Conn, until: Timestamp) -> Result<bool, AppError> {
    let done = sqlx::query("UPDATE ledger_close SET until = $1 WHERE id = 'shop' AND until < $1")
        .bind(until.0)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}
