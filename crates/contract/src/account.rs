//! Signing in by phone number and one-time code, and who is signed in.

use crate::macros::wire;
use crate::{CodeRequestId, Timestamp, UserId};

wire! {
    /// Asks for a one-time code by text message.
    #[serde(deny_unknown_fields)]
    pub struct CodeRequest {
        /// Phone number, digits with an optional leading `+`.
        pub phone: String,
    }

    /// A code is on its way; the answer is the same whether or not the number is known.
    pub struct CodeSent {
        /// Give this back with the code.
        pub request: CodeRequestId,
        /// The code works until then.
        pub expires_at: Timestamp,
        /// A new one can be asked for from then on.
        pub resend_at: Timestamp,
        /// The server's clock.
        pub server_now: Timestamp,
    }

    /// Signs in with a code.
    #[serde(deny_unknown_fields)]
    pub struct SignIn {
        /// From [`CodeSent`].
        pub request: CodeRequestId,
        /// Six digits.
        pub code: String,
    }

    /// Who is signed in.
    pub struct Me {
        /// The account.
        pub id: UserId,
        /// Name shown to others.
        pub name: String,
        /// Phone number with its middle hidden.
        pub phone_masked: String,
        /// The handle of the creator that this is, for whom the shop has made one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub creator: Option<String>,
    }

    /// Asks to be shown to others under a name.
    #[serde(deny_unknown_fields)]
    pub struct NameRequest {
        /// 1 to 20 characters, a letter or digit among them; empty for the name that the shop gives.
        pub name: String,
    }

    /// The session of this browser.
    pub struct Session {
        /// Absent for a guest.
        pub me: Option<Me>,
        /// The server's clock.
        pub server_now: Timestamp,
    }
}
