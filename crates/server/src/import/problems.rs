//! What is wrong with a catalogue file, entry by entry.

use std::fmt;

/// More are counted but not told.
const MOST_TOLD: usize = 100;

/// Everything that is wrong with a file.
#[derive(Debug, Default)]
pub struct Problems {
    told: Vec<String>,
    untold: usize,
}

impl Problems {
    /// Notes that the entry at `path`, such as `products[3].price`, is wrong.
    pub(super) fn add(&mut self, path: impl fmt::Display, reason: impl fmt::Display) {
        if self.told.len() < MOST_TOLD {
            self.told.push(format!("{path}: {reason}"));
        } else {
            self.untold += 1;
        }
    }

    /// Notes it unless `fine`.
    pub(super) fn check(&mut self, fine: bool, path: impl fmt::Display, reason: impl fmt::Display) {
        if !fine {
            self.add(path, reason);
        }
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.told {
            writeln!(f, "  {problem}")?;
        }
        if self.untold > 0 {
            writeln!(f, "  … and {} more", self.untold)?;
        }
        Ok(())
    }
}
