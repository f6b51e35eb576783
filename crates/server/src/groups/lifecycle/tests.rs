//! The states of groups against a sequential model, over random histories; and the proof that the
//! comparison finds what is wrong with a broken state machine.

use contract::Timestamp;
use contract::groups::{GroupState, SeatState};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// When the groups of these tests end.
const END: Timestamp = Timestamp(100);

type Step = fn(Tally, Move, Timestamp) -> Result<Tally, Refusal>;

/// What people and time do, in any order.
#[derive(Clone, Copy, Debug)]
enum Event {
    Hold,
    PayHeld,
    PayLate,
    Release,
    Leave,
    Expire(Option<i64>),
    Wait(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Hold),
        3 => Just(Event::PayHeld),
        2 => Just(Event::PayLate),
        2 => Just(Event::Release),
        1 => Just(Event::Leave),
        1 => proptest::option::of(1..4_i64).prop_map(Event::Expire),
        1 => (1..60_i64).prop_map(Event::Wait),
    ]
}

/// The sequential model: seats are things on a table, one after the other.
struct Model {
    size: usize,
    held: usize,
    paid: usize,
    by_store: usize,
    ends: Vec<GroupState>,
    now: Timestamp,
}

impl Model {
    fn open(&self) -> bool {
        self.ends.is_empty() && self.now < END && self.held + self.paid < self.size
    }

    fn pay(&mut self) -> bool {
        self.paid += 1;
        if self.paid == self.size {
            self.ends.push(GroupState::Succeeded);
        }
        true
    }

    /// Does what the event says, when that can be; tells whether it could.
    fn follow(&mut self, event: Event) -> bool {
        let forming = self.ends.is_empty();
        match event {
            Event::Hold if self.open() => self.held += 1,
            Event::PayLate if self.open() => return self.pay(),
            Event::PayHeld if forming && self.held > 0 => {
                self.held -= 1;
                return self.pay();
            }
            Event::Release if self.held > 0 => self.held -= 1,
            Event::Leave if forming && self.paid > 0 => {
                self.paid -= 1;
                if self.paid == 0 {
                    self.held = 0;
                    self.ends.push(GroupState::Failed);
                }
            }
            Event::Expire(least) if forming && self.now >= END => {
                self.held = 0;
                let completed = least.is_some_and(|least| self.paid as i64 >= least);
                self.by_store = if completed { self.size - self.paid } else { 0 };
                self.ends.push(if completed {
                    GroupState::Succeeded
                } else {
                    GroupState::Failed
                });
            }
            Event::Wait(ms) => self.now = self.now.plus_ms(ms),
            _ => return false,
        }
        true
    }
}

fn move_of(event: Event) -> Option<Move> {
    match event {
        Event::Hold => Some(Move::Hold),
        Event::PayHeld => Some(Move::PayHeld),
        Event::PayLate => Some(Move::PayLate),
        Event::Release => Some(Move::Release),
        Event::Leave => Some(Move::Leave),
        Event::Expire(virtual_min_real) => Some(Move::Expire { virtual_min_real }),
        Event::Wait(_) => None,
    }
}

/// Runs a history through a state machine and the model; the first difference is an error.
fn agrees(step: Step, size: i64, history: &[Event]) -> Result<(), TestCaseError> {
    let mut tally = Tally::opened(size, END);
    let mut model = Model {
        size: size as usize,
        held: 0,
        paid: 1,
        by_store: 0,
        ends: Vec::new(),
        now: Timestamp(0),
    };
    for event in history {
        let could = model.follow(*event);
        if let Some(step_) = move_of(*event) {
            match step(tally, step_, model.now) {
                Ok(next) => {
                    prop_assert!(could, "{event:?} from {tally:?}");
                    tally = next;
                }
                Err(refusal) => prop_assert!(!could, "{event:?} from {tally:?}: {refusal:?}"),
            }
        }
        let counted = (tally.reserved, tally.filled, tally.by_store);
        let there = (model.held as i64, model.paid as i64, model.by_store as i64);
        prop_assert_eq!(counted, there, "{:?}", event);
        prop_assert!(tally.filled + tally.reserved + tally.by_store <= size);
        prop_assert!(model.ends.len() <= 1, "one end (inv.G4)");
        let state = model.ends.last().copied().unwrap_or(GroupState::Forming);
        prop_assert_eq!(tally.state, state);
        let full = tally.filled + tally.by_store == size;
        prop_assert_eq!(tally.state == GroupState::Succeeded, full, "inv.G3");
    }
    Ok(())
}

fn compare(step: Step, cases: u32) -> Result<(), String> {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let histories = (2..5_i64, prop::collection::vec(event(), 0..40));
    TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    )
    .run(&histories, |(size, history)| agrees(step, size, &history))
    .map_err(|error| error.to_string())
}

#[test]
fn inv_g7_every_history_is_the_models() {
    compare(after, 4_000).unwrap();
}

/// State machines with one thing wrong each, as a slip of the pen would have it.
const BROKEN: &[(&str, Step)] = &[
    ("a seat too many is held", |tally, step, now| {
        let roomy = Tally {
            size: tally.size + 1,
            ..tally
        };
        match step {
            Move::Hold => after(roomy, step, now).map(|next| Tally {
                size: tally.size,
                ..next
            }),
            _ => after(tally, step, now),
        }
    }),
    (
        "late money is not checked for room",
        |tally, step, now| match step {
            Move::PayLate if tally.state == GroupState::Forming && now < tally.expires_at => {
                Ok(filled(tally))
            }
            _ => after(tally, step, now),
        },
    ),
    ("an ended group is joined", |tally, step, now| match step {
        Move::Hold => {
            let live = Tally {
                state: GroupState::Forming,
                ..tally
            };
            after(live, step, now).map(|next| Tally {
                state: tally.state,
                ..next
            })
        }
        _ => after(tally, step, now),
    }),
    (
        "joins are taken after the time is up",
        |tally, step, now| match step {
            Move::Hold | Move::PayLate => after(tally, step, Timestamp(0)),
            _ => after(tally, step, now),
        },
    ),
    ("a complete group expires", |tally, step, now| match step {
        Move::Expire { .. } if now >= tally.expires_at => Ok(expired(tally, None)),
        _ => after(tally, step, now),
    }),
    (
        "a group expires before its time",
        |tally, step, now| match step {
            Move::Expire { .. } => after(tally, step, now.max(tally.expires_at)),
            _ => after(tally, step, now),
        },
    ),
    (
        "paying leaves the seat held",
        |tally, step, now| match step {
            Move::PayHeld => after(tally, step, now).map(|next| Tally {
                reserved: tally.reserved,
                ..next
            }),
            _ => after(tally, step, now),
        },
    ),
    ("the last payment does not complete", |tally, step, now| {
        let state = tally.state;
        let next = after(tally, step, now)?;
        match step {
            Move::PayHeld | Move::PayLate => Ok(Tally { state, ..next }),
            _ => Ok(next),
        }
    }),
    ("a seat is released twice", |tally, step, now| match step {
        Move::Release => Ok(Tally {
            reserved: (tally.reserved - 2).max(0),
            ..tally
        }),
        _ => after(tally, step, now),
    }),
    ("the end keeps held seats", |tally, step, now| match step {
        Move::Expire { .. } => after(tally, step, now).map(|next| Tally {
            reserved: tally.reserved,
            ..next
        }),
        _ => after(tally, step, now),
    }),
    (
        "the store completes too early",
        |tally, step, now| match step {
            Move::Expire { virtual_min_real } => {
                let fewer = virtual_min_real.map(|least| least - 1);
                after(
                    tally,
                    Move::Expire {
                        virtual_min_real: fewer,
                    },
                    now,
                )
            }
            _ => after(tally, step, now),
        },
    ),
    (
        "a group without payers goes on",
        |tally, step, now| match step {
            Move::Leave => after(tally, step, now).map(|next| Tally {
                state: tally.state,
                ..next
            }),
            _ => after(tally, step, now),
        },
    ),
];

#[test]
fn the_comparison_finds_every_planted_bug() {
    for (what, broken) in BROKEN {
        let found = compare(*broken, 4_000);
        assert!(found.is_err(), "not found: {what}");
    }
}

const SEATS: [SeatState; 6] = [
    SeatState::Held,
    SeatState::Paid,
    SeatState::Confirmed,
    SeatState::Released,
    SeatState::RefundPending,
    SeatState::Refunded,
];
const CAUSES: [SeatCause; 5] = [
    SeatCause::Paid,
    SeatCause::Lost,
    SeatCause::GroupSucceeded,
    SeatCause::MoneyBack,
    SeatCause::RefundsDone,
];

#[test]
fn exactly_eight_steps_of_a_seat_exist_and_none_leaves_refunded() {
    let steps = |state: SeatState| {
        CAUSES
            .iter()
            .filter(|cause| seat_step(state, **cause).is_some())
            .count()
    };
    assert_eq!(SEATS.map(steps).iter().sum::<usize>(), 8);
    assert_eq!(steps(SeatState::Refunded), 0);
}

proptest! {
    /// Goods of a seat are held, sold or free, never two of these, and its owner's limit counts exactly those
    /// that are held or sold (G4, G13).
    #[test]
    fn g13_whatever_happens_a_seats_goods_count_once(causes in prop::collection::vec(prop::sample::select(&CAUSES[..]), 0..20)) {
        let mut state = SeatState::Held;
        let (mut paid, mut back) = (0, 0);
        for cause in causes {
            let Some(next) = seat_step(state, cause) else { continue };
            paid += i32::from(next == SeatState::Paid || (state == SeatState::Released && next == SeatState::RefundPending));
            back += i32::from(next == SeatState::RefundPending);
            state = next;
            let (reserved, sold) = quota_counts(state);
            prop_assert!(reserved + sold <= 1);
            prop_assert_eq!(counts_for_limit(state), reserved + sold == 1);
            prop_assert!(back <= paid, "no refund without money (inv.P2)");
            prop_assert!(paid <= 1, "a seat is paid for once");
        }
    }
}
