//! The token in the address of a page that was reached by a share link: `/p/peach?s=TOKEN`.

use contract::ShareToken;

/// Longer than any token of ours.
const LONGEST: usize = 256;

/// The token of an address (path and query) and the address without it.
pub fn without_token(address: &str) -> (Option<ShareToken>, String) {
    let Some((path, query)) = address.split_once('?') else {
        return (None, address.to_owned());
    };
    let is_token = |pair: &&str| pair.split('=').next() == Some("s");
    let token = query
        .split('&')
        .find(is_token)
        .and_then(|pair| pair.strip_prefix("s="))
        .filter(|token| could_be_token(token));
    let rest: Vec<_> = query.split('&').filter(|pair| !is_token(pair)).collect();
    let address = match rest.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", rest.join("&")),
    };
    (token.map(ShareToken::from), address)
}

fn could_be_token(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(address: &str) -> (Option<String>, String) {
        let (token, rest) = without_token(address);
        (token.map(|token| token.as_str().to_owned()), rest)
    }

    #[test]
    fn a3_the_token_leaves_the_address_and_the_rest_stays() {
        let token = Some("Ab3".to_owned());
        assert_eq!(taken("/p/x?s=Ab3"), (token.clone(), "/p/x".into()));
        assert_eq!(
            taken("/p/x?sku=1&s=Ab3&n=2"),
            (token, "/p/x?sku=1&n=2".into())
        );
        assert_eq!(
            taken("/search?q=s&sort=sales"),
            (None, "/search?q=s&sort=sales".into())
        );
        assert_eq!(taken("/p/x"), (None, "/p/x".into()));
    }

    #[test]
    fn what_cannot_be_a_token_is_dropped() {
        for bad in ["/?s=", "/?s", "/?s=%3Cscript%3E", "/?s=a b"] {
            assert_eq!(taken(bad), (None, "/".into()), "{bad}");
        }
        let long = format!("/?s={}", "a".repeat(LONGEST + 1));
        assert_eq!(taken(&long).0, None);
    }
}
