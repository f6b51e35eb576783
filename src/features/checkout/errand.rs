//! What a checkout is for, as its address says it: the cart, one thing past it, a group's seat, or a flash price.

use contract::groups::{OnOverflow, Seat, SeatRequest};
use contract::live::FlashRequest;
use contract::orders::OrderRequest;
use contract::quote::BasketLine;
use contract::{ActivityId, FlashId, GroupId, LiveId, Quantity, SkuId};

/// What a checkout is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Errand {
    /// The chosen lines of the cart.
    Cart,
    /// One line past the cart.
    Now(BasketLine),
    /// A seat of a group: one line, never the cart (rules.md G5).
    Seat(Seat, BasketLine),
    /// A flash price of a live room: one line, never the cart (rules.md L4).
    Flash(LiveId, FlashId, BasketLine),
}

impl Errand {
    /// Of `/checkout?sku=…&n=…`; without a SKU it is the cart's.
    pub(super) fn of_checkout(sku: Option<String>, count: Option<String>) -> Self {
        line(sku, count).map_or(Self::Cart, Self::Now)
    }

    /// Of `/checkout/seat?activity=…|group=…&sku=…&n=…`; absent when the address says no seat.
    pub(super) fn of_seat(get: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let named = |key: &str| get(key).filter(|id| !id.is_empty());
        let join = || named("group").map(|id| Seat::Join { group: GroupId(id) });
        let open = || {
            named("activity").map(|id| Seat::Open {
                activity: ActivityId(id),
            })
        };
        let seat = join().or_else(open)?;
        Some(Self::Seat(seat, line(get("sku"), get("n"))?))
    }

    /// Of `/checkout/flash?live=…&flash=…&sku=…&n=…`; absent when the address says none.
    pub(super) fn of_flash(get: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let named = |key: &str| get(key).filter(|id| !id.is_empty());
        let (live, flash) = (named("live")?, named("flash")?);
        let line = line(get("sku"), get("n"))?;
        Some(Self::Flash(LiveId(live), FlashId(flash), line))
    }

    /// The one line that is bought; absent for the cart.
    pub(super) fn line(&self) -> Option<&BasketLine> {
        match self {
            Self::Cart => None,
            Self::Now(line) | Self::Seat(_, line) | Self::Flash(_, _, line) => Some(line),
        }
    }

    /// The seat, when it is one.
    pub(super) fn seat(&self) -> Option<&Seat> {
        match self {
            Self::Seat(seat, _) => Some(seat),
            Self::Cart | Self::Now(_) | Self::Flash(..) => None,
        }
    }

    /// The room and the flash price in it, when it is one.
    pub(super) fn flash(&self) -> Option<(&LiveId, &FlashId)> {
        match self {
            Self::Flash(live, flash, _) => Some((live, flash)),
            Self::Cart | Self::Now(_) | Self::Seat(..) => None,
        }
    }
}

fn line(sku: Option<String>, count: Option<String>) -> Option<BasketLine> {
    let sku = sku.filter(|sku| !sku.is_empty())?;
    let quantity = count
        .as_deref()
        .unwrap_or("1")
        .parse()
        .ok()
        .and_then(|n: u32| Quantity::try_from(n).ok())?;
    Some(BasketLine {
        sku: SkuId(sku),
        quantity,
    })
}

/// The request for a seat out of an order for its one line; absent when that is not what it holds (G5).
pub(super) fn seat_request(
    seat: Seat,
    on_overflow: OnOverflow,
    order: OrderRequest,
) -> Option<SeatRequest> {
    let [line] = <[BasketLine; 1]>::try_from(order.lines).ok()?;
    Some(SeatRequest {
        seat,
        sku: line.sku,
        quantity: line.quantity,
        on_overflow,
        fulfilment: order.fulfilment,
        remark: order.remark,
        expected_total: order.expected_total,
        coupons: order.coupons,
    })
}

/// The request for a flash price out of an order for its one line; absent when that is not what it holds.
pub(super) fn flash_request(ticket: String, order: OrderRequest) -> Option<FlashRequest> {
    let [line] = <[BasketLine; 1]>::try_from(order.lines).ok()?;
    Some(FlashRequest {
        quantity: line.quantity,
        fulfilment: order.fulfilment,
        remark: order.remark,
        expected_total: order.expected_total,
        ticket,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bought(sku: &str, n: u32) -> BasketLine {
        BasketLine {
            sku: sku.into(),
            quantity: Quantity::try_from(n).unwrap(),
        }
    }

    fn of_seat(pairs: &[(&str, &str)]) -> Option<Errand> {
        Errand::of_seat(|key| {
            let found = pairs.iter().find(|(name, _)| *name == key)?;
            Some(found.1.to_owned())
        })
    }

    #[test]
    fn an_address_without_a_sku_is_the_carts() {
        let of = |sku: Option<&str>, n: Option<&str>| {
            Errand::of_checkout(sku.map(Into::into), n.map(Into::into))
        };
        assert_eq!(of(Some("A"), Some("2")), Errand::Now(bought("A", 2)));
        assert_eq!(of(Some("A"), None), Errand::Now(bought("A", 1)));
        for (sku, n) in [
            (None, Some("2")),
            (Some(""), None),
            (Some("A"), Some("0")),
            (Some("A"), Some("-1")),
            (Some("A"), Some("9999999999")),
            (Some("A"), Some("x")),
        ] {
            assert_eq!(of(sku, n), Errand::Cart, "{sku:?} {n:?}");
        }
    }

    #[test]
    fn g5_a_seat_is_one_line_of_a_group_or_an_offer() {
        let join = Seat::Join { group: "g".into() };
        assert_eq!(
            of_seat(&[("group", "g"), ("sku", "A"), ("n", "2")]),
            Some(Errand::Seat(join, bought("A", 2)))
        );
        let open = Seat::Open {
            activity: "a".into(),
        };
        assert_eq!(
            of_seat(&[("activity", "a"), ("sku", "A")]),
            Some(Errand::Seat(open, bought("A", 1)))
        );
        assert_eq!(of_seat(&[("sku", "A")]), None, "no seat");
        assert_eq!(of_seat(&[("group", "g")]), None, "no goods");
        assert_eq!(of_seat(&[("group", ""), ("sku", "A")]), None);
    }

    #[test]
    fn l4_a_flash_price_is_one_line_of_a_room() {
        let of = |pairs: &[(&str, &str)]| {
            Errand::of_flash(|key| {
                let found = pairs.iter().find(|(name, _)| *name == key)?;
                Some(found.1.to_owned())
            })
        };
        assert_eq!(
            of(&[("live", "r"), ("flash", "f"), ("sku", "A"), ("n", "2")]),
            Some(Errand::Flash("r".into(), "f".into(), bought("A", 2)))
        );
        assert_eq!(of(&[("live", "r"), ("sku", "A")]), None);
        assert_eq!(of(&[("live", "r"), ("flash", "f")]), None);
    }

    #[test]
    fn g5_an_order_of_several_lines_is_no_seat() {
        let order = |lines: Vec<BasketLine>| OrderRequest {
            lines,
            fulfilment: contract::fulfilment::FulfilmentChoice::Ship { address: None },
            remark: "note".into(),
            expected_total: contract::Money {
                minor: 3990,
                currency: contract::Currency::CNY,
            },
            live: None,
            coupons: Vec::new(),
        };
        let seat = Seat::Join { group: "g".into() };
        let one = seat_request(
            seat.clone(),
            OnOverflow::AnyGroup,
            order(vec![bought("A", 2)]),
        )
        .unwrap();
        assert_eq!(
            (one.sku.as_str(), one.quantity.get(), one.remark.as_str()),
            ("A", 2, "note")
        );
        assert_eq!(one.on_overflow, OnOverflow::AnyGroup);
        let two = order(vec![bought("A", 1), bought("B", 1)]);
        assert_eq!(seat_request(seat, OnOverflow::Refund, two), None);
    }
}
