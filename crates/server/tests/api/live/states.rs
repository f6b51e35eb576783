//! A session's states: by its host, by its picture, by the clock.

use contract::ErrorCode;
use contract::live::LiveState;
use contract::live_studio::{LiveCommand, StaffRole};
use contract::notifications::{Notice, NotificationList};
use server::jobs;
use server::live::ingest;

use super::{Host, ROOM, announced, on_air, session};
use crate::harness::{TestShop, demo};
use crate::shopping::Buyer;

const MINUTE_MS: i64 = 60_000;

#[tokio::test]
async fn r3_3_a_host_takes_a_room_from_its_announcement_to_its_end() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let viewer = Buyer::new(&shop, "1").await;
        let room = viewer.room().await;
        assert_eq!(room.state, LiveState::Scheduled);
        assert_eq!((room.shelf.len(), room.shelf[0].number), (6, 1));
        assert_eq!(room.host.handle, "xiaohe.orchard");
        assert!(room.poster.is_some());
        // Its hour is over for today, so it is tomorrow at seven.
        assert_eq!(room.starts_at.since(room.server_now), 21 * 60 * MINUTE_MS);
        for (command, state) in [
            (LiveCommand::Start, LiveState::Live),
            (LiveCommand::Pause, LiveState::Paused),
            (LiveCommand::Start, LiveState::Live),
            (LiveCommand::End, LiveState::Ended),
        ] {
            let seq = host.go(command).await.seq;
            let room = viewer.room().await;
            assert_eq!((room.state, room.seq), (state, seq), "{}", shop.on);
        }
        let again = host.command(LiveCommand::Start);
        again.refused(ErrorCode::LiveStateConflict).await;
        let line = viewer.send_line("still there?");
        line.refused(ErrorCode::LiveStateConflict).await;
    }
}

#[tokio::test]
async fn r3_3_a_lost_picture_pauses_in_15_s_and_ends_in_10_minutes() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let id = session(&host).await;
        ingest::came(&shop.state, &id).await.unwrap();
        host.go(LiveCommand::Start).await;
        assert!(host.see().await.ingest);
        ingest::lost(&shop.state, &id).await.unwrap();
        let state_after = async |ms| {
            shop.clock.advance_ms(ms);
            jobs::run_once(&shop.state).await;
            host.see().await.room.state
        };
        assert_eq!(state_after(14_999).await, LiveState::Live, "{}", shop.on);
        assert_eq!(state_after(1).await, LiveState::Paused);
        ingest::came(&shop.state, &id).await.unwrap();
        assert_eq!(state_after(0).await, LiveState::Live, "it is back");
        host.go(LiveCommand::Pause).await;
        ingest::lost(&shop.state, &id).await.unwrap();
        ingest::came(&shop.state, &id).await.unwrap();
        assert_eq!(state_after(0).await, LiveState::Paused, "the host's pause");
        host.go(LiveCommand::Start).await;
        ingest::lost(&shop.state, &id).await.unwrap();
        assert_eq!(state_after(15_000).await, LiveState::Paused);
        assert_eq!(
            state_after(10 * MINUTE_MS - 15_001).await,
            LiveState::Paused
        );
        assert_eq!(state_after(1).await, LiveState::Ended);
        let key = host.see().await.stream_key.unwrap();
        assert_eq!(
            ingest::session_of(&shop.state.db, &key).await.unwrap(),
            None
        );
        assert_eq!(
            state_after(0).await,
            LiveState::ReplayReady,
            "it was recorded"
        );
        let playback = host.see().await.room.playback.unwrap();
        assert!(
            playback.vod.is_some() && playback.hls.is_none(),
            "{playback:?}"
        );
    }
}

#[tokio::test]
async fn r3_3_a_room_whose_picture_never_came_is_missed_and_may_be_held_anew() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let first = session(&host).await;
        let key = host.see().await.stream_key.unwrap();
        let found = ingest::session_of(&shop.state.db, &key).await.unwrap();
        assert_eq!(found, Some(first.clone()));
        assert_eq!(
            ingest::session_of(&shop.state.db, "guessed").await.unwrap(),
            None
        );
        shop.clock
            .advance_ms(21 * 60 * MINUTE_MS + 30 * MINUTE_MS - 1);
        jobs::run_once(&shop.state).await;
        assert_eq!(host.see().await.room.state, LiveState::Scheduled);
        shop.clock.advance_ms(1);
        jobs::run_once(&shop.state).await;
        assert_eq!(
            host.see().await.room.state,
            LiveState::Missed,
            "{}",
            shop.on
        );
        let file = demo().with_file_name("live.json");
        shop.import(&file).await.unwrap();
        let second = host.see().await.room;
        assert_eq!(second.state, LiveState::Scheduled);
        assert_ne!(second.id, first, "what was missed stays on record");
        shop.import(&file).await.unwrap();
        assert_eq!(session(&host).await, second.id, "one that waits is kept");
    }
}

#[tokio::test]
async fn r3_3_only_the_owner_shuts_a_room_and_it_stays_shut() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let refused = host.command(LiveCommand::Ban);
        refused.refused(ErrorCode::StaffOnly).await;
        let owner = Host::new(&shop, "13800000002", StaffRole::Owner).await;
        owner.go(LiveCommand::Ban).await;
        let viewer = Buyer::new(&shop, "1").await;
        assert_eq!(viewer.room().await.state, LiveState::Banned);
        for command in [LiveCommand::Start, LiveCommand::End, LiveCommand::Schedule] {
            let again = host.command(command);
            again.refused(ErrorCode::LiveStateConflict).await;
        }
    }
}

#[tokio::test]
async fn a_reminder_is_told_once_when_the_room_starts() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let (asks, asks_not) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let path = format!("/api/live/{ROOM}/reminder");
        for buyer in [&asks, &asks_not] {
            let request = shop.put(&path).cookie(&buyer.cookie).fresh_key();
            let _: contract::live::Reminder = request.ok().await;
        }
        let room = asks.room().await;
        assert_eq!((room.reminded, room.reminders), (true, 2));
        let request = shop.delete(&path).cookie(&asks_not.cookie).fresh_key();
        let _: contract::live::Reminder = request.ok().await;
        let told = async |buyer: &Buyer<'_>| {
            let list: NotificationList = buyer.get("/api/notifications").ok().await;
            let notices = list.items.into_iter();
            notices
                .filter(|it| matches!(it.notice, Notice::LiveStarted { .. }))
                .count()
        };
        jobs::run_once(&shop.state).await;
        assert_eq!(told(&asks).await, 0);
        host.go(LiveCommand::Start).await;
        host.go(LiveCommand::Pause).await;
        host.go(LiveCommand::Start).await;
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        assert_eq!(
            (told(&asks).await, told(&asks_not).await),
            (1, 0),
            "{}",
            shop.on
        );
    }
}
