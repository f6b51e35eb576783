//! What a basket costs by the server's own prices (rules.md 3.0-1), for quotes and for orders alike.
//!
//! `basket` sums and prices the lines, `shipping` says which ways are open and what they cost by how far `geo` says it is, `store`
//! reads what both need, `view` turns the result into the words of the API.

pub mod basket;
pub mod geo;
pub mod shipping;
mod store;
mod view;

use contract::fulfilment::FulfilmentChoice;
use contract::promotions::PromotionKind;
use contract::quote::BasketLine;
use contract::{CouponId, Money, PromotionId, Timestamp, UserId};
use promotions::{Exclusive, Funding, TimeZone};

use crate::campaigns::reckon;
use crate::db::Conn;
use crate::preview::Preview;
use crate::words::Both;
use crate::{AppError, AppState};
use basket::{Basket, Wanted};
use shipping::{CarrierTerms, Target, Way};

pub use store::{AddressRow, PointRow, goods as find_goods, goods_of};

/// What a basket costs and the ways to get it.
#[derive(Clone, Debug)]
pub struct Priced {
    /// The lines, one a SKU.
    pub basket: Basket,
    /// Every way, open or not.
    pub ways: Vec<Way>,
    /// The way that was chosen, with what is known of where it leads.
    pub chosen: Option<(Way, Place)>,
    /// Goods and, once a way was chosen, shipping.
    pub total: Money,
}

/// Where the chosen way leads.
#[derive(Clone, Debug)]
pub enum Place {
    /// Not said yet.
    Open,
    /// A pick-up point.
    Point(PointRow),
    /// An entry of the buyer's address book.
    Address(AddressRow),
}

impl Priced {
    /// Nothing stands in the way of ordering exactly this.
    pub fn orderable(&self) -> bool {
        self.basket.is_clean()
            && self
                .chosen
                .as_ref()
                .is_none_or(|(way, _)| way.obstacle.is_none())
    }
}

/// What one line costs and allows where it is not bought at the shop's own terms.
#[derive(Clone, Debug)]
pub struct Special {
    /// Price of one.
    pub price: Money,
    /// How many can be bought at it, at most.
    pub available: u32,
    /// How many one order may hold.
    pub limit: u32,
    /// `available` is kept apart from the shop's stock, which then says nothing about it.
    pub apart: bool,
    /// What the price is of, and who pays for it (M1).
    pub activity: Exclusive,
}

impl Special {
    /// The activity in words.
    pub fn title(&self) -> Both {
        match self.activity.kind {
            PromotionKind::LiveFlash => Both::new("直播秒杀", "Live flash price"),
            _ => Both::new("拼团价", "Group price"),
        }
    }
}

/// A group-buy or a live flash price, for the promotions and the books; `more` says that coupons come on top (G14).
pub fn activity(id: &str, kind: PromotionKind, funding: Funding, more: bool) -> Exclusive {
    Exclusive {
        id: PromotionId(id.to_owned()),
        kind,
        price: 0,
        funding,
        more,
    }
}

/// Who asks for a price, when, and with what.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Who buys; nobody for guests.
    pub buyer: Option<&'a UserId>,
    /// Coupons that are shown.
    pub coupons: &'a [CouponId],
    /// What the carrier takes.
    pub carrier: CarrierTerms,
    /// The shop's time zone.
    pub zone: &'a TimeZone,
    /// The moment that prices are of.
    pub now: Timestamp,
    /// The preview that asks.
    pub preview: Option<&'a Preview>,
}

impl<'a> Asking<'a> {
    /// Somebody without coupons, at a moment.
    pub fn of(state: &'a AppState, buyer: Option<&'a UserId>, now: Timestamp) -> Self {
        Self {
            buyer,
            coupons: &[],
            carrier: CarrierTerms::of(&state.config),
            zone: &state.config.zone,
            now,
            preview: None,
        }
    }

    /// The same with coupons.
    pub fn with(self, coupons: &'a [CouponId]) -> Self {
        Self { coupons, ..self }
    }
}

/// Prices one line at special terms; else as [`price`].
pub async fn price_special(
    conn: &mut Conn,
    line: &BasketLine,
    special: &Special,
    choice: Option<&FulfilmentChoice>,
    asking: &Asking<'_>,
) -> Result<Priced, AppError> {
    let wanted = basket::sum_lines(std::slice::from_ref(line))?;
    let found = look_up(conn, wanted).await?;
    price_found(conn, found, Some(special), choice, asking).await
}

/// Prices `lines` for a buyer, who may be a guest. Fails when the choice names a point or an address that
/// does not exist or is another's.
pub async fn price(
    conn: &mut Conn,
    lines: &[BasketLine],
    choice: Option<&FulfilmentChoice>,
    asking: &Asking<'_>,
) -> Result<Priced, AppError> {
    let wanted = basket::sum_lines(lines)?;
    let found = look_up(conn, wanted).await?;
    price_found(conn, found, None, choice, asking).await
}

async fn price_found(
    conn: &mut Conn,
    mut found: Vec<(Wanted, Option<basket::Goods>)>,
    special: Option<&Special>,
    choice: Option<&FulfilmentChoice>,
    asking: &Asking<'_>,
) -> Result<Priced, AppError> {
    let reckoned = reckon::reckon(conn, &mut found, special, asking).await?;
    let basket = Basket::price(found, reckoned)?;
    let place = match choice {
        Some(choice) => find_place(conn, choice, asking.buyer).await?,
        None => Place::Open,
    };
    let ways = ways(conn, &basket, asking.carrier, &place).await?;
    let chosen = choice.and_then(|choice| {
        let way = ways.iter().find(|way| way.kind == choice.kind())?;
        Some((way.clone(), place))
    });
    let goods = basket.to_pay()?;
    let total = match &chosen {
        Some((way, _)) => goods.checked_add(way.fee)?,
        None => goods,
    };
    Ok(Priced {
        basket,
        ways,
        chosen,
        total,
    })
}

async fn look_up(
    conn: &mut Conn,
    wanted: Vec<Wanted>,
) -> Result<Vec<(Wanted, Option<basket::Goods>)>, AppError> {
    let mut found = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        let goods = store::goods(conn, &wanted.sku).await?;
        found.push((wanted, goods));
    }
    Ok(found)
}

async fn find_place(
    conn: &mut Conn,
    choice: &FulfilmentChoice,
    buyer: Option<&UserId>,
) -> Result<Place, AppError> {
    match (choice, buyer) {
        (FulfilmentChoice::Pickup { point, .. }, _) => store::pickup_point(conn, point)
            .await?
            .map(Place::Point)
            .ok_or_else(|| AppError::field("fulfilment.point", "no such pick-up point")),
        (
            FulfilmentChoice::LocalDelivery { address: Some(id) }
            | FulfilmentChoice::Ship { address: Some(id) },
            Some(buyer),
        ) => store::address(conn, id, buyer)
            .await?
            .map(Place::Address)
            .ok_or_else(|| AppError::field("fulfilment.address", "no such address")),
        _ => Ok(Place::Open),
    }
}

async fn ways(
    conn: &mut Conn,
    basket: &Basket,
    carrier: CarrierTerms,
    place: &Place,
) -> Result<Vec<Way>, AppError> {
    let target = match place {
        Place::Open => Target::Unknown,
        Place::Point(point) => Target::Point(&point.terms),
        Place::Address(address) => Target::Home(address.community),
    };
    let arrives = store::earliest_arrival(conn).await?;
    Ok(shipping::ways(basket, carrier, &target, &arrives)?)
}
