//! The bytes of a WebAssembly module: a header, and sections behind their lengths.

use anyhow::{Context, Result, bail};

/// The module's magic number and version.
pub const HEADER: usize = 8;

/// Bytes to be read.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next byte.
    ///
    /// # Errors
    /// When there is none.
    pub fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().context("the module ends too early")?;
        self.0 = rest;
        Ok(*first)
    }

    /// A number of seven bits a byte, the lowest first.
    ///
    /// # Errors
    /// When it does not end, or is too large.
    pub fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number in the module is too large");
    }

    /// Bytes behind their number.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn block(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (block, rest) = self
            .0
            .split_at_checked(length)
            .context("the module ends too early")?;
        self.0 = rest;
        Ok(block)
    }
}

/// Writes a number as [`Bytes::number`] reads it.
pub fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes bytes as [`Bytes::block`] reads them.
pub fn write_block(out: &mut Vec<u8>, block: &[u8]) {
    write_number(out, block.len());
    out.extend_from_slice(block);
}
