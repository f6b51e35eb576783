//! Who may publish, and what is refused.

use std::time::Duration;

use axum::http::StatusCode;
use media::MediaEventKind;

use crate::harness::{Stage, room, segments};

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let stage = Stage::open().await;
    assert!(stage.publish("wrong").gives_up().await);
    assert_eq!(
        stage.get("room/live.m3u8").await.status,
        StatusCode::NOT_FOUND
    );
    stage.close().await;
}

#[tokio::test]
async fn a_key_that_is_in_use_is_refused_and_the_first_encoder_stays() {
    let stage = Stage::open().await;
    let _first = stage.publish("good");
    let before = stage.playlist(|it| !segments(it).is_empty()).await;
    assert!(stage.publish("good").gives_up().await);
    assert!(stage.engine.status(&room()).connected);
    let after = stage
        .playlist(|it| segments(it).len() > segments(&before).len())
        .await;
    assert!(!after.contains("#EXT-X-DISCONTINUITY\n"), "{after}");
    stage.close().await;
}

#[tokio::test]
async fn a_revoked_key_ends_its_encoder_and_lets_nobody_in() {
    let stage = Stage::open().await;
    let encoder = stage.publish("good");
    stage.playlist(|_| true).await;
    stage.keys.revoke("good");
    stage.engine.cut_off(&room());
    assert!(encoder.gives_up().await);
    assert!(stage.publish("good").gives_up().await);
    // A new key of the same session goes on where the old one was.
    stage.keys.give("another", "room");
    let _encoder = stage.publish("another");
    stage
        .playlist(|it| it.contains("#EXT-X-DISCONTINUITY\n"))
        .await;
    stage.close().await;
}

#[tokio::test]
async fn an_encoder_that_fell_silent_is_put_aside_for_one_that_comes_back() {
    let stage = Stage::open().await;
    let first = stage.publish("good");
    stage.playlist(|_| true).await;
    // It hangs: the connection stays and nothing comes.
    let hanging = first.hang();
    tokio::time::sleep(Duration::from_secs(4)).await;
    let _second = stage.publish("good");
    stage
        .playlist(|it| it.contains("#EXT-X-DISCONTINUITY\n"))
        .await;
    drop(hanging);
    stage.close().await;
}

#[tokio::test]
async fn what_browsers_cannot_play_is_refused_by_its_name() {
    let picture = ["-re", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25"];
    let sound = ["-f", "lavfi", "-i", "sine=frequency=440"];
    let cases = [
        (&["-c:v", "flv1", "-c:a", "aac"][..], "Sorenson H.263"),
        (
            &["-c:v", "libx264", "-c:a", "libmp3lame", "-ar", "44100"],
            "MP3",
        ),
    ];
    for (codecs, named) in cases {
        let mut stage = Stage::open().await;
        let arguments: Vec<&str> = picture
            .iter()
            .chain(&sound)
            .chain(codecs)
            .copied()
            .collect();
        assert!(stage.encode("good", &arguments).gives_up().await, "{named}");
        let reason = loop {
            if let MediaEventKind::Lost { reason } = stage.event().await.kind {
                break reason.unwrap();
            }
        };
        assert!(reason.contains(named), "{reason}");
        assert_eq!(
            stage.get("room/stream.mp4").await.status,
            StatusCode::NOT_FOUND
        );
        stage.close().await;
    }
}
