//! The page of a shop's staff (ADR 19): a second WebAssembly program beside the shopper's, on the same components,
//! texts and requests. `live` runs live rooms, `campaigns` writes promotions, `orders` looks after orders, `goods` keeps
//! stock, `books` reads the books.

// A generic `view!` nests one type a node.
#![recursion_limit = "256"]

pub mod address;
pub mod app;
mod bars;
pub mod books;
pub mod campaigns;
mod deed;
mod form;
pub mod gate;
pub mod goods;
mod head;
pub mod live;
pub mod orders;
mod paged;
mod picker;
mod refusal;
