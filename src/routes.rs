//! Every address of the app, written once, so that a link to a page that does not exist does not compile.

use contract::groups::Seat;
use contract::{
    CategoryId, FlashId, GroupId, LiveId, OrderId, Quantity, ShareToken, SkuId, VideoId,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A part of a path or a value of a query, safe to put into an address.
pub fn encoded(part: &str) -> String {
    utf8_percent_encode(part, RESERVED).to_string()
}

/// `?a=1&b=2` of the pairs, or nothing.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let joined: Vec<_> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={}", encoded(value)))
        .collect();
    if joined.is_empty() {
        String::new()
    } else {
        format!("?{}", joined.join("&"))
    }
}

/// The feed.
pub fn home() -> &'static str {
    "/"
}

/// All categories.
pub fn categories() -> &'static str {
    "/category"
}

/// One category.
pub fn category(id: &CategoryId) -> String {
    format!("/category/{}", encoded(id.as_str()))
}

/// Search results; the catalog feature writes `query` (`?q=…`), empty for the empty search.
pub fn search(query: &str) -> String {
    format!("/search{query}")
}

/// A product, with one SKU chosen when there is one.
pub fn product(slug: &str, sku: Option<&SkuId>) -> String {
    let chosen: Vec<_> = sku.iter().map(|sku| ("sku", sku.as_str())).collect();
    format!("/p/{}{}", encoded(slug), query(&chosen))
}

/// A product with the choice for a seat open: a seat of `group`, or the first of a new one.
pub fn product_seat(slug: &str, group: Option<&GroupId>) -> String {
    let seat = group.map_or(NEW_GROUP, GroupId::as_str);
    format!("/p/{}{}", encoded(slug), query(&[("seat", seat)]))
}

/// Stands for a group that is not there yet in `?seat=`.
pub const NEW_GROUP: &str = "new";

/// A group.
pub fn group(id: &GroupId) -> String {
    format!("/g/{}", encoded(id.as_str()))
}

/// The checkout of a seat: the first of a new group, or one of a group that forms.
pub fn seat(seat: &Seat, sku: &SkuId, quantity: Quantity) -> String {
    let (kind, id) = match seat {
        Seat::Open { activity } => ("activity", activity.as_str()),
        Seat::Join { group } => ("group", group.as_str()),
    };
    let number = quantity.get().to_string();
    let pairs = [(kind, id), ("sku", sku.as_str()), ("n", number.as_str())];
    format!("/checkout/seat{}", query(&pairs))
}

/// A live room.
pub fn live(id: &LiveId) -> String {
    format!("/live/{}", encoded(id.as_str()))
}

/// The short videos from the newest on.
pub fn videos() -> &'static str {
    "/v"
}

/// The short videos from one on.
pub fn video(id: &VideoId) -> String {
    format!("/v/{}", encoded(id.as_str()))
}

/// A creator's own short videos, and sending one in.
pub fn publish() -> &'static str {
    "/publish"
}

/// The checkout of a flash price of a live room.
pub fn flash(room: &LiveId, flash: &FlashId, sku: &SkuId, quantity: Quantity) -> String {
    let number = quantity.get().to_string();
    let pairs = [
        ("live", room.as_str()),
        ("flash", flash.as_str()),
        ("sku", sku.as_str()),
        ("n", number.as_str()),
    ];
    format!("/checkout/flash{}", query(&pairs))
}

/// The coupon centre and the wallet.
pub fn coupons() -> &'static str {
    "/coupons"
}

/// The flash sales of the day.
pub fn flash_sales() -> &'static str {
    "/flash"
}

/// The notification centre.
pub fn notifications() -> &'static str {
    "/notifications"
}

/// The cart.
pub fn cart() -> &'static str {
    "/cart"
}

/// The checkout of the chosen lines of the cart.
pub fn checkout() -> &'static str {
    "/checkout"
}

/// The checkout of one thing, past the cart.
pub fn buy_now(sku: &SkuId, quantity: Quantity) -> String {
    format!(
        "/checkout{}",
        query(&[("sku", sku.as_str()), ("n", &quantity.get().to_string())])
    )
}

/// The checkout of one thing that was shown in a live room, past the cart.
pub fn buy_in_room(room: &LiveId, sku: &SkuId, quantity: Quantity) -> String {
    let number = quantity.get().to_string();
    let pairs = [
        ("sku", sku.as_str()),
        ("n", number.as_str()),
        ("live", room.as_str()),
    ];
    format!("/checkout{}", query(&pairs))
}

/// Where the payment gateway sends the buyer back to.
pub fn payment_result(order: &OrderId) -> String {
    format!("/pay/{}", encoded(order.as_str()))
}

/// The buyer's orders, all or in one state.
pub fn orders(state: Option<&str>) -> String {
    let chosen: Vec<_> = state.iter().map(|state| ("state", *state)).collect();
    format!("/orders{}", query(&chosen))
}

/// One order.
pub fn order(id: &OrderId) -> String {
    format!("/orders/{}", encoded(id.as_str()))
}

/// A share link's own path, as it is passed on.
pub fn share_link(token: &ShareToken) -> String {
    format!("/s/{}", encoded(token.as_str()))
}

/// What one's links brought.
pub fn shares() -> &'static str {
    "/shares"
}

/// Every commission, one by one.
pub fn earnings() -> &'static str {
    "/shares/earnings"
}

/// Payouts.
pub fn withdraw() -> &'static str {
    "/shares/withdraw"
}

/// A creator's page.
pub fn creator(handle: &str) -> String {
    format!("/c/{}", encoded(handle))
}

/// The account.
pub fn account() -> &'static str {
    "/account"
}

/// The address book.
pub fn addresses() -> &'static str {
    "/addresses"
}

/// Signing in; afterwards the app goes on to `next`, a path of its own.
pub fn sign_in(next: Option<&str>) -> String {
    let chosen: Vec<_> = next.iter().map(|next| ("next", *next)).collect();
    format!("/sign-in{}", query(&chosen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_address_are_encoded() {
        assert_eq!(
            product("a/b?c", Some(&"1&2".into())),
            "/p/a%2Fb%3Fc?sku=1%262"
        );
        assert_eq!(
            sign_in(Some("/orders?state=paid")),
            "/sign-in?next=%2Forders%3Fstate%3Dpaid"
        );
        assert_eq!(orders(None), "/orders");
        let join = Seat::Join {
            group: "g/1".into(),
        };
        assert_eq!(
            seat(&join, &"A".into(), Quantity::try_from(2).unwrap()),
            "/checkout/seat?group=g%2F1&sku=A&n=2"
        );
        assert_eq!(product_seat("tea", None), "/p/tea?seat=new");
    }
}
