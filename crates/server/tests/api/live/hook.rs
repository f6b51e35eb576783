//! Another media server tells of pictures: believed with the secret and the room's key alone.

use contract::live_studio::LiveCommand;
use serde_json::{Value, json};
use server::live::ingest;

use super::{Host, announced, session};
use crate::harness::{Request, TestShop};

const SETTINGS: [(&str, &str); 3] = [
    ("live_hls_url", "https://cdn.example/{session}/index.m3u8"),
    ("rtmp_url", "rtmp://media.example/live"),
    ("live_hook_secret", "known to both"),
];

fn hook(shop: &TestShop, body: &Value) -> Request {
    // No browser: neither our page's word nor a cookie.
    let request = shop.post("/api/webhooks/media").without("sec-fetch-site");
    request.json(body)
}

async fn tell(shop: &TestShop, body: Value) -> u16 {
    let request = hook(shop, &body).header("authorization", "Bearer known to both");
    request.send().await.status.as_u16()
}

/// Waits until the room knows, or does not know, of a picture.
async fn knows(host: &Host<'_>, picture: bool) {
    for _ in 0..200 {
        if host.see().await.ingest == picture {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the room does not hear of its picture: {picture}");
}

#[tokio::test]
async fn what_another_engine_tells_of_pictures_becomes_what_happens_to_rooms() {
    for shop in TestShop::each_stocked_with(&SETTINGS).await {
        let host = announced(&shop).await;
        let following = tokio::spawn(ingest::follow(shop.state.clone(), shop.state.stop.clone()));
        tokio::task::yield_now().await;
        let id = session(&host).await;
        let key = host.see().await.stream_key.unwrap();

        // As SRS tells it: the key is the stream's name, or stands behind it.
        let srs = |action: &str, stream: &str, param: &str| json!({ "action": action, "stream": stream, "param": param, "app": "live" });
        assert_eq!(tell(&shop, srs("on_publish", "wrong", "")).await, 404);
        let forged = srs("on_publish", id.as_str(), "?key=wrong");
        assert_eq!(tell(&shop, forged).await, 404);
        assert!(!host.see().await.ingest);
        assert_eq!(tell(&shop, srs("on_publish", &key, "")).await, 200);
        knows(&host, true).await;
        let gone = srs("on_unpublish", id.as_str(), &format!("?key={key}"));
        assert_eq!(tell(&shop, gone).await, 200);
        knows(&host, false).await;

        // As a hook of MediaMTX tells it.
        let ours = |event: &str| json!({ "event": event, "key": key, "session": id });
        assert_eq!(tell(&shop, ours("published")).await, 200);
        knows(&host, true).await;
        host.go(LiveCommand::Start).await;
        let lost = json!({ "event": "lost", "session": id });
        assert_eq!(tell(&shop, lost).await, 200);
        knows(&host, false).await;
        // A name alone brings no picture.
        let named = json!({ "event": "published", "session": id });
        assert_eq!(tell(&shop, named).await, 404);
        // What else it tells is no matter here.
        assert_eq!(tell(&shop, srs("on_play", "x", "")).await, 200);
        shop.state.stop.cancel();
        following.await.unwrap();
    }
}

#[tokio::test]
async fn nobody_is_believed_without_the_secret_and_no_engine_of_our_own_is_told() {
    let body = json!({ "event": "published", "key": "x" });
    for shop in TestShop::each_stocked_with(&SETTINGS).await {
        for wrong in ["", "Bearer ", "Bearer known to bot", "known to both"] {
            let request = hook(&shop, &body).header("authorization", wrong);
            assert_eq!(request.send().await.status, 404, "{wrong}");
        }
        let host = announced(&shop).await;
        let key = host.see().await.stream_key.unwrap();
        let good = json!({ "event": "published", "key": key });
        let path = "/api/webhooks/media?secret=known%20to%20both";
        let asked = shop.post(path).without("sec-fetch-site").json(&good);
        assert_eq!(asked.send().await.status, 200);
    }
    let without = &SETTINGS[..2];
    for shop in TestShop::each_with(without).await {
        let request = hook(&shop, &body).header("authorization", "Bearer ");
        assert_eq!(request.send().await.status, 404, "no secret, no hook");
    }
    for shop in TestShop::each_with(&[("live_hook_secret", "known to both")]).await {
        assert_eq!(tell(&shop, body.clone()).await, 404, "our own engine");
    }
}
