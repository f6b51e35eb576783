//! What an address names, by the pattern of its page.

/// The named parts of `path` when it is of the form of `pattern`: `/p/:slug` has one, the one of
/// `/category/:id?` may be missing. Values are as they stand in the address.
pub(super) fn params<'a>(
    pattern: &'static str,
    path: &'a str,
) -> Option<Vec<(&'static str, &'a str)>> {
    let mut params = Vec::new();
    let mut given = parts(path);
    for wanted in parts(pattern) {
        match (wanted.strip_prefix(':'), given.next()) {
            (None, Some(part)) if part == wanted => {}
            (Some(name), Some(part)) => params.push((name.trim_end_matches('?'), part)),
            (Some(name), None) if name.ends_with('?') => {}
            _ => return None,
        }
    }
    given.next().is_none().then_some(params)
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::params;

    #[test]
    fn the_parts_of_an_address_are_named_by_its_pattern() {
        assert_eq!(params("/", "/"), Some(vec![]));
        assert_eq!(params("/", "/cart"), None);
        assert_eq!(params("/cart", "/cart/"), Some(vec![]));
        assert_eq!(
            params("/p/:slug", "/p/tea%20bag"),
            Some(vec![("slug", "tea%20bag")])
        );
        assert_eq!(params("/p/:slug", "/p"), None);
        assert_eq!(params("/orders/:id", "/orders/1/more"), None);
        assert_eq!(params("/checkout/seat", "/checkout"), None);
        assert_eq!(params("/category/:id?", "/category"), Some(vec![]));
        assert_eq!(
            params("/category/:id?", "/category/fruit"),
            Some(vec![("id", "fruit")])
        );
    }
}
