//! The paths a file names (`crate::ui::Button`), those of `use` groups written out.

use super::source::Source;
use super::tokens::{Kind, Token};

/// A path as the program names it, from `crate` where it is the program's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its words.
    pub path: Vec<String>,
    /// Where it stands, counted from 1.
    pub line: usize,
}

/// Every path of `source`, `self` and `super` resolved from where the file lies.
pub fn of(source: &Source) -> Vec<Import> {
    let module = module_of(&source.path);
    let mut imports = Vec::new();
    let mut rest = source.tokens.as_slice();
    while let Some(first) = rest.first() {
        if first.kind == Kind::Word {
            rest = tree(rest, &[], &mut imports);
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    for import in &mut imports {
        import.path = resolve(&module, std::mem::take(&mut import.path));
    }
    imports.retain(|import| import.path.len() > 1);
    imports
}

/// Reads one path, or a group of paths, that starts with a word; gives back what follows.
fn tree<'a>(tokens: &'a [Token], prefix: &[String], out: &mut Vec<Import>) -> &'a [Token] {
    let Some((first, mut rest)) = tokens.split_first() else {
        return tokens;
    };
    let mut path = prefix.to_vec();
    path.push(first.text.clone());
    while let [colon, second, next, ..] = rest {
        if !(colon.is_mark(":") && second.is_mark(":")) {
            break;
        }
        if next.is_mark("{") {
            return group(rest.get(3..).unwrap_or_default(), &path, out);
        }
        if next.kind != Kind::Word && !next.is_mark("*") {
            break;
        }
        path.push(next.text.clone());
        rest = rest.get(3..).unwrap_or_default();
    }
    out.push(Import {
        path,
        line: first.line,
    });
    rest
}

/// Reads `a, b::c }`, each word of it under `prefix`.
fn group<'a>(tokens: &'a [Token], prefix: &[String], out: &mut Vec<Import>) -> &'a [Token] {
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        if first.is_mark("}") {
            return rest.get(1..).unwrap_or_default();
        }
        let renamed = first.is_word("as");
        rest = match first.kind {
            Kind::Word if renamed => rest.get(2..).unwrap_or_default(),
            Kind::Word => tree(rest, prefix, out),
            Kind::Mark | Kind::Literal => rest.get(1..).unwrap_or_default(),
        };
    }
    rest
}

fn resolve(module: &[String], path: Vec<String>) -> Vec<String> {
    let mut words = path.into_iter().peekable();
    let mut base = match words.peek().map(String::as_str) {
        Some("self" | "super") => module.to_vec(),
        _ => Vec::new(),
    };
    while let Some(word) = words.peek() {
        match word.as_str() {
            "self" => {}
            "super" => {
                base.pop();
            }
            _ => break,
        }
        words.next();
    }
    base.extend(words);
    base
}

/// `src/features/feed/page.rs` is `crate::features::feed::page`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.rsplit_once("src/").map_or(path, |(_, inside)| inside);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let mut module = vec!["crate".to_owned()];
    module.extend(inside.split('/').map(str::to_owned));
    if matches!(
        module.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        module.pop();
    }
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(path: &str, text: &str) -> Vec<String> {
        of(&Source::parse(path, text).unwrap())
            .into_iter()
            .map(|import| import.path.join("::"))
            .collect()
    }

    #[test]
    fn groups_are_written_out() {
        let text = "use crate::{api::{client, error as e}, ui::Button};";
        assert_eq!(
            paths("src/app.rs", text),
            [
                "crate::api::client",
                "crate::api::error",
                "crate::ui::Button"
            ]
        );
    }

    #[test]
    fn relative_paths_are_resolved() {
        let text = "use super::cart::Line; fn a() { self::b::c() }";
        assert_eq!(
            paths("src/features/feed/page.rs", text),
            [
                "crate::features::feed::cart::Line",
                "crate::features::feed::page::b::c"
            ]
        );
        assert_eq!(
            paths("src/features/feed/mod.rs", "use super::cart::Line;"),
            ["crate::features::cart::Line"]
        );
    }

    #[test]
    fn paths_in_expressions_and_views_count() {
        let text = "fn a() { view! { <crate::ui::Button/> } ; web_sys::window() }";
        assert_eq!(
            paths("src/app.rs", text),
            ["crate::ui::Button", "web_sys::window"]
        );
    }
}
