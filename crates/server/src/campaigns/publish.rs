//! Taking a promotion from one state to the next: the goods of a flash sale are carved out of the stock when it is
//! published, and go back when it ends (3.5).

use contract::campaigns::CampaignState;
use contract::{ErrorCode, PromotionId, SkuId, Timestamp};

use super::lifecycle::{self, Cause, Dates, keeps_goods};
use super::store::order::Piece;
use super::store::promotion::{self, PromotionRow};
use super::store::sku;
use crate::db::{self, Conn};
use crate::stock::{self, Take};
use crate::trade::place;
use crate::{AppError, AppState};

/// Takes a promotion one step on. `CAMPAIGN_STATE_CONFLICT` where its state does not allow it, `SOLD_OUT` when there
/// is less in stock than its quota; either way the caller must undo its transaction.
pub async fn advance(
    conn: &mut Conn,
    row: &PromotionRow,
    cause: Cause,
    now: Timestamp,
) -> Result<CampaignState, AppError> {
    let dates = Dates {
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        now,
    };
    let to = lifecycle::step(row.state, cause, dates).ok_or_else(|| conflict(row.state))?;
    if !promotion::transition(conn, row, to).await? {
        return Err(AppError::Raced);
    }
    match (keeps_goods(row.state), keeps_goods(to)) {
        (false, true) => carve_all(conn, row).await?,
        (true, false) => let_go(conn, &row.id).await?,
        _ => {}
    }
    Ok(to)
}

/// Makes the buckets of a published sale hold what its new terms say (F8): more is taken out of the stock, less goes
/// back, never below what orders have.
pub async fn carve_all(conn: &mut Conn, row: &PromotionRow) -> Result<(), AppError> {
    for price in promotion::prices(conn, &row.id).await? {
        let quota = match row.prices.iter().find(|wanted| wanted.sku == price.sku) {
            Some(wanted) => wanted.quota,
            None => price.reserved + price.sold,
        };
        carve(conn, &row.id, &price.sku, price.on_hand, quota).await?;
    }
    Ok(())
}

async fn carve(
    conn: &mut Conn,
    id: &PromotionId,
    sku_id: &SkuId,
    from: i64,
    to: i64,
) -> Result<(), AppError> {
    let piece = Piece {
        promotion: id.clone(),
        sku: sku_id.clone(),
        quantity: to,
    };
    if !sku::carve(conn, &piece).await? {
        let reason = "orders have more of it than that; lower it no further";
        return Err(AppError::field(format!("prices.{sku_id}.quota"), reason));
    }
    let take = |quantity| Take {
        sku: sku_id.clone(),
        quantity,
    };
    match to - from {
        0 => Ok(()),
        more if more > 0 => stock::reserve(conn, &mut [take(more)])
            .await?
            .map_err(place::sold_out),
        less => stock::unreserve(conn, &take(-less)).await,
    }
}

/// What nobody took goes back into the stock.
async fn let_go(conn: &mut Conn, id: &PromotionId) -> Result<(), AppError> {
    for price in promotion::prices(conn, id).await? {
        let taken = price.reserved + price.sold;
        carve(conn, id, &price.sku, price.on_hand, taken).await?;
    }
    Ok(())
}

/// Does what the clock has to do about promotions, each in a transaction of its own.
pub async fn run(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let due = {
        let mut conn = state.db.reader().acquire().await?;
        promotion::due(&mut conn, now, 50).await?
    };
    for id in due {
        db::retrying(|| async {
            let mut tx = state.db.begin().await?;
            let Some(row) = promotion::find(tx.conn(), &id).await? else {
                return Ok(());
            };
            match advance(tx.conn(), &row, Cause::Clock, now).await {
                Ok(_) => Ok(tx.commit().await?),
                // Somebody did it meanwhile.
                Err(AppError::Refused { .. }) => Ok(()),
                Err(error) => Err(error),
            }
        })
        .await?;
    }
    Ok(())
}

/// What staff is told whose wish the promotion's state does not allow.
pub fn conflict(state: CampaignState) -> AppError {
    AppError::refused(
        ErrorCode::CampaignStateConflict,
        format!("The promotion is {state:?}. Load it again to see what can be done."),
    )
}
