//! Live rooms of a file such as demo/live.json (demo/live.schema.json): who hosts what, with which shelf. What is
//! to happen in a room, and its recording, is for whoever plays it.

use std::collections::BTreeSet;
use std::path::Path;

use contract::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::check::is_id;
use super::file::Text;
use super::media::{self, MediaByFile};
use super::problems::Problems;

/// The shop's clock is ahead of UTC by this, in milliseconds.
const AHEAD_MS: i64 = 8 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The key that says that a file holds rooms.
const ROOMS: &str = "rooms";

/// The rooms of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoomsFile {
    #[serde(rename = "$schema", default)]
    _schema: Option<IgnoredAny>,
    version: u64,
    pub rooms: Vec<Room>,
}

/// A room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Room {
    /// Its word in URLs.
    pub id: String,
    pub title: Text,
    pub notice: Text,
    /// A creator of the shop.
    pub host: String,
    /// The hour of the day, such as `20:00`.
    pub starts: String,
    pub poster: String,
    pub shelf: Vec<Place>,
    #[serde(rename = "video")]
    _video: IgnoredAny,
    #[serde(rename = "width")]
    _width: IgnoredAny,
    #[serde(rename = "height")]
    _height: IgnoredAny,
    #[serde(rename = "fps")]
    _fps: IgnoredAny,
    #[serde(rename = "loop_seconds")]
    _loop_seconds: IgnoredAny,
    #[serde(rename = "keyframe_seconds")]
    _keyframe_seconds: IgnoredAny,
    #[serde(rename = "loop_products")]
    _loop_products: IgnoredAny,
    #[serde(rename = "timeline_seconds")]
    _timeline_seconds: IgnoredAny,
    #[serde(rename = "timeline")]
    _timeline: IgnoredAny,
}

/// A numbered place of a shelf.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub number: i64,
    pub slug: String,
}

/// Whether a JSON text holds rooms instead of a catalogue.
pub(super) fn are_in(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|file| file.get(ROOMS).is_some())
}

/// Reads and checks rooms with their posters; what names goods is checked where the goods are.
pub(super) fn read(text: &str, folder: &Path) -> Result<(Vec<Room>, MediaByFile), Problems> {
    let mut problems = Problems::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let file: RoomsFile = match serde_path_to_error::deserialize(&mut json) {
        Ok(file) => file,
        Err(error) => {
            let path = error.path().to_string();
            problems.add(path, error.into_inner());
            return Err(problems);
        }
    };
    problems.check(file.version == 1, "version", "must be 1");
    let mut media = MediaByFile::new();
    let mut ids = BTreeSet::new();
    for (i, room) in file.rooms.iter().enumerate() {
        let path = format!("rooms[{i}]");
        check(&path, room, &mut problems);
        let new = ids.insert(room.id.as_str());
        problems.check(new, format!("{path}.id"), "is used twice");
        match media::read_one(folder, &room.poster, media::NEUTRAL) {
            Ok(poster) => {
                media.insert(room.poster.clone(), poster);
            }
            Err(reason) => problems.add(format!("{path}.poster"), reason),
        }
    }
    match problems.is_empty() {
        true => Ok((file.rooms, media)),
        false => Err(problems),
    }
}

fn check(path: &str, room: &Room, problems: &mut Problems) {
    problems.check(is_id(&room.id), format!("{path}.id"), "is no id");
    for (name, text) in [("title", &room.title), ("notice", &room.notice)] {
        let fine = !text.zh.trim().is_empty() && !text.en.trim().is_empty();
        problems.check(fine, format!("{path}.{name}"), "is empty");
    }
    let clock = clock_ms(&room.starts);
    problems.check(
        clock.is_some(),
        format!("{path}.starts"),
        "is no time such as 07:30",
    );
    let numbers: BTreeSet<i64> = room.shelf.iter().map(|place| place.number).collect();
    let slugs: BTreeSet<&str> = room.shelf.iter().map(|place| place.slug.as_str()).collect();
    let all = room.shelf.len();
    let fine = all > 0 && numbers.len() == all && slugs.len() == all;
    problems.check(
        fine && numbers.iter().all(|number| (1..=100).contains(number)),
        format!("{path}.shelf"),
        "must hold products, each once, with numbers from 1 to 100, each once",
    );
}

/// The next moment at which the shop's clock shows an hour; now where the text is none.
pub(super) fn next_at(clock: &str, now: Timestamp) -> Timestamp {
    let Some(ms) = clock_ms(clock) else {
        return now;
    };
    let midnight = (now.0 + AHEAD_MS).div_euclid(DAY_MS) * DAY_MS - AHEAD_MS;
    let today = Timestamp(midnight + ms);
    if today >= now {
        today
    } else {
        today.plus_ms(DAY_MS)
    }
}

fn clock_ms(clock: &str) -> Option<i64> {
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let fine = (0..24).contains(&hour) && (0..60).contains(&minute);
    fine.then_some((hour * 60 + minute) * 60 * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_starts_when_the_shops_clock_next_shows_its_hour() {
        // 2026-03-01 10:00 in Shanghai.
        let now = Timestamp(1_772_330_400_000);
        let hours = |from: Timestamp| from.since(now) / 3_600_000;
        assert_eq!(hours(next_at("20:00", now)), 10);
        assert_eq!(hours(next_at("07:00", now)), 21);
        assert_eq!(next_at("10:00", now), now);
    }
}
