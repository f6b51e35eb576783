//! The payer's wallet: what a browser pays with. A real payer has a card or an app; here a cookie stands for it.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Letters of a wallet's name, and of an instrument's.
const LENGTH: usize = 32;

/// One payer's wallet.
pub struct Wallet(String);

impl Wallet {
    /// The wallet of the browser that asks; a new one for a browser that has none.
    pub fn of(headers: &HeaderMap) -> Self {
        Self::known(headers).unwrap_or_else(|| Self(format!("{:032x}", rand::random::<u128>())))
    }

    fn known(headers: &HeaderMap) -> Option<Self> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix("wallet="))
            .filter(|name| name.len() == LENGTH && name.bytes().all(|b| b.is_ascii_hexdigit()))
            .map(|name| Self(name.to_owned()))
    }

    /// What a merchant is told of it: the same at every payment, another at every merchant.
    pub fn instrument(&self, merchant_key: &str) -> Option<String> {
        // HMAC takes keys of any length; were that ever to change, the merchant is told nothing.
        let mut mac = Hmac::<Sha256>::new_from_slice(merchant_key.as_bytes()).ok()?;
        mac.update(self.0.as_bytes());
        let mut written = String::with_capacity(LENGTH);
        for byte in mac.finalize().into_bytes().iter().take(LENGTH / 2) {
            let _ = write!(written, "{byte:02x}");
        }
        Some(written)
    }

    /// How a person recognises it: its last four letters.
    pub fn tail(&self) -> &str {
        self.0.get(LENGTH - 4..).unwrap_or_default()
    }

    /// The cookie that keeps it for a year.
    pub fn cookie(&self) -> Option<HeaderValue> {
        let kept = "Path=/cashier; Max-Age=31536000; HttpOnly; SameSite=Lax";
        HeaderValue::from_str(&format!("wallet={}; {kept}", self.0)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers
    }

    #[test]
    fn a_browser_keeps_its_wallet_and_a_merchant_sees_one_instrument() {
        let first = Wallet::of(&HeaderMap::new());
        let cookie = first.cookie().unwrap();
        let again = Wallet::of(&sent(cookie.to_str().unwrap()));
        assert_eq!(first.instrument("key"), again.instrument("key"));
        assert_ne!(first.instrument("key"), first.instrument("other key"));
        assert_ne!(
            first.instrument("key").as_deref(),
            Some(first.0.as_str()),
            "the wallet itself is not told"
        );
        let other = Wallet::of(&HeaderMap::new());
        assert_ne!(first.instrument("key"), other.instrument("key"));
    }

    #[test]
    fn a_cookie_that_is_no_wallet_is_left_aside() {
        for cookie in [
            "wallet=",
            "wallet=abc",
            "wallet=<b>0123456789abcdef0123456789ab",
            "sid=1",
        ] {
            assert!(Wallet::known(&sent(cookie)).is_none(), "{cookie} was taken");
        }
    }
}
