//! SQL of people in rooms: who is kept out, who wants to be reminded.

use contract::{LiveId, Timestamp, UserId};

use crate::AppError;
use crate::db::Conn;
use crate::live::store::chat::Speaker;

/// How long a sanction reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// May not speak in a session.
    Mute,
    /// May not be in a host's rooms.
    Ban,
}

impl Kept {
    fn word(self) -> &'static str {
        match self {
            Self::Mute => "mute",
            Self::Ban => "ban",
        }
    }
}

/// How a browser is called where accounts are, too.
pub fn of_device(device: &str) -> String {
    format!("device:{device}")
}

/// Keeps an account and its browser out of a scope: a session for a mute, a host for a ban.
pub async fn keep_out(
    conn: &mut Conn,
    kept: Kept,
    scope: &str,
    speaker: &Speaker,
    by: &UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    let device = speaker.device.as_deref().map(of_device);
    for subject in std::iter::once(speaker.owner.clone()).chain(device) {
        sqlx::query(
            "INSERT INTO live_sanction (scope, subject, kind, by_whom, at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT DO NOTHING",
        )
        .bind(scope)
        .bind(subject)
        .bind(kept.word())
        .bind(by.as_str())
        .bind(now.0)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Whether an account or a browser is kept out of a scope.
pub async fn is_kept_out(
    conn: &mut Conn,
    kept: Kept,
    scope: &str,
    account: Option<&UserId>,
    device: Option<&str>,
) -> Result<bool, AppError> {
    let found: Option<String> = sqlx::query_scalar(
        "SELECT subject FROM live_sanction WHERE scope = $1 AND kind = $2 AND subject IN ($3, $4) LIMIT 1",
    )
    .bind(scope)
    .bind(kept.word())
    .bind(account.map_or("", UserId::as_str))
    .bind(device.map(of_device).unwrap_or_default())
    .fetch_optional(conn)
    .await?;
    Ok(found.is_some())
}

/// The number in an account's name.
pub async fn neighbour_no(conn: &mut Conn, account: &UserId) -> Result<i64, AppError> {
    let number = sqlx::query_scalar("SELECT neighbour_no FROM account WHERE id = $1")
        .bind(account.as_str())
        .fetch_one(conn)
        .await?;
    Ok(number)
}

/// Asks to be reminded; asking again changes nothing.
pub async fn remind(
    conn: &mut Conn,
    session: &LiveId,
    owner: &UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO live_reminder (session, owner, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(session.as_str())
    .bind(owner.as_str())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Asks not to be reminded.
pub async fn forget(conn: &mut Conn, session: &LiveId, owner: &UserId) -> Result<(), AppError> {
    sqlx::query("DELETE FROM live_reminder WHERE session = $1 AND owner = $2 AND told_at IS NULL")
        .bind(session.as_str())
        .bind(owner.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// How many asked to be reminded, and whether this one did.
pub async fn reminders(
    conn: &mut Conn,
    session: &LiveId,
    owner: Option<&UserId>,
) -> Result<(i64, bool), AppError> {
    let (all, mine): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN owner = $2 THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM live_reminder WHERE session = $1",
    )
    .bind(session.as_str())
    .bind(owner.map_or("", UserId::as_str))
    .fetch_one(conn)
    .await?;
    Ok((all, mine > 0))
}

/// Sessions on air whose reminders were not all told.
pub async fn sessions_to_tell(conn: &mut Conn) -> Result<Vec<LiveId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT s.id FROM live_session s JOIN live_reminder r ON r.session = s.id \
         WHERE s.state = 'live' AND r.told_at IS NULL",
    )
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(LiveId).collect())
}

/// Marks some of those who asked as told, in the order of their ids; answers who.
pub async fn take_untold(
    conn: &mut Conn,
    session: &LiveId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<UserId>, AppError> {
    let owners: Vec<String> = sqlx::query_scalar(
        "UPDATE live_reminder SET told_at = $1 WHERE session = $2 AND told_at IS NULL AND owner IN ( \
           SELECT owner FROM live_reminder WHERE session = $2 AND told_at IS NULL ORDER BY owner LIMIT $3) \
         RETURNING owner",
    )
    .bind(now.0)
    .bind(session.as_str())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(owners.into_iter().map(UserId).collect())
}
