//! The books as accountants and owners read them: a report of a time, what a promotion made and cost, statements,
//! losses, periods, looking everything through, and what staff did.

mod api;
mod fall;
mod loss;
mod period;
mod record;
mod report;
mod result;
mod span;
mod statement;

pub use record::RecordPage;
pub use report::BooksPage;
pub use result::ResultPage;
