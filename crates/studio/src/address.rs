//! The studio's addresses, all below `/studio`.

use contract::{LiveId, OrderId, PromotionId};
use storefront::routes::encoded;

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// All live rooms.
    Rooms,
    /// One of them.
    Room(LiveId),
    /// Everybody's orders.
    Orders,
    /// One of them.
    Order(OrderId),
    /// All products.
    Goods,
    /// What the books say of a time.
    Books,
    /// What a promotion made and cost.
    Result(PromotionId),
    /// What staff did.
    Record,
    /// All promotions.
    Campaigns,
    /// Choosing what a new one is.
    NewCampaign,
    /// One of them.
    Campaign(PromotionId),
    /// Nothing.
    Missing,
}

/// What a path leads to.
pub fn find(path: &str) -> Place {
    let path = path.trim_end_matches('/');
    let Some(rest) = path.strip_prefix("/studio") else {
        return Place::Missing;
    };
    match rest.split('/').collect::<Vec<_>>().as_slice() {
        [""] | ["", "live"] => Place::Rooms,
        ["", "live", id] => Place::Room((*id).into()),
        ["", "orders"] => Place::Orders,
        ["", "orders", id] => Place::Order((*id).into()),
        ["", "goods"] => Place::Goods,
        ["", "books"] => Place::Books,
        ["", "books", "campaigns", id] => Place::Result((*id).into()),
        ["", "books", "record"] => Place::Record,
        ["", "campaigns"] => Place::Campaigns,
        ["", "campaigns", "new"] => Place::NewCampaign,
        ["", "campaigns", id] => Place::Campaign((*id).into()),
        _ => Place::Missing,
    }
}

/// All live rooms.
pub fn rooms() -> &'static str {
    "/studio/live"
}

/// One of them.
pub fn room(id: &LiveId) -> String {
    format!("/studio/live/{}", encoded(id.as_str()))
}

/// A room as viewers see it: in the shopper's app.
pub fn in_shop(id: &LiveId) -> String {
    storefront::routes::live(id)
}

/// Everybody's orders.
pub fn orders() -> &'static str {
    "/studio/orders"
}

/// One of them.
pub fn order(id: &OrderId) -> String {
    format!("/studio/orders/{}", encoded(id.as_str()))
}

/// All products.
pub fn goods() -> &'static str {
    "/studio/goods"
}

/// What the books say of a time.
pub fn books() -> &'static str {
    "/studio/books"
}

/// What a promotion made and cost.
pub fn result(id: &PromotionId) -> String {
    format!("/studio/books/campaigns/{}", encoded(id.as_str()))
}

/// What staff did.
pub fn record() -> &'static str {
    "/studio/books/record"
}

/// All promotions.
pub fn campaigns() -> &'static str {
    "/studio/campaigns"
}

/// Choosing what a new one is.
pub fn new_campaign() -> &'static str {
    "/studio/campaigns/new"
}

/// One of them.
pub fn campaign(id: &PromotionId) -> String {
    format!("/studio/campaigns/{}", encoded(id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_place() {
        assert_eq!(find(rooms()), Place::Rooms);
        assert_eq!(find("/studio"), Place::Rooms);
        assert_eq!(find("/studio/"), Place::Rooms);
        assert_eq!(find(&room(&"a1".into())), Place::Room("a1".into()));
        assert_eq!(find(orders()), Place::Orders);
        assert_eq!(find(&order(&"a1".into())), Place::Order("a1".into()));
        assert_eq!(find(goods()), Place::Goods);
        assert_eq!(find(books()), Place::Books);
        assert_eq!(find(&result(&"a1".into())), Place::Result("a1".into()));
        assert_eq!(find(record()), Place::Record);
        assert_eq!(find(campaigns()), Place::Campaigns);
        assert_eq!(find(new_campaign()), Place::NewCampaign);
        assert_eq!(find(&campaign(&"a1".into())), Place::Campaign("a1".into()));
        for odd in ["/studio/live/a/b", "/studio/elsewhere", "/live", "/studios"] {
            assert_eq!(find(odd), Place::Missing, "{odd}");
        }
    }
}
