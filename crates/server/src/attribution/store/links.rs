//! SQL of share links.

use contract::shares::{ShareChannel, ShareTarget};
use contract::{ShareToken, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::{from_word, to_word};

const BY_TOKEN: &str = "
    SELECT token, owner, target_kind, target_id, channel, sub_id, created_at, revoked_at, views
    FROM share_link WHERE token = $1";

const LIVE: &str = "
    SELECT token, owner, target_kind, target_id, channel, sub_id, created_at, revoked_at, views
    FROM share_link
    WHERE owner = $1 AND target_kind = $2 AND target_id = $3 AND channel = $4 AND sub_id = $5
      AND revoked_at IS NULL";

const PAGE: &str = "
    SELECT token, owner, target_kind, target_id, channel, sub_id, created_at, revoked_at, views
    FROM share_link
    WHERE owner = $1 AND (created_at < $2 OR (created_at = $2 AND token < $3))
    ORDER BY created_at DESC, token DESC LIMIT $4";

/// A link.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// Its token.
    pub token: ShareToken,
    /// Whose it is.
    pub owner: UserId,
    /// What it leads to.
    pub target: ShareTarget,
    /// Where it is posted.
    pub channel: ShareChannel,
    /// The sharer's own word for it; may be empty.
    pub sub_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// No longer counted.
    pub revoked: bool,
    /// How often it was asked for.
    pub views: u64,
}

/// Where a page of links starts: after this one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    created_at: Timestamp,
    token: ShareToken,
}

impl Place {
    /// After this link.
    pub fn of(link: &LinkRow) -> Self {
        Self {
            created_at: link.created_at,
            token: link.token.clone(),
        }
    }
}

/// A target as two columns.
pub fn columns(target: &ShareTarget) -> (&'static str, &str) {
    match target {
        ShareTarget::Product { slug } => ("product", slug),
        ShareTarget::Group { id } => ("group", id.as_str()),
        ShareTarget::Live { id } => ("live", id.as_str()),
        ShareTarget::Video { id } => ("video", id.as_str()),
        ShareTarget::Creator { handle } => ("creator", handle),
        ShareTarget::Page { path } => ("page", path),
    }
}

fn target(kind: &str, id: String) -> Result<ShareTarget, AppError> {
    Ok(match kind {
        "product" => ShareTarget::Product { slug: id },
        "group" => ShareTarget::Group { id: id.into() },
        "live" => ShareTarget::Live { id: id.into() },
        "video" => ShareTarget::Video { id: id.into() },
        "creator" => ShareTarget::Creator { handle: id },
        "page" => ShareTarget::Page { path: id },
        other => return Err(AppError::internal(format!("{other} is no target"))),
    })
}

/// A link by its token.
pub async fn find(conn: &mut Conn, token: &ShareToken) -> Result<Option<LinkRow>, AppError> {
    let row = sqlx::query(BY_TOKEN)
        .bind(token.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The owner's link for the same target, channel and sub-id that is not revoked.
pub async fn live(conn: &mut Conn, like: &LinkRow) -> Result<Option<LinkRow>, AppError> {
    let (kind, id) = columns(&like.target);
    let row = sqlx::query(LIVE)
        .bind(like.owner.as_str())
        .bind(kind)
        .bind(id)
        .bind(to_word(like.channel)?)
        .bind(&like.sub_id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes a link down; false when its token is taken or the owner has one like it.
pub async fn insert(conn: &mut Conn, link: &LinkRow) -> Result<bool, AppError> {
    let (kind, id) = columns(&link.target);
    let written = sqlx::query(
        "INSERT INTO share_link (token, owner, target_kind, target_id, channel, sub_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(link.token.as_str())
    .bind(link.owner.as_str())
    .bind(kind)
    .bind(id)
    .bind(to_word(link.channel)?)
    .bind(&link.sub_id)
    .bind(link.created_at.0)
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Takes a link out of use; revoking it again changes nothing.
pub async fn revoke(conn: &mut Conn, token: &ShareToken, now: Timestamp) -> Result<(), AppError> {
    sqlx::query("UPDATE share_link SET revoked_at = $1 WHERE token = $2 AND revoked_at IS NULL")
        .bind(now.0)
        .bind(token.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// An owner's links, newest first, at most `limit` after `after`.
pub async fn page(
    conn: &mut Conn,
    owner: &UserId,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<LinkRow>, AppError> {
    sqlx::query(PAGE)
        .bind(owner.as_str())
        .bind(after.map_or(i64::MAX, |place| place.created_at.0))
        .bind(after.map_or("", |place| place.token.as_str()))
        .bind(i64::try_from(limit).map_err(AppError::internal)?)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Adds to how often a link was asked for.
pub async fn add_views(conn: &mut Conn, token: &ShareToken, views: i64) -> Result<(), AppError> {
    sqlx::query("UPDATE share_link SET views = views + $1 WHERE token = $2")
        .bind(views)
        .bind(token.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The name of an account and the number that stands in for it, when there is such an account.
pub async fn name(
    conn: &mut Conn,
    account: &UserId,
) -> Result<Option<(Option<String>, i64)>, AppError> {
    let row = sqlx::query("SELECT name, neighbour_no FROM account WHERE id = $1")
        .bind(account.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((row.try_get("name")?, row.try_get("neighbour_no")?)))
        .transpose()
}

fn read(row: &AnyRow) -> Result<LinkRow, AppError> {
    let kind: String = row.try_get("target_kind")?;
    let views: i64 = row.try_get("views")?;
    Ok(LinkRow {
        token: row.try_get::<String, _>("token")?.into(),
        owner: row.try_get::<String, _>("owner")?.into(),
        target: target(&kind, row.try_get("target_id")?)?,
        channel: from_word(row.try_get("channel")?)?,
        sub_id: row.try_get("sub_id")?,
        created_at: Timestamp(row.try_get("created_at")?),
        revoked: row.try_get::<Option<i64>, _>("revoked_at")?.is_some(),
        views: u64::try_from(views).unwrap_or_default(),
    })
}
