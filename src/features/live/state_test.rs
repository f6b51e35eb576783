//! What a room's page makes of what it hears.

use super::*;
use contract::catalog::ProductCard;
use contract::live::{FlashLeft, LiveCounts, LiveHost, ShelfItem};
use contract::{Currency, Money};

use crate::stores::live::count;

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn item(number: u32) -> ShelfItem {
    ShelfItem {
        number,
        product: ProductCard {
            id: format!("p{number}").into(),
            slug: format!("p{number}"),
            title: "Peach".to_owned(),
            picture: None,
            price: yuan(2990),
            price_from: false,
            list_price: None,
            sold: 0,
            rating: None,
            tags: Vec::new(),
            sold_out: false,
            group: None,
        },
        shown_at: None,
    }
}

fn room() -> LiveRoom {
    LiveRoom {
        id: "r".into(),
        seq: 4,
        state: LiveState::Live,
        practice: false,
        title: "Orchard".to_owned(),
        notice: String::new(),
        poster: None,
        host: LiveHost {
            handle: "h".to_owned(),
            name: "Host".to_owned(),
            avatar: None,
            followers: 1,
        },
        starts_at: Timestamp(0),
        live_at: Some(Timestamp(0)),
        ended_at: None,
        pinned: None,
        pinned_at: None,
        pinned_comment: None,
        shelf: vec![item(1), item(2)],
        flash: Vec::new(),
        viewers: 0,
        likes: 0,
        chat_every_s: 2,
        chat: Vec::new(),
        reminded: false,
        reminders: 0,
        playback: None,
        server_now: Timestamp(0),
    }
}

fn offer(state: FlashState) -> FlashOffer {
    FlashOffer {
        id: "f".into(),
        number: 1,
        sku: "A".into(),
        price: yuan(990),
        usual: yuan(2990),
        state,
        quota: 10,
        left: 10,
        per_user: 1,
        starts_at: Some(Timestamp(1000)),
        ends_at: Some(Timestamp(61_000)),
    }
}

#[test]
fn l1_dropping_events_5_to_7_is_a_gap_and_the_room_is_fetched_anew() {
    assert_eq!(next(3, 4), Next::Take);
    assert_eq!(next(4, 8), Next::Gap, "5 to 7 never came");
    let fetched = 8;
    assert_eq!(
        next(fetched, 6),
        Next::Known,
        "one that came late after all"
    );
    assert_eq!(next(fetched, 8), Next::Known);
    assert_eq!(next(fetched, 9), Next::Take);
}

#[test]
fn l2_one_pin_takes_the_others_place() {
    let (mut room, mut over) = (room(), Vec::new());
    let mut pin = |number, at| {
        let refetch = apply(
            &mut room,
            &mut over,
            Timestamp(at),
            &LiveChange::Pin { number },
        );
        assert!(!refetch);
        room.pinned
    };
    assert_eq!(pin(Some(1), 100), Some(1));
    assert_eq!(pin(Some(2), 200), Some(2));
    assert_eq!(pin(None, 300), None);
    let shown: Vec<_> = room.shelf.iter().map(|item| item.shown_at).collect();
    assert_eq!(shown, [Some(Timestamp(100)), Some(Timestamp(200))]);
}

#[test]
fn l7_a_price_waits_for_its_picture_and_its_end_for_nothing() {
    let flash = |state| LiveChange::Flash {
        offer: offer(state),
    };
    assert!(waits_for_picture(&flash(FlashState::Countdown)));
    assert!(waits_for_picture(&flash(FlashState::Active)));
    assert!(waits_for_picture(&LiveChange::Pin { number: None }));
    for state in [
        FlashState::SoldOut,
        FlashState::Expired,
        FlashState::Stopped,
    ] {
        assert!(!waits_for_picture(&flash(state)));
    }
    let ended = LiveChange::State {
        state: LiveState::Ended,
    };
    assert!(!waits_for_picture(&ended));
}

#[test]
fn l7_a_price_that_ended_is_not_brought_back_by_what_is_shown_late() {
    let (mut room, mut over) = (room(), Vec::new());
    let mut hear = |state| {
        let change = LiveChange::Flash {
            offer: offer(state),
        };
        apply(&mut room, &mut over, Timestamp(0), &change);
        room.flash.len()
    };
    assert_eq!(hear(FlashState::Countdown), 1);
    assert_eq!(hear(FlashState::Stopped), 0);
    assert_eq!(hear(FlashState::Active), 0, "held back by a late picture");
}

#[test]
fn l7_the_servers_clock_begins_and_ends_the_banner() {
    let at = |state, now| stands(&offer(state), Timestamp(now));
    assert_eq!(at(FlashState::Countdown, 999), FlashState::Countdown);
    assert_eq!(at(FlashState::Countdown, 1000), FlashState::Active);
    assert_eq!(at(FlashState::Active, 60_999), FlashState::Active);
    assert_eq!(at(FlashState::Active, 61_000), FlashState::Expired);
    let empty = FlashOffer {
        left: 0,
        ..offer(FlashState::Active)
    };
    assert_eq!(stands(&empty, Timestamp(2000)), FlashState::SoldOut);
}

#[test]
fn what_is_counted_greys_what_is_sold_out() {
    let mut room = room();
    room.flash.push(offer(FlashState::Active));
    room.likes = 9;
    let counts = LiveCounts {
        live: "r".into(),
        viewers: 1200,
        likes: 7,
        flash_left: vec![FlashLeft {
            id: "f".into(),
            left: 3,
        }],
        sold_out: vec![2],
    };
    count(&mut room, &counts);
    assert_eq!((room.viewers, room.likes), (1200, 9), "likes never fall");
    assert_eq!(offer_of(&room, 1).map(|offer| offer.left), Some(3));
    let out: Vec<_> = room
        .shelf
        .iter()
        .map(|item| item.product.sold_out)
        .collect();
    assert_eq!(out, [false, true]);
}

#[test]
fn features_28_a_recording_shows_what_was_pinned_at_its_moment() {
    let mark = |at, number| ReplayMark {
        at: Timestamp(at),
        change: LiveChange::Pin { number },
    };
    let marks = [mark(100, Some(1)), mark(200, Some(2)), mark(300, None)];
    let shown = [50, 100, 250, 300].map(|at| replayed(&marks, at));
    assert_eq!(shown, [None, Some(1), Some(2), None]);
}
