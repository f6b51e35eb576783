//! Signing in, and the account's page.

mod api;
mod look;
mod name;
mod page;
mod sign_in;
mod state;

pub use look::LookChoices;
pub use page::AccountPage;
pub use sign_in::{SignInForm, SignInPage};
