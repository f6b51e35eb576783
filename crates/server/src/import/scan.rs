//! The first look at a file, whatever its format: is it there, is it text, is the text UTF-8?
//!
//! The file is read once in pieces of a fixed size; what comes after may rely on UTF-8 without zero bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::fault::Fault;
use super::problems::Problems;
use super::{ImportError, cannot_read};

const PIECE: usize = 64 * 1024;

/// Where reading stands.
struct Place {
    line: u64,
    character: u64,
}

impl Place {
    /// Goes on behind this text.
    fn pass(&mut self, text: &str) {
        match text.rsplit_once('\n') {
            Some((before, last)) => {
                let breaks = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
                self.line += breaks as u64;
                self.character = 1 + last.chars().count() as u64;
            }
            None => self.character += text.chars().count() as u64,
        }
    }

    fn problem(&self, fault: Fault) -> ImportError {
        let column = Some(format!("character {}", self.character));
        ImportError::Wrong(Problems::one(Some(self.line), column, fault))
    }
}

/// Refuses what is no UTF-8 text; tells how many bytes there are.
pub(super) fn scan(path: &Path) -> Result<u64, ImportError> {
    let told = |source| cannot_read(path, source);
    let whole = |fault| ImportError::Wrong(Problems::one(None, None, fault));
    if std::fs::metadata(path).map_err(told)?.is_dir() {
        return Err(whole(Fault::Folder));
    }
    let mut file = File::open(path).map_err(told)?;
    let mut place = Place {
        line: 1,
        character: 1,
    };
    let mut pending: Vec<u8> = Vec::with_capacity(PIECE + 4);
    let mut piece = vec![0_u8; PIECE];
    let mut size = 0_u64;
    loop {
        let n = file.read(&mut piece).map_err(told)?;
        let read = piece.get(..n).unwrap_or_default();
        if size == 0 {
            refuse_other_kinds(read).map_err(whole)?;
        }
        size += n as u64;
        pending.extend_from_slice(read);
        let (valid, invalid) = match std::str::from_utf8(&pending) {
            Ok(text) => (text.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || n == 0),
        };
        let good = pending.get(..valid).unwrap_or_default();
        let good = std::str::from_utf8(good).unwrap_or_default();
        if let Some(at) = good.find('\0') {
            place.pass(good.get(..at).unwrap_or_default());
            return Err(place.problem(Fault::Nul));
        }
        place.pass(good);
        if invalid {
            return Err(place.problem(Fault::NotUtf8));
        }
        pending.drain(..valid);
        if n == 0 {
            return Ok(size);
        }
    }
}

/// The kinds of file that have a better name than "not UTF-8".
fn refuse_other_kinds(start: &[u8]) -> Result<(), Fault> {
    const BINARY: [&[u8]; 8] = [
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"%PDF",
        b"RIFF",
        b"\x7fELF",
    ];
    if start.is_empty() {
        return Err(Fault::Empty);
    }
    if BINARY.iter().any(|mark| start.starts_with(mark)) {
        return Err(Fault::Binary);
    }
    let zeros = |from: usize| start.iter().skip(from).step_by(2).take(64).all(|b| *b == 0);
    let wide = start.len() >= 4 && start.len().is_multiple_of(2) && zeros(0) != zeros(1);
    if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) || wide {
        return Err(Fault::Utf16);
    }
    let controls = start.iter().filter(|byte| **byte < 9).count();
    if controls * 20 > start.len() {
        return Err(Fault::Binary);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_at(bytes: &[u8]) -> Result<u64, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        scan(file.path()).map_err(|error| match error {
            ImportError::Wrong(problems) => problems.told()[0].to_string(),
            other => other.to_string(),
        })
    }

    #[test]
    fn a_character_may_lie_across_two_pieces() {
        let text = "草".repeat(PIECE);
        assert_eq!(looked_at(text.as_bytes()), Ok(text.len() as u64));
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        assert_eq!(looked_at(b""), Err("the file is empty".to_owned()));
        assert!(looked_at(b"\xff\xfeH\0").unwrap_err().contains("UTF-16"));
        assert!(looked_at(b"H\0a\0n\0d\0").unwrap_err().contains("UTF-16"));
        assert!(
            looked_at(b"a,b\nc,\xb2\xdd\xdd\xae")
                .unwrap_err()
                .starts_with("line 2, character 3: the text is not UTF-8")
        );
        assert!(
            looked_at(b"ab\nc\0, a longer text")
                .unwrap_err()
                .starts_with("line 2, character 2: holds a zero byte")
        );
        assert!(
            looked_at("草".as_bytes().split_last().unwrap().1)
                .unwrap_err()
                .contains("not UTF-8")
        );
    }
}
