//! Text messages, behind a trait: the sandbox keeps them and shows them on a page.

mod inbox;
mod store;

use async_trait::async_trait;

use crate::clock::SharedClock;
use crate::db::Db;
use crate::http::language::Lang;
use crate::phone::Phone;

pub use inbox::routes;

/// One message to one phone.
pub struct Message<'a> {
    /// To whom.
    pub to: &'a Phone,
    /// In which language.
    pub lang: Lang,
    /// What it says.
    pub text: String,
}

/// A message could not be handed over.
#[derive(Debug, thiserror::Error)]
#[error("the message could not be sent: {0}")]
pub struct SmsError(pub String);

/// Sends text messages. Never called inside a transaction: a sender may take its time.
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Hands a message over.
    async fn send(&self, message: Message<'_>) -> Result<(), SmsError>;
}

/// Keeps messages in the database instead of sending them.
pub struct SandboxSms {
    db: Db,
    clock: SharedClock,
}

impl SandboxSms {
    /// A sender that writes to `db`.
    pub fn new(db: Db, clock: SharedClock) -> Self {
        Self { db, clock }
    }
}

#[async_trait]
impl SmsSender for SandboxSms {
    async fn send(&self, message: Message<'_>) -> Result<(), SmsError> {
        let kept = store::keep(&self.db, &message, self.clock.now()).await;
        kept.map_err(|fault| SmsError(fault.to_string()))
    }
}
