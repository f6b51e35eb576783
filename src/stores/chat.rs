//! What is said in a live room: the latest lines, each once.

use std::collections::VecDeque;

use contract::ChatId;
use contract::live::ChatLine;

/// Lines that are kept (features.md 24).
const CHAT_ROWS: usize = 200;

/// The latest lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chat {
    rows: VecDeque<ChatLine>,
    /// Lines that the shop left out since the last batch.
    pub left_out: u32,
}

impl Chat {
    /// The lines, oldest first.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &ChatLine> {
        self.rows.iter()
    }

    /// Adds lines that are not there yet; the oldest make room.
    pub fn add(&mut self, lines: impl IntoIterator<Item = ChatLine>) {
        for line in lines {
            // What comes twice is among the newest: one's own line, and those of the first answer.
            if self.rows.iter().rev().any(|known| known.id == line.id) {
                continue;
            }
            self.rows.push_back(line);
            if self.rows.len() > CHAT_ROWS {
                self.rows.pop_front();
            }
        }
    }

    /// The lines that a recording has come to; those after it go again when it goes back.
    pub fn replay(&mut self, lines: Vec<ChatLine>) {
        let skipped = lines.len().saturating_sub(CHAT_ROWS);
        self.rows = lines.into_iter().skip(skipped).collect();
        self.left_out = 0;
    }

    /// Takes lines away.
    pub fn remove(&mut self, ids: &[ChatId]) {
        self.rows.retain(|line| !ids.contains(&line.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Timestamp;

    fn line(n: usize) -> ChatLine {
        ChatLine {
            id: format!("c{n}").into(),
            at: Timestamp(0),
            neighbour: Some(1),
            text: format!("line {n}"),
        }
    }

    #[test]
    fn features_24_chat_keeps_200_rows_each_once() {
        let mut chat = Chat::default();
        chat.add((0..250).map(line));
        chat.add([line(249), line(250)]);
        let ids: Vec<_> = chat.rows().map(|line| line.id.0.clone()).collect();
        assert_eq!(
            (ids.len(), ids[0].as_str(), ids[199].as_str()),
            (200, "c51", "c250")
        );
        chat.remove(&["c250".into(), "c60".into()]);
        assert_eq!(chat.rows().count(), 198);
    }

    #[test]
    fn features_28_a_recording_that_goes_back_says_less() {
        let mut chat = Chat::default();
        chat.replay((0..5).map(line).collect());
        chat.replay((0..2).map(line).collect());
        assert_eq!(chat.rows().count(), 2);
    }
}
