//! SQL of what the checks of a promotion need besides the promotion.

use contract::CommunityId;
use sqlx::Row;

use crate::AppError;
use crate::db::Conn;

/// A neighbourhood, as far as a promotion depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Neighbourhood {
    /// Its id.
    pub id: CommunityId,
    /// `HH:MM`; orders until then arrive as promised.
    pub cut_off: String,
    /// Parcels that its pick-up points hold.
    pub holds: i64,
}

const NEIGHBOURHOODS: &str = "
    SELECT c.id, c.cutoff, CAST(COALESCE(SUM(p.capacity_parcels), 0) AS BIGINT) AS holds
    FROM community c LEFT JOIN pickup_point p ON p.community = c.id
    GROUP BY c.id, c.cutoff, c.position ORDER BY c.position";

/// All neighbourhoods, in the shop's order.
pub(super) async fn neighbourhoods(conn: &mut Conn) -> Result<Vec<Neighbourhood>, AppError> {
    let rows = sqlx::query(NEIGHBOURHOODS).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Neighbourhood {
                id: row.try_get::<String, _>("id")?.into(),
                cut_off: row.try_get("cutoff")?,
                holds: row.try_get("holds")?,
            })
        })
        .collect()
}
