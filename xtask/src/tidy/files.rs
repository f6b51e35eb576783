//! What holds for every Rust file: ARCHITECTURE.md's rule 7.

use super::Finding;
use super::source::Source;
use super::tokens::Token;

/// From this length on a file is worth a thought.
const LARGE: usize = 300;
/// Beyond this one it is to be split.
const TOO_LARGE: usize = 500;

/// Where `source` breaks rule 7.
pub fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(opening(source));
    findings.extend(length(source));
    if !source.is_test() {
        findings.extend(ways_to_stop(source));
    }
    findings
}

fn opening(source: &Source) -> Option<Finding> {
    let opens = source
        .text
        .lines()
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| line.starts_with("//!"));
    (!opens).then(|| Finding::error(&source.path, 1, "does not open with `//!` (rule 7)"))
}

fn length(source: &Source) -> Option<Finding> {
    let path = &source.path;
    match source.text.lines().count() {
        lines if lines > TOO_LARGE => Some(Finding::error(
            path,
            0,
            format!("{lines} lines; split it (rule 7, at most {TOO_LARGE})"),
        )),
        lines if lines > LARGE => {
            Some(Finding::warning(path, 0, format!("{lines} lines is large")))
        }
        _ => None,
    }
}

/// Every place that ends the program instead of giving an error back.
fn ways_to_stop(source: &Source) -> impl Iterator<Item = Finding> {
    let place = |token: &Token| {
        let message = format!("`{}` stops the program (rule 7)", token.text);
        Finding::error(&source.path, token.line, message)
    };
    source
        .tokens
        .windows(3)
        .filter_map(move |window| match window {
            [dot, method, open]
                if dot.is_mark(".")
                    && (method.is_word("unwrap") || method.is_word("expect"))
                    && open.is_mark("(") =>
            {
                Some(place(method))
            }
            [name, bang, open]
                if ["panic", "todo", "unimplemented", "unreachable"]
                    .iter()
                    .any(|word| name.is_word(word))
                    && bang.is_mark("!")
                    && (open.is_mark("(") || open.is_mark("{") || open.is_mark("[")) =>
            {
                Some(place(name))
            }
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<(usize, String)> {
        check(&Source::parse(path, text).unwrap())
            .into_iter()
            .map(|finding| (finding.line, finding.message))
            .collect()
    }

    #[test]
    fn rule_7_a_file_says_what_it_is() {
        assert_eq!(findings("src/a.rs", "fn a() {}").len(), 1);
        assert_eq!(findings("src/a.rs", "//! What.\nfn a() {}"), []);
    }

    #[test]
    fn rule_7_nothing_stops_the_program() {
        let text = "//! A.\nfn a() { b.unwrap(); c.expect(\"d\"); panic!(\"e\") }";
        let found = findings("src/a.rs", text);
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[0],
            (2, "`unwrap` stops the program (rule 7)".to_owned())
        );
    }

    #[test]
    fn rule_7_a_test_may_stop() {
        let text = "//! A.\n#[cfg(test)] mod tests { fn a() { b.unwrap() } }";
        assert_eq!(findings("src/a.rs", text), []);
        assert_eq!(
            findings("tests/web.rs", "//! A.\nfn a() { b.unwrap() }"),
            []
        );
    }

    #[test]
    fn rule_7_words_alone_are_no_offence() {
        let text = "//! Never unwrap().\nfn a() { b.unwrap_or(\"panic!(x)\") } // c.unwrap()";
        assert_eq!(findings("src/a.rs", text), []);
    }

    #[test]
    fn rule_7_a_long_file_is_split() {
        let text = format!("//! A.\n{}", "// b\n".repeat(500));
        assert_eq!(findings("src/a.rs", &text).len(), 1);
    }
}
