//! What is kept of a room (L11), what its host is told of it, and what its recording replays.

use contract::live::{LiveChange, LiveReplay};
use contract::live_studio::LiveCommand;
use contract::shares::{ShareChannel, ShareTarget};
use contract::{ErrorCode, ShareToken};
use server::trade::settle::Outcome;

use super::{FLASH, ROOM, STRAWBERRY, USUAL, on_air, session};
use crate::groups::{offline_shops, pay};
use crate::harness::TestShop;
use crate::shopping::{Buyer, line, yuan};

#[tokio::test]
async fn l11_the_record_holds_everything_and_cannot_be_changed() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "1").await;
        host.pin(Some(1)).await;
        viewer.say("=cmd|' /C calc'!A0").await;
        host.flash(5, 1, 0).await;
        host.go(LiveCommand::End).await;
        let answer = host.me.get(&host.path("/log")).send().await;
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        let table = answer.text();
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let kinds: Vec<String> = rows
            .records()
            .map(|row| row.unwrap()[3].to_owned())
            .collect();
        assert_eq!(
            kinds,
            ["state", "pin", "flash", "flash", "pin", "state", "said"],
            "{table}"
        );
        assert!(table.contains("'=cmd"), "{table}");
        for sql in ["UPDATE live_log SET viewers = 9", "DELETE FROM live_log"] {
            let mut tx = shop.state.db.begin().await.unwrap();
            let done = sqlx::query(sql).execute(tx.conn()).await;
            assert!(done.is_err(), "{sql} on {}", shop.on);
        }
    }
}

#[tokio::test]
async fn the_host_is_told_what_the_room_and_each_pin_made() {
    for shop in offline_shops().await {
        let host = on_air(&shop).await;
        let (a, b) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let id = session(&host).await;
        host.pin(Some(1)).await;
        let mut request = Buyer::request(&[line(STRAWBERRY, 1)], yuan(USUAL));
        request.live = Some(id.clone());
        let in_room: contract::orders::OrderDetail =
            a.post("/api/orders").json(&request).ok().await;
        b.order(&[line(STRAWBERRY, 1)]).await;
        let flash = host.flash(5, 1, 0).await;
        let by_flash: contract::live::FlashTaken = b.buy_one(&flash).ok().await;
        assert_eq!(pay(&shop, &in_room.card.id).await, Outcome::Paid);
        assert_eq!(pay(&shop, &by_flash.order.card.id).await, Outcome::Paid);
        shop.clock.advance_ms(5000);
        host.pin(Some(2)).await;
        let figures = host.see().await.figures;
        assert_eq!((figures.orders, figures.paid_orders), (2, 2), "{}", shop.on);
        assert_eq!(figures.revenue, yuan(USUAL + FLASH));
        let pins: Vec<_> = figures
            .pins
            .iter()
            .map(|pin| (pin.number, pin.pinned_ms, pin.orders))
            .collect();
        assert_eq!(pins, [(1, 5000, 2), (2, 0, 0)]);
        // An order that says it is from a room that is over is an order as any other.
        host.go(LiveCommand::End).await;
        let _: contract::orders::OrderDetail = b.post("/api/orders").json(&request).ok().await;
        assert_eq!(host.see().await.figures.orders, 2);
    }
}

#[tokio::test]
async fn a_replay_has_the_pins_and_the_lines_where_they_were() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "1").await;
        let replay = || viewer.get(&format!("/api/live/{ROOM}/replay"));
        replay().refused(ErrorCode::LiveStateConflict).await;
        shop.clock.advance_ms(7000);
        host.pin(Some(2)).await;
        shop.clock.advance_ms(3000);
        viewer.say("lovely").await;
        host.go(LiveCommand::End).await;
        let seen: LiveReplay = replay().ok().await;
        let pins: Vec<_> = seen
            .marks
            .iter()
            .map(|mark| (mark.at.since(seen.live_at), mark.change.clone()))
            .collect();
        let pin = |number| LiveChange::Pin { number };
        assert_eq!(
            pins,
            [(7000, pin(Some(2))), (10_000, pin(None))],
            "{}",
            shop.on
        );
        assert_eq!(seen.chat[0].at.since(seen.live_at), 10_000);
        let shown = viewer.room().await.shelf[1].shown_at.unwrap();
        assert_eq!(shown.since(seen.live_at), 7000);
    }
}

#[tokio::test]
async fn a4_who_invited_into_the_room_is_paid_for_orders_placed_in_it() {
    use crate::sharing::Person;
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let id = session(&host).await;
        let (inviter, last) = (Person::new(&shop, 11).await, Person::new(&shop, 12).await);
        let target = ShareTarget::Live { id: id.clone() };
        let to_room = inviter
            .share_as(target, ShareChannel::Chat, None)
            .await
            .token;
        let to_goods: ShareToken = last.share().await.token;
        let buyer = Person::new(&shop, 13).await;
        buyer.open(&to_room).await;
        shop.clock.advance_ms(1000);
        buyer.open(&to_goods).await;
        let payee = async |live: Option<contract::LiveId>| {
            let mut request = Buyer::request(&[line(STRAWBERRY, 1)], yuan(USUAL));
            request.live = live;
            let order: contract::orders::OrderDetail =
                buyer.buyer.post("/api/orders").json(&request).ok().await;
            let mut conn = shop.state.db.reader().acquire().await.unwrap();
            let found = server::attribution::store::frozen::find(&mut conn, &order.card.id).await;
            found.unwrap().unwrap().payee_l1
        };
        assert_eq!(payee(Some(id)).await, inviter.buyer.id, "{}", shop.on);
        assert_eq!(payee(None).await, last.buyer.id);
    }
}
