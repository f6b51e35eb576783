//! Texts, numbers and dates in the shopper's language.
//!
//! The language is chosen once a page load (changing it reloads the page), so a text is a plain
//! string and not a signal. The texts stand in `locales/<language>/<feature>.json`; `build.rs` turns
//! them into typed functions, and [`t!`](crate::t) is the way to write one down.

mod amount;
mod fill;
mod lang;
mod money;
mod number;
mod percent;
mod time;

/// Every text, by feature and key; written by `build.rs`.
#[allow(unused_imports, missing_docs)]
pub mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

pub use amount::{minor_units, written};
pub use lang::{Lang, choose, lang, set_lang, speak};
pub use money::{MoneyParts, Zeros, money, money_parts, money_to_pay};
pub use number::{compact, number};
pub use percent::{measured, percent};
pub use time::{clock, day_and_time, month_day};

/// A text in the shopper's language: `t!(cart.empty_title)` is a `&'static str`,
/// `t!(cart.over_limit, limit = 3)` a `String`. A wrong key or placeholder does not compile; the
/// placeholder `count` is a `u64` and chooses the plural form.
#[macro_export]
macro_rules! t {
    ($feature:ident . $key:ident) => {
        $crate::i18n::messages::$feature::$key()
    };
    ($feature:ident . $key:ident, count = $count:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::messages::$feature::$key { count: $count, $($name: &$value),* }.text()
    };
    ($feature:ident . $key:ident $(, $name:ident = $value:expr)+ $(,)?) => {
        $crate::i18n::messages::$feature::$key { $($name: &$value),+ }.text()
    };
}
