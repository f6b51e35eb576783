//! The gateway's ledger: facts in an append-only file, and the book that they add up to.
//!
//! Nothing is answered or sent before its facts are on the disk, so a killed gateway wakes up knowing all
//! that it ever said.

mod book;
mod fact;
mod journal;

use std::io;
use std::path::Path;

pub use book::Book;
pub use fact::{
    Amount, Attempt, Delivery, DeliveryState, Fact, Forgery, Kind, Payment, PaymentState, Refund,
    RefundState, RefundTerms, Terms, Transfer, TransferState, TransferTerms,
};
pub use journal::OpenError;

use journal::Journal;

/// The book and the file behind it.
pub struct Ledger {
    book: Book,
    journal: Journal,
}

impl Ledger {
    /// Opens or creates the file and reads every fact in it.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let (journal, facts) = Journal::open(path)?;
        let mut book = Book::default();
        facts.into_iter().for_each(|fact| book.apply(fact));
        Ok(Self { book, journal })
    }

    /// What the facts add up to.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Writes facts as one: all of them survive a crash, or none. On an error nothing has changed.
    pub fn commit(&mut self, facts: Vec<Fact>) -> io::Result<()> {
        if facts.is_empty() {
            return Ok(());
        }
        self.journal.append(&facts)?;
        facts.into_iter().for_each(|fact| self.book.apply(fact));
        Ok(())
    }
}
