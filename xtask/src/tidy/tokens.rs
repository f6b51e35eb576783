//! A Rust file as a flat list of tokens. Comments are gone, and so is what only tests see;
//! macros (`view!` above all) are read like other code.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// One token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its text; a bracket is a token of its own.
    pub text: String,
    /// Counted from 1.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
    /// Whether it stands inside a `view!`.
    pub in_view: bool,
}

/// The sorts of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of the program.
    Word,
    /// A mark or a bracket.
    Mark,
    /// A number or a text.
    Literal,
}

impl Token {
    /// Whether this is the word `word`.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    /// Whether this is the mark or bracket `mark`.
    pub fn is_mark(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }
}

/// Reads `text`.
///
/// # Errors
/// When it is no Rust.
pub fn read(text: &str) -> Result<Vec<Token>> {
    let stream: TokenStream = text.parse().map_err(|error| anyhow!("{error}"))?;
    let mut tokens = Vec::new();
    flatten(stream, false, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, in_view: bool, out: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut rest = trees.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if is_mark(first, '#')
            && let Some((TokenTree::Group(attribute), item)) = after.split_first()
            && is_for_tests(attribute)
        {
            rest = after_item(item);
            continue;
        }
        let opens_view = in_view || ends_with_view_bang(out);
        push(first, in_view, opens_view, out);
        rest = after;
    }
}

fn push(tree: &TokenTree, in_view: bool, group_in_view: bool, out: &mut Vec<Token>) {
    let line = tree.span().start().line;
    let mut token = |text: String, line: usize, kind: Kind| {
        out.push(Token {
            text,
            line,
            kind,
            in_view,
        });
    };
    match tree {
        TokenTree::Ident(word) => token(word.to_string(), line, Kind::Word),
        TokenTree::Punct(mark) => token(mark.as_char().to_string(), line, Kind::Mark),
        TokenTree::Literal(literal) => token(literal.to_string(), line, Kind::Literal),
        TokenTree::Group(group) => {
            let (open, close) = brackets(group.delimiter());
            token(open.to_owned(), line, Kind::Mark);
            flatten(group.stream(), group_in_view, out);
            out.push(Token {
                text: close.to_owned(),
                line: group.span_close().start().line,
                kind: Kind::Mark,
                in_view,
            });
        }
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

fn ends_with_view_bang(out: &[Token]) -> bool {
    matches!(out, [.., view, bang] if view.is_word("view") && bang.is_mark("!"))
}

fn is_mark(tree: &TokenTree, mark: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// `#[test]`, `#[tokio::test]`, `#[wasm_bindgen_test]`, `#[cfg(test)]`.
fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    let name = text.split(['(', '=']).next().unwrap_or_default();
    match name {
        "cfg" => text.contains("test") && !text.contains("not(") && !text.contains("feature"),
        "test" | "wasm_bindgen_test" => true,
        path => path.ends_with("::test"),
    }
}

/// What follows the item at the start of `trees`: it ends with its braces or a semicolon.
fn after_item(trees: &[TokenTree]) -> &[TokenTree] {
    let is_use = trees.iter().take(3).any(|tree| tree.to_string() == "use");
    let end = trees.iter().position(|tree| {
        let braces =
            matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        (braces && !is_use) || is_mark(tree, ';')
    });
    end.and_then(|end| trees.get(end + 1..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        read(text)
            .unwrap()
            .into_iter()
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn comments_are_no_code() {
        assert_eq!(words("// a.unwrap()\nfn b() {}"), ["fn", "b"]);
    }

    #[test]
    fn what_only_tests_see_is_left_out() {
        let text = "fn a() {}\n#[cfg(test)] use x::{y, z};\n#[cfg(test)] mod tests { fn b() {} }\n\
                    #[tokio::test] async fn c() {}\nfn d() {}";
        assert_eq!(words(text), ["fn", "a", "fn", "d"]);
    }

    #[test]
    fn what_tests_do_not_see_stays() {
        assert_eq!(
            words("#[cfg(not(test))] fn a() {}"),
            ["cfg", "not", "test", "fn", "a"]
        );
    }

    #[test]
    fn a_view_is_known_inside_and_not_outside() {
        let tokens = read("fn a() { view! { <p class=b>{c}</p> } ; d }").unwrap();
        let in_view = |word: &str| tokens.iter().find(|t| t.is_word(word)).unwrap().in_view;
        assert!(in_view("class") && in_view("c"));
        assert!(!in_view("a") && !in_view("d"));
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(read("\nfn a() {}").unwrap()[0].line, 2);
    }
}
