//! Words of texts and of queries: one analyser feeds both databases' full-text indexes, so that both find
//! the same (docs/adr says why).
//!
//! Widths and cases are folded (NFKC, lower case). Chinese, Japanese and Korean have no spaces, so every
//! character and every pair of neighbours is a word; other words are kept and, in their stem, kept once
//! more. Words hold letters and digits alone: nothing in a query can be an operator of an index.

mod query;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

pub use query::{SearchQuery, postgres_document, sqlite_column};

/// Longer words are cut to this many characters; no index likes them longer.
const MAX_WORD: usize = 64;

/// English words that say nothing about goods.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to",
    "with",
];

/// A stretch of text in one kind of writing.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    /// Characters written without spaces.
    Dense(Vec<char>),
    /// A word between spaces or signs.
    Word(String),
}

/// The words that a text is found by, in its order.
pub fn words_of_text(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut words = Vec::new();
    for run in runs(text) {
        match run {
            Run::Dense(chars) => {
                words.extend(chars.iter().map(char::to_string));
                words.extend(pairs(&chars));
            }
            Run::Word(word) => {
                let stem = stemmer.stem(&word).into_owned();
                if stem != word {
                    words.push(stem);
                }
                words.push(word);
            }
        }
    }
    words
}

fn pairs(chars: &[char]) -> impl Iterator<Item = String> {
    chars.windows(2).map(|pair| pair.iter().collect())
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut dense = Vec::new();
    let mut word = String::new();
    for c in text.nfkc().flat_map(char::to_lowercase).chain([' ']) {
        if !is_dense(c) && !dense.is_empty() {
            runs.push(Run::Dense(std::mem::take(&mut dense)));
        }
        if (is_dense(c) || !c.is_alphanumeric()) && !word.is_empty() {
            let word = std::mem::take(&mut word);
            if !EMPTY_WORDS.contains(&word.as_str()) {
                runs.push(Run::Word(word.chars().take(MAX_WORD).collect()));
            }
        }
        if is_dense(c) {
            dense.push(c);
        } else if c.is_alphanumeric() {
            word.push(c);
        }
    }
    runs
}

/// Writing without spaces: Han, kana and Hangul, by Unicode's blocks.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_becomes_characters_and_pairs_and_english_words_and_stems() {
        assert_eq!(
            words_of_text("红颜草莓"),
            ["红", "颜", "草", "莓", "红颜", "颜草", "草莓"]
        );
        assert_eq!(
            words_of_text("Strawberries, 1.5kg"),
            ["strawberri", "strawberries", "1", "5kg"]
        );
        assert_eq!(
            words_of_text("丹东99草莓"),
            ["丹", "东", "丹东", "99", "草", "莓", "草莓"]
        );
    }

    #[test]
    fn widths_and_cases_are_folded() {
        assert_eq!(words_of_text("ＴＥＡ　茶"), ["tea", "茶"]);
    }

    #[test]
    fn words_hold_letters_and_digits_alone() {
        let hostile = "a\"b' OR 1=1 -- NEAR(x) * : & | ! \u{0} 🍓 (草:*) é\u{301}";
        for word in words_of_text(hostile) {
            assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
        }
    }
}
