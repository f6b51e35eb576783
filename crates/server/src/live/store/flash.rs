//! SQL of flash prices.

use contract::live::{FlashOffer, FlashState};
use contract::{Currency, FlashId, LiveId, Money, MoneyError, SkuId, Timestamp, UserId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::live::flash::GRACE_MS;
use crate::words::{from_word, to_word};

const BY_ID: &str = "
    SELECT id, session, number, sku, price, usual, currency, quota, per_user, countdown_ms, duration_ms, state,
           free, starts_at, ends_at
    FROM live_flash WHERE id = $1";

const OF_SESSION: &str = "
    SELECT id, session, number, sku, price, usual, currency, quota, per_user, countdown_ms, duration_ms, state,
           free, starts_at, ends_at
    FROM live_flash WHERE session = $1 ORDER BY armed_at, id";

/// What the clock may do something about: what runs, and what is over and keeps goods yet.
const DUE: &str = "
    SELECT id, session, number, sku, price, usual, currency, quota, per_user, countdown_ms, duration_ms, state,
           free, starts_at, ends_at
    FROM live_flash
    WHERE (state = 'countdown' AND starts_at <= $1) OR (state = 'active' AND ends_at <= $1)
       OR (free > 0 AND state IN ('sold_out', 'expired', 'stopped') AND ends_at < $2)
    ORDER BY ends_at, id LIMIT $3";

/// The least that a SKU costs now in any other way, alone or in a group.
const OTHERS: &str = "
    SELECT p.currency, CAST(COALESCE((SELECT MIN(CASE WHEN a.price < k.price THEN a.price ELSE k.price END)
           FROM activity_sku a JOIN activity y ON y.id = a.activity
           WHERE a.sku = k.id AND a.offered = 1 AND y.offered = 1 AND y.starts_at <= $2 AND y.ends_at > $2),
           k.price) AS BIGINT) AS least, k.price
    FROM sku k JOIN product p ON p.id = k.product WHERE k.id = $1";

/// A flash price.
#[derive(Clone, Debug)]
pub struct FlashRow {
    /// Its id.
    pub id: FlashId,
    /// In which session.
    pub session: LiveId,
    /// The shelf number of its product.
    pub number: i64,
    /// Of which SKU.
    pub sku: SkuId,
    /// Price of one.
    pub price: Money,
    /// Price of one without it.
    pub usual: Money,
    /// Units in all.
    pub quota: i64,
    /// The most that one person may have.
    pub per_user: i64,
    /// From its announcement to its beginning, in milliseconds.
    pub countdown_ms: i64,
    /// How long it lasts, in milliseconds.
    pub duration_ms: i64,
    /// Where it stands.
    pub state: FlashState,
    /// Units that are kept for it and that nobody has taken.
    pub free: i64,
    /// When it begins or began.
    pub starts_at: Option<Timestamp>,
    /// When it ends or ended.
    pub ends_at: Option<Timestamp>,
}

impl FlashRow {
    /// From when to when it holds; never while it is only armed.
    pub fn window(&self) -> (Timestamp, Timestamp) {
        let never = Timestamp(i64::MAX);
        (
            self.starts_at.unwrap_or(never),
            self.ends_at.unwrap_or(never),
        )
    }

    /// As viewers see it.
    pub fn offer(&self) -> FlashOffer {
        let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
        let left = match self.state {
            FlashState::Armed => self.quota,
            _ => self.free,
        };
        FlashOffer {
            id: self.id.clone(),
            number: count(self.number),
            sku: self.sku.clone(),
            price: self.price,
            usual: self.usual,
            state: self.state,
            quota: count(self.quota),
            left: count(left),
            per_user: count(self.per_user),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        }
    }
}

/// Writes an armed one.
pub async fn insert(conn: &mut Conn, flash: &FlashRow, now: Timestamp) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO live_flash (id, session, number, sku, price, usual, currency, quota, per_user, countdown_ms, \
           duration_ms, state, armed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'armed', $12)",
    )
    .bind(flash.id.as_str())
    .bind(flash.session.as_str())
    .bind(flash.number)
    .bind(flash.sku.as_str())
    .bind(flash.price.minor)
    .bind(flash.usual.minor)
    .bind(flash.price.currency.code())
    .bind(flash.quota)
    .bind(flash.per_user)
    .bind(flash.countdown_ms)
    .bind(flash.duration_ms)
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// A flash price by its id.
pub async fn find(conn: &mut Conn, id: &FlashId) -> Result<Option<FlashRow>, AppError> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Every flash price of a session, in the order in which they were armed.
pub async fn of_session(conn: &mut Conn, session: &LiveId) -> Result<Vec<FlashRow>, AppError> {
    sqlx::query(OF_SESSION)
        .bind(session.as_str())
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// What the clock has to do with at `now`, at most `limit`.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<FlashRow>, AppError> {
    sqlx::query(DUE)
        .bind(now.0)
        .bind(now.plus_ms(-GRACE_MS).0)
        .bind(limit)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Takes a flash price from the state that was read to the next, with its window; `free` is set when given.
/// False when another came first (rules.md 3.0-3).
pub async fn transition(
    conn: &mut Conn,
    flash: &FlashRow,
    to: FlashState,
    (starts_at, ends_at): (Timestamp, Timestamp),
    free: Option<i64>,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE live_flash SET state = $1, starts_at = $2, ends_at = $3, free = COALESCE($4, free) \
         WHERE id = $5 AND state = $6",
    )
    .bind(to_word(to)?)
    .bind(starts_at.0)
    .bind(ends_at.0)
    .bind(free)
    .bind(flash.id.as_str())
    .bind(to_word(flash.state)?)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes units for an order: answers the offer after it, or nothing when there are too few or it is no longer in
/// one of two states. The last unit sells it out.
pub async fn take_units(
    conn: &mut Conn,
    id: &FlashId,
    quantity: i64,
    [one, other]: [FlashState; 2],
) -> Result<Option<FlashRow>, AppError> {
    let row = sqlx::query(
        "UPDATE live_flash SET free = free - $1, \
           state = CASE WHEN free = $1 AND state IN ('countdown', 'active') THEN 'sold_out' ELSE state END \
         WHERE id = $2 AND free >= $1 AND state IN ($3, $4) \
         RETURNING id, session, number, sku, price, usual, currency, quota, per_user, countdown_ms, duration_ms, \
                   state, free, starts_at, ends_at",
    )
    .bind(quantity)
    .bind(id.as_str())
    .bind(to_word(one)?)
    .bind(to_word(other)?)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Gives units of an order that was not paid back to it, while it runs (L5); false when it does not.
pub async fn give_back(
    conn: &mut Conn,
    id: &FlashId,
    quantity: i64,
    now: Timestamp,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE live_flash SET free = free + $1 WHERE id = $2 AND state = 'active' AND ends_at > $3",
    )
    .bind(quantity)
    .bind(id.as_str())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets go of the units that are kept for one that is over; false when they are not as they were read.
pub async fn empty(conn: &mut Conn, flash: &FlashRow) -> Result<bool, AppError> {
    let done = sqlx::query("UPDATE live_flash SET free = 0 WHERE id = $1 AND free = $2")
        .bind(flash.id.as_str())
        .bind(flash.free)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// How many somebody has by it.
pub async fn had_by(conn: &mut Conn, id: &FlashId, owner: &UserId) -> Result<i64, AppError> {
    let had: Option<i64> =
        sqlx::query_scalar("SELECT quantity FROM live_flash_user WHERE flash = $1 AND owner = $2")
            .bind(id.as_str())
            .bind(owner.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(had.unwrap_or(0))
}

/// Counts that many more for somebody, of at most `limit` (F2); false when that is too many.
pub async fn count_for(
    conn: &mut Conn,
    id: &FlashId,
    owner: &UserId,
    quantity: i64,
    limit: i64,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "INSERT INTO live_flash_user (flash, owner, quantity) SELECT $1, $2, $3 WHERE $3 <= $4 \
         ON CONFLICT (flash, owner) DO UPDATE SET quantity = live_flash_user.quantity + $3 \
         WHERE live_flash_user.quantity + $3 BETWEEN 0 AND $4",
    )
    .bind(id.as_str())
    .bind(owner.as_str())
    .bind(quantity)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts more or fewer for somebody who was counted before, whatever the limit.
pub async fn recount(
    conn: &mut Conn,
    id: &FlashId,
    owner: &UserId,
    quantity: i64,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE live_flash_user SET quantity = quantity + $1 WHERE flash = $2 AND owner = $3",
    )
    .bind(quantity)
    .bind(id.as_str())
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// The usual price of a SKU and the least that it costs in any other way.
pub async fn other_prices(
    conn: &mut Conn,
    sku: &SkuId,
    now: Timestamp,
) -> Result<Option<(Money, i64)>, AppError> {
    let row = sqlx::query(OTHERS)
        .bind(sku.as_str())
        .bind(now.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let usual = Money::new(row.try_get("price")?, currency(&row)?);
        Ok((usual, row.try_get("least")?))
    })
    .transpose()
}

fn currency(row: &AnyRow) -> Result<Currency, AppError> {
    row.try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))
}

fn read(row: &AnyRow) -> Result<FlashRow, AppError> {
    let moment = |column: &str| {
        let at: Option<i64> = row.try_get(column)?;
        Ok::<_, sqlx::Error>(at.map(Timestamp))
    };
    let currency = currency(row)?;
    Ok(FlashRow {
        id: row.try_get::<String, _>("id")?.into(),
        session: row.try_get::<String, _>("session")?.into(),
        number: row.try_get("number")?,
        sku: row.try_get::<String, _>("sku")?.into(),
        price: Money::new(row.try_get("price")?, currency),
        usual: Money::new(row.try_get("usual")?, currency),
        quota: row.try_get("quota")?,
        per_user: row.try_get("per_user")?,
        countdown_ms: row.try_get("countdown_ms")?,
        duration_ms: row.try_get("duration_ms")?,
        state: from_word(row.try_get("state")?)?,
        free: row.try_get("free")?,
        starts_at: moment("starts_at")?,
        ends_at: moment("ends_at")?,
    })
}
