//! Whether a promotion is there for this customer at this moment, whatever is in the cart.

use contract::Timestamp;
use contract::promotions::PromotionReason as Reason;
use jiff::tz::TimeZone;

use crate::model::{Audience, Customer, Promotion, Stage};

/// Why it is not; its dates first, then whom it is for, then what is left of it.
pub fn obstacle(
    promotion: &Promotion,
    customer: &Customer,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Reason> {
    out_of_time(promotion, zone, now)
        .or_else(|| not_for(&promotion.audience, customer))
        .or_else(|| used_up(promotion))
}

fn out_of_time(promotion: &Promotion, zone: &TimeZone, now: Timestamp) -> Option<Reason> {
    let schedule = &promotion.schedule;
    match promotion.stage {
        Stage::Draft => return Some(Reason::NotOffered),
        Stage::Paused => return Some(Reason::Paused),
        Stage::Ended => return Some(Reason::Ended),
        Stage::Live => {}
    }
    if now >= schedule.ends_at {
        return Some(Reason::Ended);
    }
    if schedule.open_at(zone, now).is_some() {
        return None;
    }
    Some(match schedule.next_after(zone, now) {
        Some(next) => Reason::NotYet {
            starts_at: next.from,
        },
        None => Reason::Ended,
    })
}

fn not_for(audience: &Audience, customer: &Customer) -> Option<Reason> {
    let picky = audience.new_only || audience.min_tier > 0 || !audience.communities.is_empty();
    if picky && !customer.signed_in {
        return Some(Reason::SignIn);
    }
    if audience.new_only && !customer.is_new {
        return Some(Reason::NewOnly);
    }
    if customer.tier < audience.min_tier {
        return Some(Reason::MembersOnly {
            level: audience.min_tier,
        });
    }
    let is_neighbour = audience
        .communities
        .iter()
        .any(|home| customer.communities.contains(home));
    (!audience.communities.is_empty() && !is_neighbour).then_some(Reason::OtherCommunity)
}

fn used_up(promotion: &Promotion) -> Option<Reason> {
    let budget = promotion.budget;
    let nothing = |left: Option<i64>| left.is_some_and(|left| left <= 0);
    (nothing(budget.spend_left) || nothing(budget.uses_left)).then_some(Reason::UsedUp)
}
