//! One change of a session, from taking its row to its events: whatever changes in it gets the session's next
//! number, a line in its log and an event in the outbox, or none of the three (L1, L11).

use contract::live::{LiveChange, LiveEvent, LiveState, LiveTold};
use contract::{LiveId, Timestamp, UserId};

use super::lifecycle::{Cause, step};
use super::store::log::{self, Entry};
use super::store::session::{self, SessionRow};
use super::store::shelf;
use super::{conflict, giveaway, live_topic, not_on_shelf, sale};
use crate::AppError;
use crate::db::Conn;
use crate::outbox::{Draft, EVERYBODY, STAFF};

/// Who changes a session, when, and before how many.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// Who; the clock without.
    pub by: Option<&'a UserId>,
    /// How many watch.
    pub viewers: u64,
    /// When.
    pub now: Timestamp,
}

/// A change that is being made.
pub struct Change {
    /// The session as it is so far.
    pub row: SessionRow,
    taken_seq: i64,
    was: LiveState,
    by: String,
    viewers: i64,
    now: Timestamp,
    entries: Vec<Entry>,
}

impl Change {
    /// Takes the session's row until the transaction ends.
    pub async fn begin(conn: &mut Conn, id: &LiveId, actor: Actor<'_>) -> Result<Self, AppError> {
        let row = session::take(conn, id)
            .await?
            .ok_or_else(|| AppError::not_found("live room"))?;
        Ok(Self {
            taken_seq: row.seq,
            was: row.stand.state,
            by: actor.by.map_or_else(String::new, |user| user.0.clone()),
            viewers: i64::try_from(actor.viewers).unwrap_or(i64::MAX),
            now: actor.now,
            entries: Vec::new(),
            row,
        })
    }

    /// Says what changed.
    pub fn tell(&mut self, change: LiveChange) {
        self.row.seq += 1;
        self.entries.push(Entry {
            seq: self.row.seq,
            at: self.now,
            by: self.by.clone(),
            viewers: self.viewers,
            change,
        });
    }

    /// Takes the session one step on; a state that does not allow it is `LIVE_STATE_CONFLICT`.
    pub fn step(&mut self, cause: Cause) -> Result<(), AppError> {
        let to = step(self.row.stand, self.row.practice, cause)
            .ok_or_else(|| conflict("The room is not in a state for that. Load it again."))?;
        let state_changed = to.state != self.row.stand.state;
        self.row.stand = to;
        if to.state == LiveState::Live {
            self.row.live_at.get_or_insert(self.now);
        }
        if to.is_over() {
            self.row.ended_at.get_or_insert(self.now);
            if self.row.pinned.is_some() {
                (self.row.pinned, self.row.pinned_at) = (None, None);
                self.tell(LiveChange::Pin { number: None });
            }
        }
        if state_changed {
            self.tell(LiveChange::State { state: to.state });
        }
        Ok(())
    }

    /// Pins a number, or nothing: one command, whatever was pinned before; the same again changes nothing (L2).
    pub async fn pin(&mut self, conn: &mut Conn, number: Option<i64>) -> Result<(), AppError> {
        if self.row.pinned == number {
            return Ok(());
        }
        if let Some(number) = number {
            if !self.row.stand.on_air() {
                return Err(conflict("Nothing is pinned in a room that is not on air."));
            }
            if !shelf::is_listed(conn, &self.row.id, number).await? {
                return Err(not_on_shelf());
            }
            shelf::shown(conn, &self.row.id, number, self.now).await?;
        }
        self.row.pinned = number;
        self.row.pinned_at = number.map(|_| self.now);
        let number = number.and_then(|number| u32::try_from(number).ok());
        self.tell(LiveChange::Pin { number });
        Ok(())
    }

    /// Writes everything; answers the events to be told. Must be the last before the commit's own.
    pub async fn finish(self, conn: &mut Conn) -> Result<Vec<Draft>, AppError> {
        if !session::write(conn, &self.row, self.taken_seq, self.was).await? {
            return Err(AppError::Raced);
        }
        let mut drafts = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            log::insert(conn, &self.row.id, &entry).await?;
            drafts.push(draft(&self.row, entry));
        }
        Ok(drafts)
    }
}

/// What a rehearsal tells, only staff hears (L10).
pub fn audience(practice: bool) -> String {
    match practice {
        true => STAFF.to_owned(),
        false => EVERYBODY.to_owned(),
    }
}

fn draft(row: &SessionRow, entry: Entry) -> Draft {
    let event = LiveEvent {
        live: row.id.clone(),
        seq: entry.seq,
        change: entry.change,
    };
    Draft {
        topic: live_topic(&row.id),
        audience: audience(row.practice),
        at: entry.at,
        event: crate::outbox::Event::Live(LiveTold::LiveChanged(event)),
    }
}

/// Takes a session one step on, with its flash prices and its giveaway where the step ends it (L6, L9).
pub async fn advance(
    conn: &mut Conn,
    id: &LiveId,
    cause: Cause,
    actor: Actor<'_>,
) -> Result<Vec<Draft>, AppError> {
    let ends = matches!(
        cause,
        Cause::Ended | Cause::Banned | Cause::Cancelled | Cause::Missed
    );
    let stopped = match ends {
        true => sale::stop_all(conn, id, actor.now).await?,
        false => Vec::new(),
    };
    let called_off = match ends {
        true => giveaway::call_off(conn, id).await?,
        false => None,
    };
    let mut change = Change::begin(conn, id, actor).await?;
    for offer in stopped {
        change.tell(LiveChange::Flash { offer });
    }
    if let Some(row) = called_off {
        giveaway::tell(conn, &mut change, &row).await?;
    }
    change.step(cause)?;
    change.finish(conn).await
}
