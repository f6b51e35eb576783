//! A query in the words of the analyser, written out for each database's index.

use rust_stemmers::{Algorithm, Stemmer};

use super::{Run, pairs, runs};
use crate::db::Kind;

/// What is read of a query; nobody means more.
const MAX_CHARS: usize = 200;
const MAX_TERMS: usize = 24;

/// What must be in a text for it to match.
#[derive(Debug, PartialEq, Eq)]
enum Term {
    /// This word.
    Word(String),
    /// The stem, or any word that begins like this: what is typed last may be unfinished.
    Unfinished { stem: String, start: String },
}

/// A query: all of its terms must match.
#[derive(Debug, PartialEq, Eq)]
pub struct SearchQuery(Vec<Term>);

impl SearchQuery {
    /// Reads what a person typed. Anything is a query; one without any word matches nothing.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().take(MAX_CHARS).collect();
        let stemmer = Stemmer::create(Algorithm::English);
        let mut terms = Vec::new();
        let mut rest = runs(&typed).into_iter().peekable();
        while let Some(run) = rest.next() {
            match run {
                Run::Dense(chars) if chars.len() == 1 => {
                    terms.extend(chars.iter().map(|c| Term::Word(c.to_string())));
                }
                Run::Dense(chars) => terms.extend(pairs(&chars).map(Term::Word)),
                Run::Word(word) => {
                    let stem = stemmer.stem(&word).into_owned();
                    terms.push(match rest.peek() {
                        None => Term::Unfinished { stem, start: word },
                        Some(_) => Term::Word(stem),
                    });
                }
            }
        }
        terms.truncate(MAX_TERMS);
        Self(terms)
    }

    /// Nothing in it can be looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The query in the language of the database's index.
    pub fn text(&self, kind: Kind) -> String {
        let (and, or, any) = match kind {
            Kind::Sqlite => (" AND ", " OR ", "*"),
            Kind::Postgres => (" & ", " | ", ":*"),
        };
        let quoted = |word: &str| match kind {
            Kind::Sqlite => format!("\"{word}\""),
            Kind::Postgres => format!("'{word}'"),
        };
        let term = |term: &Term| match term {
            Term::Word(word) => quoted(word),
            Term::Unfinished { stem, start } => {
                format!("({}{or}{}{any})", quoted(stem), quoted(start))
            }
        };
        self.0.iter().map(term).collect::<Vec<_>>().join(and)
    }
}

/// A text's words as SQLite's index reads them.
pub fn sqlite_column(words: &[String]) -> String {
    words.join(" ")
}

/// A title's and a body's words as a PostgreSQL `tsvector`, the title's weighing most.
pub fn postgres_document(title: &[String], body: &[String]) -> String {
    /// The highest position that a `tsvector` tells apart.
    const LAST: usize = 16_383;
    let weighed = title
        .iter()
        .map(|w| (w, 'A'))
        .chain(body.iter().map(|w| (w, 'D')));
    let entry = |(at, (word, weight)): (usize, (&String, char))| {
        format!("'{word}':{}{weight}", (at + 1).min(LAST))
    };
    weighed.enumerate().map(entry).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::MAX_WORD;
    use proptest::prelude::*;

    #[test]
    fn the_last_word_may_be_unfinished() {
        let query = SearchQuery::parse("black teas");
        assert_eq!(
            query.text(Kind::Sqlite),
            r#""black" AND ("tea" OR "teas"*)"#
        );
        assert_eq!(query.text(Kind::Postgres), "'black' & ('tea' | 'teas':*)");
        assert_eq!(SearchQuery::parse("草莓").text(Kind::Postgres), "'草莓'");
    }

    #[test]
    fn a_query_without_words_is_empty() {
        for nothing in ["", "  ", "🍓", "\"'*:&|!()", "the"] {
            assert!(SearchQuery::parse(nothing).is_empty(), "{nothing:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_a_short_query(typed in ".{0,400}") {
            let query = SearchQuery::parse(&typed);
            prop_assert!(query.0.len() <= MAX_TERMS);
            for term in &query.0 {
                let (Term::Word(word) | Term::Unfinished { start: word, .. }) = term;
                prop_assert!(word.chars().all(char::is_alphanumeric) && word.chars().count() <= MAX_WORD);
            }
        }
    }
}
