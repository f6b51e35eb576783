//! Changing a room that has not begun: words, time, poster.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::ErrorCode;
use contract::live::{LiveChange, LiveRoom};
use contract::live_studio::{EditLive, LiveCommand, LiveSeq, PosterPicture};
use serde_json::json;

use super::{Host, ROOM, announced, next_change, session};
use crate::harness::{Request, TestShop};
use crate::listener::{Listener, start_relay};
use crate::shopping::Buyer;

impl Host<'_> {
    fn edit(&self, plan: &EditLive) -> Request {
        self.put("").json(plan)
    }

    fn set_poster(&self, image: Option<String>) -> Request {
        self.put("/poster").json(&PosterPicture { image })
    }
}

async fn seen(shop: &TestShop) -> LiveRoom {
    let request = shop.get(&format!("/api/live/{ROOM}")).lang("zh-CN");
    request.ok().await
}

/// A picture of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbImage::from_pixel(width, height, image::Rgb([20, 120, 40]));
    let mut bytes = Cursor::new(Vec::new());
    pixels
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn r3_3_a_room_that_has_not_begun_can_be_changed_and_viewers_are_told() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let viewer = Buyer::new(&shop, "13900000001").await;
        let relay = start_relay(&shop).await;
        let topic = format!("live:{}", session(&host).await);
        let mut stream = Listener::open(&viewer, &topic, "").await;
        stream.next().await.unwrap();
        let mut plan = host.see().await.plan;
        plan.title.zh = " 晚一点开播 ".to_owned();
        plan.starts_at = plan.starts_at.plus_ms(3_600_000);
        let before = seen(&shop).await;
        let answer: LiveSeq = host.edit(&plan).ok().await;
        let told = next_change(&mut stream).await;
        assert_eq!((told.seq, told.change), (answer.seq, LiveChange::Plan));
        let after = seen(&shop).await;
        assert_eq!(after.title, "晚一点开播");
        assert_eq!(after.starts_at.since(before.starts_at), 3_600_000);
        assert_eq!(host.see().await.plan.title.en, plan.title.en);

        plan.title.zh = "长".repeat(121);
        host.edit(&plan).refused(ErrorCode::InvalidRequest).await;
        let empty = json!({ "title": { "zh": " ", "en": "" }, "notice": { "zh": "", "en": "" }, "starts_at": 0 });
        let request = host.put("").json(&empty);
        request.refused(ErrorCode::InvalidRequest).await;

        // A room on air is what was announced.
        plan.title.zh = "换个名字".to_owned();
        host.go(LiveCommand::Start).await;
        host.edit(&plan).refused(ErrorCode::LiveStateConflict).await;
        host.set_poster(None)
            .refused(ErrorCode::LiveStateConflict)
            .await;
        assert_eq!(seen(&shop).await.title, "晚一点开播");
        shop.state.stop.cancel();
        relay.await.unwrap();
    }
}

#[tokio::test]
async fn a_poster_is_written_anew_in_the_widths_of_phones() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let mut file = png(2000, 1000);
        file.extend_from_slice(b"<script>hidden behind the picture</script>");
        let _: LiveSeq = host.set_poster(Some(STANDARD.encode(&file))).ok().await;
        let poster = seen(&shop).await.poster.unwrap();
        assert_eq!((poster.width, poster.height), (1600, 800));
        assert_eq!(poster.widths, [180, 400, 800]);
        let small = contract::catalog::in_width(&poster.src, 180);
        for address in [poster.src.clone(), small] {
            let answer = shop.get(&address).send().await;
            assert_eq!(answer.status, 200, "{address} on {}", shop.on);
            assert_eq!(answer.header("content-type"), "image/webp");
            assert!(!answer.text().contains("hidden"));
        }
        // The same picture again is the same file.
        let _: LiveSeq = host.set_poster(Some(STANDARD.encode(&file))).ok().await;
        assert_eq!(seen(&shop).await.poster.unwrap().src, poster.src);

        for bad in [
            "no base64!".to_owned(),
            STANDARD.encode(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            STANDARD.encode(b"GIF89a"),
            String::new(),
        ] {
            let request = host.set_poster(Some(bad));
            request.refused(ErrorCode::InvalidRequest).await;
        }
        let huge = host.set_poster(Some("A".repeat(8 * 1024 * 1024)));
        huge.refused(ErrorCode::TooLarge).await;
        assert_eq!(seen(&shop).await.poster.unwrap().src, poster.src);
        let _: LiveSeq = host.set_poster(None).ok().await;
        assert_eq!(seen(&shop).await.poster, None);
    }
}
