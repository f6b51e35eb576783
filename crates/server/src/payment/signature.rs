//! Signatures of webhooks as Standard Webhooks writes them (<https://www.standardwebhooks.com>):
//! HMAC-SHA256 over `id.timestamp.body`, base64, behind `v1,`.
//!
//! The raw bytes are checked before anything in them is read. Several secrets may be valid at once, so
//! that one can be replaced without losing a webhook.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How far the sender's clock may be from ours, in seconds.
pub const TOLERANCE_S: i64 = 300;

/// The three headers of a signed webhook, as they came.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// `webhook-id`: names the event; the same event keeps it when it is sent again.
    pub id: &'a str,
    /// `webhook-timestamp`: seconds since 1970 when this attempt was sent.
    pub timestamp: &'a str,
    /// `webhook-signature`: one or more `v1,<base64>`, separated by spaces.
    pub signatures: &'a str,
}

/// Why a webhook was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The time is no number, or too far from ours.
    #[error("the webhook's time is not within {TOLERANCE_S} s of ours")]
    Stale,
    /// No signature was made with any of our secrets.
    #[error("no signature of the webhook is ours")]
    Forged,
}

/// A secret that webhooks are signed with.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Reads the standard's form, `whsec_` and base64; any other text is taken as it is.
    pub fn parse(written: &str) -> Self {
        let decoded = written
            .strip_prefix("whsec_")
            .and_then(|encoded| STANDARD.decode(encoded).ok());
        Self(decoded.unwrap_or_else(|| written.as_bytes().to_vec()))
    }
}

/// Checks the time and that one of `secrets` signed `body` (inv.P6, reliability 3.1 "Webhook forgery").
/// `now_s` is the server's clock in seconds. Comparison takes the same time whatever the bytes.
pub fn verify(
    secrets: &[Secret],
    signed: Signed<'_>,
    body: &[u8],
    now_s: i64,
) -> Result<(), SignatureError> {
    let sent: i64 = signed
        .timestamp
        .parse()
        .map_err(|_| SignatureError::Stale)?;
    if now_s.abs_diff(sent) > TOLERANCE_S.unsigned_abs() {
        return Err(SignatureError::Stale);
    }
    let claimed: Vec<Vec<u8>> = signed
        .signatures
        .split_ascii_whitespace()
        .filter_map(|one| one.strip_prefix("v1,"))
        .filter_map(|text| STANDARD.decode(text).ok())
        .collect();
    let ours = secrets.iter().any(|secret| {
        claimed.iter().any(|claim| {
            mac(secret, signed.id, signed.timestamp, body)
                .is_some_and(|mac| mac.verify_slice(claim).is_ok())
        })
    });
    ours.then_some(()).ok_or(SignatureError::Forged)
}

/// Signs `body` as a sender does; `None` only for a key that HMAC refuses, which no length is.
pub fn sign(secret: &Secret, id: &str, timestamp: &str, body: &[u8]) -> Option<String> {
    let tag = mac(secret, id, timestamp, body)?.finalize().into_bytes();
    Some(format!("v1,{}", STANDARD.encode(tag)))
}

fn mac(secret: &Secret, id: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).ok()?;
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"type":"payment.paid"}"#;

    fn check(secrets: &[&str], id: &str, body: &[u8], now_s: i64) -> Result<(), SignatureError> {
        let signatures = sign(&Secret::parse("old"), "evt-1", "1000", BODY).unwrap();
        let secrets: Vec<Secret> = secrets.iter().map(|s| Secret::parse(s)).collect();
        let signed = Signed {
            id,
            timestamp: "1000",
            signatures: &signatures,
        };
        verify(&secrets, signed, body, now_s)
    }

    #[test]
    fn any_current_secret_is_believed() {
        assert_eq!(check(&["new", "old"], "evt-1", BODY, 1000), Ok(()));
        assert_eq!(
            check(&["new"], "evt-1", BODY, 1000),
            Err(SignatureError::Forged)
        );
        assert_eq!(check(&[], "evt-1", BODY, 1000), Err(SignatureError::Forged));
    }

    #[test]
    fn inv_p6_a_changed_body_or_id_is_forged() {
        assert_eq!(
            check(&["old"], "evt-2", BODY, 1000),
            Err(SignatureError::Forged)
        );
        assert_eq!(
            check(&["old"], "evt-1", b"{}", 1000),
            Err(SignatureError::Forged)
        );
    }

    #[test]
    fn inv_p6_a_webhook_older_or_newer_than_five_minutes_is_stale() {
        assert_eq!(check(&["old"], "evt-1", BODY, 1300), Ok(()));
        assert_eq!(check(&["old"], "evt-1", BODY, 700), Ok(()));
        assert_eq!(
            check(&["old"], "evt-1", BODY, 1301),
            Err(SignatureError::Stale)
        );
        assert_eq!(
            check(&["old"], "evt-1", BODY, 699),
            Err(SignatureError::Stale)
        );
    }

    #[test]
    fn the_published_example_of_the_standard_verifies() {
        let key = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let body = br#"{"test": 2432232314}"#;
        let signature = sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body).unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
