//! Commands of AMF0, as far as publishing needs them. The library's reader recurses as deep as a stranger
//! likes and counts on arguments that need not be there; this one reads three fields and steps over the rest.

/// How deep a command's values may nest; `connect` nests once.
const DEPTH: usize = 8;

/// One command.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Command<'a> {
    pub name: &'a str,
    pub transaction: f64,
    /// What stands after the command object, when it is a text: the stream key of `publish`.
    pub text: Option<&'a str>,
}

/// Reads a command; none when it is none.
pub(super) fn command(bytes: &[u8]) -> Option<Command<'_>> {
    let mut reader = Reader(bytes);
    let name = reader.text()?;
    let transaction = match reader.byte()? {
        NUMBER => f64::from_be_bytes(reader.array()?),
        _ => return None,
    };
    // Some leave the command object out.
    let text = reader.skip().and_then(|()| reader.text());
    Some(Command {
        name,
        transaction,
        text,
    })
}

const NUMBER: u8 = 0;
const BOOLEAN: u8 = 1;
const STRING: u8 = 2;
const OBJECT: u8 = 3;
const NULL: u8 = 5;
const UNDEFINED: u8 = 6;
const ECMA_ARRAY: u8 = 8;
const OBJECT_END: u8 = 9;
const STRICT_ARRAY: u8 = 10;
const DATE: u8 = 11;
const LONG_STRING: u8 = 12;

/// A value that holds others.
enum Open {
    Object,
    Array(u32),
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn short(&mut self) -> Option<usize> {
        self.array().map(u16::from_be_bytes).map(usize::from)
    }

    fn long(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// A text value.
    fn text(&mut self) -> Option<&'a str> {
        if self.byte()? != STRING {
            return None;
        }
        let length = self.short()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// Steps over one value, however it is made.
    fn skip(&mut self) -> Option<()> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            match self.byte()? {
                NUMBER => drop(self.take(8)?),
                BOOLEAN => drop(self.take(1)?),
                NULL | UNDEFINED => {}
                DATE => drop(self.take(10)?),
                STRING => {
                    let length = self.short()?;
                    self.take(length)?;
                }
                LONG_STRING => {
                    let length = self.long()?;
                    self.take(usize::try_from(length).ok()?)?;
                }
                OBJECT => open.push(Open::Object),
                ECMA_ARRAY => {
                    self.take(4)?;
                    open.push(Open::Object);
                }
                STRICT_ARRAY => open.push(Open::Array(self.long()?)),
                _ => return None,
            }
            if open.len() > DEPTH {
                return None;
            }
            if self.closes(&mut open)? {
                return Some(());
            }
        }
    }

    /// Closes what is complete; true when nothing is open any more, else a value comes.
    fn closes(&mut self, open: &mut Vec<Open>) -> Option<bool> {
        loop {
            match open.last_mut() {
                None => return Some(true),
                Some(Open::Array(0)) => drop(open.pop()),
                Some(Open::Array(left)) => {
                    *left -= 1;
                    return Some(false);
                }
                Some(Open::Object) => match self.short()? {
                    0 if self.byte()? == OBJECT_END => drop(open.pop()),
                    0 => return None,
                    length => {
                        self.take(length)?;
                        return Some(false);
                    }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rml_rtmp::rml_amf0::{Amf0Value, serialize};

    #[test]
    fn a_command_reads_as_the_library_writes_it() {
        let text = |text: &str| Amf0Value::Utf8String(text.to_owned());
        let inner =
            Amf0Value::StrictArray(vec![Amf0Value::Null, text("x"), Amf0Value::Boolean(true)]);
        let object = Amf0Value::Object([("a".to_owned(), inner)].into());
        let outer =
            Amf0Value::Object([("b".to_owned(), object), ("c".to_owned(), text("d"))].into());
        for before in [Amf0Value::Null, Amf0Value::Undefined, outer] {
            let values = [
                text("publish"),
                Amf0Value::Number(5.0),
                before,
                text("a key"),
                text("live"),
            ];
            let bytes = serialize(&values.to_vec()).unwrap();
            let expected = Command {
                name: "publish",
                transaction: 5.0,
                text: Some("a key"),
            };
            assert_eq!(command(&bytes), Some(expected));
        }
    }

    #[test]
    fn what_is_cut_off_or_too_deep_has_no_text() {
        let mut bytes = b"\x02\x00\x01x\x00\x00\x00\x00\x00\x00\x00\x00\x00".to_vec();
        assert_eq!(command(&bytes).unwrap().text, None);
        for _ in 0..1000 {
            bytes.extend([3, 0, 1, b'a']);
        }
        assert_eq!(command(&bytes).unwrap().text, None);
        assert_eq!(command(b"\x02\x00\x05x"), None);
    }
}
