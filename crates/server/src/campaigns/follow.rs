//! What becomes of promotions when an order goes on: pieces are sold or come back, budget, limit and coupon come back
//! once (F4, F5, M8). The order's own step was won by one conditional update, so each of these happens once.

use contract::OrderId;
use contract::Timestamp;
use contract::promotions::PromotionKind;

use super::store::order::{self as orders, Piece, PieceState};
use super::store::{coupon, promotion, sku};
use crate::AppError;
use crate::db::Conn;
use crate::stock::{self, Take};
use crate::trade::lifecycle::StockMove;
use crate::trade::store::OrderRow;

/// Follows a step of an order, after its goods were moved.
pub async fn follow(
    conn: &mut Conn,
    order: &OrderRow,
    step: StockMove,
    now: Timestamp,
) -> Result<(), AppError> {
    match step {
        StockMove::Keep => Ok(()),
        StockMove::Consume => sell(conn, &order.id).await,
        StockMove::Release | StockMove::PutBack => {
            bring_back(conn, &order.id, now).await?;
            release(conn, order).await
        }
        StockMove::Retaken | StockMove::Reheld => revive(conn, order).await,
    }
}

async fn sell(conn: &mut Conn, order: &OrderId) -> Result<(), AppError> {
    for (piece, state) in orders::pieces(conn, order).await? {
        if state == PieceState::Held {
            must(sku::sell(conn, &piece).await?)?;
            orders::move_piece(conn, order, &piece, PieceState::Sold).await?;
        }
    }
    Ok(())
}

/// Pieces that the shop's stock has back go to their sale while it runs, else they stay the shop's (F5).
async fn bring_back(conn: &mut Conn, order: &OrderId, now: Timestamp) -> Result<(), AppError> {
    for (piece, state) in orders::pieces(conn, order).await? {
        if matches!(state, PieceState::Held | PieceState::Sold) {
            back(conn, &piece, state, now).await?;
            orders::move_piece(conn, order, &piece, PieceState::Released).await?;
        }
    }
    Ok(())
}

async fn back(
    conn: &mut Conn,
    piece: &Piece,
    state: PieceState,
    now: Timestamp,
) -> Result<(), AppError> {
    let runs = promotion::keeps_goods(conn, &piece.promotion, now).await?;
    must(sku::give_back(conn, piece, state == PieceState::Sold, runs).await?)?;
    if runs {
        let mut takes = [Take {
            sku: piece.sku.clone(),
            quantity: piece.quantity,
        }];
        must(stock::reserve(conn, &mut takes).await?.is_ok())?;
    }
    Ok(())
}

/// Some pieces of a line came back and are in the shop's stock again.
pub async fn part_back(
    conn: &mut Conn,
    order: &OrderId,
    takes: &[Take],
    now: Timestamp,
) -> Result<(), AppError> {
    for (piece, state) in orders::pieces(conn, order).await? {
        let Some(take) = takes.iter().find(|take| take.sku == piece.sku) else {
            continue;
        };
        if state == PieceState::Sold {
            let part = Piece {
                quantity: take.quantity.min(piece.quantity),
                ..piece
            };
            back(conn, &part, state, now).await?;
            orders::lessen_piece(conn, order, &part).await?;
        }
    }
    Ok(())
}

async fn release(conn: &mut Conn, order: &OrderRow) -> Result<(), AppError> {
    for row in orders::of_order(conn, &order.id).await? {
        if !orders::turn(conn, &order.id, &row.promotion, "counted", "released").await? {
            continue;
        }
        promotion::unspend(conn, &row.promotion, row.minor).await?;
        promotion::recount(conn, &row.promotion, &order.owner, -row.had).await?;
        if row.kind == PromotionKind::Coupon {
            coupon::give_back(conn, &order.id, row.coupon.as_ref()).await?;
        }
    }
    Ok(())
}

/// Late money revives an order at its old price beyond any budget or limit: it was within them when it was placed
/// (3.0-6). A coupon that another order took meanwhile stays with that one.
async fn revive(conn: &mut Conn, order: &OrderRow) -> Result<(), AppError> {
    for row in orders::of_order(conn, &order.id).await? {
        if !orders::turn(conn, &order.id, &row.promotion, "released", "counted").await? {
            continue;
        }
        promotion::unspend(conn, &row.promotion, -row.minor).await?;
        promotion::recount(conn, &row.promotion, &order.owner, row.had).await?;
        if let Some(coupon) = &row.coupon {
            coupon::use_once(conn, coupon, &order.owner, &order.id).await?;
        }
    }
    for (piece, state) in orders::pieces(conn, &order.id).await? {
        if state == PieceState::Released {
            orders::move_piece(conn, &order.id, &piece, PieceState::Outside).await?;
        }
    }
    Ok(())
}

fn must(done: bool) -> Result<(), AppError> {
    match done {
        true => Ok(()),
        false => Err(AppError::internal(
            "a flash sale's bucket does not hold what its orders took",
        )),
    }
}
