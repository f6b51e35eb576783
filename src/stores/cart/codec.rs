//! The cart's stored text, by version. Whatever stands in the browser's storage, reading it gives an
//! answer and never a panic (reliability.md B1); older versions are brought up to date and newer ones
//! are told apart, so that they can be kept (B4).
//!
//! - Version 1: `{v, lines: [{sku, qty, added_at}]}`.
//! - Version 2 adds to a line whether it is ticked and the price that was seen.
//! - Version 3 counts by tab, so that tabs agree ([`super::line`]).

use contract::{Money, Quantity, SkuId, Timestamp};
use serde::{Deserialize, Serialize};

use super::document::{Cart, Edit};
use super::line::TabId;
use crate::platform::json;

/// The version that this build writes.
pub const VERSION: u32 = 3;
/// The oldest version that this build reads.
pub const OLDEST: u32 = 1;
/// The longest text that a cart may have (rules.md 3.8).
pub const MAX_BYTES: usize = 64 * 1024;
/// Logical time beyond this is damage: no shopper makes so many edits.
const MAX_CLOCK: u64 = 1 << 48;

/// What a stored text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// A cart, of this build's version or an older one.
    Cart(Cart),
    /// A newer build's cart: not ours to touch.
    Newer(u32),
    /// Nothing that any build has written.
    Bad,
}

/// Reads a stored text.
pub fn decode(text: &str) -> Decoded {
    if text.len() > MAX_BYTES {
        return Decoded::Bad;
    }
    let cart = match json::read::<Tag>(text).map(|tag| tag.v) {
        Some(newer) if newer > VERSION => return Decoded::Newer(newer),
        Some(3) => json::read::<V3>(text).map(|stored| stored.cart),
        Some(1 | 2) => json::read::<Plain>(text).and_then(Plain::rebuild),
        _ => None,
    };
    match cart {
        Some(cart) if cart.latest() < MAX_CLOCK => Decoded::Cart(cart),
        _ => Decoded::Bad,
    }
}

/// Writes a cart down. An empty string stands for a cart that cannot be written, and decodes as bad.
pub fn encode(cart: &Cart) -> String {
    serde_json::to_string(&V3Ref { v: VERSION, cart }).unwrap_or_default()
}

#[derive(Deserialize)]
struct Tag {
    v: u32,
}

#[derive(Deserialize)]
struct V3 {
    cart: Cart,
}

#[derive(Serialize)]
struct V3Ref<'a> {
    v: u32,
    cart: &'a Cart,
}

/// Versions 1 and 2: a plain list of lines.
#[derive(Deserialize)]
struct Plain {
    lines: Vec<PlainLine>,
}

#[derive(Deserialize)]
struct PlainLine {
    sku: SkuId,
    qty: Quantity,
    added_at: Timestamp,
    // Since version 2.
    #[serde(default = "ticked")]
    chosen: bool,
    #[serde(default)]
    seen_price: Option<Money>,
}

fn ticked() -> bool {
    true
}

impl Plain {
    /// Plays the list as edits; absent when it holds more than a cart may.
    fn rebuild(self) -> Option<Cart> {
        let tab = TabId::default();
        let mut cart = Cart::default();
        for line in self.lines {
            let add = Edit::Add {
                sku: line.sku.clone(),
                quantity: line.qty,
                price: line.seen_price,
                at: line.added_at,
            };
            cart.apply(&add, tab).ok()?;
            cart.apply(&Edit::Choose(vec![line.sku], line.chosen), tab)
                .ok()?;
        }
        Some(cart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Currency;
    use proptest::prelude::*;

    fn quantities(text: &str) -> Vec<(String, u32, bool)> {
        let Decoded::Cart(cart) = decode(text) else {
            panic!("{text} is no cart")
        };
        cart.lines()
            .iter()
            .map(|(sku, line)| (sku.to_string(), line.quantity(), line.is_chosen()))
            .collect()
    }

    #[test]
    fn inv_b4_versions_one_and_two_are_brought_up_to_date() {
        let v1 = r#"{"v":1,"lines":[{"sku":"peach","qty":2,"added_at":9},{"sku":"tea","qty":1,"added_at":3}]}"#;
        assert_eq!(
            quantities(v1),
            [("peach".into(), 2, true), ("tea".into(), 1, true)]
        );
        let v2 = r#"{"v":2,"lines":[{"sku":"peach","qty":2,"added_at":9,"chosen":false,
            "seen_price":{"minor":990,"currency":"CNY"}}]}"#;
        assert_eq!(quantities(v2), [("peach".into(), 2, false)]);
        let Decoded::Cart(cart) = decode(v2) else {
            unreachable!()
        };
        let price = cart.line(&"peach".into()).unwrap().seen_price();
        assert_eq!(price, Some(Money::new(990, Currency::CNY)));
    }

    #[test]
    fn inv_b4_a_newer_version_is_recognised_whatever_it_holds() {
        assert_eq!(decode(r#"{"v":4,"baskets":{"a":[1]}}"#), Decoded::Newer(4));
    }

    #[test]
    fn inv_b1_damage_is_recognised() {
        for bad in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"v":0}"#,
            r#"{"v":"3"}"#,
            r#"{"v":3}"#,
            r#"{"v":3,"cart":{"clock":-1,"lines":{}}}"#,
            r#"{"v":3,"cart":{"clock":18446744073709551615,"lines":{}}}"#,
            r#"{"v":1,"lines":[{"sku":"a","qty":0,"added_at":0}]}"#,
            r#"{"v":1,"lines":[{"sku":"a","qty":99999999999,"added_at":0}]}"#,
        ] {
            assert_eq!(decode(bad), Decoded::Bad, "{bad} was taken");
        }
        assert_eq!(decode(&" ".repeat(MAX_BYTES + 1)), Decoded::Bad);
    }

    fn sample() -> Cart {
        let mut cart = Cart::default();
        for (n, sku) in ["peach", "tea", "桃"].into_iter().enumerate() {
            let add = Edit::Add {
                sku: sku.into(),
                quantity: Quantity::try_from(n as u32 + 1).unwrap(),
                price: (n > 0).then(|| Money::new(990, Currency::CNY)),
                at: Timestamp(n as i64),
            };
            cart.apply(&add, TabId(n as u32)).unwrap();
        }
        cart.apply(&Edit::Remove(vec!["tea".into()]), TabId(7))
            .unwrap();
        cart
    }

    #[test]
    fn what_was_written_is_read_back() {
        assert_eq!(decode(&encode(&sample())), Decoded::Cart(sample()));
    }

    proptest! {
        #[test]
        fn inv_b1_no_text_makes_reading_panic(text in any::<String>()) {
            decode(&text);
        }

        #[test]
        fn inv_b1_no_damage_to_a_real_cart_makes_it_panic_or_grow_absurd(
            at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = encode(&sample()).into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes.truncate(at + 1 + cut.index(bytes.len() - at));
            if let Decoded::Cart(mut cart) = decode(&String::from_utf8_lossy(&bytes)) {
                for (_, line) in cart.lines() {
                    prop_assert!(line.quantity() <= Quantity::MAX);
                }
                let edit = Edit::SetQuantity("peach".into(), Quantity::ONE);
                prop_assert!(cart.apply(&edit, TabId(1)).is_ok());
            }
        }
    }
}
