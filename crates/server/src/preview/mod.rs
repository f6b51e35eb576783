//! Staff looks at the shop as it will be at a moment, as somebody of a kind (rules.md 3.9).
//!
//! A preview is a signed word that its bearer sends with every request. It reads: drafts that it names, and promotions
//! as they are at its moment. Whoever bears it writes nothing, and nothing that shoppers see knows of it.

mod http;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::campaigns::{CampaignState, Persona};
use contract::{Cursor, ErrorCode, PromotionId, Timestamp, UserId};
use promotions::Customer;
use serde::{Deserialize, Serialize};

use crate::campaigns::store::promotion::PromotionRow;
use crate::config::Secret;
use crate::{AppError, AppState, cursor};

pub use http::refuse_writes;

/// The header that carries a preview.
pub const HEADER: &str = "jishi-preview";

/// The longest that one may last, in milliseconds: a day.
pub const LONGEST_MS: i64 = 24 * 60 * 60 * 1000;

/// What previews are sealed as.
const SEALED_AS: &str = "preview";

/// A preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// The moment that is shown.
    pub as_of: Timestamp,
    /// Who is played.
    pub persona: Persona,
    /// Drafts that are shown as if they were published.
    pub drafts: Vec<PromotionId>,
    /// Holds until then.
    pub until: Timestamp,
    /// Who made it.
    pub staff: UserId,
}

impl Preview {
    /// The word that its bearer sends.
    pub fn seal(&self, secret: &Secret) -> Result<String, AppError> {
        Ok(cursor::encode(secret, SEALED_AS, self)?.0)
    }

    /// The preview that a request bears; none without the header. A word that this shop did not make, or whose time is
    /// over, is refused rather than ignored: its bearer would take the shop of now for the one of then.
    pub fn borne(headers: &HeaderMap, state: &AppState) -> Result<Option<Self>, AppError> {
        let Some(word) = headers.get(HEADER) else {
            return Ok(None);
        };
        let refused = || {
            AppError::refused(
                ErrorCode::PreviewOver,
                "This preview is over, or none of this shop. Make a new one.",
            )
        };
        let word = word.to_str().map_err(|_| refused())?;
        let secret = &state.config.server_secret;
        let preview: Self =
            cursor::decode(secret, SEALED_AS, &Cursor(word.to_owned())).map_err(|_| refused())?;
        match state.clock.now() < preview.until {
            true => Ok(Some(preview)),
            false => Err(refused()),
        }
    }

    /// Whether a promotion is there at its moment: drafts only when it names them, and what was ended before.
    pub fn shows(&self, row: &PromotionRow) -> bool {
        row.state != CampaignState::Draft || self.drafts(row)
    }

    /// Whether it names a draft.
    pub fn drafts(&self, row: &PromotionRow) -> bool {
        row.state == CampaignState::Draft && self.drafts.contains(&row.id)
    }

    /// The customer that is played.
    pub fn customer(&self) -> Customer {
        Customer {
            signed_in: !self.persona.guest,
            is_new: self.persona.is_new && !self.persona.guest,
            tier: self.persona.tier,
            communities: self.persona.community.iter().cloned().collect(),
            ..Customer::default()
        }
    }
}

/// The moment that a request is answered for: now, or a preview's.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When.
    pub now: Timestamp,
    /// In which preview.
    pub preview: Option<Preview>,
}

impl FromRequestParts<AppState> for Moment {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let preview = Preview::borne(&parts.headers, state)?;
        let now = preview
            .as_ref()
            .map_or_else(|| state.clock.now(), |preview| preview.as_of);
        Ok(Self { now, preview })
    }
}
