//! Tokens of share links: twelve letters and digits that nobody but the shop can make (ADR 11).
//!
//! One names the key, five are random, six are a keyed seal over both. A token that was changed or made up is
//! known as such before the database is asked, in a time that does not depend on how much of it is right.

use contract::ShareToken;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::AppError;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Random digits.
const ID: usize = 5;
/// Digits of the seal.
const SEAL: usize = 6;

/// The secrets that tokens are sealed with. The first seals new ones, all open old ones.
#[derive(Clone, Default)]
pub struct Keys(Vec<(u8, String)>);

impl Keys {
    /// Reads `b:secret,a:older-secret`, newest first: each name is one letter or digit. Without any, `spare` is
    /// the only secret and is called `a`. `None` when it cannot be read.
    pub fn parse(text: &str, spare: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self(vec![(b'a', spare.to_owned())]));
        }
        let keys: Option<Vec<(u8, String)>> = text.split(',').map(named).collect();
        let keys = keys?;
        let distinct = keys
            .iter()
            .all(|(name, _)| keys.iter().filter(|(other, _)| other == name).count() == 1);
        distinct.then_some(Self(keys))
    }

    /// A new token. Two may be the same: whoever stores it draws again then.
    pub fn mint(&self) -> Result<ShareToken, AppError> {
        let (name, secret) = self
            .0
            .first()
            .ok_or_else(|| AppError::internal("no key for share tokens"))?;
        let mut token = vec![*name];
        token.extend(digits::<ID>(rand::random()));
        let seal = seal(secret, &token)?;
        token.extend(seal);
        String::from_utf8(token)
            .map(ShareToken)
            .map_err(AppError::internal)
    }

    /// Whether the shop made this token.
    pub fn is_ours(&self, token: &ShareToken) -> bool {
        let bytes = token.as_str().as_bytes();
        let (Some((named, given)), Some(name)) = (bytes.split_at_checked(1 + ID), bytes.first())
        else {
            return false;
        };
        let Some((_, secret)) = self.0.iter().find(|(known, _)| known == name) else {
            return false;
        };
        seal(secret, named).is_ok_and(|seal| seal.as_slice().ct_eq(given).into())
    }
}

fn named(entry: &str) -> Option<(u8, String)> {
    let (name, secret) = entry.trim().split_once(':')?;
    match name.as_bytes() {
        [name] if name.is_ascii_alphanumeric() && !secret.is_empty() => {
            Some((*name, secret.to_owned()))
        }
        _ => None,
    }
}

fn seal(secret: &str, named: &[u8]) -> Result<[u8; SEAL], AppError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(AppError::internal)?;
    mac.update(b"share\0");
    mac.update(named);
    let sum = mac.finalize().into_bytes();
    let number = sum
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Ok(digits(number))
}

/// The last `N` digits of a number, to the base of 62.
fn digits<const N: usize>(mut number: u64) -> [u8; N] {
    std::array::from_fn(|_| {
        let digit = usize::try_from(number % 62).unwrap_or(0);
        number /= 62;
        DIGITS.get(digit).copied().unwrap_or(b'0')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::seq::IndexedRandom;
    use rand::{RngExt, SeedableRng};
    use std::collections::HashSet;

    fn keys(text: &str) -> Keys {
        Keys::parse(text, "spare").unwrap()
    }

    #[test]
    fn a_token_is_twelve_letters_and_digits_and_ours() {
        let keys = keys("");
        for _ in 0..1000 {
            let token = keys.mint().unwrap();
            assert_eq!(token.as_str().len(), 12);
            assert!(token.as_str().bytes().all(|b| b.is_ascii_alphanumeric()));
            assert!(keys.is_ours(&token), "{token}");
        }
    }

    #[test]
    fn a_new_key_opens_what_an_older_one_sealed_until_that_is_taken_out() {
        let old = keys("a:one").mint().unwrap();
        let both = keys("b:two,a:one");
        assert!(both.is_ours(&old));
        let new = both.mint().unwrap();
        assert!(new.as_str().starts_with('b') && both.is_ours(&new));
        assert!(!keys("b:two").is_ours(&old));
        assert!(!keys("a:two").is_ours(&old));
    }

    #[test]
    fn keys_that_cannot_be_told_apart_are_refused() {
        for bad in ["a:x,a:y", "ab:x", "a", "a:", ":x", "é:x"] {
            assert!(Keys::parse(bad, "spare").is_none(), "{bad}");
        }
    }

    /// rules.md 3.2 (token tamper), reliability 3.1: a million changes of minted tokens, none accepted.
    #[test]
    fn a_million_changed_tokens_are_all_refused() {
        let keys = keys("a:one,b:two");
        let mut random = rand::rngs::StdRng::seed_from_u64(20_260_301);
        let minted: Vec<ShareToken> = (0..100).map(|_| keys.mint().unwrap()).collect();
        let known: HashSet<&str> = minted.iter().map(ShareToken::as_str).collect();
        for _ in 0..1_000_000 {
            let mut token: Vec<u8> = minted.choose(&mut random).unwrap().as_str().into();
            match random.random_range(0..4) {
                0 => {
                    let at = random.random_range(0..token.len());
                    token[at] ^= 1 << random.random_range(0..8);
                }
                1 => {
                    for _ in 0..random.random_range(1..4) {
                        let at = random.random_range(0..token.len());
                        token[at] = *DIGITS.choose(&mut random).unwrap();
                    }
                }
                2 => {
                    let (a, b) = (random.random_range(0..12), random.random_range(0..12));
                    token.swap(a, b);
                }
                _ => token.truncate(random.random_range(0..token.len())),
            }
            let changed = String::from_utf8_lossy(&token).into_owned();
            if !known.contains(changed.as_str()) {
                assert!(!keys.is_ours(&changed.as_str().into()), "{changed}");
            }
        }
    }

    /// The check above can fail: a seal of one digit lets about one change in sixty-two through.
    #[test]
    fn the_check_of_changed_tokens_catches_a_short_seal() {
        let keys = keys("a:one");
        let short = |token: &ShareToken| {
            let bytes = token.as_str().as_bytes();
            seal("one", &bytes[..6]).unwrap()[0] == bytes[6]
        };
        let token = keys.mint().unwrap();
        let accepted = DIGITS.iter().flat_map(|digit| {
            let mut changed: Vec<u8> = token.as_str().into();
            changed[1] = *digit;
            DIGITS.iter().map(move |seal| {
                let mut changed = changed.clone();
                changed[6] = *seal;
                ShareToken(String::from_utf8(changed).unwrap())
            })
        });
        assert!(accepted.filter(|token| short(token)).count() > 30);
    }
}
