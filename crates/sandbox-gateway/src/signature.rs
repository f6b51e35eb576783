//! Signs callbacks as the Standard Webhooks specification says: HMAC-SHA256 over `id.timestamp.body`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A merchant's webhook secret.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// The secret holds no key.
#[derive(Debug, thiserror::Error)]
#[error("a webhook secret is some text, or `whsec_` followed by base64")]
pub struct SecretError;

impl Secret {
    /// Reads the written form: `whsec_` + base64 as the specification has it, or any other text, which is
    /// then the key itself.
    pub fn parse(written: &str) -> Result<Self, SecretError> {
        let key = match written.strip_prefix("whsec_") {
            Some(encoded) => STANDARD.decode(encoded).map_err(|_| SecretError)?,
            None => written.as_bytes().to_vec(),
        };
        if key.is_empty() {
            return Err(SecretError);
        }
        Ok(Self(key))
    }

    /// Another secret than the merchant's: what a forger would sign with.
    pub fn forgers() -> Self {
        Self(b"not the merchant's secret".to_vec())
    }

    /// The `webhook-signature` header of a message.
    pub fn sign(&self, id: &str, timestamp_s: i64, body: &str) -> String {
        // HMAC takes keys of any length; were that ever to change, the merchant refuses what is unsigned.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        mac.update(format!("{id}.{timestamp_s}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification.
    #[test]
    fn it_signs_as_the_specifications_example() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = secret.sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_without_a_key_is_refused() {
        for written in ["", "whsec_", "whsec_%%"] {
            assert!(Secret::parse(written).is_err(), "{written:?} was taken");
        }
    }
}
