//! From a real encoder to what a browser plays.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use http_body_util::BodyExt;
use media::{Mark, MediaEventKind};

use crate::harness::{Stage, decoded, lines, room, segments};

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[tokio::test]
async fn what_an_encoder_sends_is_played_frame_for_frame() {
    let mut stage = Stage::open().await;
    let _encoder = stage.publish("good");
    let kind = stage.event().await.kind;
    assert_eq!(
        kind,
        MediaEventKind::Published {
            width: 720,
            height: 1280
        }
    );
    let playlist = stage.playlist(|it| segments(it).len() >= 3).await;
    let mut files = vec!["init-0.mp4".to_owned()];
    files.extend(segments(&playlist));
    let whole = stage.joined(&files).await;
    let video = decoded(&whole, "v").await;
    // Three segments of two seconds with 25 frames each.
    assert!(
        video.len() >= 150 && video.len().is_multiple_of(50),
        "{}",
        video.len()
    );
    for pair in video.windows(2) {
        assert!((pair[1] - pair[0] - 0.04).abs() < 0.002, "{pair:?}");
    }
    let audio = decoded(&whole, "a").await;
    assert!(audio.len() > 200, "{}", audio.len());
    for pair in audio.windows(2) {
        assert!(
            (pair[1] - pair[0] - 1024.0 / 44_100.0).abs() < 0.0005,
            "{pair:?}"
        );
    }
    stage.close().await;
}

#[tokio::test]
async fn a_part_is_at_most_300_ms_and_the_parts_are_the_segment() {
    let stage = Stage::open().await;
    let _encoder = stage.publish("good");
    let playlist = stage.playlist(|it| segments(it).len() >= 2).await;
    let parts = lines(&playlist, "#EXT-X-PART:DURATION=");
    assert!(parts.len() > 10, "{playlist}");
    for part in &parts {
        let (seconds, _) = part.split_once(',').unwrap();
        assert!(seconds.parse::<f64>().unwrap() <= 0.3, "{part}");
    }
    let named = |part: &str| part.split('"').nth(1).unwrap().to_owned();
    let of_first: Vec<String> = parts
        .iter()
        .map(|part| named(part))
        .filter(|name| name.starts_with("part-0."))
        .collect();
    let from_parts = std::fs::read(stage.joined(&of_first).await).unwrap();
    let from_segment = stage.get("room/seg-0.m4s").await;
    assert!(from_segment.header("cache-control").contains("immutable"));
    assert_eq!(from_parts, from_segment.bytes().await);
    assert!(parts.iter().any(|part| part.contains("INDEPENDENT=YES")));
    stage.close().await;
}

#[tokio::test]
async fn the_long_response_begins_at_a_key_frame_and_says_how_to_decode_and_date_it() {
    let stage = Stage::open().await;
    assert_eq!(
        stage.get("room/stream.mp4").await.status,
        StatusCode::NOT_FOUND
    );
    let encoder = stage.publish("good");
    stage.playlist(|_| true).await;
    let began = now_ms();
    let answer = stage.get("room/stream.mp4").await;
    assert_eq!(answer.header("content-type"), "video/mp4");
    assert_eq!(answer.header("x-codecs"), "avc1.64001f,mp4a.40.2");
    assert_eq!(answer.header("cache-control"), "no-store");
    let anchor: i64 = answer.header("x-pdt0").parse().unwrap();
    assert!((0..4000).contains(&(began - anchor)), "{}", began - anchor);
    let mut body = answer.body;
    let (until, mut bytes) = (Instant::now() + Duration::from_secs(2), Vec::new());
    while Instant::now() < until {
        let frame = body.frame().await.unwrap().unwrap();
        bytes.extend(frame.into_data().unwrap());
    }
    let path = stage.folder.path().join("long.mp4");
    std::fs::write(&path, bytes).unwrap();
    let video = decoded(&path, "v").await;
    assert!(video.len() >= 40, "{}", video.len());
    // The encoder is gone: so is the response.
    encoder.kill().await;
    let rest = tokio::time::timeout(Duration::from_secs(5), body.collect()).await;
    assert!(rest.is_ok(), "the response goes on without a picture");
    stage.close().await;
}

#[tokio::test]
async fn the_playlists_clock_is_the_servers() {
    let stage = Stage::open().await;
    let _encoder = stage.publish("good");
    let began = now_ms();
    let playlist = stage.playlist(|it| segments(it).len() >= 2).await;
    let dates = lines(&playlist, "#EXT-X-PROGRAM-DATE-TIME:");
    let second =
        time::OffsetDateTime::parse(dates[1], &time::format_description::well_known::Rfc3339);
    let at = i64::try_from(second.unwrap().unix_timestamp_nanos() / 1_000_000).unwrap();
    // The second segment begins two seconds after the first frame, which came soon after ffmpeg began.
    let late = at - began - 2000;
    assert!((-100..2500).contains(&late), "{late}");
    stage.close().await;
}

#[tokio::test]
async fn a_playlist_waits_for_the_part_that_is_asked_for() {
    let stage = Stage::open().await;
    let _encoder = stage.publish("good");
    stage.playlist(|it| !segments(it).is_empty()).await;
    let hint = |playlist: &str| {
        let name = lines(playlist, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"part-");
        let (msn, part) = name[0].split_once('.').unwrap();
        let part = part.strip_suffix(".m4s\"").unwrap();
        (msn.parse::<u64>().unwrap(), part.parse::<usize>().unwrap())
    };
    let (msn, part) = hint(&stage.get("room/live.m3u8").await.text().await);
    let query = format!("room/live.m3u8?_HLS_msn={msn}&_HLS_part={part}");
    let waited = stage.get(&query).await.text().await;
    assert!(
        waited.contains(&format!("part-{msn}.{part}.m4s\"")),
        "{waited}"
    );
    // The segment's number alone is its first part: the answer is there long before the segment is.
    let next = msn + 1;
    let alone = stage
        .get(&format!("room/live.m3u8?_HLS_msn={next}"))
        .await
        .text()
        .await;
    assert!(
        alone.contains(&format!("URI=\"part-{next}.0.m4s\"")),
        "{alone}"
    );
    assert!(!alone.contains(&format!("seg-{next}.m4s")), "{alone}");
    // The part that the playlist hints at is answered when it is there.
    let (msn, part) = hint(&alone);
    let hinted = stage.get(&format!("room/part-{msn}.{part}.m4s")).await;
    assert_eq!(hinted.status, StatusCode::OK);
    let far = stage
        .get(&format!("room/live.m3u8?_HLS_msn={}", next + 100))
        .await;
    assert_eq!(far.status, StatusCode::BAD_REQUEST);
    let half = stage.get("room/live.m3u8?_HLS_part=1").await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST);
    stage.close().await;
}

#[tokio::test]
async fn a_mark_stands_in_both_playlists_at_its_moment() {
    let stage = Stage::open().await;
    let _encoder = stage.publish("good");
    let playlist = stage.playlist(|it| !segments(it).is_empty()).await;
    // A mark leaves the playlist with its picture: this one is of the newest.
    let named = "#EXT-X-PROGRAM-DATE-TIME:";
    let mut moments = playlist.lines().filter_map(|line| line.strip_prefix(named));
    let shown = moments.next_back().unwrap().to_owned();
    let mark = Mark {
        id: "pin-7".to_owned(),
        class: "jishi.pin".to_owned(),
        at_ms: now_ms(),
        data: "{\"sku\":\"茶\"}".to_owned(),
    };
    assert!(stage.engine.mark(&room(), mark));
    let begins = "#EXT-X-DATERANGE:ID=\"pin-7\",CLASS=\"jishi.pin\",START-DATE=\"";
    let ends = "\",X-JISHI-DATA=\"%7B%22sku%22:%22%E8%8C%B6%22%7D\"";
    let playlist = stage.playlist(|it| it.contains(begins)).await;
    let line = playlist.lines().find(|line| line.starts_with(begins));
    let line = line.unwrap().to_owned();
    let date = line
        .strip_prefix(begins)
        .and_then(|rest| rest.strip_suffix(ends));
    assert!(date.unwrap() > shown.as_str(), "{line} after {shown}");
    stage.playlist(|it| segments(it).len() >= 2).await;
    let replay = stage.get("room/vod.m3u8").await.text().await;
    assert!(replay.contains(&line), "{replay}");
    stage.close().await;
}
