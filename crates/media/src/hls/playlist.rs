//! Playlists as RFC 8216bis writes them. Addresses in them are relative: they work wherever they are mounted.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::timeline::{Segment, Timeline};
use crate::Mark;
use crate::cmaf::PART_MS;

/// The low-latency playlist of what happens now.
pub fn live(timeline: &Timeline) -> String {
    let mut text = String::with_capacity(4096);
    let out = &mut text;
    line(out, format_args!("#EXTM3U"));
    line(out, format_args!("#EXT-X-VERSION:9"));
    line(
        out,
        format_args!("#EXT-X-TARGETDURATION:{}", timeline.target_s()),
    );
    let part = PART_MS as f64 / 1000.0;
    line(
        out,
        format_args!(
            "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={:.3}",
            3.0 * part
        ),
    );
    line(out, format_args!("#EXT-X-PART-INF:PART-TARGET={part:.3}"));
    line(
        out,
        format_args!("#EXT-X-MEDIA-SEQUENCE:{}", timeline.first_msn()),
    );
    line(
        out,
        format_args!("#EXT-X-DISCONTINUITY-SEQUENCE:{}", timeline.gone_breaks()),
    );
    let mut init = None;
    for segment in timeline.segments() {
        head(out, segment, &mut init);
        if segment.msn >= timeline.parts_from() && !timeline.is_ended() {
            parts(out, segment);
        }
        media(out, segment.msn, segment.duration_ms);
    }
    if let Some(open) = timeline.open() {
        head(out, open, &mut init);
        parts(out, open);
        let next = open.parts.len();
        line(
            out,
            format_args!(
                "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"part-{}.{next}.m4s\"",
                open.msn
            ),
        );
    }
    timeline.marks().for_each(|mark| date_range(out, mark));
    if timeline.is_ended() {
        line(out, format_args!("#EXT-X-ENDLIST"));
    }
    text
}

/// One segment of a replay.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Kept {
    /// Its number.
    pub msn: u64,
    /// Which initialisation segment it needs.
    pub init: u64,
    /// Whether nothing connects it with the one before.
    pub discontinuity: bool,
    /// When its first frame was, milliseconds since 1970.
    pub at_ms: i64,
    /// Milliseconds.
    pub duration_ms: i64,
    /// How much it weighs.
    pub bytes: u64,
}

/// The playlist of a replay; while the session goes on it has no end.
pub fn vod(segments: &[Kept], marks: &[Mark], ended: bool) -> String {
    let longest = segments.iter().map(|segment| segment.duration_ms).max();
    let mut text = String::with_capacity(128 * segments.len() + 256);
    let out = &mut text;
    line(out, format_args!("#EXTM3U"));
    line(out, format_args!("#EXT-X-VERSION:7"));
    let target = ((longest.unwrap_or_default() + 500) / 1000).max(1);
    line(out, format_args!("#EXT-X-TARGETDURATION:{target}"));
    let kind = if ended { "VOD" } else { "EVENT" };
    line(out, format_args!("#EXT-X-PLAYLIST-TYPE:{kind}"));
    let first = segments.first().map_or(0, |segment| segment.msn);
    line(out, format_args!("#EXT-X-MEDIA-SEQUENCE:{first}"));
    let mut init = None;
    for kept in segments {
        let segment = Segment {
            msn: kept.msn,
            init: kept.init,
            // The first of the list needs no word of what is not in it.
            discontinuity: kept.discontinuity && init.is_some(),
            at_ms: kept.at_ms,
            start_ms: 0,
            duration_ms: kept.duration_ms,
            parts: Vec::new(),
        };
        head(out, &segment, &mut init);
        media(out, kept.msn, kept.duration_ms);
    }
    marks.iter().for_each(|mark| date_range(out, mark));
    if ended {
        line(out, format_args!("#EXT-X-ENDLIST"));
    }
    text
}

fn head(out: &mut String, segment: &Segment, init: &mut Option<u64>) {
    if segment.discontinuity {
        line(out, format_args!("#EXT-X-DISCONTINUITY"));
    }
    if *init != Some(segment.init) || segment.discontinuity {
        line(
            out,
            format_args!("#EXT-X-MAP:URI=\"init-{}.mp4\"", segment.init),
        );
        *init = Some(segment.init);
    }
    line(
        out,
        format_args!("#EXT-X-PROGRAM-DATE-TIME:{}", date(segment.at_ms)),
    );
}

fn parts(out: &mut String, segment: &Segment) {
    for (number, part) in segment.parts.iter().enumerate() {
        let independent = if part.independent {
            ",INDEPENDENT=YES"
        } else {
            ""
        };
        line(
            out,
            format_args!(
                "#EXT-X-PART:DURATION={:.3},URI=\"part-{}.{number}.m4s\"{independent}",
                part.duration_ms as f64 / 1000.0,
                segment.msn
            ),
        );
    }
}

fn media(out: &mut String, msn: u64, duration_ms: i64) {
    line(
        out,
        format_args!("#EXTINF:{:.3},", duration_ms as f64 / 1000.0),
    );
    line(out, format_args!("seg-{msn}.m4s"));
}

fn date_range(out: &mut String, mark: &Mark) {
    line(
        out,
        format_args!(
            "#EXT-X-DATERANGE:ID=\"{}\",CLASS=\"{}\",START-DATE=\"{}\",X-JISHI-DATA=\"{}\"",
            quoted(&mark.id),
            quoted(&mark.class),
            date(mark.at_ms),
            quoted(&mark.data)
        ),
    );
}

/// Percent-encoded wherever a quoted string of a playlist, or a careless reader of it, could stumble.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.:~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn date(at_ms: i64) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at_ms) * 1_000_000)
        .ok()
        .and_then(|at| at.format(&Rfc3339).ok())
        .unwrap_or_default()
}

fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(words);
    out.push('\n');
}
