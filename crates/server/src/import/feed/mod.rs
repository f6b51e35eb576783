//! Catalogues of other systems: rows of a table or items of a feed, grouped into products.
//!
//! The file is never in memory. It is read once in order, which leaves where each row lies and which product
//! it belongs to (some 50 bytes a row); then products are built one after the other from their rows, first to
//! check them all, and again to store them.

mod census;
mod draft;
mod google;
pub(super) mod header;
mod ids;
mod index;
mod period;
pub(super) mod price;
mod row;
mod shopify;
mod table;
mod text;
mod value;
mod watch;
mod xml;

use std::collections::HashSet;
use std::path::Path;

use contract::{Currency, Timestamp};
use indicatif::ProgressBar;

use self::index::Index;
use self::row::{Row, Spot};
use self::table::Table;
use self::xml::Items;
use super::fault::Fault;
use super::problems::Problems;
use super::{Format, ImportError, Options, progress};

pub(super) use census::{Census, label_id};
pub(super) use draft::{Goods, own};

/// Goods of the file that this shop does not sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// Drafts, archived or hidden goods.
    Unpublished,
    /// Gift cards, which no parcel brings.
    GiftCard,
}

/// What the rows of one product came to.
pub(super) enum Built {
    /// A product.
    Goods(Box<Goods>),
    /// One that stays away.
    LeftOut(LeftOut),
    /// None; why was noted.
    Wrong,
}

/// What is known while rows are read.
pub(super) struct Reading {
    /// The currency of all amounts.
    pub currency: Currency,
    /// Whether an amount of the file named it.
    settled: bool,
    /// What `--currency` says.
    given: Option<Currency>,
    /// How many there are of what the file does not count.
    stock: i64,
    now: Timestamp,
    shared: HashSet<u128>,
}

impl Reading {
    /// Whether a SKU belongs to variants of several products, which some exports have.
    fn is_shared(&self, sku: &str) -> bool {
        self.shared.contains(&ids::mark_of(sku))
    }
}

enum Source {
    Table(Table),
    Items(Items),
}

impl Source {
    fn next(&mut self, problems: &mut Problems) -> Result<Option<(Spot, Row)>, ImportError> {
        match self {
            Self::Table(table) => table.next(problems),
            Self::Items(items) => items.next(problems),
        }
    }

    fn at(&mut self, spot: Spot) -> Result<Row, ImportError> {
        match self {
            Self::Table(table) => table.at(spot),
            Self::Items(items) => items.at(spot),
        }
    }
}

/// A catalogue of another system, ready to be built from.
pub(super) struct Feed {
    source: Source,
    shopify: bool,
    index: Index,
    reading: Reading,
    rows: Vec<Row>,
}

/// The file to read and how.
pub(super) struct Opening<'a> {
    pub path: &'a Path,
    pub size: u64,
    pub format: Format,
    pub options: &'a Options,
    /// The currency of amounts that name none.
    pub currency: Currency,
    pub now: Timestamp,
}

impl Feed {
    /// Reads where everything lies; none when no product can be built from what the file holds.
    pub fn open(
        opening: &Opening<'_>,
        problems: &mut Problems,
        bar: &ProgressBar,
    ) -> Result<Option<Self>, ImportError> {
        let shopify = opening.format == Format::Shopify;
        let mut source = match opening.format {
            Format::GoogleXml => Source::Items(Items::open(opening.path)?),
            _ => Source::Table(Table::open(opening.path, opening.size, problems)?),
        };
        if let Source::Table(table) = &source {
            let needed = if shopify {
                shopify::NEEDED
            } else {
                google::NEEDED
            };
            for column in needed.into_iter().filter(|column| !table.has(*column)) {
                problems.put(Some(1), Some(column.label.to_owned()), Fault::ColumnMissing);
            }
        }
        if !problems.is_empty() {
            return Ok(None);
        }
        progress::bytes(bar, "reading", opening.size);
        let Some(index) = index::read(&mut source, shopify, problems, bar)? else {
            return Ok(None);
        };
        let options = opening.options;
        let reading = Reading {
            currency: options.currency.unwrap_or(opening.currency),
            settled: false,
            given: options.currency,
            stock: i64::from(options.stock),
            now: opening.now,
            shared: index.shared.clone(),
        };
        Ok(Some(Self {
            source,
            shopify,
            index,
            reading,
            rows: Vec::new(),
        }))
    }

    /// How many products it tells of.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// The currency of all its amounts.
    pub fn currency(&self) -> Currency {
        self.reading.currency
    }

    /// Whether the file itself named the currency.
    pub fn names_currency(&self) -> bool {
        self.reading.settled
    }

    /// SKUs that several products had and that were replaced by others.
    pub fn shared_skus(&self) -> usize {
        self.index.shared.len()
    }

    /// The shop's name, where the feed has one.
    pub fn title(&self) -> Option<String> {
        match &self.source {
            Source::Items(items) => text::line(&items.title).ok().filter(|t| !t.is_empty()),
            Source::Table(_) => None,
        }
    }

    /// Builds a product from its rows.
    pub fn build(&mut self, product: usize, problems: &mut Problems) -> Result<Built, ImportError> {
        self.rows.clear();
        for spot in self.index.spots(product) {
            // One more than the most is enough to say that there are too many.
            if self.rows.len() > draft::MOST_VARIANTS * 2 {
                break;
            }
            self.rows.push(self.source.at(spot)?);
        }
        Ok(match self.shopify {
            true => shopify::product(&self.reading, &self.rows, problems),
            false => google::product(&mut self.reading, &self.rows, problems),
        })
    }
}
