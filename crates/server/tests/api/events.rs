//! The event stream: nothing lost, nothing twice, nothing for others (inv.E1 to E6, O1 to O3, R7, R8).

use std::time::Duration;

use contract::ErrorCode;
use contract::events::ShopEvent;
use futures_util::future::join_all;
use server::outbox::relay::Relay;
use server::outbox::{self, Draft};

use crate::harness::TestShop;
use crate::listener::{Listener, start_relay};
use crate::shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, count, line, yuan};

async fn place(buyer: &Buyer<'_>) -> String {
    let total = yuan(STRAWBERRIES_PRICE);
    let request = buyer.send_order(&[line(STRAWBERRIES, 1)], total);
    let order: contract::orders::OrderDetail = request.ok().await;
    order.card.id.0
}

#[tokio::test]
async fn an_open_page_hears_of_its_order_at_once() {
    for shop in TestShop::each_stocked().await {
        let relay = start_relay(&shop).await;
        let buyer = Buyer::new(&shop, "1").await;
        let order = place(&buyer).await;
        let mut page = Listener::open(&buyer, &format!("order:{order}"), "").await;
        let greeting = page.next().await.unwrap();
        let retry: u64 = greeting.retry.parse().unwrap();
        assert!((500..3000).contains(&retry));
        assert_eq!((greeting.seq(), greeting.event.as_str()), (1, ""));
        buyer.cancel(&order.as_str().into()).await;
        let frame = page.next().await.unwrap();
        let heard = frame.envelope();
        assert_eq!((heard.seq, heard.topic), (2, format!("order:{order}")));
        let ShopEvent::OrderClosed(change) = heard.event else {
            panic!("{:?}", heard.event);
        };
        assert_eq!((change.version, change.order.0), (2, order));
        shop.state.stop.cancel();
        assert_eq!(page.next().await, None, "{}", shop.on);
        relay.await.unwrap();
    }
}

#[tokio::test]
async fn inv_e1_over_any_reconnects_every_event_comes_once_and_in_order() {
    for shop in TestShop::each_stocked().await {
        let _relay = start_relay(&shop).await;
        let buyer = Buyer::new(&shop, "1").await;
        let other = Buyer::new(&shop, "2").await;
        // The first page stands before the first order, or it would rightly hear only what comes after it.
        let mut page = Listener::open(&buyer, "user:me", "").await;
        let mut last = page.next().await.unwrap().id;
        let placing = async {
            for n in 0..60 {
                place(if n % 3 == 0 { &other } else { &buyer }).await;
            }
        };
        let listening = async {
            let (mut heard, mut cut) = (Vec::new(), 0);
            loop {
                cut = cut % 5 + 1;
                for frame in page.take(cut.min(40 - heard.len())).await {
                    last = frame.id.clone();
                    heard.push(frame.seq());
                }
                if heard.len() == 40 {
                    break heard;
                }
                page = Listener::open(&buyer, "user:me", &last).await;
                assert_eq!(page.next().await.unwrap().id, last);
            }
        };
        let (heard, ()) = tokio::join!(listening, placing);
        let all: Vec<i64> =
            sqlx::query_scalar("SELECT seq FROM outbox WHERE audience = '1' ORDER BY seq")
                .fetch_all(shop.state.db.reader())
                .await
                .unwrap();
        assert_eq!(heard, all, "{}", shop.on);
        shop.state.stop.cancel();
    }
}

#[tokio::test]
async fn inv_e1_a_page_whose_past_is_gone_is_told_to_start_anew() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        for _ in 0..4 {
            place(&buyer).await;
        }
        let mut page = Listener::open(&buyer, "user:me", "").await;
        let now = page.next().await.unwrap().id;
        let epoch = now.split('.').next().unwrap().to_owned();
        let first_frame = async |last: String| {
            let mut page = Listener::open(&buyer, "user:me", &last).await;
            page.next().await.unwrap()
        };
        assert_eq!(first_frame(format!("{epoch}.2")).await.event, "");
        for gone in [
            "other.2".to_owned(),
            format!("{epoch}.5"),
            "nonsense".to_owned(),
        ] {
            let reset = first_frame(gone).await;
            assert_eq!(
                (reset.event.as_str(), reset.id.as_str()),
                ("reset", now.as_str())
            );
            assert_eq!(reset.data, "4");
        }
        shop.clock.advance_ms(8 * 24 * 60 * 60 * 1000);
        server::jobs::prune(&shop.state).await.unwrap();
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM outbox").await, 0);
        let reset = first_frame(format!("{epoch}.2")).await;
        assert_eq!(reset.event, "reset", "{}", shop.on);
        assert_eq!(first_frame(format!("{epoch}.4")).await.event, "");
    }
}

#[tokio::test]
async fn inv_e2_nobody_hears_of_anothers_orders() {
    for shop in TestShop::each_stocked().await {
        let _relay = start_relay(&shop).await;
        let (buyer, other) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let mut page = Listener::open(&other, "user:me", "").await;
        let greeting = page.next().await.unwrap();
        place(&buyer).await;
        assert!(page.is_silent().await);
        let mut replayed = Listener::open(&other, "user:me", &greeting.id).await;
        replayed.next().await.unwrap();
        assert!(replayed.is_silent().await, "{}", shop.on);
        let guest = shop.get("/api/events?topics=user:me");
        guest.refused(ErrorCode::SignInRequired).await;
        for odd in ["", "user:2", "stock:a"] {
            let request = other.get(&format!("/api/events?topics={odd}"));
            request.refused(ErrorCode::InvalidRequest).await;
        }
        shop.state.stop.cancel();
    }
}

#[tokio::test]
async fn inv_e3_a_page_that_lags_is_cut_off_and_misses_nothing() {
    for shop in TestShop::each_stocked().await {
        let mut relay = Relay::start(shop.state.clone()).await.unwrap();
        let buyer = Buyer::new(&shop, "1").await;
        let mut page = Listener::open(&buyer, "user:me", "").await;
        let mut last = page.next().await.unwrap().id;
        assert!(page.is_silent().await, "there is nothing to replay");
        let draft = draft("1");
        for _ in 0..30 {
            let tx = shop.state.db.begin().await.unwrap();
            let drafts = vec![draft.clone(); 50];
            outbox::commit(tx, &drafts, &shop.state.outbox_hint)
                .await
                .unwrap();
        }
        assert_eq!(relay.publish_new().await.unwrap(), 1500);
        assert_eq!(page.next().await, None, "{}", shop.on);
        let mut page = Listener::open(&buyer, "user:me", &last).await;
        page.next().await.unwrap();
        for seq in 1..=1500 {
            let frame = page.next().await.unwrap();
            assert_eq!(frame.seq(), seq);
            last = frame.id;
        }
        assert!(last.ends_with(".1500"));
    }
}

#[tokio::test]
async fn inv_o1_a_change_that_is_undone_tells_nothing() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        let wrong = buyer.send_order(&[line(STRAWBERRIES, 1)], yuan(1));
        wrong.refused(ErrorCode::PriceChanged).await;
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM outbox").await, 0);
        assert_eq!(
            count(&shop, "SELECT seq FROM stream").await,
            0,
            "{}",
            shop.on
        );
    }
}

/// A takes the next number first and commits last: B must wait, and the relay skips neither (inv.O3).
#[tokio::test]
async fn inv_o3_a_slow_commit_is_not_skipped() {
    for shop in TestShop::each().await {
        let mut relay = Relay::start(shop.state.clone()).await.unwrap();
        let mut bus = shop.state.bus.subscribe();
        let mut slow = shop.state.db.begin().await.unwrap();
        let first = outbox::store::take_numbers(slow.conn(), 1).await.unwrap();
        outbox::store::insert(slow.conn(), first, &draft("slow"))
            .await
            .unwrap();

        let state = shop.state.clone();
        let quick = tokio::spawn(async move {
            let tx = state.db.begin().await.unwrap();
            outbox::commit(tx, &[draft("quick")], &state.outbox_hint)
                .await
                .unwrap();
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!quick.is_finished());
        assert_eq!(relay.publish_new().await.unwrap(), 0);
        slow.commit().await.unwrap();
        quick.await.unwrap();
        assert_eq!(relay.publish_new().await.unwrap(), 2);
        let heard = [bus.recv().await.unwrap(), bus.recv().await.unwrap()];
        assert_eq!(
            [heard[0].audience.as_str(), heard[1].audience.as_str()],
            ["slow", "quick"]
        );
        assert_eq!([heard[0].seq, heard[1].seq], [1, 2], "{}", shop.on);
    }
}

#[tokio::test]
async fn inv_o3_numbers_have_no_gaps_under_concurrent_writers() {
    for shop in TestShop::each().await {
        let mut relay = Relay::start(shop.state.clone()).await.unwrap();
        let mut bus = shop.state.bus.subscribe();
        let writers = (0..8).map(|_| {
            let state = shop.state.clone();
            tokio::spawn(async move {
                for _ in 0..25 {
                    let tx = state.db.begin().await.unwrap();
                    outbox::commit(tx, &[draft("1")], &state.outbox_hint)
                        .await
                        .unwrap();
                }
            })
        });
        let all_written = join_all(writers.collect::<Vec<_>>());
        tokio::pin!(all_written);
        let mut published = 0;
        loop {
            tokio::select! {
                _ = &mut all_written => break,
                () = tokio::time::sleep(Duration::from_millis(1)) => {
                    published += relay.publish_new().await.unwrap();
                }
            }
        }
        published += relay.publish_new().await.unwrap();
        assert_eq!(published, 200);
        for seq in 1..=200 {
            assert_eq!(bus.recv().await.unwrap().seq, seq, "{}", shop.on);
        }
    }
}

fn draft(audience: &str) -> Draft {
    let change = contract::events::OrderChange {
        order: "o".into(),
        state: contract::orders::OrderState::Paid,
        version: 2,
        reason: None,
    };
    Draft::of_order(
        ShopEvent::OrderPaid,
        change,
        audience,
        contract::Timestamp(0),
    )
}
