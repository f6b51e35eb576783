//! The customer's address book.

use crate::macros::wire;
use crate::{AddressId, CommunityId};

wire! {
    /// What a customer writes down for one address.
    #[serde(deny_unknown_fields)]
    pub struct AddressInput {
        /// Recipient's name, 1 to 40 characters.
        pub name: String,
        /// Recipient's phone number.
        pub phone: String,
        /// Province, city and district.
        pub region: String,
        /// Street, number, door.
        pub detail: String,
        /// The neighbourhood, when it is one that the shop serves; decides local delivery.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub community: Option<CommunityId>,
        /// Offer this one first.
        #[serde(default)]
        pub is_default: bool,
    }

    /// An entry of the address book.
    pub struct Address {
        /// Its id.
        pub id: AddressId,
        /// What the customer wrote.
        #[serde(flatten)]
        pub input: AddressInput,
    }
}
