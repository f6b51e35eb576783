//! Everything that can go wrong with a request, in the kinds that a screen treats differently.

use contract::{ErrorCode, ErrorDetails};
use serde::Deserialize;

use crate::platform::json;

/// The server's words when it said no: its code at once, the details when somebody asks for them. What can
/// read every kind of detail is no small thing, and the first screen asks for none.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What went wrong.
    pub code: ErrorCode,
    /// The server's sentence, in English.
    pub message: String,
    /// Seconds to wait, where the server says.
    retry_after: Option<u64>,
    /// All of the answer.
    text: String,
}

impl Refused {
    /// Reads an answer that is a [`contract::ApiError`].
    pub fn read(text: String) -> Option<Self> {
        #[derive(Deserialize)]
        struct Outline {
            code: ErrorCode,
            message: String,
            #[serde(default)]
            details: Option<Wait>,
        }
        #[derive(Deserialize)]
        struct Wait {
            #[serde(default)]
            retry_after: Option<u64>,
        }
        let outline: Outline = json::read(&text)?;
        Some(Self {
            code: outline.code,
            message: outline.message,
            retry_after: outline.details.and_then(|details| details.retry_after),
            text,
        })
    }
}

#[cfg(test)]
impl From<contract::ApiError> for Refused {
    fn from(error: contract::ApiError) -> Self {
        let text = serde_json::to_string(&error).unwrap();
        Self::read(text).unwrap()
    }
}

/// Why a request has no usable answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ApiError {
    /// The browser says that there is no network; nothing was sent.
    #[error("no network")]
    Offline,
    /// The request or its answer was lost on the way; the server may have done the work.
    #[error("the connection failed")]
    Network,
    /// No answer in time; the server may have done the work.
    #[error("no answer in time")]
    Timeout,
    /// The server said no, and why.
    #[error("{} ({status})", body.message)]
    Refused {
        /// HTTP status.
        status: u16,
        /// The server's words.
        body: Box<Refused>,
    },
    /// The answer is not what the contract says: cut short, from a proxy, or from another version.
    #[error("unreadable answer ({status})")]
    Unreadable {
        /// HTTP status.
        status: u16,
    },
}

impl ApiError {
    /// The server's code, when it answered.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused { body, .. } => Some(body.code),
            _ => None,
        }
    }

    /// What the server adds to its code.
    pub fn details(&self) -> Option<ErrorDetails> {
        match self {
            Self::Refused { body, .. } => json::read::<contract::ApiError>(&body.text)?.details,
            _ => None,
        }
    }

    /// Seconds to wait before asking again, where the server says.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Refused { body, .. } => body.retry_after,
            _ => None,
        }
    }

    /// Whether the server certainly did not do the work. When false, a mutation may have happened:
    /// repeat it with the same [`IdempotencyKey`](super::IdempotencyKey) to learn its outcome.
    pub fn is_definite(&self) -> bool {
        match self {
            Self::Offline => true,
            Self::Refused { status, body } => {
                *status < 500 && body.code != ErrorCode::IdempotencyInProgress
            }
            Self::Network | Self::Timeout | Self::Unreadable { .. } => false,
        }
    }

    /// Whether a signed-in session is needed or has ended.
    pub fn needs_sign_in(&self) -> bool {
        self.code() == Some(ErrorCode::SignInRequired)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: ErrorCode) -> ApiError {
        let body = contract::ApiError {
            code,
            message: String::new(),
            details: None,
            request_id: String::new(),
        };
        ApiError::Refused {
            status,
            body: Box::new(body.into()),
        }
    }

    #[test]
    fn a_lost_answer_is_not_a_no() {
        for lost in [
            ApiError::Network,
            ApiError::Timeout,
            ApiError::Unreadable { status: 200 },
        ] {
            assert!(!lost.is_definite(), "{lost}");
        }
        assert!(!refused(500, ErrorCode::Internal).is_definite());
        assert!(!refused(409, ErrorCode::IdempotencyInProgress).is_definite());
        assert!(refused(409, ErrorCode::SoldOut).is_definite());
        assert!(ApiError::Offline.is_definite());
    }
}
