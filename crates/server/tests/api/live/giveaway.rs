//! Giveaways (L9): declared whole and before, entered once and without buying, drawn by a seed that was promised, won
//! by who is there.

use contract::live::{LiveChange, LiveRoom, LiveTold};
use contract::live_giveaway::{
    Giveaway, GiveawayEntered, GiveawayEntry, GiveawayState, NewGiveaway, StudioGiveaway,
};
use contract::live_studio::LiveCommand;
use contract::notifications::{Notice, NotificationList};
use contract::{ErrorCode, GiveawayId};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Host, ROOM, announced, next_change, on_air, session};
use crate::harness::{Request, TestShop};
use crate::listener::{Listener, start_relay};
use crate::shopping::Buyer;

const OPEN_S: u32 = 60;

fn terms(entry: GiveawayEntry, winners: u32) -> NewGiveaway {
    NewGiveaway {
        prize: "草莓一盒".to_owned(),
        entry,
        winners,
        open_s: OPEN_S,
    }
}

impl Host<'_> {
    fn give(&self, new: &NewGiveaway) -> Request {
        self.post("/giveaways").json(new)
    }

    async fn open(&self, entry: GiveawayEntry, winners: u32) -> Giveaway {
        let opened: StudioGiveaway = self.give(&terms(entry, winners)).ok().await;
        opened.giveaway
    }
}

impl Buyer<'_> {
    fn ask_in(&self, id: &GiveawayId) -> Request {
        self.post(&format!("/api/live/{ROOM}/giveaways/{id}/entries"))
    }

    async fn enter(&self, id: &GiveawayId) -> GiveawayEntered {
        self.ask_in(id).ok().await
    }

    /// Comes into the room and stays until the listener is dropped.
    async fn stay(&self, host: &Host<'_>) -> Listener {
        let topic = format!("live:{}", session(host).await);
        let mut listener = Listener::open(self, &topic, "").await;
        listener.next().await.unwrap();
        listener
    }
}

/// The draw's time has come.
async fn draw(shop: &TestShop) {
    shop.clock.advance_ms(i64::from(OPEN_S) * 1000);
    server::jobs::run_once(&shop.state).await;
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As a guest sees it.
async fn latest(shop: &TestShop) -> Giveaway {
    let room: LiveRoom = shop.get(&format!("/api/live/{ROOM}")).ok().await;
    room.giveaway.unwrap()
}

#[tokio::test]
async fn l9_a_draw_is_what_its_seed_makes_of_who_entered_and_is_there() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let opened = host.open(GiveawayEntry::Anyone, 2).await;
        assert_eq!((opened.state, opened.seed), (GiveawayState::Open, None));
        let mut streams = Vec::new();
        let mut buyers = Vec::new();
        for n in 0..5_u32 {
            let buyer = Buyer::new(&shop, &format!("1390000000{n}")).await;
            let entered = buyer.enter(&opened.id).await;
            assert_eq!((entered.entry, entered.entries), (n + 1, n + 1));
            // The third one has left before the draw; the second never came in.
            if n != 1 {
                streams.push(buyer.stay(&host).await);
            }
            buyers.push(buyer);
        }
        drop(streams.remove(1));
        draw(&shop).await;

        let drawn = latest(&shop).await;
        assert_eq!((drawn.state, drawn.entries), (GiveawayState::Drawn, 5));
        let seed = drawn.seed.clone().unwrap();
        assert_eq!(sha256(&seed), opened.seed_hash, "the promised seed");
        let mut order: Vec<u32> = (1..=5).collect();
        order.sort_by_key(|entry| sha256(&format!("{seed}:{entry}")));
        order.retain(|entry| ![2, 3].contains(entry));
        let won: Vec<u32> = drawn.won.iter().map(|winner| winner.entry).collect();
        assert_eq!(won, order[..2], "{} on {}", seed, shop.on);

        let seen = &host.see().await.giveaways[0];
        assert_eq!(seen.giveaway, drawn);
        for (place, entry) in (0..).zip(&won) {
            let buyer = &buyers[*entry as usize - 1];
            assert!(seen.phones[place].ends_with(&format!("1390000000{}", entry - 1)));
            let told: NotificationList = buyer.get("/api/notifications").ok().await;
            assert!(matches!(told.items[0].notice, Notice::GiveawayWon { .. }));
            assert_eq!(told.items[0].subject, "草莓一盒");
        }
        let lost: NotificationList = buyers[1].get("/api/notifications").ok().await;
        assert!(lost.items.is_empty());
        // It is drawn once.
        draw(&shop).await;
        assert_eq!(latest(&shop).await, drawn);
    }
}

#[tokio::test]
async fn l9_what_was_declared_does_not_change_and_is_told_before_anybody_enters() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "13900000001").await;
        let relay = start_relay(&shop).await;
        let mut stream = viewer.stay(&host).await;
        let opened = host.open(GiveawayEntry::Anyone, 1).await;
        let told = next_change(&mut stream).await;
        let same = LiveChange::Giveaway {
            giveaway: opened.clone(),
        };
        assert_eq!(told.change, same);
        assert_eq!(opened.seed_hash.len(), 64);
        let event = serde_json::to_string(&LiveTold::LiveChanged(told)).unwrap();
        assert!(!event.contains("\"seed\""), "{event}");
        // Another one does not take its place.
        let other = host.give(&terms(GiveawayEntry::Spoke, 9));
        other.refused(ErrorCode::LiveStateConflict).await;
        // Not even by somebody at the database.
        for change in [
            "prize = 'nothing'",
            "entry = 'spoke'",
            "winners = 2",
            "closes_at = closes_at + 1",
            "seed = 'mine'",
        ] {
            let mut tx = shop.state.db.begin().await.unwrap();
            let sql = format!("UPDATE live_giveaway SET {change}");
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
                .execute(tx.conn())
                .await;
            assert!(done.is_err(), "{change} on {}", shop.on);
        }
        assert_eq!(viewer.room().await.giveaway, Some(opened));
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}

#[tokio::test]
async fn l9_everybody_enters_once_and_only_who_did_what_was_asked() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "13900000001").await;
        let opened = host.open(GiveawayEntry::Spoke, 1).await;
        let asked = viewer.ask_in(&opened.id);
        asked.refused(ErrorCode::NotEligible).await;
        viewer.say("我也想要").await;
        let first = viewer.enter(&opened.id).await;
        assert_eq!(viewer.enter(&opened.id).await, first);
        assert_eq!(viewer.room().await.entered, Some(1));
        assert_eq!(latest(&shop).await.entries, 1);
        let ours = host.me.ask_in(&opened.id);
        ours.refused(ErrorCode::NotEligible).await;
        let nobody = shop.post(&format!("/api/live/{ROOM}/giveaways/{}/entries", opened.id));
        nobody.refused(ErrorCode::SignInRequired).await;
        viewer
            .ask_in(&GiveawayId::from("none"))
            .refused(ErrorCode::NotFound)
            .await;
        // The clock closes it, whether it was drawn or not.
        shop.clock.advance_ms(i64::from(OPEN_S) * 1000);
        let late = Buyer::new(&shop, "13900000002").await;
        late.say("还来得及吗").await;
        late.ask_in(&opened.id)
            .refused(ErrorCode::LiveStateConflict)
            .await;
        // Nobody was there: nobody won, and another one can be opened.
        server::jobs::run_once(&shop.state).await;
        let drawn = latest(&shop).await;
        assert_eq!((drawn.state, drawn.won), (GiveawayState::Drawn, vec![]));
        host.open(GiveawayEntry::Anyone, 1).await;
    }
}

#[tokio::test]
async fn l9_a_room_that_ends_gives_nothing_away_any_more() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let early = host.give(&terms(GiveawayEntry::Anyone, 1));
        early.refused(ErrorCode::LiveStateConflict).await;
        host.go(LiveCommand::Start).await;
        for bad in [
            json!({ "prize": " ", "entry": "anyone", "winners": 1, "open_s": 60 }),
            json!({ "prize": "x", "entry": "anyone", "winners": 0, "open_s": 60 }),
            json!({ "prize": "x", "entry": "bought", "winners": 1, "open_s": 60 }),
        ] {
            let request = host.post("/giveaways").json(&bad);
            request.refused(ErrorCode::InvalidRequest).await;
        }
        let opened = host.open(GiveawayEntry::Anyone, 1).await;
        let viewer = Buyer::new(&shop, "13900000001").await;
        viewer.enter(&opened.id).await;
        let _stream = viewer.stay(&host).await;
        host.go(LiveCommand::End).await;
        draw(&shop).await;
        let ended = latest(&shop).await;
        assert_eq!(
            (ended.state, ended.seed, ended.won),
            (GiveawayState::Void, None, vec![])
        );
    }
}
