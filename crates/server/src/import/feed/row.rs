//! One row of a table or one item of a feed: its filled cells by name.

use std::sync::Arc;

use crate::import::fault::Fault;
use crate::import::problems::Problems;

/// Longer cells are no text about goods; Shopify itself takes half as much.
pub(super) const LONGEST_CELL: usize = 200_000;

/// A column that is looked for, under the names that exports give it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its usual name, for messages where the file has none.
    pub label: &'static str,
    /// Folded names, the likeliest first.
    pub names: &'static [&'static str],
}

/// Columns as constants: `SKU = "Variant SKU", "variant_sku" | "sku";`.
macro_rules! columns {
    ($($name:ident = $label:literal, $($folded:literal)|+;)+) => {
        $(pub(super) const $name: Column = Column { label: $label, names: &[$($folded),+] };)+
    };
}

pub(super) use columns;

/// A filled cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// The column's folded name.
    pub name: Arc<str>,
    /// The column's name as the file writes it.
    pub label: Arc<str>,
    /// What it says, trimmed, never empty.
    pub value: String,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Where it begins.
    pub line: u64,
    /// Its filled cells in the file's order.
    pub cells: Vec<Cell>,
}

/// Where a row lies in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub start: u64,
    pub end: u64,
    pub line: u64,
}

impl Row {
    /// What a column says; nothing where it is empty or not there.
    pub fn get(&self, column: Column) -> Option<&str> {
        self.cell(column).map(|cell| cell.value.as_str())
    }

    /// Every cell of a column that may stand several times.
    pub fn all(&self, column: Column) -> impl Iterator<Item = &str> {
        let of = move |cell: &&Cell| column.names.contains(&&*cell.name);
        self.cells.iter().filter(of).map(|cell| cell.value.as_str())
    }

    /// Notes what is wrong with a column of this row.
    pub fn wrong(&self, problems: &mut Problems, column: Column, fault: Fault) {
        let label = self.cell(column).map_or(column.label, |cell| &*cell.label);
        problems.put(Some(self.line), Some(label.to_owned()), fault);
    }

    /// Notes cells that are too long.
    pub fn check_lengths(&self, problems: &mut Problems) {
        for cell in &self.cells {
            if cell.value.len() <= LONGEST_CELL {
                continue;
            }
            let found = cell.value.chars().count();
            if found > LONGEST_CELL {
                let fault = Fault::FieldLong {
                    found,
                    most: LONGEST_CELL,
                };
                problems.put(Some(self.line), Some(cell.label.to_string()), fault);
            }
        }
    }

    fn cell(&self, column: Column) -> Option<&Cell> {
        column
            .names
            .iter()
            .find_map(|name| self.cells.iter().find(|cell| &*cell.name == *name))
    }
}
