//! Where the cart's text is kept, and what is done when the place or the text is not as it should be:
//! damaged text is moved aside (reliability.md B1), a newer version's is kept untouched (B4), a browser
//! that stores nothing gets a cart in memory and a notice (B2).

use contract::UserId;

use super::codec::{self, Decoded};
use super::document::Cart;
use super::line::TabId;
use crate::stores::shelf::{Shelf, ShelfError};

/// Where the last damaged cart is kept for whoever looks into it.
pub const BAD_KEY: &str = "cart.bad";
/// Which of the shop's storefronts this is.
const CHANNEL: &str = "web";

/// Whose cart it is. Signing out leaves the user's behind and shows the guest's again (rules.md 3.8).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Owner {
    /// Nobody signed in.
    #[default]
    Guest,
    /// A customer.
    User(UserId),
}

/// What the shopper should know about how the cart was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It could not be read and starts empty; the text is under [`BAD_KEY`].
    WasDamaged,
    /// A newer version of the shop wrote it; it is kept for when that version is back.
    IsNewer,
    /// This browser does not keep it: it lasts as long as the page.
    NotKept,
}

/// What the key of every cart begins with.
pub const PREFIX: &str = "cart:";

/// The key of an owner's cart in a version of the format: `cart:v3:web:guest`.
pub fn key(version: u32, owner: &Owner) -> String {
    let owner = match owner {
        Owner::Guest => "guest",
        Owner::User(id) => id.as_str(),
    };
    format!("{PREFIX}v{version}:{CHANNEL}:{owner}")
}

/// Finds an owner's cart, and what is to be told about it.
pub fn load(shelf: &impl Shelf, owner: &Owner, tab: TabId) -> (Cart, Option<Finding>) {
    match find(shelf, owner) {
        Ok((mut cart, finding)) => {
            cart.tidy(tab);
            (cart, finding)
        }
        Err(ShelfError) => (Cart::default(), Some(Finding::NotKept)),
    }
}

/// Whose cart is seen first, and that cart: the customer's who was signed in last; the guest's while they have none
/// here. A guest's cart that is still there waits to be merged with the account's (rules.md 3.8) and stays in sight
/// until then, whether the cart or the session was there first.
pub fn load_first(
    shelf: &impl Shelf,
    last: Option<UserId>,
    tab: TabId,
) -> (Owner, Cart, Option<Finding>) {
    let (guest, guest_finding) = load(shelf, &Owner::Guest, tab);
    if let Some(user) = last.map(Owner::User) {
        let (cart, finding) = load(shelf, &user, tab);
        if guest.is_empty() || !cart.is_empty() || finding.is_some() {
            return (user, cart, finding);
        }
    }
    (Owner::Guest, guest, guest_finding)
}

/// What is stored right now by this build's version, without judging it; absent when there is no cart
/// to merge with.
pub fn peek(shelf: &impl Shelf, owner: &Owner) -> Option<Cart> {
    let text = shelf.get(&key(codec::VERSION, owner)).ok()??;
    match codec::decode(&text) {
        Decoded::Cart(cart) => Some(cart),
        Decoded::Newer(_) | Decoded::Bad => None,
    }
}

/// Writes an owner's cart down and removes what older versions left. A newer version's text under this
/// key, or one too long, is refused.
pub fn save(shelf: &impl Shelf, owner: &Owner, cart: &Cart) -> Result<(), ShelfError> {
    let text = codec::encode(cart);
    let key_now = key(codec::VERSION, owner);
    if text.is_empty() || text.len() > codec::MAX_BYTES {
        return Err(ShelfError);
    }
    if let Some(Decoded::Newer(_)) = shelf.get(&key_now)?.as_deref().map(codec::decode) {
        return Err(ShelfError);
    }
    shelf.set(&key_now, &text)?;
    for older in codec::OLDEST..codec::VERSION {
        shelf.remove(&key(older, owner))?;
    }
    Ok(())
}

/// Takes an owner's cart away in every version that [`load`] reads, as signing out does with the user's.
pub fn clear(shelf: &impl Shelf, owner: &Owner) -> Result<(), ShelfError> {
    (codec::OLDEST..=codec::VERSION).try_for_each(|version| shelf.remove(&key(version, owner)))
}

fn find(shelf: &impl Shelf, owner: &Owner) -> Result<(Cart, Option<Finding>), ShelfError> {
    for version in (codec::OLDEST..=codec::VERSION).rev() {
        let key = key(version, owner);
        let Some(text) = shelf.get(&key)? else {
            continue;
        };
        return match codec::decode(&text) {
            Decoded::Cart(cart) => Ok((cart, None)),
            Decoded::Newer(newer) => {
                shelf.rename(&key, &format!("{key}:kept-v{newer}"))?;
                Ok((Cart::default(), Some(Finding::IsNewer)))
            }
            Decoded::Bad => {
                // The copy is for whoever looks into it: without room for it the shop goes on all the same.
                shelf
                    .rename(&key, BAD_KEY)
                    .or_else(|_| shelf.remove(&key))?;
                Ok((Cart::default(), Some(Finding::WasDamaged)))
            }
        };
    }
    Ok((Cart::default(), None))
}

#[cfg(test)]
mod tests {
    use contract::{Quantity, Timestamp};
    use proptest::prelude::*;

    use super::super::document::Edit;
    use super::super::line::Line;
    use super::*;
    use crate::stores::shelf::drawer::Drawer;

    const TAB: TabId = TabId(1);

    fn two_peaches() -> Cart {
        let mut cart = Cart::default();
        let add = Edit::Add {
            sku: "peach".into(),
            quantity: Quantity::try_from(2).unwrap(),
            price: None,
            at: Timestamp(1),
        };
        cart.apply(&add, TAB).unwrap();
        cart
    }

    fn peaches(cart: &Cart) -> u32 {
        cart.line(&"peach".into()).map_or(0, Line::quantity)
    }

    #[test]
    fn r3_8_the_key_names_version_channel_and_owner() {
        assert_eq!(key(3, &Owner::Guest), "cart:v3:web:guest");
        assert_eq!(key(3, &Owner::User("u1".into())), "cart:v3:web:u1");
    }

    #[test]
    fn a_saved_cart_is_found_again_by_its_owner_alone() {
        let drawer = Drawer::default();
        save(&drawer, &Owner::Guest, &two_peaches()).unwrap();
        assert_eq!(peaches(&load(&drawer, &Owner::Guest, TAB).0), 2);
        assert!(load(&drawer, &Owner::User("u1".into()), TAB).0.is_empty());
    }

    #[test]
    fn r3_8_a_guests_cart_stays_in_sight_until_it_was_merged() {
        let (drawer, me) = (Drawer::default(), UserId::from("u1"));
        let first = || {
            let (owner, cart, _) = load_first(&drawer, Some(me.clone()), TAB);
            (owner, peaches(&cart))
        };
        assert_eq!(first(), (Owner::User(me.clone()), 0));
        save(&drawer, &Owner::Guest, &two_peaches()).unwrap();
        assert_eq!(first(), (Owner::Guest, 2));
        save(&drawer, &Owner::User(me.clone()), &two_peaches()).unwrap();
        assert_eq!(first(), (Owner::User(me.clone()), 2));
        let (owner, ..) = load_first(&drawer, None, TAB);
        assert_eq!(owner, Owner::Guest);
    }

    #[test]
    fn inv_b1_a_damaged_cart_is_moved_aside_and_the_shop_goes_on() {
        let drawer = Drawer::with("cart:v3:web:guest", "{oops");
        let (cart, finding) = load(&drawer, &Owner::Guest, TAB);
        assert!(cart.is_empty());
        assert_eq!(finding, Some(Finding::WasDamaged));
        assert_eq!(drawer.get(BAD_KEY).unwrap().as_deref(), Some("{oops"));
        assert_eq!(drawer.keys(), [BAD_KEY]);
        save(&drawer, &Owner::Guest, &two_peaches()).unwrap();
        assert_eq!(
            load(&drawer, &Owner::Guest, TAB),
            (load(&drawer, &Owner::Guest, TAB).0, None)
        );
    }

    #[test]
    fn inv_b2_a_browser_that_refuses_gives_a_cart_in_memory_and_a_notice() {
        let drawer = Drawer::default();
        drawer.refuse_reads(true);
        assert_eq!(load(&drawer, &Owner::Guest, TAB).1, Some(Finding::NotKept));
        drawer.refuse_reads(false);
        drawer.refuse_writes(true);
        assert_eq!(
            save(&drawer, &Owner::Guest, &two_peaches()),
            Err(ShelfError)
        );
    }

    #[test]
    fn inv_b4_an_older_cart_moves_to_the_new_key_and_the_old_one_goes() {
        let v1 = r#"{"v":1,"lines":[{"sku":"peach","qty":2,"added_at":9}]}"#;
        let drawer = Drawer::with("cart:v1:web:guest", v1);
        let (cart, finding) = load(&drawer, &Owner::Guest, TAB);
        assert_eq!((peaches(&cart), finding), (2, None));
        save(&drawer, &Owner::Guest, &cart).unwrap();
        assert_eq!(drawer.keys(), ["cart:v3:web:guest"]);
    }

    #[test]
    fn r3_8_a_guests_older_cart_is_found_at_a_sign_in_and_merged_once() {
        let v2 = r#"{"v":2,"lines":[{"sku":"peach","qty":2,"added_at":9,"chosen":true}]}"#;
        let drawer = Drawer::with("cart:v2:web:guest", v2);
        assert_eq!(peaches(&load(&drawer, &Owner::Guest, TAB).0), 2);
        clear(&drawer, &Owner::Guest).unwrap();
        assert!(load(&drawer, &Owner::Guest, TAB).0.is_empty());
    }

    #[test]
    fn inv_b4_a_newer_versions_key_is_left_alone() {
        let newer = r#"{"v":4,"baskets":[]}"#;
        let drawer = Drawer::with("cart:v4:web:guest", newer);
        let (mut cart, finding) = load(&drawer, &Owner::Guest, TAB);
        assert_eq!(finding, None);
        cart.merge(&two_peaches());
        save(&drawer, &Owner::Guest, &cart).unwrap();
        assert_eq!(
            drawer.get("cart:v4:web:guest").unwrap().as_deref(),
            Some(newer)
        );
    }

    #[test]
    fn inv_b4_newer_text_under_our_own_key_is_kept_aside_and_never_overwritten() {
        let newer = r#"{"v":4,"baskets":[]}"#;
        let drawer = Drawer::with("cart:v3:web:guest", newer);
        assert_eq!(
            save(&drawer, &Owner::Guest, &two_peaches()),
            Err(ShelfError)
        );
        let (_, finding) = load(&drawer, &Owner::Guest, TAB);
        assert_eq!(finding, Some(Finding::IsNewer));
        let kept = drawer.get("cart:v3:web:guest:kept-v4").unwrap();
        assert_eq!(kept.as_deref(), Some(newer));
        drawer.refuse_writes(true);
        drawer.put("cart:v3:web:guest", newer);
        assert_eq!(load(&drawer, &Owner::Guest, TAB).1, Some(Finding::NotKept));
        assert!(
            drawer.keys().contains(&"cart:v3:web:guest".to_owned()),
            "no room to keep it: not touched"
        );
    }

    #[test]
    fn signing_out_takes_the_users_cart_away_and_leaves_the_guests() {
        let drawer = Drawer::default();
        let user = Owner::User("u1".into());
        save(&drawer, &Owner::Guest, &two_peaches()).unwrap();
        save(&drawer, &user, &two_peaches()).unwrap();
        clear(&drawer, &user).unwrap();
        assert_eq!(drawer.keys(), ["cart:v3:web:guest"]);
    }

    proptest! {
        #[test]
        fn inv_b1_whatever_is_stored_the_cart_opens_saves_and_opens_again(
            v3 in any::<Option<String>>(), v2 in any::<Option<String>>(), v1 in any::<Option<String>>(),
        ) {
            let drawer = Drawer::default();
            for (version, text) in [(3, v3), (2, v2), (1, v1)] {
                if let Some(text) = text {
                    drawer.set(&key(version, &Owner::Guest), &text).unwrap();
                }
            }
            let (mut cart, _) = load(&drawer, &Owner::Guest, TAB);
            cart.merge(&two_peaches());
            save(&drawer, &Owner::Guest, &cart).unwrap();
            prop_assert_eq!(peaches(&load(&drawer, &Owner::Guest, TAB).0), peaches(&cart));
        }
    }
}
