//! A live room as viewers and hosts both follow it: what is told of it, what it counts, how its prices stand.

use contract::live::{FlashOffer, FlashState, LiveCounts, LiveEnvelope, LiveRoom};
use contract::{LiveId, Timestamp};
use leptos::prelude::*;

use crate::api::events::{self, Heard};
use crate::platform::json;

/// Listens to a room while the current owner lives, from when its id is known. `heard` is told nothing where something
/// was missed, or was said by a newer server: the room is to be fetched.
pub fn listen(
    room: impl Fn() -> Option<LiveId> + Send + Sync + 'static,
    heard: impl Fn(Option<LiveEnvelope>) + Copy + 'static,
) {
    let topic = Memo::new(move |_| room().map(|id| format!("live:{id}")));
    Effect::new(move || {
        if let Some(topic) = topic.get() {
            events::listen(vec![topic], move |told| match told {
                Heard::Live(text) => heard(json::read(&text)),
                Heard::Gap => heard(None),
                Heard::Event(_) => {}
            });
        }
    });
}

/// The room with what it counts now.
pub fn count(room: &mut LiveRoom, counts: &LiveCounts) {
    room.viewers = counts.viewers;
    room.likes = room.likes.max(counts.likes);
    count_left(&mut room.flash, counts);
    for item in &mut room.shelf {
        item.product.sold_out = counts.sold_out.contains(&item.number);
    }
}

/// Flash prices with the units that are left of them.
pub fn count_left(offers: &mut [FlashOffer], counts: &LiveCounts) {
    for left in &counts.flash_left {
        if let Some(offer) = offers.iter_mut().find(|offer| offer.id == left.id) {
            offer.left = left.left;
        }
    }
}

/// How a flash price stands by the server's clock.
pub fn stands(offer: &FlashOffer, now: Timestamp) -> FlashState {
    let (Some(starts_at), Some(ends_at)) = (offer.starts_at, offer.ends_at) else {
        return offer.state;
    };
    match offer.state {
        FlashState::Countdown | FlashState::Active if now >= ends_at => FlashState::Expired,
        FlashState::Countdown if now >= starts_at => FlashState::Active,
        state => state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Currency, Money};

    fn offer(state: FlashState) -> FlashOffer {
        FlashOffer {
            id: "f".into(),
            number: 1,
            sku: "A".into(),
            price: Money::new(990, Currency::CNY),
            usual: Money::new(2990, Currency::CNY),
            state,
            quota: 10,
            left: 10,
            per_user: 1,
            starts_at: Some(Timestamp(1000)),
            ends_at: Some(Timestamp(61_000)),
        }
    }

    #[test]
    fn l3_the_servers_clock_begins_and_ends_a_price() {
        let at = |now| stands(&offer(FlashState::Countdown), Timestamp(now));
        assert_eq!(at(999), FlashState::Countdown);
        assert_eq!(at(1000), FlashState::Active);
        assert_eq!(at(61_000), FlashState::Expired);
        assert_eq!(
            stands(&offer(FlashState::Armed), Timestamp(0)),
            FlashState::Armed
        );
    }
}
