//! One-time codes: six digits, good for ten minutes and five guesses, known to the server as a keyed hash.

use contract::{ErrorCode, ErrorDetails, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::AppError;
use crate::http::language::Lang;

/// How long a code works, in milliseconds: ten minutes.
pub const LIFE_MS: i64 = 10 * 60 * 1000;
/// Guesses at one code.
pub const TRIES: i64 = 5;
/// The pause before another code is sent to the same number, in milliseconds: a minute.
pub const RESEND_MS: i64 = 60 * 1000;

/// A fresh code.
pub fn draw() -> String {
    format!("{:06}", rand::random_range(0..1_000_000))
}

/// What the database keeps of a code: it says nothing without the server's secret, and nothing about
/// another request's code.
pub fn hash(secret: &str, request: &str, code: &str) -> Result<String, AppError> {
    Ok(mac(secret, request, code)?
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Whether a guess is right, in the same time whatever was guessed.
pub fn is_right(secret: &str, request: &str, guess: &str, kept: &str) -> Result<bool, AppError> {
    use subtle::ConstantTimeEq;
    Ok(hash(secret, request, guess)?
        .as_bytes()
        .ct_eq(kept.as_bytes())
        .into())
}

fn mac(secret: &str, request: &str, code: &str) -> Result<Hmac<Sha256>, AppError> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(AppError::internal)?;
    Ok(mac
        .chain_update(request.as_bytes())
        .chain_update(b"\n")
        .chain_update(code.as_bytes()))
}

/// What the message says.
pub fn message(code: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("【集市】验证码 {code}，10 分钟内有效。不要告诉任何人，我们也不会问你要。")
        }
        Lang::En => format!(
            "Jishi: your code is {code}. It works for 10 minutes. Never share it: we will not ask."
        ),
    }
}

/// The guess was wrong.
pub fn wrong(tries_left: i64) -> AppError {
    AppError::with_details(
        ErrorCode::CodeWrong,
        "The code is wrong. Look at the message again.",
        ErrorDetails::TriesLeft(u32::try_from(tries_left).unwrap_or(0)),
    )
}

/// The code is too old, used up, or was never sent: all look the same.
pub fn expired() -> AppError {
    AppError::refused(
        ErrorCode::CodeExpired,
        "This code no longer works. Ask for a new one.",
    )
}

/// When the number that was sent a code at `before` can be sent another, if that is still to come.
pub fn wait_after(before: Timestamp, now: Timestamp) -> Option<u64> {
    let wait_ms = RESEND_MS - now.since(before);
    u64::try_from(wait_ms)
        .ok()
        .filter(|ms| *ms > 0)
        .map(|ms| ms.div_ceil(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits() {
        for _ in 0..1000 {
            let code = draw();
            assert!(
                code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()),
                "{code}"
            );
        }
    }

    #[test]
    fn a_code_is_bound_to_its_request_and_the_servers_secret() {
        let kept = hash("secret", "request", "123456").unwrap();
        assert!(is_right("secret", "request", "123456", &kept).unwrap());
        assert!(!is_right("secret", "request", "123457", &kept).unwrap());
        assert!(!is_right("secret", "another", "123456", &kept).unwrap());
        assert!(!is_right("other", "request", "123456", &kept).unwrap());
    }

    #[test]
    fn another_code_can_be_had_after_a_minute() {
        assert_eq!(wait_after(Timestamp(0), Timestamp(1)), Some(60));
        assert_eq!(wait_after(Timestamp(0), Timestamp(59_001)), Some(1));
        assert_eq!(wait_after(Timestamp(0), Timestamp(60_000)), None);
    }
}
