//! What all facts add up to: every payment, refund and callback as it stands.

use std::collections::BTreeMap;

use super::{Delivery, DeliveryState, Fact, Payment, PaymentState, Refund, RefundState, Transfer};
use crate::switches::Switches;

/// The state of the gateway. It changes by facts alone.
#[derive(Default)]
pub struct Book {
    payments: BTreeMap<String, Payment>,
    tokens: BTreeMap<String, String>,
    refunds: BTreeMap<String, Refund>,
    transfers: BTreeMap<String, Transfer>,
    deliveries: BTreeMap<u64, Delivery>,
    switches: Switches,
}

impl Book {
    /// Takes in one fact. Facts about things it does not know change nothing.
    pub fn apply(&mut self, fact: Fact) {
        match fact {
            Fact::PaymentCreated(payment) => {
                let id = payment.terms.payment.clone();
                self.tokens.insert(payment.token.clone(), id.clone());
                self.payments.insert(id, payment);
            }
            Fact::Captured {
                payment,
                at,
                instrument,
            } => {
                if let Some(payment) = self.payments.get_mut(&payment) {
                    payment.state = PaymentState::Paid;
                    payment.paid_at = Some(at);
                    payment.instrument = instrument;
                }
            }
            Fact::Declined { payment } => self.set_state(&payment, PaymentState::Declined),
            Fact::Closed { payment } => self.set_state(&payment, PaymentState::Closed),
            Fact::RefundRequested(refund) => {
                self.refunds.insert(refund.terms.refund.clone(), refund);
            }
            Fact::RefundSettled { refund } => {
                if let Some(refund) = self.refunds.get_mut(&refund) {
                    refund.state = RefundState::Succeeded;
                }
            }
            Fact::TransferRequested(transfer) => {
                let id = transfer.terms.transfer.clone();
                self.transfers.insert(id, transfer);
            }
            Fact::TransferEnded { transfer, state } => {
                if let Some(transfer) = self.transfers.get_mut(&transfer) {
                    transfer.state = state;
                }
            }
            Fact::SwitchesSet(switches) => self.switches = switches,
            Fact::CallbackQueued(delivery) => {
                self.deliveries.insert(delivery.number, delivery);
            }
            Fact::CallbackTried {
                number,
                attempt,
                then,
            } => {
                if let Some(delivery) = self.deliveries.get_mut(&number) {
                    delivery.attempts.push(attempt);
                    delivery.state = then;
                }
            }
            Fact::CallbackReleased { number, at } => {
                if let Some(delivery) = self.deliveries.get_mut(&number) {
                    delivery.state = DeliveryState::Due { at };
                }
            }
        }
    }

    fn set_state(&mut self, payment: &str, state: PaymentState) {
        if let Some(payment) = self.payments.get_mut(payment) {
            payment.state = state;
        }
    }

    /// A payment by the merchant's id.
    pub fn payment(&self, id: &str) -> Option<&Payment> {
        self.payments.get(id)
    }

    /// A payment by the token of its cashier page.
    pub fn payment_of_page(&self, token: &str) -> Option<&Payment> {
        self.payments.get(self.tokens.get(token)?)
    }

    /// A refund by the merchant's id.
    pub fn refund(&self, id: &str) -> Option<&Refund> {
        self.refunds.get(id)
    }

    /// A transfer by the merchant's id.
    pub fn transfer(&self, id: &str) -> Option<&Transfer> {
        self.transfers.get(id)
    }

    /// Every transfer.
    pub fn transfers(&self) -> impl Iterator<Item = &Transfer> {
        self.transfers.values()
    }

    /// A callback by its number.
    pub fn delivery(&self, number: u64) -> Option<&Delivery> {
        self.deliveries.get(&number)
    }

    /// Every payment.
    pub fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payments.values()
    }

    /// Every refund.
    pub fn refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.values()
    }

    /// Every callback, oldest first.
    pub fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values()
    }

    /// The switches as last set.
    pub fn switches(&self) -> &Switches {
        &self.switches
    }

    /// The number that the next callback gets.
    pub fn next_delivery(&self) -> u64 {
        self.deliveries
            .last_key_value()
            .map_or(1, |(number, _)| number + 1)
    }

    /// Minor units of a payment given back in refunds that `count` accepts.
    pub fn refunded(&self, payment: &str, count: impl Fn(RefundState) -> bool) -> i64 {
        self.refunds
            .values()
            .filter(|refund| refund.terms.payment == payment && count(refund.state))
            .fold(0, |sum, refund| {
                sum.saturating_add(refund.terms.amount.minor)
            })
    }
}
