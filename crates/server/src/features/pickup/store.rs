//! SQL of neighbourhoods and pick-up points.

use contract::catalog::Community;
use contract::fulfilment::PickupPoint;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Db;
use crate::http::language::Lang;

const PICKUP_POINTS: &str = "
    SELECT p.id, p.community, c.name_zh AS community_zh, c.name_en AS community_en, p.name_zh, p.name_en,
           p.address_zh, p.address_en, p.opens, p.closes, c.arrives_zh, c.arrives_en, p.storage
    FROM pickup_point p JOIN community c ON c.id = p.community
    ORDER BY c.position, p.id";

const COMMUNITIES: &str = "SELECT id, name_zh, name_en FROM community ORDER BY position";

/// All pick-up points.
pub async fn pickup_points(db: &Db, lang: Lang) -> Result<Vec<PickupPoint>, AppError> {
    let rows = sqlx::query(PICKUP_POINTS).fetch_all(db.reader()).await?;
    rows.iter().map(|row| pickup_point(row, lang)).collect()
}

/// All neighbourhoods.
pub async fn communities(db: &Db, lang: Lang) -> Result<Vec<Community>, AppError> {
    let rows = sqlx::query(COMMUNITIES).fetch_all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(Community {
                id: row.try_get::<String, _>("id")?.into(),
                name: lang.column(row, "name")?,
            })
        })
        .collect()
}

fn pickup_point(row: &AnyRow, lang: Lang) -> Result<PickupPoint, AppError> {
    let storage: String = row.try_get("storage")?;
    Ok(PickupPoint {
        id: row.try_get::<String, _>("id")?.into(),
        community: row.try_get::<String, _>("community")?.into(),
        community_name: lang.column(row, "community")?,
        name: lang.column(row, "name")?,
        address: lang.column(row, "address")?,
        open: row.try_get("opens")?,
        close: row.try_get("closes")?,
        arrives: lang.column(row, "arrives")?,
        storage: serde_json::from_str(&storage).map_err(AppError::internal)?,
    })
}
