//! Rows of a table in CSV or TSV: read in order once, and again one by one from where they lie.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::header::{delimiter, folded};
use super::row::{Cell, Column, Row, Spot};
use super::watch::{LONGEST_ROW, Watch, is_too_long};
use crate::import::fault::Fault;
use crate::import::problems::Problems;
use crate::import::{ImportError, cannot_read};

/// A table with a header.
pub(super) struct Table {
    path: Arc<Path>,
    columns: Vec<(Arc<str>, Arc<str>)>,
    /// Reads on, watching quotes.
    rows: Reader<Watch<File>>,
    /// Goes where it is sent.
    again: Reader<File>,
    record: ByteRecord,
    size: u64,
    ends_whole: bool,
}

impl Table {
    /// Opens a file that was scanned before and reads its header.
    pub fn open(path: &Path, size: u64, problems: &mut Problems) -> Result<Self, ImportError> {
        let told = |source| cannot_read(path, source);
        let mut again = File::open(path).map_err(told)?;
        let sign = delimiter(&first_line(&mut again).map_err(told)?);
        let mut last = [0_u8];
        again
            .seek(SeekFrom::End(-1))
            .and_then(|_| again.read_exact(&mut last))
            .map_err(told)?;
        let builder = || {
            let mut builder = ReaderBuilder::new();
            builder.has_headers(false).flexible(true).delimiter(sign);
            builder
        };
        let rows = Watch::new(File::open(path).map_err(told)?, b'"');
        let mut table = Self {
            path: path.into(),
            columns: Vec::new(),
            rows: builder().from_reader(rows),
            again: builder().from_reader(again),
            record: ByteRecord::new(),
            size,
            ends_whole: matches!(last, [b'\n' | b'\r']),
        };
        if table.read(problems)?.is_some() {
            table.columns = table
                .record
                .iter()
                .map(|name| {
                    let name = String::from_utf8_lossy(name);
                    let label = name.trim_start_matches('\u{feff}').trim();
                    (folded(&name).into(), label.into())
                })
                .collect();
        }
        Ok(table)
    }

    /// Whether the header has a column.
    pub fn has(&self, column: Column) -> bool {
        let has = |name: &&str| self.columns.iter().any(|(known, _)| &**known == *name);
        column.names.iter().any(has)
    }

    /// The next row that has as many cells as the header; others are noted.
    pub fn next(&mut self, problems: &mut Problems) -> Result<Option<(Spot, Row)>, ImportError> {
        while let Some(spot) = self.read(problems)? {
            let (found, expected) = (self.record.len(), self.columns.len());
            if found == expected {
                let row = self.row(spot.line);
                row.check_lengths(problems);
                return Ok(Some((spot, row)));
            }
            let cut = spot.end >= self.size && !self.ends_whole && found < expected;
            let fault = match cut {
                true => Fault::Truncated,
                false => Fault::ColumnCount { found, expected },
            };
            problems.put(Some(spot.line), None, fault);
        }
        Ok(None)
    }

    /// The row at a spot.
    pub fn at(&mut self, spot: Spot) -> Result<Row, ImportError> {
        let mut position = Position::new();
        position.set_byte(spot.start).set_line(spot.line);
        let read = self
            .again
            .seek(position)
            .and_then(|()| self.again.read_byte_record(&mut self.record));
        read.map_err(|error| self.failed(error))?;
        Ok(self.row(spot.line))
    }

    /// Reads one record; none at the end and after a row whose quotes do not pair up.
    fn read(&mut self, problems: &mut Problems) -> Result<Option<Spot>, ImportError> {
        let start = self.rows.position().clone();
        match self.rows.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(error) => {
                let long = matches!(error.kind(), csv::ErrorKind::Io(io) if is_too_long(io));
                if !long {
                    return Err(self.failed(error));
                }
                let fault = Fault::RowLong(LONGEST_ROW / 1024 / 1024);
                problems.put(Some(start.line()), None, fault);
                return Ok(None);
            }
        }
        let at = self.record.position().unwrap_or(&start);
        let spot = Spot {
            start: at.byte(),
            end: self.rows.position().byte(),
            line: at.line(),
        };
        if self.rows.get_mut().settle(spot.end) % 2 == 1 {
            problems.put(Some(spot.line), None, Fault::Quotes);
            return Ok(None);
        }
        Ok(Some(spot))
    }

    fn row(&self, line: u64) -> Row {
        let cells = self.columns.iter().zip(self.record.iter());
        let filled = cells.filter_map(|((name, label), value)| {
            let value = String::from_utf8_lossy(value);
            let value = value.trim();
            (!value.is_empty()).then(|| Cell {
                name: name.clone(),
                label: label.clone(),
                value: value.to_owned(),
            })
        });
        Row {
            line,
            cells: filled.collect(),
        }
    }

    fn failed(&self, error: csv::Error) -> ImportError {
        cannot_read(&self.path, std::io::Error::other(error))
    }
}

fn first_line(file: &mut File) -> std::io::Result<String> {
    let mut start = Vec::new();
    file.take(64 * 1024).read_to_end(&mut start)?;
    let line = start.split(|byte| *byte == b'\n').next();
    Ok(String::from_utf8_lossy(line.unwrap_or_default()).into_owned())
}
