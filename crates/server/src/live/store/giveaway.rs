//! SQL of giveaways (L9).

use contract::live_giveaway::{
    Giveaway, GiveawayEntry, GiveawayState, GiveawayWinner, StudioGiveaway,
};
use contract::{GiveawayId, LiveId, Timestamp, UserId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::db::columns::count;
use crate::live::giveaway::draw::Entrant;
use crate::words::{from_word, to_word};

/// A giveaway.
#[derive(Clone, Debug)]
pub struct GiveawayRow {
    /// Its id.
    pub id: GiveawayId,
    /// In which session.
    pub session: LiveId,
    /// What is given.
    pub prize: String,
    /// Who may enter.
    pub entry: GiveawayEntry,
    /// How many win.
    pub winners: i64,
    /// When it opened.
    pub opened_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
    /// What it is drawn from; told to nobody before.
    pub seed: String,
    /// SHA-256 of it.
    pub seed_hash: String,
    /// Where it stands.
    pub state: GiveawayState,
    /// How many entered.
    pub entries: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, session, prize, entry, winners, opened_at, closes_at, seed, seed_hash, state, entries \
             FROM live_giveaway ",
            $rest
        )
    };
}

/// Writes one that opens; false where one is open in the session.
pub async fn insert(conn: &mut Conn, row: &GiveawayRow) -> Result<bool, AppError> {
    let done = sqlx::query(
        "INSERT INTO live_giveaway (id, session, prize, entry, winners, opened_at, closes_at, seed, seed_hash, state) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'open' WHERE NOT EXISTS ( \
           SELECT 1 FROM live_giveaway WHERE session = $2 AND state = 'open')",
    )
    .bind(row.id.as_str())
    .bind(row.session.as_str())
    .bind(&row.prize)
    .bind(to_word(row.entry)?)
    .bind(row.winners)
    .bind(row.opened_at.0)
    .bind(row.closes_at.0)
    .bind(&row.seed)
    .bind(&row.seed_hash)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A giveaway by its id.
pub async fn find(conn: &mut Conn, id: &GiveawayId) -> Result<Option<GiveawayRow>, AppError> {
    let row = sqlx::query(select!("WHERE id = $1"))
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Every giveaway of a session, the latest first.
pub async fn of_session(conn: &mut Conn, session: &LiveId) -> Result<Vec<GiveawayRow>, AppError> {
    let rows = sqlx::query(select!(
        "WHERE session = $1 ORDER BY opened_at DESC, id DESC"
    ))
    .bind(session.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// The latest giveaway of a session.
pub async fn latest(conn: &mut Conn, session: &LiveId) -> Result<Option<GiveawayRow>, AppError> {
    let row = sqlx::query(select!(
        "WHERE session = $1 ORDER BY opened_at DESC, id DESC LIMIT 1"
    ))
    .bind(session.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The giveaway that is open in a session.
pub async fn open_in(conn: &mut Conn, session: &LiveId) -> Result<Option<GiveawayId>, AppError> {
    let id: Option<String> =
        sqlx::query_scalar("SELECT id FROM live_giveaway WHERE session = $1 AND state = 'open'")
            .bind(session.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(id.map(GiveawayId))
}

/// Giveaways whose time is up, at most `limit`.
pub async fn due(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(GiveawayId, LiveId)>, AppError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, session FROM live_giveaway WHERE state = 'open' AND closes_at <= $1 \
         ORDER BY closes_at, id LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let ids = |(id, session)| (GiveawayId(id), LiveId(session));
    Ok(rows.into_iter().map(ids).collect())
}

/// Takes the row of a giveaway that can be entered at `now` until the transaction ends; answers how many entered.
pub async fn take_open(
    conn: &mut Conn,
    id: &GiveawayId,
    now: Timestamp,
) -> Result<Option<i64>, AppError> {
    let entries = sqlx::query_scalar(
        "UPDATE live_giveaway SET entries = entries WHERE id = $1 AND state = 'open' AND closes_at > $2 \
         RETURNING entries",
    )
    .bind(id.as_str())
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    Ok(entries)
}

/// The number of somebody's entry.
pub async fn entry_of(
    conn: &mut Conn,
    id: &GiveawayId,
    who: &UserId,
) -> Result<Option<i64>, AppError> {
    let number = sqlx::query_scalar(
        "SELECT number FROM live_giveaway_entry WHERE giveaway = $1 AND owner = $2",
    )
    .bind(id.as_str())
    .bind(who.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(number)
}

/// Adds an entry to a giveaway that was taken and has so many; answers its number.
pub async fn add(
    conn: &mut Conn,
    id: &GiveawayId,
    who: &UserId,
    entries: i64,
    now: Timestamp,
) -> Result<i64, AppError> {
    let number = entries + 1;
    sqlx::query(
        "INSERT INTO live_giveaway_entry (giveaway, owner, number, at) VALUES ($1, $2, $3, $4)",
    )
    .bind(id.as_str())
    .bind(who.as_str())
    .bind(number)
    .bind(now.0)
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE live_giveaway SET entries = $1 WHERE id = $2")
        .bind(number)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(number)
}

/// Ends one that is open, and due at `by` where that is given; answers it as it was, or nothing when another came first.
pub async fn end(
    conn: &mut Conn,
    id: &GiveawayId,
    to: GiveawayState,
    by: Option<Timestamp>,
) -> Result<Option<GiveawayRow>, AppError> {
    let done = sqlx::query(
        "UPDATE live_giveaway SET state = $1 WHERE id = $2 AND state = 'open' AND closes_at <= $3",
    )
    .bind(to_word(to)?)
    .bind(id.as_str())
    .bind(by.map_or(i64::MAX, |by| by.0))
    .execute(&mut *conn)
    .await?;
    match done.rows_affected() {
        1 => find(conn, id).await,
        _ => Ok(None),
    }
}

/// Everybody who entered.
pub async fn entrants(conn: &mut Conn, id: &GiveawayId) -> Result<Vec<Entrant>, AppError> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT number, owner FROM live_giveaway_entry WHERE giveaway = $1 ORDER BY number",
    )
    .bind(id.as_str())
    .fetch_all(conn)
    .await?;
    let entrant = |(number, owner)| Entrant { number, owner };
    Ok(rows.into_iter().map(entrant).collect())
}

/// Somebody won.
pub async fn set_place(
    conn: &mut Conn,
    id: &GiveawayId,
    owner: &str,
    place: i64,
) -> Result<(), AppError> {
    sqlx::query("UPDATE live_giveaway_entry SET place = $1 WHERE giveaway = $2 AND owner = $3")
        .bind(place)
        .bind(id.as_str())
        .bind(owner)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether somebody said something in a session that was not taken away.
pub async fn spoke(conn: &mut Conn, session: &LiveId, who: &UserId) -> Result<bool, AppError> {
    let found: Option<String> = sqlx::query_scalar(
        "SELECT id FROM live_chat WHERE session = $1 AND owner = $2 AND removed_at IS NULL \
         AND neighbour IS NOT NULL LIMIT 1",
    )
    .bind(session.as_str())
    .bind(who.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(found.is_some())
}

/// A giveaway as everybody sees it: its seed is told after the draw alone.
pub async fn shown(conn: &mut Conn, row: &GiveawayRow) -> Result<Giveaway, AppError> {
    let won = won(conn, &row.id).await?;
    show(row, won.into_iter().map(|(winner, _)| winner).collect())
}

/// A giveaway as its host sees it.
pub async fn for_host(conn: &mut Conn, row: &GiveawayRow) -> Result<StudioGiveaway, AppError> {
    let (winners, phones) = won(conn, &row.id).await?.into_iter().unzip();
    Ok(StudioGiveaway {
        live: row.session.clone(),
        giveaway: show(row, winners)?,
        phones,
    })
}

fn show(row: &GiveawayRow, won: Vec<GiveawayWinner>) -> Result<Giveaway, AppError> {
    let count = |n: i64| u32::try_from(n).map_err(AppError::internal);
    Ok(Giveaway {
        id: row.id.clone(),
        prize: row.prize.clone(),
        entry: row.entry,
        winners: count(row.winners)?,
        opened_at: row.opened_at,
        closes_at: row.closes_at,
        state: row.state,
        seed_hash: row.seed_hash.clone(),
        seed: (row.state == GiveawayState::Drawn).then(|| row.seed.clone()),
        entries: count(row.entries)?,
        won,
    })
}

/// Who won, in the order of the draw, with their phone numbers.
async fn won(conn: &mut Conn, id: &GiveawayId) -> Result<Vec<(GiveawayWinner, String)>, AppError> {
    sqlx::query(
        "SELECT e.number, a.neighbour_no, a.phone FROM live_giveaway_entry e JOIN account a ON a.id = e.owner \
         WHERE e.giveaway = $1 AND e.place IS NOT NULL ORDER BY e.place",
    )
    .bind(id.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let winner = GiveawayWinner {
            entry: count(row, "number")?,
            neighbour: row.try_get("neighbour_no")?,
        };
        Ok((winner, row.try_get("phone")?))
    })
    .collect()
}

fn read(row: &AnyRow) -> Result<GiveawayRow, AppError> {
    Ok(GiveawayRow {
        id: GiveawayId(row.try_get("id")?),
        session: LiveId(row.try_get("session")?),
        prize: row.try_get("prize")?,
        entry: from_word(row.try_get("entry")?)?,
        winners: row.try_get("winners")?,
        opened_at: Timestamp(row.try_get("opened_at")?),
        closes_at: Timestamp(row.try_get("closes_at")?),
        seed: row.try_get("seed")?,
        seed_hash: row.try_get("seed_hash")?,
        state: from_word(row.try_get("state")?)?,
        entries: row.try_get("entries")?,
    })
}
