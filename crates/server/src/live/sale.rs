//! Flash prices in motion (rules.md L3 to L6): arming, announcing, stopping, what an order takes of one, and what
//! comes back.
//!
//! From its countdown on the quota is kept out of the shop's stock: `free` units count in `stock.reserved`, and an
//! order takes from them without touching stock at all. So what was announced is there, and 1,000 buyers of 10
//! units meet one conditional update.

use contract::live::{FlashOffer, FlashState, LiveChange};
use contract::live_studio::NewFlash;
use contract::{FlashId, LiveId, OrderId, Timestamp, UserId};
use uuid::Uuid;

use super::change::{Actor, Change};
use super::flash::{self, Right, Terms, check, window};
use super::store::flash::{self as store, FlashRow};
use super::store::orders::{self, LiveOrder};
use super::store::session::{self, SessionRow};
use super::store::shelf;
use super::{conflict, not_on_shelf};
use crate::AppError;
use crate::db::Conn;
use crate::outbox::Draft;
use crate::stock::{self, Shortage, Take};
use crate::trade::lifecycle::StockMove;
use crate::trade::place;
use crate::trade::store::OrderRow;

/// Prepares a flash price (L3).
pub async fn arm(
    conn: &mut Conn,
    session: &LiveId,
    new: &NewFlash,
    now: Timestamp,
) -> Result<FlashRow, AppError> {
    let number = shelf::number_of_sku(conn, session, &new.sku)
        .await?
        .ok_or_else(not_on_shelf)?;
    let (usual, others) = store::other_prices(conn, &new.sku, now)
        .await?
        .ok_or_else(|| place::unknown_sku(&new.sku))?;
    if new.price.currency != usual.currency {
        return Err(AppError::field("price.currency", "is not the shop's"));
    }
    let terms = Terms {
        price: new.price.minor,
        others,
        quota: new.quota,
        per_user: new.per_user,
        countdown_s: new.countdown_s,
        duration_s: new.duration_s,
    };
    check(&terms).map_err(|(field, why)| AppError::field(field, why))?;
    let row = FlashRow {
        id: FlashId(Uuid::now_v7().simple().to_string()),
        session: session.clone(),
        number,
        sku: new.sku.clone(),
        price: new.price,
        usual,
        quota: i64::from(new.quota),
        per_user: i64::from(new.per_user),
        countdown_ms: i64::from(new.countdown_s) * 1000,
        duration_ms: i64::from(new.duration_s) * 1000,
        state: FlashState::Armed,
        free: 0,
        starts_at: None,
        ends_at: None,
    };
    store::insert(conn, &row, now).await?;
    Ok(row)
}

/// Announces an armed flash price: keeps its quota out of the stock and starts its countdown (L3). Refuses with
/// `SOLD_OUT` when there is less than its quota, and `LIVE_STATE_CONFLICT` when it was started before, when the
/// SKU has another, or when the room is not on air.
pub async fn start(
    conn: &mut Conn,
    session: &LiveId,
    id: &FlashId,
    actor: Actor<'_>,
) -> Result<(FlashOffer, Vec<Draft>), AppError> {
    let mut row = find_in(conn, session, id).await?;
    if row.state != FlashState::Armed {
        return Err(conflict("This flash price was started before."));
    }
    let running = store::of_session(conn, session).await?;
    let has_other = running.iter().any(|other| {
        other.sku == row.sku && matches!(other.state, FlashState::Countdown | FlashState::Active)
    });
    if has_other {
        return Err(conflict(
            "Another flash price of this SKU runs. Stop it first.",
        ));
    }
    let now = actor.now;
    let (_, others) = store::other_prices(conn, &row.sku, now)
        .await?
        .ok_or_else(|| place::unknown_sku(&row.sku))?;
    if row.price.minor >= others {
        let why = "is no longer below every other price of the SKU; prepare another";
        return Err(AppError::field("price", why));
    }
    let to = match row.countdown_ms {
        0 => FlashState::Active,
        _ => FlashState::Countdown,
    };
    let opens = window(now, row.countdown_ms, row.duration_ms);
    let practice = is_rehearsal(conn, session).await?;
    if !store::transition(conn, &row, to, opens, Some(row.quota)).await? {
        return Err(AppError::Raced);
    }
    // A rehearsal keeps nothing back (L10).
    if !practice {
        keep(conn, &row).await?.map_err(place::sold_out)?;
    }
    (row.state, row.free) = (to, row.quota);
    (row.starts_at, row.ends_at) = (Some(opens.0), Some(opens.1));
    let offer = row.offer();
    let mut change = Change::begin(conn, session, actor).await?;
    if !change.row.stand.on_air() {
        return Err(conflict("The room is not on air."));
    }
    change.tell(LiveChange::Flash {
        offer: offer.clone(),
    });
    Ok((offer, change.finish(conn).await?))
}

/// Stops a flash price. What it keeps stays kept for the grace of those who were quoted (L4).
pub async fn stop(
    conn: &mut Conn,
    session: &LiveId,
    id: &FlashId,
    actor: Actor<'_>,
) -> Result<(FlashOffer, Vec<Draft>), AppError> {
    let row = find_in(conn, session, id).await?;
    let Some(offer) = stop_one(conn, row, actor.now).await? else {
        return Err(conflict("This flash price is over."));
    };
    let mut change = Change::begin(conn, session, actor).await?;
    change.tell(LiveChange::Flash {
        offer: offer.clone(),
    });
    Ok((offer, change.finish(conn).await?))
}

/// Stops every flash price of a session that ends (L6); answers those that were announced.
pub async fn stop_all(
    conn: &mut Conn,
    session: &LiveId,
    now: Timestamp,
) -> Result<Vec<FlashOffer>, AppError> {
    let mut told = Vec::new();
    for row in store::of_session(conn, session).await? {
        let announced = row.state != FlashState::Armed;
        let stopped = stop_one(conn, row, now).await?;
        told.extend(stopped.filter(|_| announced));
    }
    Ok(told)
}

async fn stop_one(
    conn: &mut Conn,
    mut row: FlashRow,
    now: Timestamp,
) -> Result<Option<FlashOffer>, AppError> {
    if !flash::is_open(row.state) {
        return Ok(None);
    }
    let (starts_at, ends_at) = row.window();
    let window = (starts_at.min(now), ends_at.min(now));
    if !store::transition(conn, &row, FlashState::Stopped, window, None).await? {
        return Err(AppError::Raced);
    }
    row.state = FlashState::Stopped;
    (row.starts_at, row.ends_at) = (Some(window.0), Some(window.1));
    Ok(Some(row.offer()))
}

/// Does what the clock has to do about a flash price: begins it, ends it, or lets go of what it kept.
pub async fn tick(
    conn: &mut Conn,
    row: &FlashRow,
    actor: Actor<'_>,
) -> Result<Vec<Draft>, AppError> {
    let Some(to) = flash::due(row.state, row.window(), actor.now) else {
        let (_, ends_at) = row.window();
        if row.free > 0 && !flash::is_open(row.state) && actor.now.since(ends_at) > flash::GRACE_MS
        {
            let_go(conn, row).await?;
        }
        return Ok(Vec::new());
    };
    if !store::transition(conn, row, to, row.window(), None).await? {
        return Err(AppError::Raced);
    }
    let Some(row) = store::find(conn, &row.id).await? else {
        return Ok(Vec::new());
    };
    let mut change = Change::begin(conn, &row.session, actor).await?;
    change.tell(LiveChange::Flash { offer: row.offer() });
    change.finish(conn).await
}

/// Takes what an order holds of a flash price, by the right that it has (L4, F2). On a refusal the caller must
/// undo its transaction. The last unit sells it out, which is told.
pub async fn take(
    conn: &mut Conn,
    row: &FlashRow,
    right: Right,
    order: &OrderRow,
    quantity: i64,
    viewers: u64,
) -> Result<Vec<Draft>, AppError> {
    let states = match right {
        Right::InTime => [FlashState::Countdown, FlashState::Active],
        Right::Grace => [FlashState::Expired, FlashState::Stopped],
    };
    // What the clock's job has not ended yet ends here, for those who come late.
    let states = match (right, row.state) {
        (Right::Grace, FlashState::Active) => [FlashState::Active, FlashState::Expired],
        _ => states,
    };
    let Some(taken) = store::take_units(conn, &row.id, quantity, states).await? else {
        let now = store::find(conn, &row.id).await?.ok_or(AppError::Raced)?;
        let is_there = states.contains(&now.state);
        if is_there && now.free >= quantity {
            return Err(AppError::Raced);
        }
        if is_there || now.state == FlashState::SoldOut {
            return Err(sold_out(&now));
        }
        return Err(AppError::Raced);
    };
    let owner = &order.owner;
    if !store::count_for(conn, &row.id, owner, quantity, row.per_user).await? {
        let had = store::had_by(conn, &row.id, owner).await?;
        let left = u32::try_from((row.per_user - had).max(0)).unwrap_or(0);
        return Err(place::over_limit(&row.sku, left));
    }
    if taken.state != FlashState::SoldOut {
        return Ok(Vec::new());
    }
    let actor = Actor {
        by: None,
        viewers,
        now: order.placed_at,
    };
    let mut change = Change::begin(conn, &row.session, actor).await?;
    change.tell(LiveChange::Flash {
        offer: taken.offer(),
    });
    change.finish(conn).await
}

/// Writes down that an order was placed in a room, at a flash price if at one; answers the session. A room that
/// is not on air, or a rehearsal, places nothing.
pub async fn note_order(
    conn: &mut Conn,
    room: &LiveId,
    order: &OrderId,
    flash: Option<(&FlashId, i64)>,
    now: Timestamp,
) -> Result<Option<LiveId>, AppError> {
    let found = session::find(conn, room.as_str()).await?;
    let counts = |row: &SessionRow| !row.practice && (row.stand.on_air() || flash.is_some());
    let Some(row) = found.filter(counts) else {
        return Ok(None);
    };
    let live = LiveOrder {
        flash: flash.map(|(id, _)| id.clone()),
        quantity: flash.map_or(0, |(_, quantity)| quantity),
        pinned: orders::pinned_in(conn, &row.id, order).await?,
        session: row.id,
    };
    orders::insert(conn, order, &live, now).await?;
    Ok(Some(live.session))
}

/// Too few units are left of a flash price.
pub fn sold_out(row: &FlashRow) -> AppError {
    place::sold_out(Shortage {
        sku: row.sku.clone(),
        available: row.free,
    })
}

/// Moves the goods of an order at a flash price as a step of the order says; false when its goods are to move as
/// everybody's do. Unpaid in time, they are the flash price's again while it runs, else the shop's (L5).
pub async fn follow(
    conn: &mut Conn,
    order: &OrderRow,
    step: StockMove,
    now: Timestamp,
) -> Result<bool, AppError> {
    let counts = match step {
        StockMove::Release | StockMove::PutBack => -1,
        StockMove::Retaken => 1,
        StockMove::Keep | StockMove::Consume | StockMove::Reheld => return Ok(false),
    };
    let Some(LiveOrder {
        flash: Some(id),
        quantity,
        ..
    }) = orders::find(conn, &order.id).await?
    else {
        return Ok(false);
    };
    // Late money revives an order beyond any limit: it was within it when it was placed.
    let gave = step == StockMove::Release && store::give_back(conn, &id, quantity, now).await?;
    store::recount(conn, &id, &order.owner, counts * quantity).await?;
    if gave {
        stock::hand_over(conn, &order.id).await?;
    }
    Ok(gave)
}

/// How many a buyer may still have.
pub async fn limit_left(
    conn: &mut Conn,
    row: &FlashRow,
    buyer: Option<&UserId>,
) -> Result<u32, AppError> {
    let had = match buyer {
        Some(buyer) => store::had_by(conn, &row.id, buyer).await?,
        None => 0,
    };
    Ok(u32::try_from((row.per_user - had).max(0)).unwrap_or(u32::MAX))
}

/// A flash price of this session; another's looks like none.
pub async fn find_in(
    conn: &mut Conn,
    session: &LiveId,
    id: &FlashId,
) -> Result<FlashRow, AppError> {
    store::find(conn, id)
        .await?
        .filter(|row| row.session == *session)
        .ok_or_else(|| AppError::not_found("flash price"))
}

async fn keep(conn: &mut Conn, row: &FlashRow) -> Result<Result<(), Shortage>, AppError> {
    let mut takes = [Take {
        sku: row.sku.clone(),
        quantity: row.quota,
    }];
    stock::reserve(conn, &mut takes).await
}

async fn let_go(conn: &mut Conn, row: &FlashRow) -> Result<(), AppError> {
    if !store::empty(conn, row).await? {
        return Err(AppError::Raced);
    }
    if is_rehearsal(conn, &row.session).await? {
        return Ok(());
    }
    let kept = Take {
        sku: row.sku.clone(),
        quantity: row.free,
    };
    stock::unreserve(conn, &kept).await
}

async fn is_rehearsal(conn: &mut Conn, session: &LiveId) -> Result<bool, AppError> {
    let row = session::find(conn, session.as_str()).await?;
    Ok(row.is_some_and(|row| row.practice))
}
