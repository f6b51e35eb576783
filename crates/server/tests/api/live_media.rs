//! Live pictures in the shop: an encoder with a room's key, viewers, and the word to stop.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::body::Body;
use contract::live::{LiveChange, LiveEnvelope, LiveTold};
use contract::live_studio::{LiveCommand, StaffRole};
use http_body_util::BodyExt;
use percent_encoding::percent_decode_str;
use server::live::marks;
use server::live_media;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::harness::{Answer, TestShop, demo};
use crate::listener::start_relay;
use crate::live::{Host, announced, on_air, rehearsal, session};
use crate::shopping::Buyer;

const PATIENCE: Duration = Duration::from_secs(30);

fn encoder(address: &str, key: &str) -> Child {
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

/// Takes encoders in; gives their address.
async fn open_rtmp(shop: &TestShop) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (state, stop) = (shop.state.clone(), shop.state.stop.clone());
    let running = tokio::spawn(live_media::run(state, Some(listener), stop));
    (address, running)
}

/// A host's room with an encoder: where its pictures are, and what they are once the host sees them.
async fn encode(host: &Host<'_>, address: &str) -> (String, Child, Answer) {
    let seen = host.see().await;
    let encoder = encoder(address, &seen.stream_key.unwrap());
    let folder = format!("/live-media/{}", seen.room.id);
    let began = Instant::now();
    let playlist = loop {
        let answer = host.me.get(&format!("{folder}/live.m3u8"));
        let answer = answer.header("accept-encoding", "gzip").send().await;
        if answer.status == 200 {
            break answer;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "no picture on {}",
            host.me.shop.on
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    (folder, encoder, playlist)
}

fn stop(mut encoder: Child) {
    encoder.kill().unwrap();
    encoder.wait().unwrap();
}

#[tokio::test]
async fn a_room_is_on_air_until_the_shop_closes() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        let (address, running) = open_rtmp(&shop).await;
        let mut stranger = encoder(&address, "wrong");
        let (folder, host, playlist) = encode(&host, &address).await;
        assert_eq!(playlist.header("x-content-type-options"), "nosniff");
        assert_eq!(
            playlist.header("cross-origin-resource-policy"),
            "same-origin"
        );
        assert!(
            !playlist.headers.contains_key("content-encoding"),
            "a part must not wait for the next"
        );
        let long = shop.get(&format!("{folder}/stream.mp4")).stream().await;
        assert_eq!(long.status(), 200);
        assert!(long.headers().contains_key("x-pdt0"));
        assert!(!stranger.wait().unwrap().success());
        // Open pictures do not keep the shop from closing.
        shop.state.stop.cancel();
        tokio::time::timeout(PATIENCE, running)
            .await
            .expect("it stops")
            .unwrap();
        let rest = tokio::time::timeout(PATIENCE, Body::new(long.into_body()).collect()).await;
        assert!(
            rest.is_ok(),
            "the picture goes on after the shop has closed"
        );
        stop(host);
    }
}

/// Everything that there is of a picture, by a playlist of it.
fn pieces(folder: &str, playlist: &str) -> Vec<String> {
    let uri = |line: &str| Some(line.split_once("URI=\"")?.1.split_once('"')?.0.to_owned());
    let mut all: Vec<String> = ["live.m3u8", "vod.m3u8", "stream.mp4"]
        .map(str::to_owned)
        .into();
    // The part that is hinted at is not there yet.
    let lines = playlist.lines().filter(|line| !line.contains("HINT"));
    all.extend(lines.filter_map(|line| match line.starts_with("seg-") {
        true => Some(line.to_owned()),
        false => uri(line),
    }));
    all.into_iter().map(|it| format!("{folder}/{it}")).collect()
}

#[tokio::test]
async fn l10_before_a_room_is_on_air_its_staff_alone_sees_the_picture() {
    for shop in TestShop::each_stocked().await {
        let host = announced(&shop).await;
        let customer = Buyer::new(&shop, "1").await;
        let (address, _running) = open_rtmp(&shop).await;
        let (folder, encoder, playlist) = encode(&host, &address).await;
        assert_eq!(playlist.header("cache-control"), "private, no-store");
        let all = pieces(&folder, &playlist.text());
        assert!(all.len() > 4, "{all:?}");
        let editor = Host::new(&shop, "13800000008", StaffRole::CampaignEditor).await;
        for path in &all {
            for request in [shop.get(path), customer.get(path), editor.me.get(path)] {
                let answer = request.stream().await;
                assert_eq!(answer.status(), 404, "{path} on {}", shop.on);
                let kept = &answer.headers()["cache-control"];
                assert_eq!(kept, "private, no-store", "{path}");
            }
        }
        // A piece that the host fetches must not stay in a cache that others ask.
        let init = all.iter().find(|it| it.contains("/init-")).unwrap();
        let answer = host.me.get(init).send().await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), "private, no-store");

        host.go(LiveCommand::Start).await;
        for path in &all {
            let answer = shop.get(path).stream().await;
            // Of a replay there is nothing before the first segment is written.
            if !path.ends_with("vod.m3u8") {
                assert_eq!(answer.status(), 200, "{path} on {}", shop.on);
            }
        }
        let answer = shop.get(init).send().await;
        assert!(answer.header("cache-control").starts_with("public"));

        // What the shop shut is nobody's any more but the staff's.
        let owner = Host::new(&shop, "13800000009", StaffRole::Owner).await;
        owner.go(LiveCommand::Ban).await;
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert_eq!(shop.get(init).send().await.status, 404);
        assert_eq!(host.me.get(init).send().await.status, 200);
        stop(encoder);
        shop.state.stop.cancel();
    }
}

#[tokio::test]
async fn l10_the_picture_of_a_rehearsal_is_never_public() {
    for shop in TestShop::each_stocked().await {
        let host = rehearsal(announced(&shop).await).await;
        let customer = Buyer::new(&shop, "1").await;
        let (address, _running) = open_rtmp(&shop).await;
        let (folder, encoder, playlist) = encode(&host, &address).await;
        let all = pieces(&folder, &playlist.text());
        let refused = async || {
            for path in &all {
                for request in [shop.get(path), customer.get(path)] {
                    assert_eq!(request.stream().await.status(), 404, "{path}");
                }
            }
        };
        refused().await;
        let long = host.me.get(&format!("{folder}/stream.mp4")).stream().await;
        assert_eq!(long.status(), 200);
        host.go(LiveCommand::End).await;
        refused().await;
        stop(encoder);
        shop.state.stop.cancel();
    }
}

#[tokio::test]
async fn a_shop_without_pictures_shows_none() {
    for shop in TestShop::each_stocked().await {
        let id = session(&announced(&shop).await).await;
        for file in ["live.m3u8", "vod.m3u8", "stream.mp4", "seg-0.m4s"] {
            for room in [id.as_str(), "room", "..", "%2e%2e"] {
                let path = format!("/live-media/{room}/{file}");
                let answer = shop.get(&path).send().await;
                assert_eq!(answer.status, 404, "{path} on {}", shop.on);
            }
        }
    }
}

#[tokio::test]
async fn l7_the_playlist_says_what_is_pinned_at_its_moment() {
    for shop in TestShop::each_stocked().await {
        // Pictures are on the system's clock; so is what belongs to them.
        let now = || shop.clock.advance_ms(now_ms() - shop.state.clock.now().0);
        now();
        let host = on_air(&shop).await;
        let (address, _running) = open_rtmp(&shop).await;
        let (folder, encoder, _) = encode(&host, &address).await;
        let relay = start_relay(&shop).await;
        let marking = marks::follow(shop.state.clone(), shop.state.stop.clone());
        let marking = tokio::spawn(marking);
        tokio::task::yield_now().await;
        now();
        host.pin(Some(1)).await;
        let began = Instant::now();
        let range = loop {
            let playlist = shop.get(&format!("{folder}/live.m3u8")).send().await.text();
            let range = playlist
                .lines()
                .find(|line| line.starts_with("#EXT-X-DATERANGE"));
            if let Some(range) = range {
                break range.to_owned();
            }
            assert!(began.elapsed() < PATIENCE, "no mark on {}", shop.on);
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        assert!(range.contains("CLASS=\"jishi.pin\""), "{range}");
        let data = range.split("X-JISHI-DATA=\"").nth(1).unwrap();
        let data = percent_decode_str(data.trim_end_matches('"'));
        let data = data.decode_utf8().unwrap();
        let envelope: LiveEnvelope = serde_json::from_str(&data).unwrap();
        assert_eq!(envelope.at, shop.state.clock.now());
        let LiveTold::LiveChanged(event) = envelope.told else {
            panic!("{data}");
        };
        assert_eq!(event.change, LiveChange::Pin { number: Some(1) });
        stop(encoder);
        shop.state.stop.cancel();
        marking.await.unwrap();
        relay.await.unwrap();
    }
}

fn now_ms() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(now.unwrap().as_millis()).unwrap()
}
