//! SQL of the address book. Every statement names the owner: another's entry is as good as none.

use contract::address::{Address, AddressInput};
use contract::{AddressId, CommunityId, Timestamp, UserId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::AppError;
use crate::db::Db;

/// All entries: the default first, then the newest.
pub async fn list(db: &Db, owner: &UserId) -> Result<Vec<Address>, AppError> {
    let rows = sqlx::query(
        "SELECT id, name, phone, region, detail, community, is_default FROM address \
         WHERE owner = $1 ORDER BY is_default DESC, id DESC",
    )
    .bind(owner.as_str())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read).collect()
}

/// How many entries there are.
pub async fn count(conn: &mut AnyConnection, owner: &UserId) -> Result<usize, AppError> {
    let row = sqlx::query("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM address WHERE owner = $1")
        .bind(owner.as_str())
        .fetch_one(conn)
        .await?;
    usize::try_from(row.try_get::<i64, _>("n")?).map_err(AppError::internal)
}

/// Whether an entry is the default; `None` when it is not there.
pub async fn is_default(
    conn: &mut AnyConnection,
    owner: &UserId,
    id: &AddressId,
) -> Result<Option<bool>, AppError> {
    let row = sqlx::query("SELECT is_default FROM address WHERE id = $1 AND owner = $2")
        .bind(id.as_str())
        .bind(owner.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(row.try_get::<i64, _>("is_default")? == 1))
        .transpose()
}

/// Leaves the owner without a default.
pub async fn clear_default(conn: &mut AnyConnection, owner: &UserId) -> Result<(), AppError> {
    sqlx::query("UPDATE address SET is_default = 0 WHERE owner = $1 AND is_default = 1")
        .bind(owner.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes the newest entry the default, if there is one.
pub async fn make_newest_default(conn: &mut AnyConnection, owner: &UserId) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE address SET is_default = 1 \
         WHERE id = (SELECT MAX(id) FROM address WHERE owner = $1)",
    )
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds an entry.
pub async fn insert(
    conn: &mut AnyConnection,
    owner: &UserId,
    address: &Address,
    now: Timestamp,
) -> Result<(), AppError> {
    let input = &address.input;
    sqlx::query(
        "INSERT INTO address (id, owner, name, phone, region, detail, community, is_default, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(address.id.as_str())
    .bind(owner.as_str())
    .bind(&input.name)
    .bind(&input.phone)
    .bind(&input.region)
    .bind(&input.detail)
    .bind(input.community.as_ref().map(CommunityId::as_str))
    .bind(i64::from(input.is_default))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Replaces an entry.
pub async fn update(
    conn: &mut AnyConnection,
    owner: &UserId,
    address: &Address,
) -> Result<(), AppError> {
    let input = &address.input;
    sqlx::query(
        "UPDATE address SET name = $1, phone = $2, region = $3, detail = $4, community = $5, \
         is_default = $6 WHERE id = $7 AND owner = $8",
    )
    .bind(&input.name)
    .bind(&input.phone)
    .bind(&input.region)
    .bind(&input.detail)
    .bind(input.community.as_ref().map(CommunityId::as_str))
    .bind(i64::from(input.is_default))
    .bind(address.id.as_str())
    .bind(owner.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes an entry.
pub async fn delete(
    conn: &mut AnyConnection,
    owner: &UserId,
    id: &AddressId,
) -> Result<(), AppError> {
    sqlx::query("DELETE FROM address WHERE id = $1 AND owner = $2")
        .bind(id.as_str())
        .bind(owner.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether the shop serves a neighbourhood.
pub async fn community_exists(
    conn: &mut AnyConnection,
    id: &CommunityId,
) -> Result<bool, AppError> {
    let row = sqlx::query("SELECT id FROM community WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

fn read(row: &AnyRow) -> Result<Address, AppError> {
    Ok(Address {
        id: row.try_get::<String, _>("id")?.into(),
        input: AddressInput {
            name: row.try_get("name")?,
            phone: row.try_get("phone")?,
            region: row.try_get("region")?,
            detail: row.try_get("detail")?,
            community: row
                .try_get::<Option<String>, _>("community")?
                .map(CommunityId),
            is_default: row.try_get::<i64, _>("is_default")? == 1,
        },
    })
}
