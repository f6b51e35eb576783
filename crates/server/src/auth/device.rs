//! A guest's browser has a name too, so that its idempotency keys are nobody else's (inv.I5). It says
//! nothing about the person.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;

use super::cookies::{self, Name};
use crate::config::Config;
use crate::{AppError, AppState};

/// How long a browser keeps its name, in seconds: a year.
const KEPT_S: i64 = 365 * 24 * 60 * 60;
/// 128 bits in hexadecimal.
const LENGTH: usize = 32;

/// The browser that asks.
#[derive(Clone, Debug)]
pub struct Device {
    id: String,
    is_new: bool,
}

impl Device {
    /// The browser's name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The browser's name, if it showed one: one that is new may never be heard of again.
    pub fn shown(&self) -> Option<&str> {
        (!self.is_new).then_some(self.id.as_str())
    }

    /// The principal of a guest's keyed requests.
    pub fn principal(&self) -> String {
        format!("device:{}", self.id)
    }

    /// Adds the cookie with the name, if the browser does not have it yet.
    pub fn introduce(&self, headers: &mut HeaderMap, config: &Config) -> Result<(), AppError> {
        if self.is_new {
            headers.append(
                SET_COOKIE,
                cookies::set(Name::Device, &self.id, KEPT_S, config)?,
            );
        }
        Ok(())
    }
}

impl FromRequestParts<AppState> for Device {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let named = cookies::read(&parts.headers, Name::Device, &state.config)
            .filter(|id| id.len() == LENGTH && id.bytes().all(|digit| digit.is_ascii_hexdigit()));
        Ok(match named {
            Some(id) => Self { id, is_new: false },
            None => Self {
                id: format!("{:032x}", rand::random::<u128>()),
                is_new: true,
            },
        })
    }
}
