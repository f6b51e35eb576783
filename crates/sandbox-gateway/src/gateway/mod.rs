//! What the gateway does when it is asked: each command checks the book, then commits the facts that follow
//! from it. What it does by itself is in `due`.

mod due;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::callback::{self, Event, EventKind};
use crate::clock::now_ms;
use crate::error::Refusal;
use crate::ledger::{
    Book, Delivery, DeliveryState, Fact, Ledger, Payment, PaymentState, Refund, RefundState,
    RefundTerms, Terms, Transfer, TransferState, TransferTerms,
};
use crate::switches::Switches;

/// How fast things go; tests are in a hurry.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long a refund or a transfer takes, in ms.
    pub settle_ms: i64,
    /// The pause after the first failed try, in ms; it doubles with each try.
    pub retry_ms: i64,
}

/// The gateway.
pub struct Gateway {
    inner: Mutex<Inner>,
    work: Notify,
    pace: Pace,
}

struct Inner {
    ledger: Ledger,
    /// Deliveries that are being tried at this moment.
    in_flight: BTreeSet<u64>,
}

/// Whether a request with a merchant's id was the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The first.
    First,
    /// A repetition; nothing changed.
    Again,
}

/// What a payer, or the control surface for one, decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Pays.
    Pay,
    /// Says no.
    Decline,
}

impl Gateway {
    /// A gateway on an open ledger.
    pub fn new(ledger: Ledger, pace: Pace) -> Self {
        let inner = Inner {
            ledger,
            in_flight: BTreeSet::new(),
        };
        Self {
            inner: Mutex::new(inner),
            work: Notify::new(),
            pace,
        }
    }

    /// Looks something up in the book.
    pub fn read<T>(&self, look: impl FnOnce(&Book) -> T) -> T {
        look(self.lock().ledger.book())
    }

    /// Creates a payment, once per merchant's id.
    pub fn create_payment(&self, terms: Terms) -> Result<(Payment, Asked), Refusal> {
        let now = now_ms();
        let mut inner = self.lock();
        if let Some(known) = inner.ledger.book().payment(&terms.payment) {
            return match known.terms == terms {
                true => Ok((known.clone(), Asked::Again)),
                false => Err(Refusal::Conflict("payment")),
            };
        }
        let payment = Payment {
            terms,
            token: format!("{:032x}", rand::random::<u128>()),
            created_at: now,
            state: PaymentState::Open,
            paid_at: None,
            instrument: None,
        };
        let mut facts = vec![Fact::PaymentCreated(payment.clone())];
        facts.extend(callback::forgeries_at_creation(
            inner.ledger.book(),
            &payment,
            now,
        ));
        self.commit(&mut inner, facts)?;
        Ok((payment, Asked::First))
    }

    /// Carries out the payer's decision. A payment is captured at most once; deciding the same again
    /// changes nothing.
    pub fn decide(&self, id: &str, decision: Decision) -> Result<Payment, Refusal> {
        self.carry_out(id, decision, None)
    }

    /// Pays by an instrument that is known.
    pub fn pay_by(&self, id: &str, instrument: Option<String>) -> Result<Payment, Refusal> {
        self.carry_out(id, Decision::Pay, instrument)
    }

    fn carry_out(
        &self,
        id: &str,
        decision: Decision,
        instrument: Option<String>,
    ) -> Result<Payment, Refusal> {
        let now = now_ms();
        let mut inner = self.lock();
        let book = inner.ledger.book();
        let payment = book.payment(id).ok_or(Refusal::NotFound("payment"))?;
        let state = payment.state_at(now);
        let (fact, kind) = match (decision, state) {
            (Decision::Pay, PaymentState::Paid) | (Decision::Decline, PaymentState::Declined) => {
                return Ok(payment.clone());
            }
            (Decision::Pay, state) if state == PaymentState::Open || late(book, state) => (
                Fact::Captured {
                    payment: id.to_owned(),
                    at: now,
                    instrument: instrument.clone(),
                },
                EventKind::PaymentPaid,
            ),
            (Decision::Decline, PaymentState::Open) => (
                Fact::Declined {
                    payment: id.to_owned(),
                },
                EventKind::PaymentDeclined,
            ),
            (_, state) => return Err(Refusal::WrongState(state.as_str())),
        };
        let mut event = Event::of_payment(kind, payment, now);
        event.data.instrument = instrument;
        let mut facts = vec![fact];
        facts.extend(callback::deliveries_of(
            book,
            &event,
            &payment.terms.notify_url,
            now,
        ));
        self.commit(&mut inner, facts)?;
        Self::known(&inner, id)
    }

    /// Closes a payment if it is still open, and says where it stands.
    pub fn close(&self, id: &str) -> Result<Payment, Refusal> {
        let mut inner = self.lock();
        if Self::known(&inner, id)?.state == PaymentState::Open {
            self.commit(
                &mut inner,
                vec![Fact::Closed {
                    payment: id.to_owned(),
                }],
            )?;
        }
        Self::known(&inner, id)
    }

    /// Takes in a refund, once per merchant's id. One that cannot be is recorded as failed.
    pub fn request_refund(&self, terms: RefundTerms) -> Result<(Refund, Asked), Refusal> {
        let mut inner = self.lock();
        let book = inner.ledger.book();
        if let Some(known) = book.refund(&terms.refund) {
            return match known.terms == terms {
                true => Ok((known.clone(), Asked::Again)),
                false => Err(Refusal::Conflict("refund")),
            };
        }
        let payment = book
            .payment(&terms.payment)
            .ok_or(Refusal::NotFound("payment"))?;
        let promised = book.refunded(&terms.payment, |state| state != RefundState::Failed);
        let captured = &payment.terms.amount;
        let possible = payment.state == PaymentState::Paid
            && terms.amount.currency == captured.currency
            && terms.amount.minor <= captured.minor.saturating_sub(promised);
        let refund = Refund {
            terms,
            state: if possible {
                RefundState::Pending
            } else {
                RefundState::Failed
            },
            requested_at: now_ms(),
        };
        self.commit(&mut inner, vec![Fact::RefundRequested(refund.clone())])?;
        Ok((refund, Asked::First))
    }

    /// Takes in a transfer, once per merchant's id.
    pub fn request_transfer(&self, terms: TransferTerms) -> Result<(Transfer, Asked), Refusal> {
        let mut inner = self.lock();
        if let Some(known) = inner.ledger.book().transfer(&terms.transfer) {
            return match known.terms == terms {
                true => Ok((known.clone(), Asked::Again)),
                false => Err(Refusal::Conflict("transfer")),
            };
        }
        let transfer = Transfer {
            terms,
            state: TransferState::Pending,
            requested_at: now_ms(),
        };
        self.commit(&mut inner, vec![Fact::TransferRequested(transfer.clone())])?;
        Ok((transfer, Asked::First))
    }

    /// Sets the switches. What was held back for reordering goes out when that switch is turned off.
    pub fn set_switches(&self, switches: Switches) -> Result<(), Refusal> {
        let mut inner = self.lock();
        let mut facts = Vec::new();
        if !switches.reorder {
            facts = released(inner.ledger.book(), now_ms(), |waiting| {
                waiting.state == DeliveryState::Held
            });
        }
        facts.push(Fact::SwitchesSet(switches));
        self.commit(&mut inner, facts)
    }

    /// Sends now what is held back, late or waiting for its next try; says how many.
    pub fn flush(&self) -> Result<usize, Refusal> {
        let now = now_ms();
        let mut inner = self.lock();
        let facts = released(inner.ledger.book(), now, |waiting| match waiting.state {
            DeliveryState::Held => true,
            DeliveryState::Due { at } => at > now,
            _ => false,
        });
        let count = facts.len();
        self.commit(&mut inner, facts)?;
        Ok(count)
    }

    fn commit(&self, inner: &mut Inner, facts: Vec<Fact>) -> Result<(), Refusal> {
        inner.ledger.commit(facts)?;
        self.work.notify_one();
        Ok(())
    }

    fn known(inner: &Inner, id: &str) -> Result<Payment, Refusal> {
        inner
            .ledger
            .book()
            .payment(id)
            .cloned()
            .ok_or(Refusal::NotFound("payment"))
    }

    /// Commands hold the lock while they write a line to the disk: the ledger has one order. A poisoned
    /// lock is taken over, because facts are applied only after they were written.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the bank's late word still takes the money of a payment in this state.
fn late(book: &Book, state: PaymentState) -> bool {
    state == PaymentState::Closed && book.switches().late_capture
}

fn released(book: &Book, now: i64, which: impl Fn(&Delivery) -> bool) -> Vec<Fact> {
    book.deliveries()
        .filter(|delivery| which(delivery))
        .map(|delivery| Fact::CallbackReleased {
            number: delivery.number,
            at: now,
        })
        .collect()
}
