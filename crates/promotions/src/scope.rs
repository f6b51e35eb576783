//! Which goods a promotion is about.

use crate::model::{CartLine, Scope};

impl Scope {
    /// Whether a line is among them.
    pub fn holds(&self, line: &CartLine) -> bool {
        match self {
            Self::All => true,
            Self::Categories(ids) => ids.contains(&line.category),
            Self::Products(ids) => ids.contains(&line.product),
        }
    }
}
