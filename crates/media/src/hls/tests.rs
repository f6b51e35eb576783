//! The playlist's rules (media.md 4), on chunks that need no encoder.

use bytes::Bytes;

use super::{Timeline, Window, live};
use crate::Mark;
use crate::cmaf::Chunk;

fn timeline() -> Timeline {
    Timeline::new(Window::default(), 0, 0)
}

/// A segment of two parts of 280 ms.
fn segment(timeline: &mut Timeline, at_ms: i64) {
    for (number, start_ms) in [(0, at_ms), (1, at_ms + 280)] {
        let chunk = Chunk {
            bytes: Bytes::from(format!("{start_ms} ").repeat(10)),
            start_ms,
            shown_ms: start_ms + 80,
            duration_ms: 280,
            independent: number == 0,
            begins_segment: number == 0,
        };
        timeline.push(&chunk, 1_795_817_000_000);
        timeline.end_part();
    }
}

fn published(segments: i64) -> Timeline {
    let mut timeline = timeline();
    timeline.begin();
    for number in 0..segments {
        segment(&mut timeline, number * 560);
    }
    timeline
}

fn value<'a>(playlist: &'a str, tag: &str) -> &'a str {
    let line = playlist.lines().find_map(|line| line.strip_prefix(tag));
    line.unwrap_or_else(|| panic!("no {tag} in\n{playlist}"))
}

#[test]
fn a_live_playlist_reads_like_this() {
    let expected = "\
#EXTM3U
#EXT-X-VERSION:9
#EXT-X-TARGETDURATION:2
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.900
#EXT-X-PART-INF:PART-TARGET=0.300
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-DISCONTINUITY-SEQUENCE:0
#EXT-X-MAP:URI=\"init-0.mp4\"
#EXT-X-PROGRAM-DATE-TIME:2026-11-27T22:03:20.08Z
#EXT-X-PART:DURATION=0.280,URI=\"part-0.0.m4s\",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.280,URI=\"part-0.1.m4s\"
#EXTINF:0.560,
seg-0.m4s
#EXT-X-PROGRAM-DATE-TIME:2026-11-27T22:03:20.64Z
#EXT-X-PART:DURATION=0.280,URI=\"part-1.0.m4s\",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.280,URI=\"part-1.1.m4s\"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"part-1.2.m4s\"
";
    assert_eq!(live(&published(2)), expected);
}

#[test]
fn numbers_never_fall_whatever_happens() {
    let mut timeline = timeline();
    let mut last = 0;
    for round in 0..50 {
        timeline.begin();
        for number in 0..(round % 4) {
            segment(&mut timeline, number * 560);
        }
        match round % 3 {
            0 => drop(timeline.pause()),
            1 => drop(timeline.end()),
            _ => {}
        }
        let first: u64 = value(&live(&timeline), "#EXT-X-MEDIA-SEQUENCE:")
            .parse()
            .unwrap();
        assert!(first >= last, "{first} after {last}");
        last = first;
    }
    assert!(last > 10, "{last}");
}

#[test]
fn what_leaves_the_window_with_a_discontinuity_is_counted() {
    let mut timeline = published(3);
    timeline.pause();
    timeline.begin();
    for number in 0..4 {
        segment(&mut timeline, number * 560);
    }
    let playlist = live(&timeline);
    assert_eq!(playlist.matches("#EXT-X-DISCONTINUITY\n").count(), 1);
    assert_eq!(value(&playlist, "#EXT-X-DISCONTINUITY-SEQUENCE:"), "0");
    for number in 4..12 {
        segment(&mut timeline, number * 560);
    }
    let playlist = live(&timeline);
    assert_eq!(playlist.matches("#EXT-X-DISCONTINUITY\n").count(), 0);
    assert_eq!(value(&playlist, "#EXT-X-DISCONTINUITY-SEQUENCE:"), "1");
    assert_eq!(value(&playlist, "#EXT-X-MAP:"), "URI=\"init-1.mp4\"");
}

#[test]
fn the_list_is_closed_by_the_end_alone_and_opened_by_a_publication() {
    let mut timeline = published(2);
    timeline.pause();
    assert!(!live(&timeline).contains("#EXT-X-ENDLIST"));
    timeline.end();
    assert!(live(&timeline).ends_with("#EXT-X-ENDLIST\n"));
    timeline.begin();
    segment(&mut timeline, 0);
    let playlist = live(&timeline);
    assert!(!playlist.contains("#EXT-X-ENDLIST"), "{playlist}");
    assert!(playlist.contains("#EXT-X-DISCONTINUITY\n"), "{playlist}");
}

#[test]
fn a_segments_number_alone_is_its_first_part() {
    let mut timeline = published(2);
    assert!(
        timeline.has(0, 99),
        "a whole segment has all there is to wait for"
    );
    assert!(timeline.has(1, 1) && !timeline.has(1, 2));
    assert!(!timeline.has(2, 0));
    segment(&mut timeline, 1120);
    assert!(timeline.has(2, 0));
}

#[test]
fn only_the_newest_segments_list_their_parts() {
    let playlist = live(&published(6));
    assert!(!playlist.contains("part-1."), "{playlist}");
    assert!(
        playlist.contains("part-2.0.m4s") && playlist.contains("part-5.1.m4s"),
        "{playlist}"
    );
}

#[test]
fn a_pause_of_the_encoder_is_part_of_its_segment() {
    let mut timeline = published(1);
    // The next key frame comes five seconds later.
    segment(&mut timeline, 5000);
    let playlist = live(&timeline);
    assert!(playlist.contains("#EXTINF:5.000,\nseg-0.m4s"), "{playlist}");
    assert_eq!(value(&playlist, "#EXT-X-TARGETDURATION:"), "5");
}

#[test]
fn the_target_never_falls() {
    let mut timeline = published(1);
    segment(&mut timeline, 7000);
    for number in 1..20 {
        segment(&mut timeline, 7000 + number * 560);
    }
    assert_eq!(value(&live(&timeline), "#EXT-X-TARGETDURATION:"), "7");
}

#[test]
fn memory_is_bounded_by_bytes_too() {
    let window = Window {
        segments: 100,
        bytes: 1000,
    };
    let mut timeline = Timeline::new(window, 0, 0);
    timeline.begin();
    for number in 0..1000 {
        segment(&mut timeline, number * 560);
    }
    assert!(timeline.bytes() < 2000, "{}", timeline.bytes());
    assert!(timeline.segments().len() >= 3);
}

#[test]
fn words_of_a_mark_cannot_end_its_line() {
    let mut timeline = published(1);
    timeline.mark(Mark {
        id: "a\"\n#EXT-X-ENDLIST".to_owned(),
        class: "c".to_owned(),
        at_ms: i64::MAX / 1_000_000,
        data: "x\r\ny,\"z\"".to_owned(),
    });
    let playlist = live(&timeline);
    let range = value(&playlist, "#EXT-X-DATERANGE:");
    assert!(
        range.starts_with("ID=\"a%22%0A%23EXT-X-ENDLIST\""),
        "{range}"
    );
    assert!(
        range.ends_with("X-JISHI-DATA=\"x%0D%0Ay%2C%22z%22\""),
        "{range}"
    );
}

#[test]
fn a_mark_leaves_the_playlist_with_its_picture() {
    let mut timeline = timeline();
    let mark = |id: &str, at_ms| Mark {
        id: id.to_owned(),
        class: "c".to_owned(),
        at_ms,
        data: String::new(),
    };
    timeline.mark(mark("early", 0));
    assert!(
        !live(&timeline).contains("DATERANGE"),
        "there is no picture"
    );
    timeline.begin();
    segment(&mut timeline, 0);
    let at_ms = timeline.open().unwrap().at_ms;
    timeline.mark(mark("seen", at_ms + 100));
    let playlist = live(&timeline);
    assert!(playlist.contains("ID=\"seen\""), "{playlist}");
    assert!(!playlist.contains("ID=\"early\""), "{playlist}");
    for number in 1..20 {
        segment(&mut timeline, number * 560);
    }
    assert!(!live(&timeline).contains("DATERANGE"));
}
