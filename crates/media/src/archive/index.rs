//! The index of one session: what was kept, in the order it happened.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Retention;
use crate::Mark;
use crate::hls::Kept;

/// The index's file.
pub(super) const FILE: &str = "index.jsonl";

/// One line of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Record {
    /// An initialisation segment.
    Init(u64),
    /// A segment.
    Segment(Kept),
    /// A mark.
    Mark(Mark),
    /// Nothing comes any more, until something does.
    Ended,
}

/// What there is of a session on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The segments that are kept.
    pub segments: Vec<Kept>,
    /// Everything that was marked.
    pub marks: Vec<Mark>,
    /// Whether the session has ended.
    pub ended: bool,
    /// The number that the next segment gets.
    pub next_msn: u64,
    /// The number that the next initialisation segment gets.
    pub next_init: u64,
}

/// Reads a session's folder; a folder that is not there is an empty history.
pub fn read(folder: &Path, retention: &Retention) -> std::io::Result<History> {
    match std::fs::read_to_string(folder.join(FILE)) {
        Ok(text) => Ok(parse(&text, retention)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(History::default()),
        Err(error) => Err(error),
    }
}

fn parse(text: &str, retention: &Retention) -> History {
    let mut history = History::default();
    for record in text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
    {
        match record {
            Record::Init(init) => {
                history.next_init = history.next_init.max(init.saturating_add(1));
                history.ended = false;
            }
            Record::Segment(kept) => {
                history.next_msn = history.next_msn.max(kept.msn.saturating_add(1));
                history.segments.push(kept);
            }
            Record::Mark(mark) => history.marks.push(mark),
            Record::Ended => history.ended = true,
        }
    }
    let kept = kept(history.segments.iter().map(|kept| kept.bytes), retention);
    history.segments.drain(..history.segments.len() - kept);
    history
}

/// How many of the newest segments fit.
pub(super) fn kept(sizes: impl DoubleEndedIterator<Item = u64>, retention: &Retention) -> usize {
    let mut left = retention.session_bytes;
    sizes
        .rev()
        .take_while(|size| match left.checked_sub(*size) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(msn: u64, bytes: u64) -> String {
        let kept = Kept {
            msn,
            init: 0,
            discontinuity: false,
            at_ms: 0,
            duration_ms: 2000,
            bytes,
        };
        serde_json::to_string(&Record::Segment(kept)).unwrap()
    }

    #[test]
    fn a_line_that_was_cut_off_is_left_out_and_numbers_go_on() {
        let whole = segment(7, 10);
        let text = format!("{{\"init\":2}}\n{whole}\n{{\"segment\":{{\"msn\":8,\"in");
        let history = parse(&text, &Retention::default());
        assert_eq!(history.segments.len(), 1);
        assert_eq!((history.next_msn, history.next_init), (8, 3));
    }

    #[test]
    fn the_oldest_segments_go_first() {
        let lines: Vec<String> = (0..10).map(|msn| segment(msn, 10)).collect();
        let retention = Retention {
            session_bytes: 35,
            ..Retention::default()
        };
        let history = parse(&lines.join("\n"), &retention);
        let left: Vec<u64> = history.segments.iter().map(|kept| kept.msn).collect();
        assert_eq!(left, [7, 8, 9]);
        assert_eq!(history.next_msn, 10);
    }

    #[test]
    fn a_session_that_went_on_has_not_ended() {
        let history = parse("\"ended\"\n{\"init\":1}", &Retention::default());
        assert!(!history.ended);
        assert!(parse("{\"init\":1}\n\"ended\"", &Retention::default()).ended);
    }
}
