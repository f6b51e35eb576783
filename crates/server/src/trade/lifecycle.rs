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
    /// The shop gives back what was paid.
    GivenBack,
    /// Every refund of the order has succeeded.
    RefundsDone,
    /// The buyer has the goods, or said nothing for so long that it counts as that.
    Received,
    /// Money arrived for a seat, and the seat sits in a forming group (rules.md G7, G8).
    SeatPaid,
    /// Money arrived for a seat that was given back, and there is no other for it (G8).
    SeatLost(OrderEndReason),
    /// The group of an unpaid seat is over.
    SeatGone,
    /// The group of a paid seat is complete (G7).
    GroupSucceeded,
    /// The group of a paid seat ended unfilled (G9).
    GroupFailed,
    /// The buyer leaves a forming group (G11).
    SeatLeft,
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
    /// Released goods were taken again and are held; done before the step, because it may fail.
    Reheld,
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
    /// Whether it is paid but its group still forms: its goods stay held, and nothing is handed out (G11).
    pub forming: bool,
}

/// The step that `cause` makes from `state`; `None` when that state does not allow it
/// (rules.md 3.0-3, 3.0-6, F3 to F5). `forming` says of a paid order that its group still forms.
pub fn step(state: OrderState, forming: bool, cause: Cause) -> Option<Step> {
    if forming {
        return step_of_forming(state, cause);
    }
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
            forming: matches!(cause, Cause::SeatPaid),
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
        (S::Paid, Cause::Received) => {
            step(S::Received, None, StockMove::Keep, &[T::Received], false)
        }
        (S::Paid, Cause::GivenBack) => step(
            S::Refunding,
            Some(Why::GivenBack),
            StockMove::PutBack,
            &[T::RefundStarted],
            true,
        ),
        // The goods are with the buyer: what comes back of them is looked at first (F5).
        (S::Received, Cause::GivenBack) => step(
            S::Refunding,
            Some(Why::GivenBack),
            StockMove::Keep,
            &[T::RefundStarted],
            true,
        ),
        (S::Refunding, Cause::RefundsDone) => {
            step(S::Refunded, None, StockMove::Keep, &[T::Refunded], false)
        }
        (S::PendingPayment, Cause::SeatPaid) => {
            step(S::Paid, None, StockMove::Keep, &[T::Paid], false)
        }
        (S::PendingPayment, Cause::SeatGone) => step(
            S::Closed,
            Some(Why::GroupExpired),
            StockMove::Release,
            &[T::Closed],
            false,
        ),
        (S::Closed, Cause::SeatPaid) => step(
            S::Paid,
            None,
            StockMove::Reheld,
            &[T::Revived, T::Paid],
            false,
        ),
        (S::Closed, Cause::SeatLost(why)) => step(
            S::Refunding,
            Some(why),
            StockMove::Keep,
            &[T::RefundStarted],
            true,
        ),
        _ => None,
    }
}

/// While its group forms, a paid order changes with the group alone (G7, G9, G11).
fn step_of_forming(state: OrderState, cause: Cause) -> Option<Step> {
    let refund = |reason| Step {
        to: OrderState::Refunding,
        reason: Some(reason),
        stock: StockMove::Release,
        timeline: &[TimelineKind::RefundStarted],
        refund: true,
        forming: false,
    };
    match (state, cause) {
        (OrderState::Paid, Cause::GroupSucceeded) => Some(Step {
            to: OrderState::Paid,
            reason: None,
            stock: StockMove::Consume,
            timeline: &[TimelineKind::GroupCompleted],
            refund: false,
            forming: false,
        }),
        (OrderState::Paid, Cause::GroupFailed) => Some(refund(OrderEndReason::GroupExpired)),
        (OrderState::Paid, Cause::SeatLeft) => Some(refund(OrderEndReason::Cancelled)),
        _ => None,
    }
}

/// What the buyer can do with an order at `now`, both in milliseconds since 1970.
pub fn actions(state: OrderState, pay_by: i64, now: i64) -> Vec<OrderAction> {
    match state {
        OrderState::PendingPayment if now < pay_by => vec![OrderAction::Pay, OrderAction::Cancel],
        OrderState::PendingPayment => vec![OrderAction::Cancel],
        OrderState::Paid => vec![OrderAction::ConfirmReceipt, OrderAction::Cancel],
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

    const STATES: [OrderState; 6] = [
        OrderState::PendingPayment,
        OrderState::Paid,
        OrderState::Received,
        OrderState::Closed,
        OrderState::Refunding,
        OrderState::Refunded,
    ];
    const CAUSES: [Cause; 14] = [
        Cause::Captured,
        Cause::CapturedLate { restocked: true },
        Cause::CapturedLate { restocked: false },
        Cause::Cancelled,
        Cause::PayTimedOut,
        Cause::RefundsDone,
        Cause::SeatPaid,
        Cause::SeatLost(OrderEndReason::GroupFull),
        Cause::SeatGone,
        Cause::GroupSucceeded,
        Cause::GroupFailed,
        Cause::SeatLeft,
        Cause::Received,
        Cause::GivenBack,
    ];

    #[test]
    fn r3_0_3_exactly_seventeen_steps_exist() {
        let allowed = |forming| {
            let causes = |state: &OrderState| {
                let state = *state;
                CAUSES
                    .iter()
                    .filter_map(move |cause| step(state, forming, *cause))
            };
            STATES.iter().flat_map(causes).count()
        };
        assert_eq!((allowed(false), allowed(true)), (14, 3));
    }

    #[test]
    fn g11_while_its_group_forms_no_wish_of_the_buyer_moves_a_paid_order() {
        for cause in [
            Cause::Cancelled,
            Cause::PayTimedOut,
            Cause::Captured,
            Cause::RefundsDone,
            Cause::Received,
            Cause::GivenBack,
        ] {
            assert_eq!(step(OrderState::Paid, true, cause), None, "{cause:?}");
        }
    }

    #[test]
    fn r3_0_6_late_money_revives_the_order_or_goes_back_in_full() {
        let again = step(
            OrderState::Closed,
            false,
            Cause::CapturedLate { restocked: true },
        )
        .unwrap();
        assert_eq!(
            (again.to, again.refund, again.reason),
            (OrderState::Paid, false, None)
        );
        let gone = step(
            OrderState::Closed,
            false,
            Cause::CapturedLate { restocked: false },
        )
        .unwrap();
        assert_eq!((gone.to, gone.refund), (OrderState::Refunding, true));
        assert_eq!(gone.reason, Some(OrderEndReason::PaidTooLate));
    }

    #[test]
    fn inv_p2_only_a_refunding_order_becomes_refunded() {
        for state in STATES.into_iter().filter(|s| *s != OrderState::Refunding) {
            assert_eq!(step(state, false, Cause::RefundsDone), None, "{state:?}");
        }
    }

    #[test]
    fn only_a_paid_order_is_received_and_a_received_one_only_the_shop_gives_back() {
        for state in STATES {
            let received = step(state, false, Cause::Received).map(|step| step.to);
            let expected = (state == OrderState::Paid).then_some(OrderState::Received);
            assert_eq!(received, expected, "{state:?}");
        }
        for cause in CAUSES {
            let by_shop = cause == Cause::GivenBack;
            let moves = step(OrderState::Received, false, cause).is_some();
            assert_eq!(moves, by_shop, "{cause:?}");
        }
    }

    #[test]
    fn f5_goods_that_were_handed_over_are_not_on_sale_again_by_a_refund_alone() {
        let stock = |state| step(state, false, Cause::GivenBack).unwrap().stock;
        assert_eq!(stock(OrderState::Received), StockMove::Keep);
        assert_eq!(stock(OrderState::Paid), StockMove::PutBack);
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
            let (mut state, mut forming, mut held, mut sold) = (OrderState::PendingPayment, false, 1, 0);
            let mut kept_by_buyer = false;
            for cause in causes {
                let Some(taken) = step(state, forming, cause) else { continue };
                match taken.stock {
                    StockMove::Keep => {}
                    StockMove::Consume => { held -= 1; sold += 1; }
                    StockMove::Release => held -= 1,
                    StockMove::Retaken => sold += 1,
                    StockMove::Reheld => held += 1,
                    StockMove::PutBack => sold -= 1,
                }
                kept_by_buyer |= state == OrderState::Received && taken.stock == StockMove::Keep;
                (state, forming) = (taken.to, taken.forming);
                prop_assert_eq!(held, i32::from(state == OrderState::PendingPayment || forming));
                let stands = matches!(state, OrderState::Paid | OrderState::Received) && !forming;
                prop_assert_eq!(sold, i32::from(stands || kept_by_buyer));
            }
        }
    }
}
