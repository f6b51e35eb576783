//! The cart held against a fresh quote (reliability.md B5): what each line costs now, what changed
//! since the shopper saw it, and what counts in the total until the shopper has decided.

use contract::catalog::StoreCard;
use contract::quote::{BasketLine, Quote, QuoteItem, QuoteLine};
use contract::{Currency, Money, Quantity, SkuId};

use super::document::{Cart, Edit};
use super::line::Line;

/// Why a line does not count until the shopper has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The shop does not sell it any more.
    Gone,
    /// None left.
    SoldOut,
    /// Fewer left than wanted.
    OnlyLeft(Quantity),
    /// More than one order may hold.
    OverLimit(Quantity),
    /// One costs more than when it was put in.
    Dearer {
        /// What the shopper saw.
        was: Money,
        /// By how much.
        by: Money,
    },
    /// One costs less than when it was put in.
    Cheaper {
        /// What the shopper saw.
        was: Money,
        /// By how much.
        by: Money,
    },
    /// It was seen in another currency.
    Repriced {
        /// What the shopper saw.
        was: Money,
    },
}

impl Concern {
    /// Nothing but taking the line out helps.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Gone | Self::SoldOut)
    }

    /// What the shopper's "yes" does to the line; absent when there is nothing to agree to.
    pub fn acceptance(self, row: &Row) -> Option<Edit> {
        match self {
            Self::Gone | Self::SoldOut => None,
            Self::OnlyLeft(most) | Self::OverLimit(most) => {
                Some(Edit::SetQuantity(row.sku.clone(), most))
            }
            Self::Dearer { .. } | Self::Cheaper { .. } | Self::Repriced { .. } => {
                let price = row.item.as_ref()?.unit_price;
                Some(Edit::AcceptPrice(row.sku.clone(), price))
            }
        }
    }
}

/// A line as the cart page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What.
    pub sku: SkuId,
    /// How many the shopper wants.
    pub quantity: Quantity,
    /// Whether it is ticked.
    pub chosen: bool,
    /// What the shop says about it; absent until it was asked, and when the shop does not sell it.
    pub item: Option<QuoteItem>,
    /// What the shopper must decide first.
    pub concern: Option<Concern>,
}

impl Row {
    /// Whether it is in the total and goes into the next order.
    pub fn counts(&self) -> bool {
        self.chosen && self.item.is_some() && self.concern.is_none()
    }

    /// Whether it can be ticked.
    pub fn can_count(&self) -> bool {
        self.item.is_some() && self.concern.is_none()
    }

    /// The most pieces that can be wanted; absent until the shop was asked.
    pub fn most(&self) -> Option<Quantity> {
        let item = self.item.as_ref()?;
        Quantity::try_from(item.available.min(item.limit).min(Quantity::MAX)).ok()
    }
}

/// The rows that one store packs.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelfful {
    /// The store; absent for rows that the shop knows nothing (yet, or any more) about.
    pub store: Option<StoreCard>,
    /// Its rows, newest first.
    pub rows: Vec<Row>,
}

/// The whole cart against a quote.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Review {
    /// By store, in the order of each store's newest row.
    pub shelves: Vec<Shelfful>,
    /// What the counted rows cost.
    pub total: Option<Money>,
    /// What they would have cost at their reference prices, less `total`; absent when nothing was saved.
    pub saved: Option<Money>,
    /// How many rows count.
    pub counted: usize,
    /// How many rows wait for a decision that can still be taken.
    pub pending: usize,
}

impl Review {
    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.shelves.iter().flat_map(|shelf| &shelf.rows)
    }

    /// What goes into the next order.
    pub fn basket(&self) -> Vec<BasketLine> {
        let line = |row: &Row| BasketLine {
            sku: row.sku.clone(),
            quantity: row.quantity,
        };
        self.rows().filter(|row| row.counts()).map(line).collect()
    }

    /// Whether everything that can be ticked is; false when nothing can.
    pub fn all_chosen(&self) -> bool {
        let mut can = self.rows().filter(|row| row.can_count()).peekable();
        can.peek().is_some() && can.all(|row| row.chosen)
    }
}

/// Every line of the cart, to be quoted.
pub fn to_quote(cart: &Cart) -> Vec<BasketLine> {
    let wire = cart.to_wire().lines.into_iter();
    wire.map(|line| BasketLine {
        sku: line.sku,
        quantity: line.quantity,
    })
    .collect()
}

/// Prices that the shopper sees for the first time, to be noted in the cart as seen: lines that came
/// from the server's copy or an old version carry none.
pub fn first_prices(cart: &Cart, quote: &Quote) -> Vec<Edit> {
    let edit = |line: &QuoteLine| {
        let seen = cart.line(&line.sku)?.seen_price();
        let price = line.item.as_ref()?.unit_price;
        seen.is_none()
            .then(|| Edit::AcceptPrice(line.sku.clone(), price))
    };
    quote.lines.iter().filter_map(edit).collect()
}

/// Holds the cart against a quote. The quote may be older than the last edit: quantities come from the
/// cart, prices and stock from the quote.
pub fn review(cart: &Cart, quote: Option<&Quote>) -> Review {
    let mut shelves: Vec<Shelfful> = Vec::new();
    for (sku, line) in cart.lines() {
        let Ok(quantity) = Quantity::try_from(line.quantity()) else {
            continue;
        };
        let quoted = quote.and_then(|quote| quote.lines.iter().find(|line| line.sku == *sku));
        let item = quoted.and_then(|line| line.item.clone());
        let concern = quoted.and_then(|quoted| concern(line, quantity, quoted));
        let row = Row {
            sku: sku.clone(),
            quantity,
            chosen: line.is_chosen(),
            item,
            concern,
        };
        let store = row.item.as_ref().map(|item| item.store.clone());
        let id = |store: &Option<StoreCard>| store.as_ref().map(|store| store.id.clone());
        match shelves
            .iter_mut()
            .find(|shelf| id(&shelf.store) == id(&store))
        {
            Some(shelf) => shelf.rows.push(row),
            None => shelves.push(Shelfful {
                store,
                rows: vec![row],
            }),
        }
    }
    sum_up(shelves)
}

/// What a line must wait for, the gravest first.
fn concern(line: &Line, quantity: Quantity, quoted: &QuoteLine) -> Option<Concern> {
    let Some(item) = &quoted.item else {
        return Some(Concern::Gone);
    };
    let (Ok(left), Ok(limit)) = (
        Quantity::try_from(item.available.min(Quantity::MAX)),
        Quantity::try_from(item.limit.clamp(1, Quantity::MAX)),
    ) else {
        return Some(Concern::SoldOut);
    };
    if quantity > limit && limit <= left {
        return Some(Concern::OverLimit(limit));
    }
    if quantity > left {
        return Some(Concern::OnlyLeft(left));
    }
    let was = line.seen_price().filter(|seen| *seen != item.unit_price)?;
    Some(match item.unit_price.checked_sub(was) {
        Ok(by) if by.minor > 0 => Concern::Dearer { was, by },
        Ok(by) => Concern::Cheaper {
            was,
            by: Money::new(by.minor.saturating_neg(), by.currency),
        },
        Err(_) => Concern::Repriced { was },
    })
}

fn sum_up(shelves: Vec<Shelfful>) -> Review {
    let mut review = Review {
        shelves,
        ..Review::default()
    };
    let counted: Vec<_> = review
        .rows()
        .filter(|row| row.counts())
        .filter_map(|row| Some((row.item.clone()?, row.quantity)))
        .collect();
    let currency = counted
        .first()
        .map_or(Currency::CNY, |(item, _)| item.unit_price.currency);
    let sum = |price: fn(&QuoteItem) -> Money| {
        let amounts = counted
            .iter()
            .map(|(item, n)| price(item).checked_mul(n.get()));
        Money::sum(currency, amounts.collect::<Result<Vec<_>, _>>().ok()?).ok()
    };
    let reference = sum(|item| item.list_price.unwrap_or(item.unit_price));
    review.counted = counted.len();
    review.total = sum(|item| item.unit_price);
    review.saved = reference
        .zip(review.total)
        .and_then(|(reference, total)| reference.checked_sub(total).ok())
        .filter(|saved| saved.minor > 0);
    review.pending = review
        .rows()
        .filter(|row| row.concern.is_some_and(|concern| !concern.is_final()))
        .count();
    review
}
