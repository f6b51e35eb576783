//! Items of a feed in RSS or Atom: read in order once, and again one by one from where they lie.
//!
//! A document type is refused and entities beyond XML's own are too, so that no text can grow out of them.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::header::folded;
use super::row::{Cell, Row, Spot};
use super::watch::{LONGEST_ROW, Watch, is_too_long};
use crate::import::fault::Fault;
use crate::import::problems::Problems;
use crate::import::{ImportError, cannot_read};

/// The namespace of Google's own elements.
const GOOGLE: &str = "http://base.google.com/ns/1.0";

/// Elements lie no deeper in one another.
const DEEPEST: usize = 64;

/// A feed of items.
pub(super) struct Items {
    path: Arc<Path>,
    reader: Reader<BufReader<Watch<File>>>,
    again: File,
    /// Bytes before the document that the reader does not count.
    bom: u64,
    buffer: Vec<u8>,
    prefix: String,
    line: u64,
    depth: usize,
    in_title: bool,
    /// The name of the shop or feed.
    pub title: String,
}

impl Items {
    /// Opens a file that was scanned before.
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let open = || File::open(path).map_err(|source| cannot_read(path, source));
        let watch = Watch::new(open()?, b'\n');
        let mut start = Vec::new();
        let read = open()?.take(3).read_to_end(&mut start);
        read.map_err(|source| cannot_read(path, source))?;
        Ok(Self {
            path: path.into(),
            reader: Reader::from_reader(BufReader::new(watch)),
            again: open()?,
            bom: if start == b"\xef\xbb\xbf" { 3 } else { 0 },
            buffer: Vec::new(),
            prefix: "g".to_owned(),
            line: 1,
            depth: 0,
            in_title: false,
            title: String::new(),
        })
    }

    /// The next item; none at the end and after what breaks the document.
    pub fn next(&mut self, problems: &mut Problems) -> Result<Option<(Spot, Row)>, ImportError> {
        match self.advance(problems) {
            Ok(item) => Ok(item),
            Err(Broken::Io(source)) => Err(cannot_read(&self.path, source)),
            Err(Broken::Fault(fault)) => {
                let here = self.here();
                let line = self.line_at(here);
                problems.put(Some(line), None, fault);
                Ok(None)
            }
        }
    }

    /// The item at a spot.
    pub fn at(&mut self, spot: Spot) -> Result<Row, ImportError> {
        let told = |source| cannot_read(&self.path, source);
        self.again.seek(SeekFrom::Start(spot.start)).map_err(told)?;
        let mut text = Vec::new();
        let length = spot.end.saturating_sub(spot.start);
        Read::by_ref(&mut self.again)
            .take(length)
            .read_to_end(&mut text)
            .map_err(told)?;
        let mut reader = Reader::from_reader(text.as_slice());
        self.buffer.clear();
        let opened = reader.read_event_into(&mut self.buffer).map(|_| ());
        let mut noted = Problems::default();
        let row = opened.map_err(Broken::from).and_then(|()| {
            let item = Item::new(spot.line, &self.prefix);
            item.read(&mut reader, &mut self.buffer, &mut noted)
        });
        row.map_err(|broken| match broken {
            Broken::Io(source) => cannot_read(&self.path, source),
            Broken::Fault(fault) => ImportError::Wrong(Problems::one(Some(spot.line), None, fault)),
        })
    }

    fn advance(&mut self, problems: &mut Problems) -> Result<Option<(Spot, Row)>, Broken> {
        loop {
            self.buffer.clear();
            let start = self.here();
            match self.reader.read_event_into(&mut self.buffer)? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "item" | "entry" => {
                        let line = self.line_at(start);
                        let item = Item::new(line, &self.prefix);
                        let row = item.read(&mut self.reader, &mut self.buffer, problems)?;
                        row.check_lengths(problems);
                        let end = self.here();
                        return Ok(Some((Spot { start, end, line }, row)));
                    }
                    name => {
                        self.in_title = name == "title" && self.depth <= 2;
                        if let Some(prefix) = google_prefix(&tag) {
                            self.prefix = prefix;
                        }
                        self.depth += 1;
                        if self.depth > DEEPEST {
                            return Err(Fault::Xml("too deep".to_owned()).into());
                        }
                    }
                },
                Event::End(_) => {
                    self.in_title = false;
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(text) if self.in_title => self.title.push_str(&text.into_inner()),
                Event::CData(text) if self.in_title => self.title.push_str(&text.into_inner()),
                Event::GeneralRef(reference) if self.in_title => {
                    resolve(&reference, &mut self.title).ok();
                }
                Event::DocType(_) => return Err(Fault::Doctype.into()),
                Event::Eof if self.depth > 0 => return Err(Fault::Truncated.into()),
                Event::Eof => return Ok(None),
                _ => {}
            }
            let here = self.here();
            self.line_at(here);
        }
    }

    fn here(&self) -> u64 {
        self.bom + self.reader.buffer_position()
    }

    /// The line at an offset that is not before one that was asked for.
    fn line_at(&mut self, offset: u64) -> u64 {
        self.line += self.reader.get_mut().get_mut().settle(offset);
        self.line
    }
}

/// An item while it is read.
struct Item<'a> {
    row: Row,
    prefix: &'a str,
    depth: usize,
    /// The cell that is open, and whether it is Google's own.
    open: Option<(bool, Cell)>,
    /// Google's own cells come before those of RSS and Atom.
    google: usize,
}

impl<'a> Item<'a> {
    fn new(line: u64, prefix: &'a str) -> Self {
        Self {
            row: Row {
                line,
                cells: Vec::new(),
            },
            prefix,
            depth: 0,
            open: None,
            google: 0,
        }
    }

    /// Reads until the item's end tag; its start tag was read before.
    fn read<R: BufRead>(
        mut self,
        reader: &mut Reader<R>,
        buffer: &mut Vec<u8>,
        problems: &mut Problems,
    ) -> Result<Row, Broken> {
        loop {
            buffer.clear();
            match reader.read_event_into(buffer)? {
                Event::Start(tag) => {
                    if self.depth == 0 {
                        self.begin(&tag);
                    }
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Fault::Xml("too deep".to_owned()).into());
                    }
                }
                Event::End(_) if self.depth == 0 => return Ok(self.row),
                Event::End(_) => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.end();
                    }
                }
                Event::Text(text) => self.push(&text.into_inner()),
                Event::CData(text) => self.push(&text.into_inner()),
                Event::GeneralRef(reference) => {
                    let mut text = String::new();
                    match resolve(&reference, &mut text) {
                        Ok(()) => self.push(&text),
                        Err(fault) => {
                            let column = self.open.as_ref().map(|(_, c)| c.label.to_string());
                            problems.put(Some(self.row.line), column, fault);
                        }
                    }
                }
                Event::DocType(_) => return Err(Fault::Doctype.into()),
                Event::Eof => return Err(Fault::Truncated.into()),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        let prefix = name.prefix().map(|prefix| prefix.into_inner().to_owned());
        let google = prefix.as_deref() == Some(self.prefix);
        if google || prefix.is_none() {
            let cell = Cell {
                name: folded(name.local_name().as_ref()).into(),
                label: name.as_ref().into(),
                value: String::new(),
            };
            self.open = Some((google, cell));
        }
    }

    fn push(&mut self, text: &str) {
        if let Some((_, cell)) = &mut self.open {
            cell.value.push_str(text);
        }
    }

    fn end(&mut self) {
        let Some((google, mut cell)) = self.open.take() else {
            return;
        };
        cell.value = cell.value.trim().to_owned();
        if cell.value.is_empty() {
            return;
        }
        if google {
            self.row.cells.insert(self.google, cell);
            self.google += 1;
        } else {
            self.row.cells.push(cell);
        }
    }
}

/// Why reading a document ends.
enum Broken {
    Io(std::io::Error),
    Fault(Fault),
}

impl From<Fault> for Broken {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<quick_xml::Error> for Broken {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(io) if is_too_long(&io) => {
                Self::Fault(Fault::RowLong(LONGEST_ROW / 1024 / 1024))
            }
            quick_xml::Error::Io(io) => Self::Io(std::io::Error::new(io.kind(), io)),
            quick_xml::Error::Syntax(_) => Self::Fault(Fault::Truncated),
            other => Self::Fault(Fault::Xml(other.to_string())),
        }
    }
}

/// Adds the character that a reference stands for.
fn resolve(reference: &BytesRef<'_>, to: &mut String) -> Result<(), Fault> {
    let name: &str = reference;
    let unknown = || Fault::Entity(name.chars().take(40).collect());
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => match reference.resolve_char_ref() {
            Ok(Some(character)) => character,
            Ok(None) | Err(_) => return Err(unknown()),
        },
    };
    to.push(character);
    Ok(())
}

/// The prefix that an element binds to Google's namespace.
fn google_prefix(tag: &BytesStart<'_>) -> Option<String> {
    let bound = tag.attributes().flatten().find(|attribute| {
        attribute.key.as_ref().starts_with("xmlns:") && &*attribute.value == GOOGLE
    })?;
    let (_, prefix) = bound.key.as_ref().split_once(':')?;
    Some(prefix.to_owned())
}
