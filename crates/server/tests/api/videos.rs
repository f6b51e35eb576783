//! Short videos (features.md 10 to 18): the swipe feed, likes, subtitles; and a file's way from a phone to a film,
//! made by the real ffmpeg.

use std::path::Path;
use std::process::Command;

use contract::videos::{Video, VideoLikes};
use contract::videos_own::{OwnVideo, VideoFault, VideoState};
use contract::{ErrorCode, Page};
use serde_json::{Value, json};
use server::videos::work;

use crate::harness::{Answer, TestShop, demo_videos};
use crate::shopping::Buyer;

/// The demo's creator of `strawberry-dawn`.
pub const CREATOR: &str = "xiaohe.orchard";

pub async fn with_videos(settings: &[(&str, &str)]) -> Vec<TestShop> {
    let shops = TestShop::each_stocked_with(settings).await;
    for shop in &shops {
        shop.import(&demo_videos()).await.unwrap();
    }
    shops
}

/// Somebody who is a creator of the demo.
pub async fn creator<'a>(shop: &'a TestShop) -> Buyer<'a> {
    let phone = server::phone::Phone::parse("13800000001").unwrap();
    let creator = Buyer::new(shop, "13800000001").await;
    let mut tx = shop.state.db.begin().await.unwrap();
    let now = shop.state.clock.now();
    let known = server::auth::creator::grant(&mut tx, &phone, CREATOR, now).await;
    assert!(known.unwrap());
    tx.commit().await.unwrap();
    creator
}

/// A small clip, as a phone makes it.
fn clip(folder: &Path, seconds: u32) -> Vec<u8> {
    let file = folder.join(format!("clip-{seconds}.mp4"));
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i"])
        .arg(format!("testsrc=size=360x640:rate=15:duration={seconds}"))
        .args([
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
        ])
        .arg(&file)
        .status()
        .unwrap();
    assert!(made.success());
    std::fs::read(file).unwrap()
}

async fn begin(creator: &Buyer<'_>, size: usize) -> OwnVideo {
    let new = json!({ "name": "VID_1.mp4", "size": size, "mark": "VID_1.mp4/1" });
    creator.post("/api/own/videos").json(&new).ok().await
}

async fn piece(creator: &Buyer<'_>, video: &OwnVideo, offset: usize, bytes: &[u8]) -> Answer {
    let path = format!("/api/own/videos/{}/file", video.id);
    let patch = creator
        .shop
        .patch(&path)
        .cookie(&creator.cookie)
        .body(bytes);
    patch
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", &offset.to_string())
        .send()
        .await
}

async fn own(creator: &Buyer<'_>, video: &OwnVideo) -> OwnVideo {
    creator
        .get(&format!("/api/own/videos/{}", video.id))
        .ok()
        .await
}

/// Every file that is kept of videos that were sent in.
fn kept(shop: &TestShop, video: &OwnVideo) -> Vec<String> {
    let config = &shop.state.config;
    let folders = [
        config.videos.uploads_dir.clone(),
        config.media_dir.join("videos"),
    ];
    let named =
        |folder: &std::path::PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    folders
        .iter()
        .flat_map(named)
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name.contains(video.id.as_str()))
        .collect()
}

#[tokio::test]
async fn the_swipe_feed_begins_where_it_is_asked_to_and_shows_nothing_twice() {
    for shop in with_videos(&[]).await {
        shop.import(&demo_videos()).await.unwrap();
        let mut seen = Vec::new();
        let mut at = "/api/videos?from=kite-weekend&limit=5".to_owned();
        loop {
            let page: Page<Video> = shop.get(&at).ok().await;
            seen.extend(page.items);
            let Some(next) = page.next else { break };
            at = format!("/api/videos?limit=5&cursor={}", next.0);
        }
        assert_eq!(seen[0].id.as_str(), "kite-weekend");
        let ids: std::collections::BTreeSet<_> = seen.iter().map(|it| it.id.0.clone()).collect();
        assert_eq!((seen.len(), ids.len()), (12, 12), "{}", shop.on);
        let first = &seen[0];
        let film = shop
            .state
            .config
            .media_dir
            .join(first.files[0].src.trim_start_matches("/media/"));
        assert!(film.exists(), "{}", film.display());
        assert!(first.products[0].end_ms > first.products[0].start_ms);
        let feed = shop
            .get("/api/feed?limit=50")
            .ok::<Page<Value>>()
            .await
            .items;
        assert_eq!(
            feed.iter()
                .filter(|card| card.get("video").is_some())
                .count(),
            12
        );
    }
}

#[tokio::test]
async fn a_like_counts_once_however_often_it_is_sent() {
    for shop in with_videos(&[]).await {
        let one = Buyer::new(&shop, "1").await;
        let path = "/api/videos/strawberry-dawn/like";
        let like = || shop.put(path).cookie(&one.cookie).fresh_key();
        let first: VideoLikes = like().ok().await;
        let again: VideoLikes = like().ok().await;
        assert_eq!(first, again);
        let shown: Video = one.get("/api/videos/strawberry-dawn").ok().await;
        assert!(shown.liked && shown.likes == first.likes);
        let back = shop.delete(path).cookie(&one.cookie).fresh_key();
        let back: VideoLikes = back.ok().await;
        assert_eq!(
            (back.liked, back.likes),
            (false, first.likes - 1),
            "{}",
            shop.on
        );
    }
}

#[tokio::test]
async fn a_clip_whose_upload_broke_off_becomes_a_film_that_everybody_sees() {
    for shop in TestShop::each_stocked().await {
        let maker = creator(&shop).await;
        let clip = clip(shop.folder.path(), 2);
        let video = begin(&maker, clip.len()).await;
        let half = clip.len() / 2;
        assert_eq!(piece(&maker, &video, 0, &clip[..half]).await.status, 204);
        // The answer was lost: the same piece again is told where the file stands.
        let again = piece(&maker, &video, 0, &clip[..half]).await;
        assert_eq!(
            again.json::<contract::ApiError>().code,
            ErrorCode::UploadOffset
        );
        let head = shop.head(&format!("/api/own/videos/{}/file", video.id));
        let head = head.cookie(&maker.cookie).send().await;
        assert_eq!(head.header("upload-offset"), half.to_string());
        assert_eq!(own(&maker, &video).await.received, half as u64);
        assert_eq!(piece(&maker, &video, half, &clip[half..]).await.status, 204);
        assert_eq!(own(&maker, &video).await.state, VideoState::Waiting);
        assert!(work::work_one(&shop.state).await.unwrap());
        let ready = own(&maker, &video).await;
        assert_eq!(
            (ready.state, ready.fault),
            (VideoState::Ready, None),
            "{}",
            shop.on
        );
        assert!((1_900..=2_200).contains(&ready.duration_ms));
        assert!(ready.poster.is_some() && !ready.files.is_empty());
        assert!(
            !shop
                .state
                .config
                .videos
                .uploads_dir
                .join(video.id.as_str())
                .exists()
        );
        let film = shop
            .get(&ready.files[0].src)
            .header("range", "bytes=0-99")
            .header("accept-encoding", "gzip");
        let film = film.send().await;
        assert_eq!(
            (film.status.as_u16(), film.header("content-type")),
            (206, "video/mp4")
        );
        let path = format!("/api/own/videos/{}", video.id);
        let say = |published: bool, end: u32| {
            let product = json!({ "slug": "dandong-strawberry", "start_ms": 0, "end_ms": end });
            let change =
                json!({ "caption": "早安", "products": [product], "published": published });
            shop.put(&path)
                .cookie(&maker.cookie)
                .fresh_key()
                .json(&change)
        };
        assert_eq!(say(true, 60_000).send().await.status, 422);
        let shown: OwnVideo = say(true, 1_500).ok().await;
        assert_eq!(shown.state, VideoState::Published);
        let seen: Video = shop.get(&format!("/api/videos/{}", video.id)).ok().await;
        assert_eq!((seen.caption.as_str(), seen.products.len()), ("早安", 1));
        // Taken away, nothing of it stays but its poster.
        let gone = shop
            .delete(&path)
            .cookie(&maker.cookie)
            .fresh_key()
            .send()
            .await;
        assert_eq!(gone.status, 204);
        shop.get(&format!("/api/videos/{}", video.id))
            .refused(ErrorCode::NotFound)
            .await;
        assert!(
            kept(&shop, &video)
                .iter()
                .all(|name| name.ends_with(".webp")),
            "{}",
            shop.on
        );
    }
}

#[tokio::test]
async fn features_17_subtitles_are_webvtt_or_refused_with_a_reason() {
    for shop in with_videos(&[]).await {
        let maker = creator(&shop).await;
        let path = "/api/own/videos/strawberry-dawn/subtitles";
        let put = |lang: &str, vtt: &str| {
            shop.put(path)
                .cookie(&maker.cookie)
                .fresh_key()
                .json(&json!({ "lang": lang, "vtt": vtt }))
        };
        let good = "\u{feff}WEBVTT\r\n\r\n00:00.000 --> 00:03.000\r\n早上好\r\n";
        let own: OwnVideo = put("zh-CN", good).ok().await;
        assert_eq!(own.subtitles.len(), 1, "{}", shop.on);
        let shown: Video = shop.get("/api/videos/strawberry-dawn").ok().await;
        let [subtitles] = shown.subtitles.as_slice() else {
            panic!("{:?}", shown.subtitles);
        };
        let file = shop.get(&subtitles.src).send().await;
        assert_eq!(
            (file.status.as_u16(), file.header("content-type")),
            (200, "text/vtt")
        );
        assert!(file.text().starts_with("WEBVTT\n\n00:00.000"));
        // Refused, whatever was there stays.
        let long = format!("{good}{}", "长".repeat(16 * 1024));
        for (vtt, reason) in [
            ("1\n00:00:01,000 --> 00:00:03,000\nx", "WEBVTT"),
            ("WEBVTT\n\nwithout a time", "00:01.000 --> 00:03.000"),
            (long.as_str(), "48 kB"),
        ] {
            let refused = put("zh-CN", vtt).refused(ErrorCode::InvalidRequest).await;
            assert!(refused.message.contains(reason), "{}", refused.message);
        }
        assert_eq!(put("fr", good).send().await.status, 422);
        // Another creator's film is as good as none.
        let others = shop
            .put("/api/own/videos/crab-autumn/subtitles")
            .cookie(&maker.cookie)
            .fresh_key()
            .json(&json!({ "lang": "en", "vtt": good }));
        others.refused(ErrorCode::NotFound).await;
        let own: OwnVideo = put("zh-CN", "").ok().await;
        assert!(own.subtitles.is_empty(), "{}", shop.on);
    }
}

#[tokio::test]
async fn a_broken_a_lying_and_a_huge_file_end_in_a_clear_error_and_leave_nothing() {
    for shop in TestShop::each_stocked_with(&[("video_max_mb", "1"), ("video_max_s", "1")]).await {
        let maker = creator(&shop).await;
        let huge = json!({ "name": "a.mp4", "size": 1_000_001 });
        maker
            .post("/api/own/videos")
            .json(&huge)
            .refused(ErrorCode::TooLarge)
            .await;
        // A list of files in a film's clothes.
        let lie = format!(
            "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n{}",
            "#\n".repeat(400)
        );
        let video = begin(&maker, 1_000).await;
        let refused = piece(&maker, &video, 0, lie.as_bytes()).await;
        assert_eq!(
            refused.json::<contract::ApiError>().code,
            ErrorCode::VideoRefused
        );
        let after = own(&maker, &video).await;
        assert_eq!(
            (after.state, after.fault),
            (VideoState::Failed, Some(VideoFault::NotAVideo))
        );
        assert_eq!(kept(&shop, &video), Vec::<String>::new());
        // More than it said.
        let video = begin(&maker, 10).await;
        let long = piece(&maker, &video, 0, &[0; 20]).await;
        assert_eq!(long.json::<contract::ApiError>().code, ErrorCode::TooLarge);
        let whole = clip(shop.folder.path(), 3);
        let mut broken = whole[..whole.len() / 3].to_vec();
        broken.resize(whole.len(), 0);
        for (file, fault) in [(broken, VideoFault::Damaged), (whole, VideoFault::TooLong)] {
            let video = begin(&maker, file.len()).await;
            assert_eq!(piece(&maker, &video, 0, &file).await.status, 204);
            assert!(work::work_one(&shop.state).await.unwrap());
            let after = own(&maker, &video).await;
            assert_eq!(
                (after.state, after.fault),
                (VideoState::Failed, Some(fault)),
                "{}",
                shop.on
            );
            assert_eq!(kept(&shop, &video), Vec::<String>::new());
        }
        assert!(!work::work_one(&shop.state).await.unwrap());
    }
}
