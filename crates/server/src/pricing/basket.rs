//! Lines of a basket: summed by SKU, priced, and held against stock and limits. Pure.

use contract::cart::MAX_LINES;
use contract::catalog::{Picture, Storage};
use contract::fulfilment::FulfilmentKind;
use contract::quote::{BasketLine, LineIssue};
use contract::reviews::Rating;
use contract::{CategoryId, Currency, Money, MoneyError, ProductId, SkuId, StoreId};

use super::Special;
use super::shipping::LocalTerms;
use crate::AppError;
use crate::campaigns::Reckoned;
use crate::words::Both;

/// A SKU and how many of it the whole basket asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub sku: SkuId,
    /// How many, over all lines.
    pub quantity: u32,
}

/// A SKU as the shop knows it at this moment.
#[derive(Clone, Debug)]
pub struct Goods {
    /// The product.
    pub product: ProductId,
    /// Its category.
    pub category: CategoryId,
    /// What one costs the shop, minor units.
    pub cost: i64,
    /// Below this no promotion takes the price of one, minor units.
    pub floor: i64,
    /// Its word in URLs.
    pub slug: String,
    /// Its title.
    pub title: Both,
    /// The SKU in words.
    pub label: Both,
    /// What it looks like.
    pub picture: Option<Picture>,
    /// Who packs it.
    pub packer: Packer,
    /// Price of one.
    pub unit_price: Money,
    /// Former or reference price of one, when higher.
    pub list_price: Option<Money>,
    /// How many can be bought now.
    pub available: u32,
    /// How many one order may hold.
    pub limit: u32,
    /// Whether it is sold at all.
    pub on_sale: bool,
    /// How it must be kept.
    pub storage: Storage,
    /// The ways it can be had.
    pub kinds: Vec<FulfilmentKind>,
    /// How its store delivers, for goods that a store delivers.
    pub local: Option<LocalTerms>,
}

impl Goods {
    /// Makes one cost so much by a promotion; what it costs without stays as its reference price.
    pub fn reprice(&mut self, minor: i64) {
        let usual = self.list_price.unwrap_or(self.unit_price);
        self.list_price = (usual.minor > minor).then_some(usual);
        self.unit_price.minor = minor;
    }

    /// Puts special terms in the place of the shop's own; what the goods cost without them stays as their
    /// reference price.
    pub fn apply(&mut self, special: &Special) {
        self.reprice(special.price.minor);
        self.available = match special.apart {
            true => special.available,
            false => self.available.min(special.available),
        };
        self.limit = special.limit;
    }
}

/// Who packs goods: a store, or the brand itself where no store does.
#[derive(Clone, Debug)]
pub struct Packer {
    /// Its id.
    pub id: StoreId,
    /// Its name.
    pub name: Both,
    /// Its picture.
    pub avatar: Option<Picture>,
    /// Its stars.
    pub rating: Option<Rating>,
}

/// One SKU of the basket.
#[derive(Clone, Debug)]
pub struct PricedLine {
    /// What and how many.
    pub wanted: Wanted,
    /// Absent when the shop does not know the SKU.
    pub goods: Option<Goods>,
    /// Price of all of it; zero when the SKU is unknown.
    pub total: Money,
    /// What is paid for all of it, after what comes off the whole basket (rules.md 3.0-8).
    pub pay: Money,
    /// All of it at the shop's own price.
    pub list: Money,
    /// Why it cannot be bought as asked.
    pub issue: Option<LineIssue>,
}

/// A priced basket. Lines with an issue are in no sum.
#[derive(Clone, Debug)]
pub struct Basket {
    /// One a SKU, in the order asked for.
    pub lines: Vec<PricedLine>,
    /// All goods.
    pub goods_total: Money,
    /// What reference prices would have added.
    pub saved: Money,
    /// What comes off all goods.
    pub discount: Money,
    /// What the promotions say.
    pub reckoned: Reckoned,
}

/// Lines of one SKU become one (rules.md F1, inv.S5); the order of first mention stays.
pub fn sum_lines(lines: &[BasketLine]) -> Result<Vec<Wanted>, AppError> {
    if lines.is_empty() || lines.len() > MAX_LINES {
        let reason = format!("a basket holds 1 to {MAX_LINES} lines");
        return Err(AppError::field("lines", reason));
    }
    let mut sums: Vec<Wanted> = Vec::with_capacity(lines.len());
    for line in lines {
        let quantity = line.quantity.get();
        match sums.iter_mut().find(|sum| sum.sku == line.sku) {
            Some(sum) => sum.quantity = sum.quantity.saturating_add(quantity),
            None => sums.push(Wanted {
                sku: line.sku.clone(),
                quantity,
            }),
        }
    }
    Ok(sums)
}

/// Why `wanted` of these goods cannot be bought (rules.md 3.0-2, F1). Sold out speaks before the limit:
/// fewer would not help.
pub fn issue(wanted: u32, goods: Option<&Goods>) -> Option<LineIssue> {
    match goods {
        None => Some(LineIssue::Gone),
        Some(goods) if !goods.on_sale => Some(LineIssue::Gone),
        Some(goods) if goods.available == 0 => Some(LineIssue::SoldOut),
        Some(goods) if wanted > goods.limit => Some(LineIssue::OverLimit { limit: goods.limit }),
        Some(goods) if wanted > goods.available => Some(LineIssue::OnlyLeft {
            available: goods.available,
        }),
        Some(_) => None,
    }
}

impl Basket {
    /// Prices what was found, by what the promotions say of it (rules.md 3.0-1). All sums are checked: an amount too
    /// large is an error.
    pub fn price(
        found: Vec<(Wanted, Option<Goods>)>,
        reckoned: Reckoned,
    ) -> Result<Self, MoneyError> {
        let currency = found
            .iter()
            .find_map(|(_, goods)| Some(goods.as_ref()?.unit_price.currency))
            .unwrap_or(Currency::CNY);
        let zero = Money::zero(currency);
        let (mut goods_total, mut saved, mut discount) = (zero, zero, zero);
        let mut lines = Vec::with_capacity(found.len());
        for (wanted, goods) in found {
            let issue = issue(wanted.quantity, goods.as_ref());
            let total = match &goods {
                Some(goods) => goods.unit_price.checked_mul(wanted.quantity)?,
                None => zero,
            };
            let priced = reckoned.lines.get(&wanted.sku);
            let pay = priced.map_or(total, |line| Money::new(line.pay, currency));
            let list = priced.map_or(total, |line| Money::new(line.list, currency));
            if let (None, Some(goods)) = (&issue, &goods) {
                discount = discount.checked_add(total.checked_sub(pay)?)?;
                goods_total = goods_total.checked_add(total)?;
                if let Some(list_price) = goods.list_price {
                    let before = list_price.checked_mul(wanted.quantity)?;
                    saved = saved.checked_add(before.checked_sub(total)?)?;
                }
            }
            lines.push(PricedLine {
                wanted,
                goods,
                total,
                pay,
                list,
                issue,
            });
        }
        Ok(Self {
            lines,
            goods_total,
            saved,
            discount,
            reckoned,
        })
    }

    /// What is paid for all goods.
    pub fn to_pay(&self) -> Result<Money, MoneyError> {
        self.goods_total.checked_sub(self.discount)
    }

    /// Every line can be bought as asked.
    pub fn is_clean(&self) -> bool {
        self.lines.iter().all(|line| line.issue.is_none())
    }

    /// The goods that can be bought as asked, with the price of all of each line.
    pub fn bought(&self) -> impl Iterator<Item = (&PricedLine, &Goods)> {
        self.lines
            .iter()
            .filter(|line| line.issue.is_none())
            .filter_map(|line| Some((line, line.goods.as_ref()?)))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use contract::Quantity;
    use proptest::prelude::*;

    pub fn yuan(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    pub fn goods(price: i64) -> Goods {
        Goods {
            product: "p1".into(),
            category: "fruit".into(),
            cost: 0,
            floor: 0,
            slug: "pear".to_owned(),
            title: Both::new("梨", "Pear"),
            label: Both::new("一个", "One"),
            picture: None,
            packer: Packer {
                id: "s1".into(),
                name: Both::new("店", "Store"),
                avatar: None,
                rating: None,
            },
            unit_price: yuan(price),
            list_price: None,
            available: 10,
            limit: 5,
            on_sale: true,
            storage: Storage::Ambient,
            kinds: vec![FulfilmentKind::Pickup, FulfilmentKind::Ship],
            local: None,
        }
    }

    pub fn basket(goods: impl IntoIterator<Item = (u32, Goods)>) -> Basket {
        let found = goods.into_iter().enumerate().map(|(n, (quantity, goods))| {
            let sku = format!("sku-{n}").into();
            (Wanted { sku, quantity }, Some(goods))
        });
        Basket::price(found.collect(), Reckoned::default()).unwrap()
    }

    fn line(sku: &str, quantity: u32) -> BasketLine {
        BasketLine {
            sku: sku.into(),
            quantity: Quantity::try_from(quantity).unwrap(),
        }
    }

    #[test]
    fn f1_lines_of_one_sku_are_summed_in_the_order_of_first_mention() {
        let sums = sum_lines(&[line("b", 2), line("a", 1), line("b", 3)]).unwrap();
        let sums: Vec<_> = sums.iter().map(|w| (w.sku.as_str(), w.quantity)).collect();
        assert_eq!(sums, [("b", 5), ("a", 1)]);
    }

    #[test]
    fn r3_0_2_an_empty_or_endless_basket_is_refused() {
        assert!(sum_lines(&[]).is_err());
        let many: Vec<_> = (0..=MAX_LINES).map(|n| line(&n.to_string(), 1)).collect();
        assert!(sum_lines(&many).is_err());
        assert!(sum_lines(many.get(1..).unwrap()).is_ok());
    }

    #[test]
    fn f1_a_line_is_held_against_stock_and_limit() {
        let pear = goods(100);
        assert_eq!(issue(5, Some(&pear)), None);
        assert_eq!(
            issue(6, Some(&pear)),
            Some(LineIssue::OverLimit { limit: 5 })
        );
        let few = Goods {
            available: 3,
            ..pear.clone()
        };
        assert_eq!(
            issue(4, Some(&few)),
            Some(LineIssue::OnlyLeft { available: 3 })
        );
        let none = Goods {
            available: 0,
            ..pear.clone()
        };
        assert_eq!(issue(99, Some(&none)), Some(LineIssue::SoldOut));
        let off = Goods {
            on_sale: false,
            ..pear
        };
        assert_eq!(issue(1, Some(&off)), Some(LineIssue::Gone));
        assert_eq!(issue(1, None), Some(LineIssue::Gone));
    }

    #[test]
    fn r3_0_1_lines_with_an_issue_are_in_no_sum() {
        let saved = Goods {
            list_price: Some(yuan(150)),
            ..goods(100)
        };
        let gone = Goods {
            on_sale: false,
            ..goods(999)
        };
        let basket = basket([(2, saved), (1, gone)]);
        assert_eq!((basket.goods_total, basket.saved), (yuan(200), yuan(100)));
        assert!(!basket.is_clean());
        assert_eq!(basket.bought().count(), 1);
    }

    #[test]
    fn r3_0_1_an_amount_too_large_to_count_is_an_error() {
        let wanted = Wanted {
            sku: "x".into(),
            quantity: 2,
        };
        let found = vec![(wanted, Some(goods(i64::MAX)))];
        assert!(Basket::price(found, Reckoned::default()).is_err());
    }

    proptest! {
        #[test]
        fn r3_0_1_the_total_is_the_sum_of_the_lines_and_never_negative(
            prices in prop::collection::vec((0i64..1_000_000, 1u32..=5), 1..20)
        ) {
            let expected: i64 = prices.iter().map(|(price, n)| price * i64::from(*n)).sum();
            let basket = basket(prices.into_iter().map(|(price, n)| (n, goods(price))));
            prop_assert_eq!(basket.goods_total, yuan(expected));
            let lines: i64 = basket.lines.iter().map(|line| line.total.minor).sum();
            prop_assert_eq!(lines, expected);
        }
    }
}
