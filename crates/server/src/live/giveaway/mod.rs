//! Giveaways (rules.md L9): declared whole when they open, entered without buying, drawn by the clock from a seed
//! whose hash was told first, and won by who is there.
//!
//! A change takes the giveaway's row, then the session's: an entry and the draw take turns at it, so that nobody enters
//! what is drawn.

pub mod draw;

use contract::live::LiveChange;
use contract::live_giveaway::{GiveawayEntered, GiveawayEntry, GiveawayState, NewGiveaway};
use contract::notifications::Notice;
use contract::{ErrorCode, GiveawayId, LiveId, UserId};
use uuid::Uuid;

use super::change::{Actor, Change};
use super::conflict;
use super::hub::Hub;
use super::store::giveaway::{self as store, GiveawayRow};
use super::store::session::SessionRow;
use crate::AppError;
use crate::db::Conn;
use crate::notices::{self, NewNotice};
use crate::outbox::Draft;
use crate::words::Both;

/// Opens a giveaway in a room on air that has none open.
pub async fn open(
    conn: &mut Conn,
    session: &LiveId,
    new: &NewGiveaway,
    actor: Actor<'_>,
) -> Result<(GiveawayRow, Vec<Draft>), AppError> {
    let prize = draw::check(new).map_err(|(field, reason)| AppError::field(field, reason))?;
    let mut change = Change::begin(conn, session, actor).await?;
    if !change.row.stand.on_air() {
        return Err(conflict("The room is not on air."));
    }
    let seed = draw::seed();
    let row = GiveawayRow {
        id: GiveawayId(Uuid::now_v7().simple().to_string()),
        session: session.clone(),
        prize,
        entry: new.entry,
        winners: i64::from(new.winners),
        opened_at: actor.now,
        closes_at: actor.now.plus_ms(i64::from(new.open_s) * 1000),
        seed_hash: draw::hash(&seed),
        seed,
        state: GiveawayState::Open,
        entries: 0,
    };
    if !store::insert(conn, &row).await? {
        return Err(conflict(
            "A giveaway is open in this room. Wait until it is drawn.",
        ));
    }
    tell(conn, &mut change, &row).await?;
    let told = change.finish(conn).await?;
    Ok((row, told))
}

/// Somebody enters, once; entering again answers the same entry.
pub async fn enter(
    conn: &mut Conn,
    room: &SessionRow,
    id: &GiveawayId,
    who: &UserId,
    now: contract::Timestamp,
) -> Result<GiveawayEntered, AppError> {
    let row = find_in(conn, &room.id, id).await?;
    if row.entry == GiveawayEntry::Spoke && !store::spoke(conn, &room.id, who).await? {
        return Err(AppError::refused(
            ErrorCode::NotEligible,
            "Say something in this room first, then enter.",
        ));
    }
    let Some(entries) = store::take_open(conn, id, now).await? else {
        return Err(conflict("The giveaway is closed."));
    };
    let number = match store::entry_of(conn, id, who).await? {
        Some(number) => number,
        None => store::add(conn, id, who, entries, now).await?,
    };
    let count = |n: i64| u32::try_from(n).map_err(AppError::internal);
    Ok(GiveawayEntered {
        entry: count(number)?,
        entries: count(entries.max(number))?,
    })
}

/// Draws a giveaway whose time is up: the hub says who is there.
pub async fn draw(
    conn: &mut Conn,
    id: &GiveawayId,
    hub: &Hub,
    actor: Actor<'_>,
) -> Result<Vec<Draft>, AppError> {
    let Some(mut row) = store::end(conn, id, GiveawayState::Drawn, Some(actor.now)).await? else {
        return Ok(Vec::new());
    };
    row.state = GiveawayState::Drawn;
    let there = hub.people(&row.session);
    let wanted = usize::try_from(row.winners).unwrap_or_default();
    let entrants = store::entrants(conn, id).await?;
    let won = draw::winners(&row.seed, entrants, wanted, |owner| there.contains(owner));
    for (place, winner) in (1_i64..).zip(&won) {
        store::set_place(conn, id, &winner.owner, place).await?;
    }
    let mut change = Change::begin(conn, &row.session, actor).await?;
    tell(conn, &mut change, &row).await?;
    let mut told = change.finish(conn).await?;
    let notice = |owner: String| {
        let notice = Notice::GiveawayWon {
            live: row.session.clone(),
        };
        NewNotice::new(&UserId(owner), Both::new(&row.prize, &row.prize), notice)
    };
    let notices = won.into_iter().map(|winner| notice(winner.owner)).collect();
    told.extend(notices::add_all(conn, notices, actor.now).await?);
    Ok(told)
}

/// Ends the giveaway that is open in a session, if one is: nobody won. Answers it.
pub async fn call_off(conn: &mut Conn, session: &LiveId) -> Result<Option<GiveawayRow>, AppError> {
    let Some(id) = store::open_in(conn, session).await? else {
        return Ok(None);
    };
    let ended = store::end(conn, &id, GiveawayState::Void, None).await?;
    Ok(ended.map(|row| GiveawayRow {
        state: GiveawayState::Void,
        ..row
    }))
}

/// Says how a giveaway is now.
pub async fn tell(conn: &mut Conn, change: &mut Change, row: &GiveawayRow) -> Result<(), AppError> {
    let giveaway = store::shown(conn, row).await?;
    change.tell(LiveChange::Giveaway { giveaway });
    Ok(())
}

async fn find_in(
    conn: &mut Conn,
    session: &LiveId,
    id: &GiveawayId,
) -> Result<GiveawayRow, AppError> {
    store::find(conn, id)
        .await?
        .filter(|row| row.session == *session)
        .ok_or_else(|| AppError::not_found("giveaway"))
}
