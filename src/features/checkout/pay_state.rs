//! What the page says to which the cashier sends the shopper back. It never believes the browser:
//! only the shop's answer, which asks the gateway, decides (features.md 106).

use contract::ErrorCode;
use contract::orders::{OrderDetail, OrderEndReason, OrderState};

use crate::api::ApiError;

/// While the gateway does not answer, ask again this often, in milliseconds.
pub const ASK_AGAIN_MS: u32 = 3_000;
/// From this many questions without an answer on, the page says that it takes longer.
const PATIENCE: u32 = 3;

/// Where paying stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Paying {
    /// The gateway is being asked.
    Checking,
    /// The gateway cannot be asked right now; money may be on its way.
    Unknown,
    /// The order is paid.
    Paid,
    /// Nothing was taken, and the order can still be paid.
    NotPaid,
    /// The order has ended unpaid.
    Closed,
    /// Money arrived too late and goes back.
    Returned,
    /// The group was full when the money came, and it goes back (rules.md G8).
    GroupWasFull,
    /// The group ended unfilled, and the money goes back (rules.md G8, G9).
    GroupEnded,
    /// There is no such order, or it needs a sign-in: the page cannot tell.
    Failed(ApiError),
}

/// Where paying stands after the gateway was asked `questions` times, the last time with `answer`.
pub fn paying(answer: Option<&Result<OrderDetail, ApiError>>, questions: u32) -> Paying {
    match answer {
        None => Paying::Checking,
        Some(Ok(order)) => of_order(order),
        Some(Err(error)) if cannot_be_asked(error) => match questions {
            0..PATIENCE => Paying::Checking,
            _ => Paying::Unknown,
        },
        Some(Err(error)) => Paying::Failed(error.clone()),
    }
}

/// Whether asking again by itself makes sense.
pub fn ask_again(paying: &Paying) -> bool {
    matches!(paying, Paying::Checking | Paying::Unknown)
}

fn of_order(order: &OrderDetail) -> Paying {
    let why = order.timeline.iter().find_map(|entry| entry.reason);
    match order.card.state {
        OrderState::Paid | OrderState::Received => Paying::Paid,
        OrderState::PendingPayment => Paying::NotPaid,
        OrderState::Closed => Paying::Closed,
        OrderState::Refunding | OrderState::Refunded => match why {
            Some(OrderEndReason::PaidTooLate) => Paying::Returned,
            Some(OrderEndReason::GroupFull) => Paying::GroupWasFull,
            Some(OrderEndReason::GroupExpired) => Paying::GroupEnded,
            _ => Paying::Closed,
        },
    }
}

fn cannot_be_asked(error: &ApiError) -> bool {
    let busy = [
        ErrorCode::GatewayUnavailable,
        ErrorCode::RateLimited,
        ErrorCode::IdempotencyInProgress,
    ];
    match error {
        ApiError::Refused { status, body } => *status >= 500 || busy.contains(&body.code),
        ApiError::Offline | ApiError::Network | ApiError::Timeout | ApiError::Unreadable { .. } => {
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: ErrorCode) -> Result<OrderDetail, ApiError> {
        let body = contract::ApiError {
            code,
            message: String::new(),
            details: None,
            request_id: String::new(),
        };
        Err(ApiError::Refused {
            status,
            body: Box::new(body.into()),
        })
    }

    fn order(state: &str, reason: Option<&str>) -> Result<OrderDetail, ApiError> {
        let zero = serde_json::json!({"minor": 0, "currency": "CNY"});
        let mut entry = serde_json::json!({"kind": "placed", "at": 0});
        if let Some(reason) = reason {
            entry["reason"] = reason.into();
        }
        let json = serde_json::json!({
            "card": {"id": "o1", "state": state, "lines": [], "total": zero, "placed_at": 0, "pay_by": null},
            "goods_total": zero, "shipping_fee": zero, "refunded": zero,
            "destination": {"kind": "pickup", "place": "", "address": "",
                "contact": {"name": "", "phone": ""}, "promise": ""},
            "remark": "", "timeline": [entry], "actions": [], "pickup_code": null,
            "version": 1, "server_now": 0,
        });
        Ok(serde_json::from_value(json).unwrap())
    }

    #[test]
    fn nothing_is_said_before_the_shop_has_answered() {
        assert_eq!(paying(None, 0), Paying::Checking);
    }

    #[test]
    fn f106_only_the_shops_answer_makes_an_order_paid() {
        assert_eq!(paying(Some(&order("paid", None)), 1), Paying::Paid);
        assert_eq!(
            paying(Some(&order("pending_payment", None)), 1),
            Paying::NotPaid
        );
        assert_eq!(
            paying(Some(&order("closed", Some("pay_timeout"))), 1),
            Paying::Closed
        );
    }

    #[test]
    fn r3_0_6_money_that_came_too_late_is_said_to_go_back() {
        assert_eq!(
            paying(Some(&order("refunding", Some("paid_too_late"))), 1),
            Paying::Returned
        );
        assert_eq!(
            paying(Some(&order("refunded", Some("cancelled"))), 1),
            Paying::Closed
        );
    }

    #[test]
    fn g8_money_that_a_group_could_not_take_is_said_to_go_back_and_why() {
        assert_eq!(
            paying(Some(&order("refunding", Some("group_full"))), 1),
            Paying::GroupWasFull
        );
        assert_eq!(
            paying(Some(&order("refunded", Some("group_expired"))), 1),
            Paying::GroupEnded
        );
    }

    #[test]
    fn inv_p5_a_gateway_that_cannot_be_asked_leaves_it_open_and_is_asked_again() {
        for lost in [
            refused(503, ErrorCode::GatewayUnavailable),
            refused(429, ErrorCode::RateLimited),
            Err(ApiError::Timeout),
            Err(ApiError::Offline),
        ] {
            assert_eq!(paying(Some(&lost), 1), Paying::Checking);
            assert_eq!(paying(Some(&lost), PATIENCE), Paying::Unknown);
            assert!(ask_again(&paying(Some(&lost), 9)));
        }
    }

    #[test]
    fn an_order_that_is_not_there_is_not_asked_for_for_ever() {
        let gone = paying(Some(&refused(404, ErrorCode::NotFound)), 1);
        assert!(matches!(gone, Paying::Failed(_)));
        assert!(!ask_again(&gone));
    }
}
