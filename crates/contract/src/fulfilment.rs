//! How goods reach the buyer.

use crate::macros::wire;
use crate::{AddressId, CommunityId, Money, PickupPointId};

wire! {
    /// A way to get an order.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum FulfilmentKind {
        /// Collect at a pick-up point of the community.
        Pickup,
        /// The store's own courier, within its radius.
        LocalDelivery,
        /// A parcel by carrier.
        Ship,
    }

    /// Whom to call about an order that is collected.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Contact {
        /// Name.
        pub name: String,
        /// Phone number.
        pub phone: String,
    }

    /// What the buyer chose.
    #[derive(Eq)]
    #[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
    pub enum FulfilmentChoice {
        /// Collect at a point.
        Pickup {
            /// Which point.
            point: PickupPointId,
            /// Who collects; needed to order, not to quote.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            contact: Option<Contact>,
        },
        /// Brought by the store.
        LocalDelivery {
            /// Where to; needed to order, not to quote.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            address: Option<AddressId>,
        },
        /// Sent by carrier.
        Ship {
            /// Where to; needed to order, not to quote.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            address: Option<AddressId>,
        },
    }

    /// Why a way is not open to this basket.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum FulfilmentObstacle {
        /// Something in the basket cannot be had this way.
        NotForSomeItems,
        /// The address lies outside the store's radius.
        OutOfRange,
        /// The store asks for a larger order.
        BelowMinimum,
        /// The point cannot keep goods this cold.
        NoColdStorage,
    }

    /// One way offered for a quoted basket.
    pub struct FulfilmentOption {
        /// Which way.
        pub kind: FulfilmentKind,
        /// What it would cost.
        pub fee: Money,
        /// When it would come, in one short sentence.
        pub promise: String,
        /// Absent when it can be chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub obstacle: Option<FulfilmentObstacle>,
    }

    /// A place where parcels wait for their buyers.
    pub struct PickupPoint {
        /// Its id.
        pub id: PickupPointId,
        /// The neighbourhood it belongs to.
        pub community: CommunityId,
        /// The neighbourhood's name.
        pub community_name: String,
        /// Its name.
        pub name: String,
        /// Where it is.
        pub address: String,
        /// Opens, `HH:MM` in the shop's time zone.
        pub open: String,
        /// Closes, likewise.
        pub close: String,
        /// When goods ordered now arrive, in words.
        pub arrives: String,
        /// How cold it can keep goods.
        pub storage: Vec<crate::catalog::Storage>,
    }
}

impl FulfilmentChoice {
    /// Which way was chosen.
    pub fn kind(&self) -> FulfilmentKind {
        match self {
            Self::Pickup { .. } => FulfilmentKind::Pickup,
            Self::LocalDelivery { .. } => FulfilmentKind::LocalDelivery,
            Self::Ship { .. } => FulfilmentKind::Ship,
        }
    }
}
