//! Events and the shelf: nothing of commerce is lost (L1), one pin at most (L2).

use contract::ErrorCode;
use contract::live::LiveChange;
use contract::live_studio::{LiveSeq, OnShelf, Pin, PutOnShelf, ShelfOrder, StaffRole};
use futures_util::future::join_all;

use super::{Host, next_change, on_air, session};
use crate::harness::TestShop;
use crate::listener::{Listener, start_relay};
use crate::shopping::{Buyer, leave};

#[tokio::test]
async fn l1_events_are_numbered_without_gaps_and_the_room_says_how_far_it_is() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "1").await;
        let topic = format!("live:{}", session(&host).await);
        let relay = start_relay(&shop).await;
        let mut listener = Listener::open(&viewer, &topic, "").await;
        let greeting = listener.next().await.unwrap();
        let began = viewer.room().await.seq;
        for number in 1..=6 {
            host.pin(Some(number)).await;
        }
        let mut heard = Vec::new();
        for _ in 0..6 {
            heard.push(next_change(&mut listener).await);
        }
        let numbers: Vec<i64> = heard.iter().map(|event| event.seq).collect();
        let due: Vec<i64> = (began + 1..=began + 6).collect();
        assert_eq!(numbers, due, "{}", shop.on);
        let room = viewer.room().await;
        assert_eq!((room.seq, room.pinned), (began + 6, Some(6)));
        drop(listener);
        // A page that slept through events 5 to 7 hears them when it comes back.
        let mut again = Listener::open(&viewer, &topic, &greeting.id).await;
        let mut replayed = Vec::new();
        for _ in 0..6 {
            replayed.push(next_change(&mut again).await);
        }
        assert_eq!(replayed, heard);
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}

#[tokio::test]
async fn l2_two_hosts_who_pin_at_once_leave_one_pin() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let other = Host::new(&shop, "13800000002", StaffRole::Host).await;
        let before = host.see().await.room.seq;
        let pins = (0..20).map(|n| {
            let (who, number) = if n % 2 == 0 { (&host, 1) } else { (&other, 2) };
            who.pin(Some(number))
        });
        let answers = join_all(pins).await;
        let room = host.see().await.room;
        assert!(matches!(room.pinned, Some(1 | 2)), "{:?}", room.pinned);
        let changes = room.seq - before;
        assert!((1..=20).contains(&changes), "{changes}");
        assert_eq!(
            answers.iter().map(|answer| answer.seq).max(),
            Some(room.seq)
        );
        assert!(room.shelf[0].shown_at.is_some(), "{}", shop.on);
    }
}

#[tokio::test]
async fn l2_the_same_pin_twice_changes_nothing_and_what_is_not_on_the_shelf_is_refused() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let first = host.pin(Some(1)).await.seq;
        assert_eq!(host.pin(Some(1)).await.seq, first);
        assert_eq!(host.pin(Some(2)).await.seq, first + 1, "one command");
        let pin = |number| host.put("/pin").json(&Pin { number });
        pin(Some(99)).refused(ErrorCode::NotOnShelf).await;
        let take_off = shop.delete(&host.path("/shelf/3"));
        let _: contract::live_studio::LiveSeq =
            take_off.cookie(&host.me.cookie).fresh_key().ok().await;
        pin(Some(3)).refused(ErrorCode::NotOnShelf).await;
        let off_sale = "UPDATE product SET on_sale = 0 WHERE slug = 'jj-cherry'";
        crate::groups::edit(&shop, off_sale).await;
        pin(Some(4)).refused(ErrorCode::NotOnShelf).await;
        assert_eq!(host.see().await.room.pinned, Some(2), "{}", shop.on);
        let back = PutOnShelf {
            product: "shine-muscat-grape".to_owned(),
        };
        let back: OnShelf = host.post("/shelf").json(&back).ok().await;
        assert_eq!(back.number, 3, "a number is a product's for good");
        let new = PutOnShelf {
            product: "peach-oolong".to_owned(),
        };
        let new: OnShelf = host.post("/shelf").json(&new).ok().await;
        assert_eq!(new.number, 7);
    }
}

#[tokio::test]
async fn l2_what_is_sold_out_stays_on_the_shelf_and_can_be_unpinned() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        host.pin(Some(1)).await;
        for sku in ["FRU001-A", "FRU001-B", "FRU001-C", "FRU001-D"] {
            leave(&shop, sku, 0).await;
        }
        let seen = host.see().await;
        assert!(seen.room.shelf[0].product.sold_out, "{}", shop.on);
        let alarm = seen.figures.alarms.iter().find(|alarm| alarm.number == 1);
        assert_eq!(alarm.map(|alarm| alarm.left), Some(0));
        host.pin(None).await;
        assert_eq!(host.see().await.room.pinned, None);
        let mut conn = shop.state.db.reader().acquire().await.unwrap();
        let log = server::live::store::log::all(&mut conn, &seen.room.id).await;
        let last = log.unwrap().pop().unwrap();
        assert_eq!(last.change, LiveChange::Pin { number: None });
    }
}

#[tokio::test]
async fn features_37_a_shelf_in_another_order_keeps_its_numbers() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let order = |numbers: Vec<u32>| host.put("/shelf").json(&ShelfOrder { numbers });
        let before = host.see().await.room;
        let numbers = |room: &contract::live::LiveRoom| -> Vec<u32> {
            room.shelf.iter().map(|item| item.number).collect()
        };
        assert_eq!(numbers(&before), (1..=6).collect::<Vec<_>>());
        let moved: LiveSeq = order(vec![4, 2]).ok().await;
        assert_eq!(moved.seq, before.seq + 1);
        let after = host.see().await.room;
        assert_eq!(numbers(&after), [4, 2, 1, 3, 5, 6], "{}", shop.on);
        let title = |room: &contract::live::LiveRoom, number| {
            let item = room.shelf.iter().find(|item| item.number == number);
            item.map(|item| item.product.title.clone())
        };
        assert_eq!(title(&after, 4), title(&before, 4));
        order(vec![4, 77]).refused(ErrorCode::NotOnShelf).await;
        assert_eq!(numbers(&host.see().await.room), [4, 2, 1, 3, 5, 6]);
    }
}
