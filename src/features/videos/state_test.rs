//! Three players for any number of videos, and what is shown when.

use super::*;
use contract::Timestamp;
use contract::videos::VideoMaker;

fn video(number: usize) -> Video {
    Video {
        id: format!("v{number}").into(),
        caption: String::new(),
        tags: Vec::new(),
        poster: None,
        duration_ms: 7_000,
        files: Vec::new(),
        subtitles: Vec::new(),
        creator: VideoMaker {
            handle: "a.b".to_owned(),
            name: "A".to_owned(),
            avatar: None,
        },
        products: Vec::new(),
        likes: 0,
        liked: false,
        comments: 0,
        shares: 0,
        at: Timestamp(0),
    }
}

fn feed(count: usize, at: usize) -> Feed {
    Feed {
        videos: (0..count).map(video).collect(),
        next: None,
        at,
    }
}

#[test]
fn one_plays_one_loads_and_one_stands_still() {
    for at in 0..20 {
        let feed = feed(20, at);
        let held: Vec<_> = (0..PLAYERS)
            .filter_map(|player| feed.held_by(player))
            .collect();
        let of = |role| {
            held.iter()
                .filter(|(_, it)| *it == role)
                .map(|(place, _)| *place)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Role::Now), [at]);
        assert_eq!(of(Role::Before), if at > 0 { vec![at - 1] } else { vec![] });
        assert_eq!(of(Role::Next), if at < 19 { vec![at + 1] } else { vec![] });
    }
}

#[test]
fn a_video_keeps_its_player_while_it_is_near() {
    for at in 1..19 {
        let player = (0..PLAYERS)
            .find(|player| feed(20, at).held_by(*player) == Some((at, Role::Now)))
            .unwrap();
        assert_eq!(feed(20, at - 1).held_by(player), Some((at, Role::Next)));
        assert_eq!(feed(20, at + 1).held_by(player), Some((at, Role::Before)));
    }
}

#[test]
fn a_video_that_comes_again_is_not_shown_again() {
    let mut feed = feed(3, 0);
    feed.add(vec![video(2), video(3)], None);
    let ids: Vec<_> = feed
        .videos
        .iter()
        .map(|video| video.id.0.as_str())
        .collect();
    assert_eq!(ids, ["v0", "v1", "v2", "v3"]);
    assert!(!feed.wants_more());
    feed.next = Some(Cursor("x".to_owned()));
    feed.at = 1;
    assert!(feed.wants_more());
}

#[test]
fn scrolling_ends_on_one_that_is_there() {
    let feed = feed(3, 1);
    assert_eq!(
        [
            feed.place_at(0.0, 800.0),
            feed.place_at(1_210.0, 800.0),
            feed.place_at(9e9, 800.0)
        ],
        [0, 2, 2]
    );
    assert_eq!(feed.place_at(100.0, 0.0), 1);
}

#[test]
fn the_smallest_film_that_fills_the_screen_is_taken() {
    let file = |width: u32| VideoFile {
        src: width.to_string(),
        width,
        height: width * 2,
    };
    let files = [file(720), file(480)];
    let taken = |pixels| file_for(&files, pixels).unwrap().width;
    assert_eq!([taken(390), taken(600), taken(1_200)], [480, 720, 720]);
    assert_eq!(file_for(&[], 390), None);
}

#[test]
fn a_like_is_counted_at_once_and_once() {
    let before = VideoLikes {
        liked: false,
        likes: 7,
    };
    let after = liked(before, true);
    assert_eq!(
        (after.likes, liked(after, true).likes, liked(after, false)),
        (8, 8, before)
    );
}

#[test]
fn the_way_back_leads_to_the_video_that_was_left() {
    let left = feed(5, 3);
    assert_eq!(left.at_video(None).unwrap().at, 3);
    assert_eq!(left.at_video(Some(&"v1".into())).unwrap().at, 1);
    assert_eq!(left.at_video(Some(&"other".into())), None);
}

#[test]
fn a_product_is_shown_while_its_time_runs_and_the_later_one_first() {
    let shown = |slug: &str, start_ms, end_ms| ShownProduct {
        product: serde_json::from_value(serde_json::json!({
            "id": slug, "slug": slug, "title": slug, "price": {"minor": 1, "currency": "CNY"},
            "price_from": false, "sold": 0, "tags": [], "sold_out": false,
        }))
        .unwrap(),
        start_ms,
        end_ms,
    };
    let products = [shown("a", 0, 4_000), shown("b", 3_000, 6_000)];
    let at = |ms| shown_at(&products, ms).map(|it| it.product.slug.as_str());
    assert_eq!(
        [at(0), at(3_500), at(5_999), at(6_000)],
        [Some("a"), Some("b"), Some("b"), None]
    );
}

#[test]
fn subtitles_are_the_readers_own_or_any() {
    let mut video = video(0);
    assert_eq!(subtitles_for(&video, "en"), None);
    let of = |lang: &str| Subtitles {
        lang: lang.to_owned(),
        src: lang.to_owned(),
    };
    video.subtitles = vec![of("zh-CN"), of("en")];
    assert_eq!(subtitles_for(&video, "en").unwrap().src, "en");
    assert_eq!(subtitles_for(&video, "fr").unwrap().src, "zh-CN");
}
