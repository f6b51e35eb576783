//! The states of a group and of its seats, and every way between them, as pure functions.
//!
//! [`after`] moves a group's counters and state, [`seat_step`] a seat; the database only carries out what
//! they say, by updates that fail when the row is no longer what was read. Time only permits a change here,
//! the stored state decides it (inv.G4).

use contract::Timestamp;
use contract::groups::{GroupState, SeatState};

/// What a group's row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Where it stands.
    pub state: GroupState,
    /// Seats in all.
    pub size: i64,
    /// Seats paid.
    pub filled: i64,
    /// Seats held and not yet paid.
    pub reserved: i64,
    /// Seats that the store filled itself (G15).
    pub by_store: i64,
    /// When it ends unless filled.
    pub expires_at: Timestamp,
}

/// What can happen to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// A seat is taken until it is paid (G2).
    Hold,
    /// A held seat is paid (G7).
    PayHeld,
    /// Money came for a seat that was given back: it takes a free one, if there is (G8, inv.G6).
    PayLate,
    /// A held seat is given back unpaid.
    Release,
    /// Somebody who paid leaves (G11).
    Leave,
    /// Its time is up (G9); from how many paid seats on the store fills the rest itself, if ever (G15).
    Expire {
        /// `None`: never.
        virtual_min_real: Option<i64>,
    },
}

/// Why a group does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is complete or over.
    Ended,
    /// Every seat is taken.
    Full,
    /// Its time is not up yet.
    NotYet,
    /// There is no such seat: a fault of ours.
    NoSuchSeat,
}

impl Tally {
    /// A group whose first seat is paid (G1).
    pub fn opened(size: i64, expires_at: Timestamp) -> Self {
        Self {
            state: GroupState::Forming,
            size,
            filled: 1,
            reserved: 0,
            by_store: 0,
            expires_at,
        }
    }

    /// Seats that nobody has.
    pub fn free(&self) -> i64 {
        self.size - self.filled - self.reserved - self.by_store
    }

    /// Seats still to be paid.
    pub fn need(&self) -> i64 {
        match self.state {
            GroupState::Succeeded => 0,
            GroupState::Forming | GroupState::Failed => self.size - self.filled,
        }
    }

    /// Whether somebody can take a seat now: a refusal says why not.
    pub fn open_at(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.state != GroupState::Forming || now >= self.expires_at {
            Err(Refusal::Ended)
        } else if self.free() <= 0 {
            Err(Refusal::Full)
        } else {
            Ok(())
        }
    }
}

/// The group after a move (G2, G7 to G11, G15).
pub fn after(tally: Tally, step: Move, now: Timestamp) -> Result<Tally, Refusal> {
    let forming = tally.state == GroupState::Forming;
    match step {
        Move::Hold => {
            tally.open_at(now)?;
            Ok(Tally {
                reserved: tally.reserved + 1,
                ..tally
            })
        }
        Move::PayLate => {
            tally.open_at(now)?;
            Ok(filled(tally))
        }
        Move::PayHeld if !forming => Err(Refusal::Ended),
        Move::PayHeld => Ok(filled(released(tally)?)),
        Move::Release => released(tally),
        Move::Leave if !forming => Err(Refusal::Ended),
        Move::Leave => left(tally),
        Move::Expire { .. } if !forming => Err(Refusal::Ended),
        Move::Expire { .. } if now < tally.expires_at => Err(Refusal::NotYet),
        Move::Expire { virtual_min_real } => Ok(expired(tally, virtual_min_real)),
    }
}

/// One more seat is paid; the last one completes the group (G7).
fn filled(tally: Tally) -> Tally {
    let filled = tally.filled + 1;
    Tally {
        filled,
        state: if filled == tally.size {
            GroupState::Succeeded
        } else {
            tally.state
        },
        ..tally
    }
}

fn released(tally: Tally) -> Result<Tally, Refusal> {
    if tally.reserved <= 0 {
        return Err(Refusal::NoSuchSeat);
    }
    Ok(Tally {
        reserved: tally.reserved - 1,
        ..tally
    })
}

/// One who paid is gone; a group that nobody has paid for is over.
fn left(tally: Tally) -> Result<Tally, Refusal> {
    match tally.filled - 1 {
        filled if filled < 0 => Err(Refusal::NoSuchSeat),
        0 => Ok(Tally {
            state: GroupState::Failed,
            filled: 0,
            reserved: 0,
            ..tally
        }),
        filled => Ok(Tally { filled, ..tally }),
    }
}

fn expired(tally: Tally, virtual_min_real: Option<i64>) -> Tally {
    let by_store = virtual_min_real.is_some_and(|least| tally.filled >= least);
    if by_store {
        Tally {
            state: GroupState::Succeeded,
            reserved: 0,
            by_store: tally.size - tally.filled,
            ..tally
        }
    } else {
        Tally {
            state: GroupState::Failed,
            reserved: 0,
            ..tally
        }
    }
}

/// What can happen to a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatCause {
    /// Its order was paid, and it sits in a forming group.
    Paid,
    /// Its order closed unpaid, or its group ended before it was paid.
    Lost,
    /// Its group is complete.
    GroupSucceeded,
    /// What was paid for it goes back.
    MoneyBack,
    /// What was paid for it is back.
    RefundsDone,
}

/// The state of a seat after `cause`; `None` when its state does not allow that.
pub fn seat_step(state: SeatState, cause: SeatCause) -> Option<SeatState> {
    use SeatState as S;
    match (state, cause) {
        (S::Held | S::Released, SeatCause::Paid) => Some(S::Paid),
        (S::Held, SeatCause::Lost) => Some(S::Released),
        (S::Paid, SeatCause::GroupSucceeded) => Some(S::Confirmed),
        (S::Released | S::Paid | S::Confirmed, SeatCause::MoneyBack) => Some(S::RefundPending),
        (S::RefundPending, SeatCause::RefundsDone) => Some(S::Refunded),
        _ => None,
    }
}

/// Where the goods of a seat count in the quota of its offer (G13), as (reserved, sold) of one piece.
pub fn quota_counts(state: SeatState) -> (i64, i64) {
    match state {
        SeatState::Held | SeatState::Paid => (1, 0),
        SeatState::Confirmed => (0, 1),
        SeatState::Released | SeatState::RefundPending | SeatState::Refunded => (0, 0),
    }
}

/// Whether a seat counts against its owner's limit (G4): failed and refunded ones do not.
pub fn counts_for_limit(state: SeatState) -> bool {
    quota_counts(state) != (0, 0)
}

#[cfg(test)]
mod tests;
