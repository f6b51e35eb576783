//! Live pictures in the shop: an encoder with a room's key, viewers, and the word to stop.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use axum::body::Body;
use http_body_util::BodyExt;
use media::SessionId;
use server::live_media::{self, StreamKeys};
use tokio::net::TcpListener;

use crate::harness::{TestShop, demo};

const PATIENCE: Duration = Duration::from_secs(30);

struct OneRoom;

#[async_trait]
impl StreamKeys for OneRoom {
    async fn session_of(&self, key: &str) -> Option<SessionId> {
        (key == "good").then(|| SessionId::parse("room").unwrap())
    }
}

fn encoder(address: &str, key: &str) -> std::process::Child {
    let recording = demo().with_file_name("live").join("tea-evening.mp4");
    Command::new("ffmpeg")
        .args([
            "-hide_banner",
            "-loglevel",
            "error",
            "-re",
            "-stream_loop",
            "-1",
            "-i",
        ])
        .arg(recording)
        .args([
            "-c",
            "copy",
            "-f",
            "flv",
            &format!("rtmp://{address}/live/{key}"),
        ])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("ffmpeg is installed (cargo xtask setup)")
}

#[tokio::test]
async fn a_room_is_on_air_until_the_shop_closes() {
    for mut shop in TestShop::each().await {
        shop.state.stream_keys = Arc::new(OneRoom);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let stop = shop.state.stop.clone();
        let running = tokio::spawn(live_media::run(
            shop.state.clone(),
            Some(listener),
            stop.clone(),
        ));
        let mut stranger = encoder(&address, "wrong");
        let mut host = encoder(&address, "good");
        let began = Instant::now();
        let playlist = loop {
            let answer = shop
                .get("/live-media/room/live.m3u8")
                .header("accept-encoding", "gzip")
                .send()
                .await;
            if answer.status == 200 {
                break answer;
            }
            assert!(began.elapsed() < PATIENCE, "no picture on {}", shop.on);
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        assert_eq!(playlist.header("x-content-type-options"), "nosniff");
        assert_eq!(
            playlist.header("cross-origin-resource-policy"),
            "same-origin"
        );
        assert!(
            !playlist.headers.contains_key("content-encoding"),
            "a part must not wait for the next"
        );
        let long = shop.get("/live-media/room/stream.mp4").stream().await;
        assert_eq!(long.status(), 200);
        assert!(long.headers().contains_key("x-pdt0"));
        assert!(!stranger.wait().unwrap().success());
        // Open pictures do not keep the shop from closing.
        stop.cancel();
        tokio::time::timeout(PATIENCE, running)
            .await
            .expect("it stops")
            .unwrap();
        let rest = tokio::time::timeout(PATIENCE, Body::new(long.into_body()).collect()).await;
        assert!(
            rest.is_ok(),
            "the picture goes on after the shop has closed"
        );
        host.kill().unwrap();
        host.wait().unwrap();
    }
}

#[tokio::test]
async fn a_shop_without_rooms_takes_nobody_and_shows_nothing() {
    for shop in TestShop::each().await {
        for file in ["live.m3u8", "vod.m3u8", "stream.mp4", "seg-0.m4s"] {
            let answer = shop.get(&format!("/live-media/room/{file}")).send().await;
            assert_eq!(answer.status, 404, "{file} on {}", shop.on);
        }
    }
}
