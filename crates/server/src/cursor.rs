//! Where a list goes on: an opaque word that only this server can write (RFC 2104 over its content), so
//! that a page can trust what it reads in one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::Cursor;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use crate::AppError;
use crate::config::Secret;

/// How much of the seal is kept: enough that nobody guesses it, short enough for an URL.
const SEAL: usize = 8;

/// A place in the list called `list`.
pub fn encode(secret: &Secret, list: &str, place: &impl Serialize) -> Result<Cursor, AppError> {
    let mut bytes = serde_json::to_vec(place).map_err(AppError::internal)?;
    let seal = seal(secret, list, &bytes)?;
    bytes.extend(seal);
    Ok(Cursor(URL_SAFE_NO_PAD.encode(bytes)))
}

/// The place that a cursor of `list` names; any other text is refused.
pub fn decode<T: DeserializeOwned>(
    secret: &Secret,
    list: &str,
    cursor: &Cursor,
) -> Result<T, AppError> {
    let refused = || {
        AppError::field(
            "cursor",
            "is not one that this shop gave; start the list anew",
        )
    };
    let bytes = URL_SAFE_NO_PAD.decode(&cursor.0).map_err(|_| refused())?;
    let (place, given) = bytes
        .len()
        .checked_sub(SEAL)
        .and_then(|at| bytes.split_at_checked(at))
        .ok_or_else(refused)?;
    let fine: bool =
        subtle::ConstantTimeEq::ct_eq(seal(secret, list, place)?.as_slice(), given).into();
    if !fine {
        return Err(refused());
    }
    serde_json::from_slice(place).map_err(|_| refused())
}

fn seal(secret: &Secret, list: &str, place: &[u8]) -> Result<Vec<u8>, AppError> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).map_err(AppError::internal)?;
    mac.update(b"cursor\0");
    mac.update(list.as_bytes());
    mac.update(b"\0");
    mac.update(place);
    Ok(mac
        .finalize()
        .into_bytes()
        .iter()
        .take(SEAL)
        .copied()
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_and_a_changed_one_is_refused() {
        let secret = Secret::from("s".to_owned());
        let cursor = encode(&secret, "feed", &(7, "p01")).unwrap();
        assert_eq!(
            decode::<(i64, String)>(&secret, "feed", &cursor).unwrap(),
            (7, "p01".to_owned())
        );
        for at in 0..cursor.0.len() {
            let mut changed: Vec<char> = cursor.0.chars().collect();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            let changed = Cursor(changed.into_iter().collect());
            assert!(
                decode::<(i64, String)>(&secret, "feed", &changed).is_err(),
                "{changed:?}"
            );
        }
        assert!(decode::<(i64, String)>(&secret, "reviews", &cursor).is_err());
        for odd in ["", "A", "é", "====", "AAAAAAAAAAAAAAAA"] {
            assert!(decode::<(i64, String)>(&secret, "feed", &Cursor(odd.to_owned())).is_err());
        }
    }
}
