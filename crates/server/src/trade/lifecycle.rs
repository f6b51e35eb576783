//! The states of an order and every way between them, as one pure function.
//!
//! Stock moves with the state, so the same table says what an order does to its holds: that a hold ends
//! exactly once (inv.S3) can be read off here and is tested here.

use contract::orders::{OrderAction, OrderEndReason, OrderState, TimelineKind};

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Money arrived while the order awaited it.
    Captured,
    /// Money arrived after the order had closed; `restocked` says whether its goods could be had again.
    CapturedLate {
        /// Every line could be taken out of stock once more.
        restocked: bool,
    },
    /// The buyer cancels.
    Cancelled,
    /// The time to pay is over.
    PayTimedOut,
    /// Every refund of the order has succeeded.
    RefundsDone,
}

/// What a step does to the goods that the order holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockMove {
    /// Nothing.
    Keep,
    /// Held goods are sold.
    Consume,
    /// Held goods can be bought by others again.
    Release,
    /// Released goods were taken again and are sold; done before the step, because it may fail.
    Retaken,
    /// Sold goods go back on sale: they were never sent (rules.md F5).
    PutBack,
}

/// One step of an order: what its row, its goods and its timeline become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The state after it.
    pub to: OrderState,
    /// Why the order ended, when it did.
    pub reason: Option<OrderEndReason>,
    /// What happens to its goods.
    pub stock: StockMove,
    /// What its timeline gains, oldest first.
    pub timeline: &'static [TimelineKind],
    /// Whether what was captured goes back in full.
    pub refund: bool,
}

/// The step that `cause` makes from `state`; `None` when that state does not allow it
/// (rules.md 3.0-3, 3.0-6, F3 to F5).
pub fn step(state: OrderState, cause: Cause) -> Option<Step> {
    use OrderEndReason as Why;
    use OrderState as S;
    use TimelineKind as T;

    let step = |to, reason, stock, timeline, refund| {
        Some(Step {
            to,
            reason,
            stock,
            timeline,
            refund,
        })
    };
    match (state, cause) {
        (S::PendingPayment, Cause::Captured) => {
            step(S::Paid, None, StockMove::Consume, &[T::Paid], false)
        }
        (S::PendingPayment, Cause::Cancelled) => step(
            S::Closed,
            Some(Why::Cancelled),
            StockMove::Release,
            &[T::Closed],
            false,
        ),
        (S::PendingPayment, Cause::PayTimedOut) => step(
            S::Closed,
            Some(Why::PayTimeout),
            StockMove::Release,
            &[T::Closed],
            false,
        ),
        (S::Closed, Cause::CapturedLate { restocked: true }) => step(
            S::Paid,
            None,
            StockMove::Retaken,
            &[T::Revived, T::Paid],
            false,
        ),
        (S::Closed, Cause::CapturedLate { restocked: false }) => step(
            S::Refunding,
            Some(Why::PaidTooLate),
            StockMove::Keep,
            &[T::RefundStarted],
            true,
        ),
        (S::Paid, Cause::Cancelled) => step(
            S::Refunding,
            Some(Why::Cancelled),
            StockMove::PutBack,
            &[T::RefundStarted],
            true,
        ),
        (S::Refunding, Cause::RefundsDone) => {
            step(S::Refunded, None, StockMove::Keep, &[T::Refunded], false)
        }
        _ => None,
    }
}

/// What the buyer can do with an order at `now`, both in milliseconds since 1970.
pub fn actions(state: OrderState, pay_by: i64, now: i64) -> Vec<OrderAction> {
    match state {
        OrderState::PendingPayment if now < pay_by => vec![OrderAction::Pay, OrderAction::Cancel],
        OrderState::PendingPayment | OrderState::Paid => vec![OrderAction::Cancel],
        OrderState::Received
        | OrderState::Closed
        | OrderState::Refunding
        | OrderState::Refunded => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: [OrderState; 5] = [
        OrderState::PendingPayment,
        OrderState::Paid,
        OrderState::Closed,
        OrderState::Refunding,
        OrderState::Refunded,
    ];
    const CAUSES: [Cause; 6] = [
        Cause::Captured,
        Cause::CapturedLate { restocked: true },
        Cause::CapturedLate { restocked: false },
        Cause::Cancelled,
        Cause::PayTimedOut,
        Cause::RefundsDone,
    ];

    #[test]
    fn r3_0_3_exactly_seven_steps_exist() {
        let allowed = STATES
            .iter()
            .flat_map(|state| CAUSES.iter().filter_map(|cause| step(*state, *cause)))
            .count();
        assert_eq!(allowed, 7);
    }

    #[test]
    fn r3_0_6_late_money_revives_the_order_or_goes_back_in_full() {
        let again = step(OrderState::Closed, Cause::CapturedLate { restocked: true }).unwrap();
        assert_eq!(
            (again.to, again.refund, again.reason),
            (OrderState::Paid, false, None)
        );
        let gone = step(OrderState::Closed, Cause::CapturedLate { restocked: false }).unwrap();
        assert_eq!((gone.to, gone.refund), (OrderState::Refunding, true));
        assert_eq!(gone.reason, Some(OrderEndReason::PaidTooLate));
    }

    #[test]
    fn inv_p2_only_a_refunding_order_becomes_refunded() {
        for state in STATES.into_iter().filter(|s| *s != OrderState::Refunding) {
            assert_eq!(step(state, Cause::RefundsDone), None, "{state:?}");
        }
    }

    #[test]
    fn an_order_can_be_paid_only_before_its_deadline() {
        let pending = OrderState::PendingPayment;
        assert!(actions(pending, 10, 9).contains(&OrderAction::Pay));
        assert!(!actions(pending, 10, 10).contains(&OrderAction::Pay));
        assert!(actions(OrderState::Closed, 10, 9).is_empty());
    }

    proptest! {
        /// Whatever happens in whatever order, the goods are held, sold or free, and never two of these.
        #[test]
        fn inv_s3_every_hold_ends_once(causes in prop::collection::vec(prop::sample::select(&CAUSES[..]), 0..40)) {
            let (mut state, mut held, mut sold) = (OrderState::PendingPayment, 1, 0);
            for cause in causes {
                let Some(taken) = step(state, cause) else { continue };
                match taken.stock {
                    StockMove::Keep => {}
                    StockMove::Consume => { held -= 1; sold += 1; }
                    StockMove::Release => held -= 1,
                    StockMove::Retaken => sold += 1,
                    StockMove::PutBack => sold -= 1,
                }
                state = taken.to;
                prop_assert_eq!(held, i32::from(state == OrderState::PendingPayment));
                prop_assert_eq!(sold, i32::from(state == OrderState::Paid));
            }
        }
    }
}
