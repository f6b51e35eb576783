//! Stock as buckets {on_hand, reserved, sold} of which on_hand − reserved − sold can be bought
//! (rules.md 3.5, inv.S1 to S6). What a flash price keeps counts as reserved too.
//!
//! Every move is one conditional update a SKU, in the order of the SKUs' ids, so that two orders never
//! wait for each other crosswise. What an order took is written beside it as holds, and each hold ends
//! once.

mod store;

use contract::goods_studio::SkuStock;
use contract::{OrderId, SkuId};

use crate::AppError;
use crate::db::Conn;
use crate::trade::lifecycle::StockMove;

/// How many of one SKU.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Take {
    /// Of what.
    pub sku: SkuId,
    /// How many, at least 1.
    pub quantity: i64,
}

/// Not enough of a SKU is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Of what.
    pub sku: SkuId,
    /// How many can be bought.
    pub available: i64,
}

/// Reserves goods that are not yet an order's (F1, inv.S4, S5): `takes` holds each SKU once. On a
/// shortage the caller must undo its transaction.
pub async fn reserve(
    conn: &mut Conn,
    takes: &mut [Take],
) -> Result<Result<(), Shortage>, AppError> {
    takes.sort();
    for take in takes.iter() {
        if !store::reserve(conn, take).await? {
            let available = store::available(conn, &take.sku).await?;
            let sku = take.sku.clone();
            return Ok(Err(Shortage { sku, available }));
        }
    }
    Ok(Ok(()))
}

/// Writes down what a new order reserved.
pub async fn record_holds(
    conn: &mut Conn,
    order: &OrderId,
    takes: &[Take],
) -> Result<(), AppError> {
    for take in takes {
        store::insert_hold(conn, order, take).await?;
    }
    Ok(())
}

/// Lets goods go that were reserved and are no order's.
pub async fn unreserve(conn: &mut Conn, take: &Take) -> Result<(), AppError> {
    if store::shift(conn, take, Hold::Held, Hold::Released).await? {
        return Ok(());
    }
    let Take { sku, quantity } = take;
    Err(AppError::internal(format!(
        "{quantity} of {sku} were not reserved"
    )))
}

/// Ends an order's holds and leaves their goods reserved, for whoever kept them before the order did.
pub async fn hand_over(conn: &mut Conn, order: &OrderId) -> Result<(), AppError> {
    for take in store::holds(conn, order).await? {
        if !store::end_hold(conn, order, &take.sku, Hold::Held, Hold::Released).await? {
            return Err(AppError::internal(format!(
                "order {order} holds no {}",
                take.sku
            )));
        }
    }
    Ok(())
}

/// Moves an order's goods as a step of the order says. The step was won by one conditional update, so
/// finding a hold in another state than expected is a fault of ours and undoes everything.
pub async fn follow(conn: &mut Conn, order: &OrderId, step: StockMove) -> Result<(), AppError> {
    let (from, to) = match step {
        StockMove::Keep | StockMove::Retaken | StockMove::Reheld => return Ok(()),
        StockMove::Consume => (Hold::Held, Hold::Consumed),
        StockMove::Release => (Hold::Held, Hold::Released),
        StockMove::PutBack => (Hold::Consumed, Hold::Released),
    };
    let holds = match step {
        // Some of it may have gone back before.
        StockMove::PutBack => store::holds_in(conn, order, from).await?,
        _ => store::holds(conn, order).await?,
    };
    for take in holds {
        let moved = store::end_hold(conn, order, &take.sku, from, to).await?
            && store::shift(conn, &take, from, to).await?;
        if !moved {
            return Err(AppError::internal(format!(
                "order {order} does not hold {} of {} as {from:?}",
                take.quantity, take.sku
            )));
        }
    }
    Ok(())
}

/// Puts some of an order's sold goods back on sale (F5).
pub async fn put_back(
    conn: &mut Conn,
    order: &OrderId,
    takes: &mut [Take],
) -> Result<(), AppError> {
    takes.sort();
    for take in takes.iter() {
        let lessened = store::lessen_hold(conn, order, take).await?
            || store::end_hold(conn, order, &take.sku, Hold::Consumed, Hold::Released).await?;
        if !lessened || !store::shift(conn, take, Hold::Consumed, Hold::Released).await? {
            return Err(AppError::internal(format!(
                "order {order} was not sold {} of {}",
                take.quantity, take.sku
            )));
        }
    }
    Ok(())
}

/// Takes released goods once more, all or nothing (rules.md 3.0-6); false when some are gone, and then
/// nothing has changed.
pub async fn retake(conn: &mut Conn, order: &OrderId) -> Result<bool, AppError> {
    let takes = store::holds(conn, order).await?;
    let mut taken = Vec::with_capacity(takes.len());
    for take in &takes {
        if store::sell(conn, take).await? {
            taken.push(take);
        } else {
            for take in taken {
                store::unsell(conn, take).await?;
            }
            return Ok(false);
        }
    }
    for take in &takes {
        if !store::end_hold(conn, order, &take.sku, Hold::Released, Hold::Consumed).await? {
            return Err(AppError::Raced);
        }
    }
    Ok(true)
}

/// Reserves the released goods of an order once more; false when too few are left, and then the caller
/// must undo what it did since its savepoint.
pub async fn rehold(conn: &mut Conn, order: &OrderId) -> Result<bool, AppError> {
    for take in store::holds(conn, order).await? {
        if !store::end_hold(conn, order, &take.sku, Hold::Released, Hold::Held).await?
            || !store::reserve(conn, &take).await?
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// More of a SKU came, or some of it is gone; none when fewer than that are free, and then nothing has changed.
pub async fn adjust(conn: &mut Conn, sku: &SkuId, by: i64) -> Result<Option<SkuStock>, AppError> {
    store::adjust(conn, sku, by).await
}

/// Where the pieces of a SKU are; none for one that the shop does not have.
pub async fn of(conn: &mut Conn, sku: &SkuId) -> Result<Option<SkuStock>, AppError> {
    store::of(conn, sku).await
}

/// Where the goods of a hold are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// In `reserved`.
    Held,
    /// In `sold`.
    Consumed,
    /// Free for others.
    Released,
}

impl Hold {
    fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Consumed => "consumed",
            Self::Released => "released",
        }
    }

    /// How many of one held piece count in (reserved, sold).
    fn counts(self) -> (i64, i64) {
        match self {
            Self::Held => (1, 0),
            Self::Consumed => (0, 1),
            Self::Released => (0, 0),
        }
    }
}
