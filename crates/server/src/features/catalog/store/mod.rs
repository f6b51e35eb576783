//! SQL of the catalogue: lists of products, and one product.

pub(super) mod list;
pub(super) mod product;
