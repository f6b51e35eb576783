//! A reader that remembers where one byte stood (quotes, line breaks) until it is asked, and that refuses
//! to be drunk from without end: a missing quote must not read a whole file into memory.

use std::collections::VecDeque;
use std::io::{self, Read, Seek, SeekFrom};

/// No entry of a catalogue is longer.
pub(super) const LONGEST_ROW: u64 = 8 * 1024 * 1024;

/// See the file's first lines.
pub(super) struct Watch<R> {
    inner: R,
    byte: u8,
    read: u64,
    seen: VecDeque<u64>,
    settled: u64,
}

impl<R> Watch<R> {
    pub fn new(inner: R, byte: u8) -> Self {
        Self {
            inner,
            byte,
            read: 0,
            seen: VecDeque::new(),
            settled: 0,
        }
    }

    /// How often the byte stood before `offset` since the last time this was asked.
    pub fn settle(&mut self, offset: u64) -> u64 {
        let mut count = 0;
        while self.seen.front().is_some_and(|at| *at < offset) {
            self.seen.pop_front();
            count += 1;
        }
        self.settled = self.settled.max(offset);
        count
    }
}

impl<R: Read> Read for Watch<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read.saturating_sub(self.settled) > LONGEST_ROW {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let n = self.inner.read(buffer)?;
        for (at, byte) in (self.read..).zip(buffer.iter().take(n)) {
            if *byte == self.byte {
                self.seen.push_back(at);
            }
        }
        self.read += n as u64;
        Ok(n)
    }
}

impl<R: Seek> Seek for Watch<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Whether an error of a reader is [`Watch`]'s refusal.
pub(super) fn is_too_long(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_what_was_passed_and_stops_in_endless_rows() {
        let mut watch = Watch::new(&b"a\"b\"\nc\""[..], b'"');
        let mut text = String::new();
        watch.read_to_string(&mut text).unwrap();
        assert_eq!((watch.settle(5), watch.settle(7)), (2, 1));
        let mut endless = Watch::new(io::repeat(b'x'), b'"');
        let error = io::copy(&mut endless, &mut io::sink()).unwrap_err();
        assert!(is_too_long(&error));
    }
}
