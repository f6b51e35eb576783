//! What a shopper decides at the checkout, and when it is enough for an order.

use contract::checkout::MAX_NAME;
use contract::fulfilment::{Contact, FulfilmentChoice, FulfilmentKind, FulfilmentOption};
use contract::orders::OrderRequest;
use contract::quote::{BasketLine, Quote, QuoteItem};
use contract::{AddressId, CouponId, Money, PickupPointId};

/// How the shopper thinks of getting the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Fetching them at a pick-up point.
    Collect,
    /// Having them brought: by the store's courier or by parcel.
    Deliver,
}

/// Everything decided so far. It outlives the page, so that leaving to write an address loses nothing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Draft {
    /// The way, once chosen; see [`Draft::way`] for what applies before.
    pub way: Option<Way>,
    /// The pick-up point.
    pub point: Option<PickupPointId>,
    /// Who collects.
    pub contact: Option<Contact>,
    /// Where to bring it.
    pub address: Option<AddressId>,
    /// Courier or parcel, once chosen.
    pub carrier: Option<FulfilmentKind>,
    /// The note to the shop.
    pub remark: String,
}

/// What an order still needs, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No way of getting these goods is open.
    Way,
    /// A pick-up point.
    Point,
    /// Who collects.
    Contact,
    /// An address.
    Address,
    /// Something in the basket cannot be bought as it is.
    Goods,
}

/// A line, or the shipping, whose price moved between two quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceMove {
    /// Title of the goods; absent for shipping.
    pub item: Option<Box<QuoteItem>>,
    /// What was shown.
    pub was: Money,
    /// What it is now.
    pub now: Money,
}

impl Way {
    /// The way that a kind of fulfilment belongs to.
    pub fn of(kind: FulfilmentKind) -> Self {
        match kind {
            FulfilmentKind::Pickup => Self::Collect,
            FulfilmentKind::LocalDelivery | FulfilmentKind::Ship => Self::Deliver,
        }
    }
}

impl Draft {
    /// The way that applies: the chosen one, else the first that is open, else the first offered.
    pub fn way(&self, options: &[FulfilmentOption]) -> Way {
        let open = options.iter().find(|option| option.obstacle.is_none());
        let first = || open.or(options.first()).map(|option| Way::of(option.kind));
        self.way.or_else(first).unwrap_or(Way::Collect)
    }

    /// The kind of fulfilment that applies: within a way the chosen one while it is open, else the
    /// first open one, else the first offered.
    pub fn kind(&self, options: &[FulfilmentOption]) -> Option<FulfilmentKind> {
        let way = self.way(options);
        let of_way = options.iter().filter(|o| Way::of(o.kind) == way);
        of_way
            .min_by_key(|o| (o.obstacle.is_some(), Some(o.kind) != self.carrier))
            .map(|option| option.kind)
    }

    /// What to ask a quote for; absent while a pick-up point is missing.
    pub fn choice(&self, options: &[FulfilmentOption]) -> Option<FulfilmentChoice> {
        Some(match self.kind(options)? {
            FulfilmentKind::Pickup => FulfilmentChoice::Pickup {
                point: self.point.clone()?,
                contact: self.contact.clone(),
            },
            FulfilmentKind::LocalDelivery => FulfilmentChoice::LocalDelivery {
                address: self.address.clone(),
            },
            FulfilmentKind::Ship => FulfilmentChoice::Ship {
                address: self.address.clone(),
            },
        })
    }

    /// The order, or the first thing that it still needs.
    ///
    /// # Errors
    /// [`Missing`] names what to ask for.
    pub fn order(&self, basket: &[BasketLine], quote: &Quote) -> Result<OrderRequest, Missing> {
        let kind = self.kind(&quote.options).ok_or(Missing::Way)?;
        match kind {
            FulfilmentKind::Pickup if self.point.is_none() => return Err(Missing::Point),
            FulfilmentKind::Pickup if self.contact.is_none() => return Err(Missing::Contact),
            FulfilmentKind::LocalDelivery | FulfilmentKind::Ship if self.address.is_none() => {
                return Err(Missing::Address);
            }
            _ => {}
        }
        let open = |o: &FulfilmentOption| o.kind == kind && o.obstacle.is_none();
        if !quote.options.iter().any(open) {
            return Err(Missing::Way);
        }
        if basket.is_empty() || !quote.orderable {
            return Err(Missing::Goods);
        }
        Ok(OrderRequest {
            lines: basket.to_vec(),
            fulfilment: self.choice(&quote.options).ok_or(Missing::Way)?,
            remark: self.remark.trim().to_owned(),
            expected_total: quote.total,
            live: None,
            coupons: Vec::new(),
        })
    }
}

/// The coupon that saves most by itself; none when none saves anything.
pub fn best_coupon(quote: &Quote) -> Option<CouponId> {
    let wallet = quote.promotions.wallet.iter();
    let saving = wallet.filter_map(|one| Some((one.saves?.minor, &one.coupon)));
    let best = saving
        .filter(|(saves, _)| *saves > 0)
        .max_by_key(|(saves, _)| *saves);
    best.map(|(_, coupon)| coupon.clone())
}

/// Whose price moved between the quote that the shopper saw and a newer one of the same basket. Fees
/// of different ways are not compared: choosing another way is the shopper's own move.
pub fn price_moves(seen: &Quote, now: &Quote, same_way: bool) -> Vec<PriceMove> {
    let line = |line: &contract::quote::QuoteLine| {
        let item = line.item.as_ref()?;
        let before = seen
            .lines
            .iter()
            .find(|old| old.sku == line.sku)?
            .item
            .as_ref()?;
        (before.unit_price != item.unit_price).then(|| PriceMove {
            was: before.unit_price,
            now: item.unit_price,
            item: Some(Box::new(item.clone())),
        })
    };
    let mut moves: Vec<_> = now.lines.iter().filter_map(line).collect();
    if let (true, Some(was), Some(fee)) = (same_way, seen.shipping_fee, now.shipping_fee)
        && was != fee
    {
        moves.push(PriceMove {
            item: None,
            was,
            now: fee,
        });
    }
    moves
}

/// A name and a phone number that the shop can use; absent when one of them cannot be meant.
pub fn contact(name: &str, phone: &str) -> Option<Contact> {
    let name = name.trim();
    let fits = (1..=MAX_NAME).contains(&name.chars().count());
    let phone = crate::stores::phone::normalise(phone)?;
    fits.then(|| Contact {
        name: name.to_owned(),
        phone,
    })
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
