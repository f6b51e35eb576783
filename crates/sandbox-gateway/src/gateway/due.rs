//! What the gateway does by itself when its time has come: settle refunds and transfers, try callbacks.

use super::{Gateway, released};
use crate::callback::{self, Event};
use crate::clock::now_ms;
use crate::error::Refusal;
use crate::ledger::{
    Attempt, Delivery, DeliveryState, Fact, Kind, RefundState, RefundTerms, TransferState,
    TransferTerms,
};

/// The longest pause between two tries, in ms.
const LONGEST_PAUSE_MS: i64 = 60_000;
/// Tries before a callback is given up.
const TRIES: usize = 12;

impl Gateway {
    /// Settles the refunds whose time has come.
    pub(crate) fn settle_refunds(&self, now: i64) -> Result<(), Refusal> {
        let mut inner = self.lock();
        let ripe: Vec<RefundTerms> = inner
            .ledger
            .book()
            .refunds()
            .filter(|refund| refund.state == RefundState::Pending)
            .filter(|refund| refund.requested_at + self.pace.settle_ms <= now)
            .map(|refund| refund.terms.clone())
            .collect();
        for terms in ripe {
            let book = inner.ledger.book();
            let Some(payment) = book.payment(&terms.payment) else {
                continue;
            };
            let event = Event::of_refund(&terms, payment, now);
            let mut facts = vec![Fact::RefundSettled {
                refund: terms.refund,
            }];
            facts.extend(callback::deliveries_of(
                book,
                &event,
                &payment.terms.notify_url,
                now,
            ));
            self.commit(&mut inner, facts)?;
        }
        Ok(())
    }

    /// Ends the transfers whose time has come: they arrive, or come back under that switch.
    pub(crate) fn settle_transfers(&self, now: i64) -> Result<(), Refusal> {
        let mut inner = self.lock();
        let ripe: Vec<TransferTerms> = inner
            .ledger
            .book()
            .transfers()
            .filter(|transfer| transfer.state == TransferState::Pending)
            .filter(|transfer| transfer.requested_at + self.pace.settle_ms <= now)
            .map(|transfer| transfer.terms.clone())
            .collect();
        for terms in ripe {
            let book = inner.ledger.book();
            let state = if book.switches().fail_transfers {
                TransferState::Failed
            } else {
                TransferState::Succeeded
            };
            let event = Event::of_transfer(&terms, state, now);
            let mut facts = vec![Fact::TransferEnded {
                transfer: terms.transfer,
                state,
            }];
            facts.extend(callback::deliveries_of(
                book,
                &event,
                &terms.notify_url,
                now,
            ));
            self.commit(&mut inner, facts)?;
        }
        Ok(())
    }

    /// The deliveries to try now; they count as in flight until [`Gateway::tried`].
    pub(crate) fn take_due(&self, now: i64) -> Vec<Delivery> {
        let mut inner = self.lock();
        let due: Vec<Delivery> = inner
            .ledger
            .book()
            .deliveries()
            .filter(|delivery| matches!(delivery.state, DeliveryState::Due { at } if at <= now))
            .filter(|delivery| !inner.in_flight.contains(&delivery.number))
            .cloned()
            .collect();
        inner
            .in_flight
            .extend(due.iter().map(|delivery| delivery.number));
        due
    }

    /// Records what came of a try, and lets go what waited for it.
    pub(crate) fn tried(&self, number: u64, status: Option<u16>) -> Result<(), Refusal> {
        let now = now_ms();
        let mut inner = self.lock();
        inner.in_flight.remove(&number);
        let book = inner.ledger.book();
        let Some(delivery) = book.delivery(number) else {
            return Ok(());
        };
        let then = self.after_try(delivery, status, now);
        let mut facts = vec![Fact::CallbackTried {
            number,
            attempt: Attempt { at: now, status },
            then,
        }];
        if delivery.kind == Kind::True {
            facts.extend(released(book, now, |waiting| {
                waiting.state == DeliveryState::Held && waiting.number < number
            }));
        }
        self.commit(&mut inner, facts)
    }

    fn after_try(&self, delivery: &Delivery, status: Option<u16>, now: i64) -> DeliveryState {
        let tries = delivery.attempts.len() + 1;
        match status {
            Some(200..=299) => DeliveryState::Delivered,
            _ if delivery.kind != Kind::True || tries >= TRIES => DeliveryState::GivenUp,
            _ => {
                let doubled = self.pace.retry_ms.saturating_mul(1 << (tries - 1));
                DeliveryState::Due {
                    at: now + doubled.min(LONGEST_PAUSE_MS),
                }
            }
        }
    }

    /// When there is work to do next, in ms; `None` while nothing waits.
    pub(crate) fn next_work(&self) -> Option<i64> {
        let inner = self.lock();
        let book = inner.ledger.book();
        let sends = book
            .deliveries()
            .filter(|delivery| !inner.in_flight.contains(&delivery.number))
            .filter_map(|delivery| match delivery.state {
                DeliveryState::Due { at } => Some(at),
                _ => None,
            });
        let settlements = book
            .refunds()
            .filter(|refund| refund.state == RefundState::Pending)
            .map(|refund| refund.requested_at + self.pace.settle_ms);
        let transfers = book
            .transfers()
            .filter(|transfer| transfer.state == TransferState::Pending)
            .map(|transfer| transfer.requested_at + self.pace.settle_ms);
        sends.chain(settlements).chain(transfers).min()
    }

    /// Waits until a commit may have made new work.
    pub(crate) async fn new_work(&self) {
        self.work.notified().await;
    }
}
