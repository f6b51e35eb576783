//! Reads the frame of every chunk before the protocol's library does, and stops what would make that one
//! panic, recurse without an end or reserve memory for what never comes.

use std::collections::HashMap;

/// Chunk streams of one connection; encoders use four.
const STREAMS: usize = 32;
/// The largest chunk that a publisher may choose, bytes.
const CHUNK: u32 = 1 << 20;
/// The largest chunk before one is chosen, bytes (RTMP 1.0, 5.4.1).
const FIRST_CHUNK: u32 = 128;
/// The largest video message, bytes: a key frame of a large picture.
const VIDEO: u32 = 4 << 20;
/// The largest audio message, bytes.
const AUDIO: u32 = 64 << 10;
/// The largest command and the largest of everything else, bytes. Bounds how deep a command can nest.
const COMMAND: u32 = 4 << 10;
/// The largest data message, bytes; these are never parsed.
const DATA: u32 = 64 << 10;
/// A timestamp of 24 bits that says that one of 32 follows.
const EXTENDED: u32 = 0x00ff_ffff;

/// Why a connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// Too many chunk streams.
    #[error("more than {STREAMS} chunk streams")]
    Streams,
    /// A header that leaves out what was never said.
    #[error("a chunk that goes on with what never began")]
    NothingBefore,
    /// A message inside another one.
    #[error("messages are interleaved, which is not supported")]
    Interleaved,
    /// A message larger than its kind may be.
    #[error("a message of kind {0} with {1} bytes")]
    TooLarge(u8, u32),
    /// A chunk size out of bounds.
    #[error("a chunk size of {0}")]
    ChunkSize(u32),
    /// A timestamp that contradicts itself.
    #[error("an extended timestamp that needed none")]
    Timestamp,
}

/// What a chunk stream said last.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    length: u32,
    kind: u8,
    field: u32,
}

/// A message that is not whole yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    stream: u32,
    kind: u8,
    /// Of the message.
    left: u32,
    /// Of the chunk.
    chunk_left: u32,
}

/// Follows the chunks of one connection.
#[derive(Debug)]
pub struct Guard {
    chunk: u32,
    streams: HashMap<u32, Last>,
    header: Vec<u8>,
    open: Option<Open>,
    control: Vec<u8>,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            chunk: FIRST_CHUNK,
            streams: HashMap::new(),
            header: Vec::with_capacity(18),
            open: None,
            control: Vec::with_capacity(4),
        }
    }
}

impl Guard {
    /// Looks at the next bytes; after a breach nothing more may come.
    pub fn look(&mut self, mut bytes: &[u8]) -> Result<(), Breach> {
        while !bytes.is_empty() {
            match self.open {
                Some(open) if open.chunk_left > 0 => {
                    let have = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                    let take = open.chunk_left.min(have);
                    let (payload, rest) = bytes.split_at(take as usize);
                    bytes = rest;
                    self.payload(open, payload, take)?;
                }
                _ => {
                    if let Some((first, rest)) = bytes.split_first() {
                        self.header.push(*first);
                        bytes = rest;
                    }
                    self.read_header()?;
                }
            }
        }
        Ok(())
    }

    fn payload(&mut self, mut open: Open, payload: &[u8], take: u32) -> Result<(), Breach> {
        open.left -= take;
        open.chunk_left -= take;
        if open.kind == SET_CHUNK_SIZE && self.control.len() < 4 {
            let wanted = 4 - self.control.len();
            self.control.extend(payload.iter().take(wanted));
        }
        if open.left > 0 {
            self.open = Some(open);
            return Ok(());
        }
        self.open = None;
        self.message_end(open.kind)
    }

    fn message_end(&mut self, kind: u8) -> Result<(), Breach> {
        let control = std::mem::take(&mut self.control);
        if kind != SET_CHUNK_SIZE {
            return Ok(());
        }
        let said = <[u8; 4]>::try_from(control.as_slice()).map(u32::from_be_bytes);
        let size = said.map_err(|_| Breach::ChunkSize(0))?;
        if !(1..=CHUNK).contains(&size) {
            return Err(Breach::ChunkSize(size));
        }
        self.chunk = size;
        Ok(())
    }

    /// Reads the header when it is whole.
    fn read_header(&mut self) -> Result<(), Breach> {
        let Some((format, stream, fields)) = basic(&self.header) else {
            return Ok(());
        };
        let before = self.streams.get(&stream).copied();
        if format != 0 && before.is_none() {
            return Err(Breach::NothingBefore);
        }
        let mut last = before.unwrap_or_default();
        let length = match format {
            0 => 11,
            1 => 7,
            2 => 3,
            _ => 0,
        };
        if fields.len() < length {
            return Ok(());
        }
        let (fields, extended) = fields.split_at(length);
        if let [a, b, c, ..] = *fields {
            last.field = u32::from_be_bytes([0, a, b, c]);
        }
        if let [_, _, _, a, b, c, kind, ..] = *fields {
            last.length = u32::from_be_bytes([0, a, b, c]);
            last.kind = kind;
        }
        if last.field == EXTENDED {
            let Ok(value) = <[u8; 4]>::try_from(extended) else {
                return Ok(());
            };
            if format != 0 && u32::from_be_bytes(value) < EXTENDED {
                return Err(Breach::Timestamp);
            }
        }
        self.header.clear();
        self.begin_chunk(format, stream, last)
    }

    fn begin_chunk(&mut self, format: u8, stream: u32, last: Last) -> Result<(), Breach> {
        let left = match self.open {
            // In the middle of a message only the rest of it may come.
            Some(open) if open.stream != stream || format != 3 => return Err(Breach::Interleaved),
            Some(open) => open.left,
            None => last.length,
        };
        let most = match last.kind {
            9 => VIDEO,
            8 => AUDIO,
            15 | 18 | 22 => DATA,
            _ => COMMAND,
        };
        if last.length > most {
            return Err(Breach::TooLarge(last.kind, last.length));
        }
        self.streams.insert(stream, last);
        if self.streams.len() > STREAMS {
            return Err(Breach::Streams);
        }
        if left == 0 {
            return self.message_end(last.kind);
        }
        self.open = Some(Open {
            stream,
            kind: last.kind,
            left,
            chunk_left: left.min(self.chunk),
        });
        Ok(())
    }
}

/// The message that chooses the size of chunks.
const SET_CHUNK_SIZE: u8 = 1;

/// The format, the chunk stream and what follows (RTMP 1.0, 5.3.1.1); none while it is not whole.
fn basic(header: &[u8]) -> Option<(u8, u32, &[u8])> {
    let (first, rest) = header.split_first()?;
    let format = first >> 6;
    match (first & 0x3f, rest) {
        (0, [low, rest @ ..]) => Some((format, u32::from(*low) + 64, rest)),
        (1, [low, high, rest @ ..]) => {
            Some((format, u32::from(*high) * 256 + u32::from(*low) + 64, rest))
        }
        (0 | 1, _) => None,
        (stream, rest) => Some((format, stream.into(), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A whole header of chunk stream 4.
    fn header(length: u32, kind: u8) -> Vec<u8> {
        let [_, a, b, c] = length.to_be_bytes();
        vec![4, 0, 0, 0, a, b, c, kind, 1, 0, 0, 0]
    }

    fn look(bytes: &[u8]) -> Result<(), Breach> {
        let mut guard = Guard::default();
        bytes.chunks(3).try_for_each(|some| guard.look(some))
    }

    #[test]
    fn a_message_in_several_chunks_is_let_through() {
        let mut bytes = header(200, 9);
        bytes.extend([7; 128]);
        bytes.push(0xc4);
        bytes.extend([7; 72]);
        bytes.extend(header(3, 8));
        bytes.extend([1; 3]);
        assert_eq!(look(&bytes), Ok(()));
    }

    #[test]
    fn a_message_inside_another_is_refused_before_the_library_counts_below_zero() {
        let mut bytes = header(200, 9);
        bytes.extend([7; 128]);
        bytes.extend([5, 0, 0, 0, 0, 0, 10, 8, 1, 0, 0, 0]);
        assert_eq!(look(&bytes), Err(Breach::Interleaved));
    }

    #[test]
    fn sizes_are_bounded_by_kind() {
        assert_eq!(look(&header(5 << 20, 9)), Err(Breach::TooLarge(9, 5 << 20)));
        assert_eq!(look(&header(5000, 20)), Err(Breach::TooLarge(20, 5000)));
    }

    #[test]
    fn a_chunk_size_of_nothing_or_of_everything_is_refused() {
        for size in [0, 0x7fff_ffff_u32] {
            let mut bytes = header(4, 1);
            bytes.extend(size.to_be_bytes());
            assert_eq!(look(&bytes), Err(Breach::ChunkSize(size)));
        }
    }

    #[test]
    fn a_chunk_that_goes_on_with_nothing_is_refused() {
        assert_eq!(look(&[0xc4]), Err(Breach::NothingBefore));
    }

    #[test]
    fn many_chunk_streams_are_refused() {
        let mut bytes = Vec::new();
        for stream in 3..60_u8 {
            bytes.extend([stream, 0, 0, 0, 0, 0, 0, 8, 1, 0, 0, 0]);
        }
        assert_eq!(look(&bytes), Err(Breach::Streams));
    }
}
