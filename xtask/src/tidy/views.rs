//! What a view may not hold. The content security policy blocks `style="…"`, and `inner_html`
//! would run what somebody wrote into a product's description.

use super::Finding;
use super::source::Source;
use super::tokens::Kind;

/// Where a view of `source` holds either.
pub fn check(source: &Source) -> Vec<Finding> {
    let in_views = source
        .tokens
        .windows(2)
        .filter(|window| matches!(window, [first, _] if first.in_view && first.kind == Kind::Word));
    in_views
        .filter_map(|window| {
            let [word, next] = window else { return None };
            let message = match word.text.as_str() {
                "inner_html" => "`inner_html` in a view: show text as text",
                "style" if next.is_mark("=") => {
                    "`style=` in a view is blocked by the page's policy: a class, or `style:name=`"
                }
                _ => return None,
            };
            Some(Finding::error(&source.path, word.line, message))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        check(&Source::parse("src/a.rs", text).unwrap()).len()
    }

    #[test]
    fn a_style_attribute_is_found() {
        assert_eq!(
            count(r#"fn a() { view! { <p style="color: red">"b"</p> } }"#),
            1
        );
        assert_eq!(count("fn a() { view! { <p style=move || c>{d}</p> } }"), 1);
    }

    #[test]
    fn raw_html_is_found() {
        assert_eq!(count("fn a() { view! { <p inner_html=b/> } }"), 1);
    }

    #[test]
    fn one_property_and_a_variable_are_fine() {
        let text =
            r#"fn a() { let style = "b"; view! { <p style:color="red" class=style>"c"</p> } }"#;
        assert_eq!(count(text), 0);
    }
}
