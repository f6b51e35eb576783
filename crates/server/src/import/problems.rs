//! What is wrong with a catalogue file, entry by entry.

use std::fmt;

use super::fault::Fault;

/// More are counted but not told.
const MOST_TOLD: usize = 100;

/// Longer values are cut where a problem quotes them.
const MOST_QUOTED: usize = 300;

/// One entry that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, counted from 1, where it has lines that matter.
    pub line: Option<u64>,
    /// Column by its name in the file, or the entry's path in JSON.
    pub column: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, {column}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            (None, Some(column)) => write!(f, "{column}: ")?,
            (None, None) => {}
        }
        let reason = self.fault.to_string();
        if reason.chars().count() > MOST_QUOTED {
            let cut: String = reason.chars().take(MOST_QUOTED).collect();
            return write!(f, "{cut}…");
        }
        f.write_str(&reason)
    }
}

/// Everything that is wrong with a file.
#[derive(Debug, Default)]
pub struct Problems {
    told: Vec<Problem>,
    untold: usize,
}

impl Problems {
    /// A file with this one problem.
    pub(super) fn one(line: Option<u64>, column: Option<String>, fault: Fault) -> Self {
        let mut problems = Self::default();
        problems.put(line, column, fault);
        problems
    }

    /// Notes a problem.
    pub(super) fn put(&mut self, line: Option<u64>, column: Option<String>, fault: Fault) {
        if self.told.len() < MOST_TOLD {
            self.told.push(Problem {
                line,
                column,
                fault,
            });
        } else {
            self.untold += 1;
        }
    }

    /// Notes that the entry at `path`, such as `products[3].price`, is wrong.
    pub(super) fn add(&mut self, path: impl fmt::Display, reason: impl fmt::Display) {
        let fault = Fault::Entry(reason.to_string());
        self.put(None, Some(path.to_string()), fault);
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

    /// The first hundred.
    pub fn told(&self) -> &[Problem] {
        &self.told
    }

    /// How many are wrong in all.
    pub fn count(&self) -> usize {
        self.told.len() + self.untold
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
