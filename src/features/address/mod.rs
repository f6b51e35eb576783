//! The address book's page.

mod page;

pub use page::AddressPage;
