//! The append-only file: one line of JSON for each group of facts that belong together.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Fact;

/// Why the ledger's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened, created or read.
    #[error("the ledger {path} cannot be opened: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Another gateway writes to it.
    #[error(
        "the ledger {0} is in use by another gateway; stop that one or name another file with --ledger"
    )]
    InUse(PathBuf),
    /// A line in the middle is damaged.
    #[error(
        "the ledger {path} cannot be read at line {line}: {source}; move it away to start afresh"
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
}

/// The open, locked file.
pub struct Journal {
    file: File,
    length: u64,
}

impl Journal {
    /// Opens or creates the file, locks it and reads its facts. A last line without its line end is what a
    /// crash left of a write that nobody was told of: it is cut off.
    pub fn open(path: &Path) -> Result<(Self, Vec<Fact>), OpenError> {
        let io_error = |source| OpenError::Io {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io_error)?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(io_error)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(io_error(source)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io_error)?;
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        bytes.truncate(whole);
        let mut journal = Self {
            file,
            length: whole as u64,
        };
        journal.cut_back().map_err(io_error)?;

        let mut facts = Vec::new();
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if line.is_empty() {
                continue;
            }
            let group: Vec<Fact> =
                serde_json::from_slice(line).map_err(|source| OpenError::Damaged {
                    path: path.to_owned(),
                    line: index + 1,
                    source,
                })?;
            facts.extend(group);
        }
        Ok((journal, facts))
    }

    /// Appends a group of facts and waits until the disk has it.
    pub fn append(&mut self, facts: &[Fact]) -> io::Result<()> {
        let mut line = serde_json::to_vec(facts)?;
        line.push(b'\n');
        let written = self
            .file
            .write_all(&line)
            .and_then(|()| self.file.sync_data());
        if let Err(fault) = written {
            self.cut_back()?;
            return Err(fault);
        }
        self.length += line.len() as u64;
        Ok(())
    }

    fn cut_back(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(payment: &str) -> Fact {
        Fact::Closed {
            payment: payment.to_owned(),
        }
    }

    #[test]
    fn facts_survive_and_half_a_line_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/ledger.jsonl");
        let (mut journal, facts) = Journal::open(&path).unwrap();
        assert!(facts.is_empty());
        journal.append(&[closed("a"), closed("b")]).unwrap();
        drop(journal);

        let mut torn = OpenOptions::new().append(true).open(&path).unwrap();
        torn.write_all(br#"[{"fact":"closed","paym"#).unwrap();
        drop(torn);

        let (mut journal, facts) = Journal::open(&path).unwrap();
        assert_eq!(facts.len(), 2);
        journal.append(&[closed("c")]).unwrap();
        drop(journal);
        assert_eq!(Journal::open(&path).unwrap().1.len(), 3);
    }

    #[test]
    fn a_damaged_line_is_named_and_a_second_writer_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        std::fs::write(&path, "[]\nnonsense\n").unwrap();
        assert!(matches!(
            Journal::open(&path),
            Err(OpenError::Damaged { line: 2, .. })
        ));

        std::fs::write(&path, "[]\n").unwrap();
        let _first = Journal::open(&path).unwrap();
        assert!(matches!(Journal::open(&path), Err(OpenError::InUse(_))));
    }
}
