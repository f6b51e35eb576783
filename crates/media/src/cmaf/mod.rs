//! The one packager: frames in, CMAF out. Everything that is served is made of these bytes.

mod boxes;
mod packager;

pub use packager::{Chunk, Init, Limits, Out, PART_MS, Packager};

#[cfg(test)]
mod tests;
