//! Chat (L8): how often, how long, which words, who; and what is told of it.

use contract::live::{LiveChange, LiveCounts, LiveEnvelope, LiveTold};
use contract::live_studio::{ChatRules, LiveSeq, Moderate, PinComment, Sanction};
use contract::{ApiError, ChatId, ErrorCode, ErrorDetails};
use serde_json::json;
use server::live::pump;

use super::{Host, ROOM, next_change, on_air, session};
use crate::harness::TestShop;
use crate::listener::{Listener, start_relay};
use crate::shopping::Buyer;

async fn moderate(host: &Host<'_>, chat: &ChatId, sanction: Sanction) -> LiveSeq {
    let asked = Moderate {
        chat: chat.clone(),
        sanction,
    };
    host.post("/moderation").json(&asked).ok().await
}

/// What is told in passing, one kind at a time.
async fn next_in_passing(listener: &mut Listener) -> LiveTold {
    loop {
        let frame = listener.next().await.expect("the stream ended early");
        if frame.event == "live" && frame.id.is_empty() {
            let envelope: LiveEnvelope = serde_json::from_str(&frame.data).unwrap();
            return envelope.told;
        }
    }
}

#[tokio::test]
async fn l8_one_line_every_two_seconds_and_fewer_in_slow_mode() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let (one, other) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let line = one.say(" hello ").await;
        assert_eq!((line.text.as_str(), line.neighbour), ("hello", Some(1)));
        let refused = one.send_line("again").refused(ErrorCode::RateLimited).await;
        assert_eq!(refused.details, Some(ErrorDetails::RetryAfter(2)));
        other.say("somebody else may").await;
        shop.clock.advance_ms(1999);
        one.send_line("again").refused(ErrorCode::RateLimited).await;
        shop.clock.advance_ms(1);
        one.say("again").await;
        let rules = ChatRules {
            every_s: 30,
            blocklist: Vec::new(),
        };
        let _: LiveSeq = host.put("/chat-rules").json(&rules).ok().await;
        assert_eq!(one.room().await.chat_every_s, 30);
        shop.clock.advance_ms(29_999);
        one.send_line("slow").refused(ErrorCode::RateLimited).await;
        shop.clock.advance_ms(1);
        one.say("slow").await;
        let said: Vec<_> = one
            .room()
            .await
            .chat
            .into_iter()
            .map(|line| line.text)
            .collect();
        assert_eq!(
            said,
            ["hello", "somebody else may", "again", "slow"],
            "{}",
            shop.on
        );
    }
}

#[tokio::test]
async fn l8_a_line_sent_twice_under_one_key_is_said_once() {
    for shop in TestShop::each_stocked().await {
        on_air(&shop).await;
        let one = Buyer::new(&shop, "1").await;
        let send = || one.send_line("hello").key("the same").send();
        let (first, second) = (send().await, send().await);
        assert_eq!(
            (first.status, second.status),
            (201.try_into().unwrap(), 201.try_into().unwrap())
        );
        assert_eq!(first.body, second.body);
        assert_eq!(one.room().await.chat.len(), 1, "{}", shop.on);
    }
}

#[tokio::test]
async fn l8_what_is_said_stays_text_and_short() {
    for shop in TestShop::each_stocked().await {
        on_air(&shop).await;
        let one = Buyer::new(&shop, "1").await;
        for (said, kept) in [
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("a\u{202e}b\u{2066}c", "abc"),
            ("two\nlines\u{0}", "two lines"),
            ("'; DROP TABLE live_chat; --", "'; DROP TABLE live_chat; --"),
        ] {
            assert_eq!(one.say(said).await.text, kept, "{}", shop.on);
            shop.clock.advance_ms(2000);
        }
        for refused in ["", "\u{200b}", &"长".repeat(201), &"x".repeat(10_240)] {
            let answer = one.send_line(refused).send().await;
            assert_eq!(answer.status, 422, "{}", answer.text());
        }
        one.say(&"长".repeat(200)).await;
    }
}

#[tokio::test]
async fn l8_blocked_words_are_refused_in_any_width_and_case() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let one = Buyer::new(&shop, "1").await;
        let rules = ChatRules {
            every_s: 2,
            blocklist: vec!["WeChat".to_owned(), "加微信".to_owned(), "  ".to_owned()],
        };
        let _: LiveSeq = host.put("/chat-rules").json(&rules).ok().await;
        for line in ["ｗｅｃｈａｔ me", "WE\u{200b}CHAT", "加 微 信 吧"] {
            one.send_line(line).refused(ErrorCode::ChatBlocked).await;
        }
        one.say("a refusal takes no turn").await;
        assert_eq!(
            host.see().await.blocklist,
            ["wechat", "加微信"],
            "{}",
            shop.on
        );
    }
}

#[tokio::test]
async fn l8_who_is_banned_stays_out_by_account_and_by_browser() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let device = format!("did={:032x}", 7);
        let mut bad = Buyer::new(&shop, "1").await;
        bad.cookie = format!("{}; {device}", bad.cookie);
        let good = Buyer::new(&shop, "2").await;
        let first = bad.say("buy elsewhere").await;
        shop.clock.advance_ms(2000);
        bad.say("again").await;
        good.say("hello").await;
        let topic = format!("live:{}", session(&host).await);
        let relay = start_relay(&shop).await;
        let mut theirs = Listener::open(&bad, &topic, "").await;
        theirs.next().await.unwrap();
        let mut others = Listener::open(&good, &topic, "").await;
        others.next().await.unwrap();
        moderate(&host, &first.id, Sanction::Ban).await;
        let LiveChange::ChatRemoved { ids } = next_change(&mut others).await.change else {
            panic!("nothing was taken away");
        };
        assert_eq!(ids.len(), 2, "all of it goes");
        while let Some(frame) = theirs.next().await {
            assert_eq!(frame.event, "live", "the stream ends");
        }
        let said: Vec<_> = good
            .room()
            .await
            .chat
            .into_iter()
            .map(|line| line.text)
            .collect();
        assert_eq!(said, ["hello"], "{}", shop.on);
        // The account comes back from anywhere, somebody else from the same browser, a guest too.
        let mut again = Buyer::new(&shop, "3").await;
        again.cookie = format!("{}; {device}", again.cookie);
        bad.cookie = bad.cookie.split(';').next().unwrap().to_owned();
        for request in [
            bad.get(&format!("/api/live/{ROOM}")),
            again.get(&format!("/api/live/{ROOM}")),
            shop.get(&format!("/api/live/{ROOM}")).cookie(&device),
            bad.send_line("I am back"),
            bad.get(&format!("/api/events?topics={topic}")),
        ] {
            request.refused(ErrorCode::RoomBanned).await;
        }
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}

#[tokio::test]
async fn l8_who_is_muted_watches_and_says_nothing() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let one = Buyer::new(&shop, "1").await;
        let line = one.say("noise").await;
        moderate(&host, &line.id, Sanction::Mute).await;
        shop.clock.advance_ms(2000);
        one.send_line("more").refused(ErrorCode::ChatMuted).await;
        assert!(one.room().await.chat.is_empty(), "{}", shop.on);
        let asked = Moderate {
            chat: line.id,
            sanction: Sanction::Delete,
        };
        let gone = host.post("/moderation").json(&asked);
        gone.refused(ErrorCode::NotFound).await;
    }
}

#[tokio::test]
async fn one_comment_is_pinned_and_goes_with_its_line() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let (one, other) = (Buyer::new(&shop, "1").await, Buyer::new(&shop, "2").await);
        let (first, second) = (one.say("how sweet?").await, other.say("fresh?").await);
        let pin = async |chat: Option<&ChatId>| {
            let asked = PinComment {
                chat: chat.cloned(),
            };
            let done: LiveSeq = host.put("/comment").json(&asked).ok().await;
            (done.seq, one.room().await.pinned_comment)
        };
        let (seq, pinned) = pin(Some(&first.id)).await;
        assert_eq!(pinned, Some(first.clone()));
        assert_eq!(
            pin(Some(&first.id)).await.0,
            seq,
            "the same again is nothing"
        );
        assert_eq!(pin(Some(&second.id)).await.1, Some(second.clone()));
        moderate(&host, &second.id, Sanction::Delete).await;
        assert_eq!(one.room().await.pinned_comment, None, "{}", shop.on);
        let mine: contract::live::ChatLine = host
            .post("/chat")
            .json(&json!({ "text": "picked at six" }))
            .ok()
            .await;
        assert_eq!(mine.neighbour, None);
        assert_eq!(pin(Some(&mine.id)).await.1, Some(mine));
    }
}

#[tokio::test]
async fn l1_chat_is_sampled_under_load_with_a_marker_and_commerce_never() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "1").await;
        let topic = format!("live:{}", session(&host).await);
        let relay = start_relay(&shop).await;
        let mut listener = Listener::open(&viewer, &topic, "").await;
        listener.next().await.unwrap();
        for n in 0..35 {
            let speaker = Buyer::new(&shop, &format!("139{n:08}")).await;
            speaker.say(&format!("line {n}")).await;
        }
        pump::beat(&shop.state).await.unwrap();
        let LiveTold::LiveChatted(batch) = next_in_passing(&mut listener).await else {
            panic!("no chat");
        };
        assert_eq!((batch.lines.len(), batch.left_out), (10, 25), "{}", shop.on);
        assert_eq!(batch.lines[9].text, "line 34");
        for number in 1..=6 {
            host.pin(Some(number)).await;
        }
        for number in 1..=6 {
            let change = next_change(&mut listener).await.change;
            assert_eq!(
                change,
                LiveChange::Pin {
                    number: Some(number)
                }
            );
        }
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}

#[tokio::test]
async fn likes_are_counted_together_and_viewers_are_who_listens() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let viewer = Buyer::new(&shop, "1").await;
        let topic = format!("live:{}", session(&host).await);
        let mut listener = Listener::open(&viewer, &topic, "").await;
        listener.next().await.unwrap();
        let like = |count: u32| {
            viewer
                .post(&format!("/api/live/{ROOM}/likes"))
                .json(&json!({ "count": count }))
        };
        for _ in 0..3 {
            assert_eq!(like(20).send().await.status, 204);
        }
        like(1).refused(ErrorCode::RateLimited).await;
        assert_eq!(like(51).send().await.status, 422);
        pump::beat(&shop.state).await.unwrap();
        let LiveTold::LiveCounted(LiveCounts { viewers, likes, .. }) =
            next_in_passing(&mut listener).await
        else {
            panic!("nothing counted");
        };
        assert_eq!((viewers, likes), (1, 60), "{}", shop.on);
        let error: ApiError = {
            shop.clock.advance_ms(3000);
            host.go(contract::live_studio::LiveCommand::End).await;
            like(1).refused(ErrorCode::LiveStateConflict).await
        };
        assert!(!error.message.is_empty());
        let seen = host.see().await;
        assert_eq!((seen.figures.likes, seen.figures.peak_viewers), (60, 1));
    }
}
