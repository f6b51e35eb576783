//! The first reading of a feed: where each row lies, which product it belongs to, and which ids and SKUs
//! are used twice. Words are kept as marks of 16 bytes, so that memory does not grow with their length.

use std::collections::{HashMap, HashSet};

use indicatif::ProgressBar;

use super::ids::mark_of;
use super::row::{Row, Spot};
use super::{Source, google, shopify};
use crate::import::ImportError;
use crate::import::fault::Fault;
use crate::import::problems::Problems;

/// Where the rows of each product lie.
pub(super) struct Index {
    /// Rows with the product that they belong to, product by product.
    rows: Vec<(u32, Spot)>,
    /// Where in `rows` each product begins.
    starts: Vec<u32>,
    /// Marks of SKUs that variants of several products have.
    pub shared: HashSet<u128>,
}

impl Index {
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where the rows of a product lie, in the file's order.
    pub fn spots(&self, product: usize) -> impl Iterator<Item = Spot> {
        let start = self.starts.get(product).map_or(0, |start| *start as usize);
        let rows = self.rows.iter().skip(start);
        rows.take_while(move |(of, _)| *of as usize == product)
            .map(|(_, spot)| *spot)
    }
}

/// Reads the whole file; none when nothing can be built from it.
pub(super) fn read(
    source: &mut Source,
    is_shopify: bool,
    problems: &mut Problems,
    bar: &ProgressBar,
) -> Result<Option<Index>, ImportError> {
    let mut rows = Rows::default();
    while let Some((spot, row)) = source.next(problems)? {
        bar.set_position(spot.end);
        if row.cells.is_empty() {
            continue;
        }
        match is_shopify {
            true => rows.shopify(spot, &row, problems),
            false => rows.google(spot, &row, problems),
        }
    }
    rows.check_groups(problems);
    if rows.list.is_empty() && problems.is_empty() {
        problems.put(None, None, Fault::Nothing);
    }
    let broken = problems.told().iter().any(|problem| {
        use Fault::{Doctype, Quotes, RowLong, Truncated, Xml};
        let fault = &problem.fault;
        matches!(fault, Doctype | Quotes | RowLong(_) | Truncated | Xml(_))
    });
    // What follows a break is missing, and would be told as wrong.
    Ok((!broken && !rows.list.is_empty()).then(|| rows.finish()))
}

/// A product or an item that was seen: its number and its line.
type Seen = (u32, u64);

#[derive(Default)]
struct Rows {
    list: Vec<(u32, Spot)>,
    products: HashMap<u128, Seen>,
    /// Shopify's SKUs, Google's ids.
    words: HashMap<u128, Seen>,
    shared: HashSet<u128>,
    /// Google's groups by their lines, to name them if they are wrong.
    groups: Vec<(u128, String, u64)>,
}

impl Rows {
    fn product(&mut self, word: &str, line: u64) -> Seen {
        let next = u32::try_from(self.products.len()).unwrap_or(u32::MAX);
        *self.products.entry(mark_of(word)).or_insert((next, line))
    }

    fn shopify(&mut self, spot: Spot, row: &Row, problems: &mut Problems) {
        let Some(handle) = row.get(shopify::HANDLE) else {
            return row.wrong(problems, shopify::HANDLE, Fault::Missing);
        };
        let (product, line) = self.product(handle, row.line);
        let last = self.list.last().map(|(last, _)| *last);
        let is_new = line == row.line;
        if !is_new && last != Some(product) {
            let handle = handle.to_owned();
            let fault = Fault::HandleAgain { handle, line };
            return row.wrong(problems, shopify::HANDLE, fault);
        }
        self.list.push((product, spot));
        let Some(sku) = row.get(shopify::SKU) else {
            return;
        };
        let mark = mark_of(sku);
        match self.words.insert(mark, (product, row.line)) {
            Some((other, line)) if other == product => {
                let sku = sku.to_owned();
                row.wrong(problems, shopify::SKU, Fault::SkuTwice { sku, line });
            }
            // Shopify lets several products have one SKU, and real exports do: none of them keeps it.
            Some(_) => {
                self.shared.insert(mark);
            }
            None => {}
        }
    }

    fn google(&mut self, spot: Spot, row: &Row, problems: &mut Problems) {
        let Some(id) = row.get(google::ID) else {
            return row.wrong(problems, google::ID, Fault::Missing);
        };
        let group = row.get(google::GROUP);
        let (product, _) = self.product(group.unwrap_or(id), row.line);
        if let Some((_, line)) = self.words.insert(mark_of(id), (product, row.line)) {
            let id = id.to_owned();
            return row.wrong(problems, google::ID, Fault::IdTwice { id, line });
        }
        if let Some(group) = group.filter(|group| *group != id) {
            let mark = mark_of(group);
            if self.groups.last().is_none_or(|(last, ..)| *last != mark) {
                self.groups
                    .push((mark, group.chars().take(60).collect(), row.line));
            }
        }
        self.list.push((product, spot));
    }

    /// A group may be named after one of its own items, never after another group's.
    fn check_groups(&self, problems: &mut Problems) {
        for (mark, group, line) in &self.groups {
            let (own, item) = (self.products.get(mark), self.words.get(mark));
            if let (Some((own, _)), Some((other, _))) = (own, item)
                && own != other
            {
                let column = Some(google::GROUP.label.to_owned());
                let group = group.clone();
                problems.put(Some(*line), column, Fault::GroupInGroup { group });
            }
        }
    }

    fn finish(mut self) -> Index {
        self.list.sort_by_key(|(product, _)| *product);
        let mut starts = Vec::with_capacity(self.products.len());
        for (at, (product, _)) in (0_u32..).zip(&self.list) {
            if starts.len() <= *product as usize {
                starts.push(at);
            }
        }
        Index {
            rows: self.list,
            starts,
            shared: self.shared,
        }
    }
}
