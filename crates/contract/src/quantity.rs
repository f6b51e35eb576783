//! A quantity that cannot be zero, negative or absurd (rules.md 3.0-2).

use serde::{Deserialize, Serialize};

/// How many of one SKU: 1 to [`Quantity::MAX`]. Anything else is refused while reading the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(u32);

/// Why a number is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a quantity is a whole number from 1 to {}", Quantity::MAX)]
pub struct QuantityError;

impl Quantity {
    /// The most of one SKU that one order line may name, before any limit of the shop.
    pub const MAX: u32 = 999;
    /// One piece.
    pub const ONE: Self = Self(1);

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Quantity {
    type Error = QuantityError;

    fn try_from(n: u32) -> Result<Self, QuantityError> {
        if (1..=Self::MAX).contains(&n) {
            Ok(Self(n))
        } else {
            Err(QuantityError)
        }
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r3_0_2_zero_negative_and_huge_quantities_cannot_be_read() {
        for bad in ["0", "-1", "1000", "4294967296", "1.5", "\"2\"", "null"] {
            assert!(
                serde_json::from_str::<Quantity>(bad).is_err(),
                "{bad} was taken"
            );
        }
        assert_eq!(serde_json::from_str::<Quantity>("999").unwrap().get(), 999);
    }
}
