//! SQL of what promotions took off the lines of an order, by who pays for it: frozen, and undone by refunds as it
//! stands (M1, M4).

use contract::promotions::FunderKind;
use contract::{OrderId, PromotionId, RefundId};
use promotions::{Share, part_of};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::{from_word, to_word};

/// What one funder pays of what a promotion took off a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRow {
    /// The line's place in the order.
    pub position: i64,
    /// Which promotion.
    pub promotion: PromotionId,
    /// Who pays.
    pub funder: FunderKind,
    /// Its name.
    pub party: String,
    /// Minor units.
    pub minor: i64,
}

/// Freezes what promotions take off a line of a new order.
pub async fn freeze(
    conn: &mut Conn,
    order: &OrderId,
    position: i64,
    shares: &[Share],
) -> Result<(), AppError> {
    for share in shares {
        for (funder, minor) in &share.funders {
            sqlx::query(
                "INSERT INTO order_share (order_id, position, promotion, kind, funder, party, minor) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(order.as_str())
            .bind(position)
            .bind(share.promotion.as_str())
            .bind(to_word(share.kind)?)
            .bind(to_word(funder.kind)?)
            .bind(&funder.party)
            .bind(*minor)
            .execute(&mut *conn)
            .await?;
        }
    }
    Ok(())
}

/// What is left of an order's shares: as they were frozen, less what refunds undo.
pub async fn left(conn: &mut Conn, order: &OrderId) -> Result<Vec<ShareRow>, AppError> {
    sqlx::query(
        "SELECT s.position, s.promotion, s.funder, s.party, \
           CAST(s.minor - COALESCE((SELECT SUM(x.minor) FROM refund_share x JOIN refund r ON r.id = x.refund_id \
             WHERE r.order_id = s.order_id AND x.position = s.position AND x.promotion = s.promotion \
               AND x.funder = s.funder AND x.party = s.party), 0) AS BIGINT) AS minor \
         FROM order_share s WHERE s.order_id = $1 ORDER BY s.position, s.promotion, s.funder, s.party",
    )
    .bind(order.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Writes what a refund undoes of a line: `quantity` of the `of` that are left of it. Called before the refund's own
/// line is written.
pub async fn undo(
    conn: &mut Conn,
    refund: &RefundId,
    left: &[ShareRow],
    (position, quantity, of): (i64, i64, i64),
) -> Result<(), AppError> {
    for share in left.iter().filter(|share| share.position == position) {
        let minor = part_of(share.minor, quantity, of);
        if minor == 0 {
            continue;
        }
        sqlx::query(
            "INSERT INTO refund_share (refund_id, position, promotion, funder, party, minor) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(refund.as_str())
        .bind(position)
        .bind(share.promotion.as_str())
        .bind(to_word(share.funder)?)
        .bind(&share.party)
        .bind(minor)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// What a refund undoes.
pub async fn undone_by(conn: &mut Conn, refund: &RefundId) -> Result<Vec<ShareRow>, AppError> {
    sqlx::query(
        "SELECT position, promotion, funder, party, minor FROM refund_share WHERE refund_id = $1 \
         ORDER BY position, promotion, funder, party",
    )
    .bind(refund.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(read)
    .collect()
}

fn read(row: &AnyRow) -> Result<ShareRow, AppError> {
    Ok(ShareRow {
        position: row.try_get("position")?,
        promotion: row.try_get::<String, _>("promotion")?.into(),
        funder: from_word(row.try_get("funder")?)?,
        party: row.try_get("party")?,
        minor: row.try_get("minor")?,
    })
}
