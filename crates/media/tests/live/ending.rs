//! An encoder that goes, comes back, or does not; a session that ends; a program that starts again.

use std::time::Duration;

use axum::http::StatusCode;
use media::MediaEventKind;

use crate::harness::{Stage, decoded, first_msn, lines, room, segments};

#[tokio::test]
async fn an_encoder_that_comes_back_is_a_discontinuity_and_numbers_go_on() {
    let mut stage = Stage::open().await;
    let encoder = stage.publish("good");
    let before = stage.playlist(|it| segments(it).len() >= 2).await;
    encoder.kill().await;
    assert!(matches!(
        stage.event().await.kind,
        MediaEventKind::Published { .. }
    ));
    assert_eq!(
        stage.event().await.kind,
        MediaEventKind::Lost { reason: None }
    );
    // Nobody has said goodbye: the playlist stays open.
    let between = stage
        .playlist(|it| segments(it).len() > segments(&before).len())
        .await;
    assert!(!between.contains("#EXT-X-ENDLIST"), "{between}");
    let _again = stage.publish("good");
    let after = stage
        .playlist(|it| lines(it, "#EXT-X-DISCONTINUITY").contains(&"") && segments(it).len() >= 4)
        .await;
    assert_eq!(
        lines(&after, "#EXT-X-MAP:"),
        ["URI=\"init-0.mp4\"", "URI=\"init-1.mp4\""]
    );
    assert!(first_msn(&after) >= first_msn(&before));
    let numbers: Vec<u64> = segments(&after)
        .iter()
        .map(|name| name[4..name.len() - 4].parse().unwrap())
        .collect();
    assert!(
        numbers.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{numbers:?}"
    );
    assert!(matches!(
        stage.event().await.kind,
        MediaEventKind::Published { .. }
    ));
    stage.close().await;
}

#[tokio::test]
async fn the_end_is_said_after_the_grace_and_not_before() {
    let mut stage = Stage::open_with(|settings| settings.grace = Duration::from_secs(2)).await;
    let encoder = stage.publish("good");
    stage.playlist(|it| !segments(it).is_empty()).await;
    encoder.kill().await;
    assert!(matches!(
        stage.event().await.kind,
        MediaEventKind::Published { .. }
    ));
    let lost = stage.event().await;
    assert_eq!(lost.kind, MediaEventKind::Lost { reason: None });
    assert!(!stage.playlist(|_| true).await.contains("#EXT-X-ENDLIST"));
    let ended = stage.event().await;
    assert_eq!(ended.kind, MediaEventKind::Ended);
    assert!(
        ended.at_ms - lost.at_ms >= 2000,
        "{}",
        ended.at_ms - lost.at_ms
    );
    assert!(stage.playlist(|_| true).await.ends_with("#EXT-X-ENDLIST\n"));
    assert!(stage.engine.status(&room()).ended);
    stage.close().await;
}

#[tokio::test]
async fn a_session_that_is_ended_sends_its_encoder_away_and_stays_as_a_replay() {
    let mut stage = Stage::open().await;
    let encoder = stage.publish("good");
    stage.playlist(|it| segments(it).len() >= 2).await;
    let replay = stage.get("room/vod.m3u8").await.text().await;
    assert!(!replay.contains("#EXT-X-ENDLIST"), "it goes on: {replay}");
    stage.engine.end(&room());
    assert!(encoder.gives_up().await);
    assert!(matches!(
        stage.event().await.kind,
        MediaEventKind::Published { .. }
    ));
    let told = [stage.event().await.kind, stage.event().await.kind];
    assert!(told.contains(&MediaEventKind::Ended), "{told:?}");
    let folder = stage.folder.clone();
    stage.close().await;

    // Another run of the program finds it.
    let stage = Stage::open_in(folder, |_| {}).await;
    let replay = stage.get("room/vod.m3u8").await.text().await;
    assert!(replay.contains("#EXT-X-PLAYLIST-TYPE:VOD"), "{replay}");
    assert!(replay.ends_with("#EXT-X-ENDLIST\n"), "{replay}");
    let mut files = vec!["init-0.mp4".to_owned()];
    files.extend(segments(&replay));
    let video = decoded(&stage.joined(&files).await, "v").await;
    assert!(video.len() >= 100, "{}", video.len());
    stage.close().await;
}

#[tokio::test]
async fn numbers_go_on_over_a_restart_of_the_program() {
    let stage = Stage::open().await;
    let _encoder = stage.publish("good");
    let before = stage.playlist(|it| segments(it).len() >= 2).await;
    let folder = stage.folder.clone();
    stage.close().await;
    let stage = Stage::open_in(folder, |_| {}).await;
    assert_eq!(
        stage.get("room/live.m3u8").await.status,
        StatusCode::NOT_FOUND
    );
    let recording = stage.engine.recording(&room()).await.unwrap();
    assert!(
        recording.duration_ms >= 4000 && !recording.ended,
        "{recording:?}"
    );
    let _encoder = stage.publish("good");
    let after = stage.playlist(|it| !segments(it).is_empty()).await;
    assert!(first_msn(&after) >= first_msn(&before) + 2, "{after}");
    assert_eq!(lines(&after, "#EXT-X-MAP:"), ["URI=\"init-1.mp4\""]);
    assert!(
        lines(&after, "#EXT-X-DISCONTINUITY").contains(&""),
        "{after}"
    );
    let replay = stage.get("room/vod.m3u8").await.text().await;
    assert_eq!(lines(&replay, "#EXT-X-MAP:").len(), 2, "{replay}");
    stage.close().await;
}

#[tokio::test]
async fn a_session_of_an_earlier_run_is_ended_on_disk() {
    let stage = Stage::open().await;
    let _encoder = stage.publish("good");
    stage.playlist(|it| segments(it).len() >= 2).await;
    let folder = stage.folder.clone();
    stage.close().await;
    let mut stage = Stage::open_in(folder, |_| {}).await;
    assert!(
        !stage
            .get("room/vod.m3u8")
            .await
            .text()
            .await
            .contains("#EXT-X-ENDLIST")
    );
    stage.engine.end(&room());
    assert_eq!(stage.event().await.kind, MediaEventKind::Ended);
    let folder = stage.folder.clone();
    stage.close().await;
    let stage = Stage::open_in(folder, |_| {}).await;
    let recording = stage.engine.recording(&room()).await.unwrap();
    assert!(
        recording.ended && recording.duration_ms >= 4000,
        "{recording:?}"
    );
    stage.close().await;
}
