//! Texts of other shops: HTML becomes plain text, and every text is put under the language that it is in.
//!
//! Nothing of the markup is kept, so there is nothing to sanitise later: the app shows text nodes only.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::import::fault::Fault;
use crate::import::file::Text;

/// A product page is no book; what is longer is cut at a word.
const LONGEST_BODY: usize = 5_000;
/// Titles are cut here.
const LONGEST_TITLE: usize = 300;

/// Elements whose content is not shown.
const SILENT: [&[u8]; 8] = [
    b"style",
    b"iframe",
    b"noscript",
    b"template",
    b"svg",
    b"object",
    b"head",
    b"select",
];

/// Elements that begin a line.
const BLOCKS: [&[u8]; 24] = [
    b"p",
    b"div",
    b"br",
    b"li",
    b"ul",
    b"ol",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"tr",
    b"table",
    b"section",
    b"article",
    b"header",
    b"footer",
    b"blockquote",
    b"pre",
    b"hr",
    b"dl",
    b"dt",
    b"dd",
];

/// A text in the language that its writing shows; the other half stays empty and falls back to it.
pub(super) fn in_its_language(text: &str) -> Text {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}');
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}');
    let chinese = text.chars().any(is_han) && !text.chars().any(is_kana);
    let (zh, en) = match chinese {
        true => (text.to_owned(), String::new()),
        false => (String::new(), text.to_owned()),
    };
    Text { zh, en }
}

/// One line without markup: a title, a name.
pub(super) fn line(text: &str) -> Result<String, Fault> {
    let text = plain(text)?.replace('\n', " ");
    Ok(cut(text, LONGEST_TITLE))
}

/// Lines without markup: what a product's page says about it.
pub(super) fn body(html: &str) -> Result<String, Fault> {
    Ok(cut(plain(html)?, LONGEST_BODY))
}

fn plain(html: &str) -> Result<String, Fault> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut text = String::with_capacity(html.len());
    let mut silent: Option<Vec<u8>> = None;
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name: &[u8] = &tag.name;
                if name == b"script" {
                    return Err(Fault::Script);
                }
                if silent.is_none() && SILENT.contains(&name) && !tag.self_closing {
                    silent = Some(name.to_vec());
                }
                open(name, &mut text);
            }
            Token::EndTag(tag) => {
                let name: &[u8] = &tag.name;
                if silent.as_deref() == Some(name) {
                    silent = None;
                }
                if BLOCKS.contains(&name) {
                    text.push('\n');
                }
            }
            Token::String(part) if silent.is_none() => {
                let part = String::from_utf8_lossy(&part);
                // A line break in HTML is a space.
                text.extend(part.chars().map(|c| if c == '\n' { ' ' } else { c }));
            }
            _ => {}
        }
    }
    Ok(tidy(&text))
}

fn open(name: &[u8], text: &mut String) {
    match name {
        b"li" => text.push_str("\n• "),
        b"td" | b"th" => text.push(' '),
        name if BLOCKS.contains(&name) => text.push('\n'),
        _ => {}
    }
}

/// Without controls and signs that turn the writing's direction, one space between words, no empty lines.
fn tidy(text: &str) -> String {
    let hidden = |c: &char| {
        (c.is_control() && !c.is_whitespace())
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{200b}')
    };
    let lines = text.lines().filter_map(|line| {
        let line: String = line.chars().filter(|c| !hidden(c)).collect();
        let words: Vec<&str> = line.split_whitespace().collect();
        let empty = words.is_empty() || words == ["•"];
        (!empty).then(|| words.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn cut(text: String, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let kept = text.get(..end).unwrap_or_default();
    let at_word = kept.rfind(char::is_whitespace).unwrap_or(kept.len());
    let kept = kept.get(..at_word.max(kept.len() / 2)).unwrap_or(kept);
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_becomes_the_text_that_a_browser_would_show() {
        let html = "<p>Warm &amp; dry.<br>By <a href=\"//x.example\">us</a></p><style>p{color:red}</style>\n\
                    <ul>\n<li>One</li><li><b>Two</b> &lt;3</li>\n<li></li></ul><meta charset=x><iframe src=y>z</iframe>";
        assert_eq!(
            body(html),
            Ok("Warm & dry.\nBy us\n• One\n• Two <3".to_owned())
        );
        assert_eq!(body("a\u{202e}b\u{7}  c"), Ok("ab c".to_owned()));
        assert_eq!(line("<b>Hat</b>\n\n red"), Ok("Hat red".to_owned()));
    }

    #[test]
    fn a_script_is_refused_and_other_tricks_are_not_text() {
        assert_eq!(body("a<SCRIPT>alert(1)</script>"), Err(Fault::Script));
        assert_eq!(
            body("<img src=x onerror=alert(1)>fine<svg><g onload=x>"),
            Ok("fine".to_owned())
        );
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        let cut = line(&"word ".repeat(1000)).unwrap();
        assert!(cut.ends_with("word…"), "{cut}");
        assert!(cut.chars().count() <= LONGEST_TITLE + 1);
    }

    #[test]
    fn a_text_goes_under_the_language_of_its_writing() {
        assert_eq!(in_its_language("草莓 1 kg").zh, "草莓 1 kg");
        assert_eq!(in_its_language("Ski boots").en, "Ski boots");
        assert_eq!(in_its_language("いちご 苺").zh, "");
    }

    proptest! {
        #[test]
        fn any_html_becomes_tidy_text(html in "(<[a-z/!]{0,8}[ ='\"a-z]{0,9}>?|&[a-z#0-9]{0,6};?|.){0,40}") {
            if let Ok(text) = body(&html) {
                prop_assert!(!text.contains("  ") && !text.contains("\n\n"));
                prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
            }
        }
    }
}
