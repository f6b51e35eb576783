//! Rehearsals (L10): everything works, nobody sees it, nothing is sold.

use contract::ErrorCode;
use contract::live::LiveState;
use contract::live_studio::LiveCommand;
use serde_json::json;

use super::{FLASH, STRAWBERRY, announced, rehearsal, terms};
use crate::harness::TestShop;
use crate::listener::{Listener, start_relay};
use crate::shopping::{Buyer, bucket, yuan};

#[tokio::test]
async fn l10_a_rehearsal_is_not_there_for_viewers_and_sells_nothing() {
    for shop in TestShop::each_stocked().await {
        let host = rehearsal(announced(&shop).await).await;
        let viewer = Buyer::new(&shop, "1").await;
        let path = format!("/api/live/{}", host.room);
        for request in [
            shop.get(&path),
            viewer.get(&path),
            viewer.get(&format!("/api/events?topics=live:{}", host.room)),
            viewer
                .post(&format!("{path}/chat"))
                .json(&json!({ "text": "hi" })),
        ] {
            request.refused(ErrorCode::NotFound).await;
        }
        let before = bucket(&shop, STRAWBERRY).await;
        host.pin(Some(1)).await;
        let flash = host.start(&host.arm(&terms(10, 2, 0)).await).await;
        assert_eq!(
            bucket(&shop, STRAWBERRY).await,
            before,
            "nothing is kept back"
        );
        let request = Buyer::flash_request(1, yuan(FLASH), "");
        let path = format!("{path}/flash/{}/orders", flash.id);
        let order = host.me.post(&path).json(&request);
        order.refused(ErrorCode::Practice).await;
        let seen = host.see().await;
        assert_eq!(
            (seen.room.state, seen.room.practice),
            (LiveState::Live, true)
        );
        host.go(LiveCommand::End).await;
        shop.clock.advance_ms(3001);
        server::jobs::run_once(&shop.state).await;
        assert_eq!(bucket(&shop, STRAWBERRY).await, before, "{}", shop.on);
        crate::shopping::audit(&shop).await;
    }
}

#[tokio::test]
async fn l10_only_staff_hears_a_rehearsal() {
    for shop in TestShop::each_stocked().await {
        let host = rehearsal(announced(&shop).await).await;
        let viewer = Buyer::new(&shop, "1").await;
        let relay = start_relay(&shop).await;
        let mut theirs = Listener::open(&viewer, "user:me", "").await;
        theirs.next().await.unwrap();
        let topic = format!("live:{}", host.room);
        let mut ours = Listener::open(&host.me, &topic, "").await;
        ours.next().await.unwrap();
        host.pin(Some(1)).await;
        super::next_change(&mut ours).await;
        assert!(theirs.is_silent().await, "{}", shop.on);
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}
