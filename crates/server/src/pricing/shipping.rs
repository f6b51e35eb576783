//! Ways to get a basket: which are open, what they cost, when the goods come. Pure.

use contract::catalog::Storage;
use contract::fulfilment::{FulfilmentKind, FulfilmentObstacle};
use contract::{Money, MoneyError, StoreId};

use super::basket::{Basket, Goods};
use super::geo::{Geo, distance_m};
use crate::config::Config;
use crate::words::Both;

/// What the carrier takes for a parcel.
#[derive(Clone, Copy, Debug)]
pub struct CarrierTerms {
    /// For one parcel, in minor units of the basket's currency.
    pub fee_minor: i64,
    /// Goods worth at least this are sent free.
    pub free_from_minor: i64,
}

impl CarrierTerms {
    /// The terms that the server was started with.
    pub fn of(config: &Config) -> Self {
        Self {
            fee_minor: config.ship_fee,
            free_from_minor: config.ship_free_from,
        }
    }
}

/// How a store delivers to its neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTerms {
    /// Which store.
    pub store: StoreId,
    /// Where it is.
    pub place: Geo,
    /// How far it goes, in metres.
    pub radius_m: i64,
    /// How long it takes, in minutes.
    pub eta_min: i64,
    /// The least worth of goods it sets out for.
    pub min_order: Money,
    /// What it takes.
    pub fee: Money,
    /// Goods worth at least this are brought free.
    pub free_from: Money,
}

/// What is known of a pick-up point.
#[derive(Clone, Debug)]
pub struct PointTerms {
    /// How cold it can keep goods.
    pub storage: Vec<Storage>,
    /// When goods ordered now arrive there.
    pub arrives: Both,
}

/// Where the goods shall go.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// Not said yet: only what the goods themselves rule out is an obstacle.
    Unknown,
    /// A pick-up point.
    Point(&'a PointTerms),
    /// An address, with the place of its neighbourhood when the shop serves it.
    Home(Option<Geo>),
}

/// One way to get the basket.
#[derive(Clone, Debug)]
pub struct Way {
    /// Which.
    pub kind: FulfilmentKind,
    /// What it costs.
    pub fee: Money,
    /// When the goods come.
    pub promise: Both,
    /// Why it is not open.
    pub obstacle: Option<FulfilmentObstacle>,
}

/// Every way with its fee, promise and obstacle; `arrives` is the earliest arrival at any pick-up point.
/// Collecting is free; the carrier takes a flat fee up to a threshold; each store that brings goods takes
/// its own fee by its own threshold.
pub fn ways(
    basket: &Basket,
    carrier: CarrierTerms,
    target: &Target<'_>,
    arrives: &Both,
) -> Result<Vec<Way>, MoneyError> {
    Ok(vec![
        pickup(basket, target, arrives),
        local_delivery(basket, target)?,
        ship(basket, carrier),
    ])
}

fn pickup(basket: &Basket, target: &Target<'_>, arrives: &Both) -> Way {
    let (promise, too_warm) = match target {
        Target::Point(point) => (
            point.arrives.clone(),
            basket
                .bought()
                .any(|(_, goods)| !point.storage.contains(&goods.storage)),
        ),
        Target::Unknown | Target::Home(_) => (arrives.clone(), false),
    };
    Way {
        kind: FulfilmentKind::Pickup,
        fee: Money::zero(basket.goods_total.currency),
        promise,
        obstacle: not_for(basket, FulfilmentKind::Pickup)
            .or(too_warm.then_some(FulfilmentObstacle::NoColdStorage)),
    }
}

fn ship(basket: &Basket, carrier: CarrierTerms) -> Way {
    let goods = basket.to_pay().unwrap_or(basket.goods_total);
    let fee = if goods.minor >= carrier.free_from_minor {
        0
    } else {
        carrier.fee_minor
    };
    Way {
        kind: FulfilmentKind::Ship,
        fee: Money::new(fee, goods.currency),
        promise: Both::new("2–4 天送达", "In 2 to 4 days"),
        obstacle: not_for(basket, FulfilmentKind::Ship),
    }
}

fn local_delivery(basket: &Basket, target: &Target<'_>) -> Result<Way, MoneyError> {
    let errands = errands(basket)?;
    let mut fee = Money::zero(basket.goods_total.currency);
    let mut obstacle = not_for(basket, FulfilmentKind::LocalDelivery);
    for errand in &errands {
        fee = fee.checked_add(errand.fee())?;
        obstacle = obstacle.or_else(|| errand.obstacle(target));
    }
    let eta = errands.iter().map(|e| e.terms.eta_min).max().unwrap_or(0);
    Ok(Way {
        kind: FulfilmentKind::LocalDelivery,
        fee,
        promise: Both::new(
            format!("约 {eta} 分钟送达"),
            format!("In about {eta} minutes"),
        ),
        obstacle,
    })
}

/// What one store brings.
struct Errand<'a> {
    terms: &'a LocalTerms,
    worth: Money,
}

impl Errand<'_> {
    fn fee(&self) -> Money {
        if self.worth.minor >= self.terms.free_from.minor {
            Money::zero(self.worth.currency)
        } else {
            self.terms.fee
        }
    }

    fn obstacle(&self, target: &Target<'_>) -> Option<FulfilmentObstacle> {
        let out_of_range = match target {
            Target::Unknown | Target::Point(_) => false,
            Target::Home(None) => true,
            Target::Home(Some(home)) => {
                distance_m(*home, self.terms.place) > self.terms.radius_m as f64
            }
        };
        if out_of_range {
            Some(FulfilmentObstacle::OutOfRange)
        } else {
            (self.worth.minor < self.terms.min_order.minor)
                .then_some(FulfilmentObstacle::BelowMinimum)
        }
    }
}

fn errands(basket: &Basket) -> Result<Vec<Errand<'_>>, MoneyError> {
    let mut errands: Vec<Errand<'_>> = Vec::new();
    for (line, goods) in basket.bought() {
        let Some(terms) = &goods.local else { continue };
        match errands.iter_mut().find(|e| e.terms.store == terms.store) {
            Some(errand) => errand.worth = errand.worth.checked_add(line.pay)?,
            None => errands.push(Errand {
                terms,
                worth: line.pay,
            }),
        }
    }
    Ok(errands)
}

/// Something in the basket cannot be had this way.
fn not_for(basket: &Basket, kind: FulfilmentKind) -> Option<FulfilmentObstacle> {
    let fits = |goods: &Goods| {
        goods.kinds.contains(&kind)
            && (kind != FulfilmentKind::LocalDelivery || goods.local.is_some())
    };
    basket
        .bought()
        .any(|(_, goods)| !fits(goods))
        .then_some(FulfilmentObstacle::NotForSomeItems)
}

#[cfg(test)]
mod tests {
    use super::super::basket::tests::{basket, goods, yuan};
    use super::*;

    const CARRIER: CarrierTerms = CarrierTerms {
        fee_minor: 800,
        free_from_minor: 9900,
    };
    const STORE: Geo = Geo {
        lat_e6: 30_001_800,
        lng_e6: 120_002_100,
    };
    const NEAR: Geo = Geo {
        lat_e6: 30_001_500,
        lng_e6: 120_001_800,
    };
    const FAR: Geo = Geo {
        lat_e6: 30_041_000,
        lng_e6: 120_018_000,
    };

    fn delivered(price: i64, store: &str) -> Goods {
        let mut goods = goods(price);
        goods.kinds.push(FulfilmentKind::LocalDelivery);
        goods.local = Some(LocalTerms {
            store: store.into(),
            place: STORE,
            radius_m: 3000,
            eta_min: 30,
            min_order: yuan(1500),
            fee: yuan(300),
            free_from: yuan(3900),
        });
        goods
    }

    fn way(basket: &Basket, target: Target<'_>, kind: FulfilmentKind) -> Way {
        let soon = Both::new("次日", "Next day");
        let ways = ways(basket, CARRIER, &target, &soon).unwrap();
        ways.into_iter().find(|way| way.kind == kind).unwrap()
    }

    #[test]
    fn the_carrier_is_free_from_its_threshold_on() {
        let below = way(
            &basket([(1, goods(9899))]),
            Target::Unknown,
            FulfilmentKind::Ship,
        );
        assert_eq!((below.fee, below.obstacle), (yuan(800), None));
        let at = way(
            &basket([(1, goods(9900))]),
            Target::Unknown,
            FulfilmentKind::Ship,
        );
        assert_eq!(at.fee, yuan(0));
    }

    #[test]
    fn a_store_delivers_within_its_radius_for_its_fee() {
        let basket = basket([(1, delivered(2000, "s1"))]);
        let near = way(
            &basket,
            Target::Home(Some(NEAR)),
            FulfilmentKind::LocalDelivery,
        );
        assert_eq!((near.fee, near.obstacle), (yuan(300), None));
        let far = way(
            &basket,
            Target::Home(Some(FAR)),
            FulfilmentKind::LocalDelivery,
        );
        assert_eq!(far.obstacle, Some(FulfilmentObstacle::OutOfRange));
        let nowhere = way(&basket, Target::Home(None), FulfilmentKind::LocalDelivery);
        assert_eq!(nowhere.obstacle, Some(FulfilmentObstacle::OutOfRange));
    }

    #[test]
    fn each_store_keeps_its_own_minimum_and_threshold() {
        let two = basket([(1, delivered(3900, "s1")), (1, delivered(1499, "s2"))]);
        let way_two = way(&two, Target::Unknown, FulfilmentKind::LocalDelivery);
        assert_eq!(way_two.fee, yuan(300));
        assert_eq!(way_two.obstacle, Some(FulfilmentObstacle::BelowMinimum));
        let one = basket([(1, delivered(3900, "s1")), (1, delivered(1499, "s1"))]);
        let way_one = way(&one, Target::Unknown, FulfilmentKind::LocalDelivery);
        assert_eq!((way_one.fee, way_one.obstacle), (yuan(0), None));
    }

    #[test]
    fn a_way_is_closed_when_one_of_the_goods_cannot_go_it() {
        let mixed = basket([(1, goods(100)), (1, delivered(5000, "s1"))]);
        let local = way(&mixed, Target::Unknown, FulfilmentKind::LocalDelivery);
        assert_eq!(local.obstacle, Some(FulfilmentObstacle::NotForSomeItems));
    }

    #[test]
    fn a_point_without_cold_storage_takes_no_cold_goods() {
        let cold = basket([(
            1,
            Goods {
                storage: Storage::Frozen,
                ..goods(100)
            },
        )]);
        let mut point = PointTerms {
            storage: vec![Storage::Ambient],
            arrives: Both::new("次日 16:30", "16:30 next day"),
        };
        let warm = way(&cold, Target::Point(&point), FulfilmentKind::Pickup);
        assert_eq!(warm.obstacle, Some(FulfilmentObstacle::NoColdStorage));
        point.storage.push(Storage::Frozen);
        let fits = way(&cold, Target::Point(&point), FulfilmentKind::Pickup);
        assert_eq!((fits.obstacle, fits.fee), (None, yuan(0)));
        assert_eq!(fits.promise.en, "16:30 next day");
    }
}
