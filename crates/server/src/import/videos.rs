//! Short videos of a file such as demo/shorts.json (demo/shorts.schema.json). Their films are taken as they are: they
//! must be MP4, the index first, as the shop's own are.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::check::is_id;
use super::file::Text;
use super::media::{self, MediaByFile, hash_of};
use super::problems::Problems;
use crate::videos::kind::Kind;

/// The key that says that a file holds short videos.
const VIDEOS: &str = "shorts";
/// Larger files are no short film.
const MAX_BYTES: u64 = 100 * 1024 * 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VideosFile {
    #[serde(rename = "$schema", default)]
    _schema: Option<IgnoredAny>,
    version: u64,
    shorts: Vec<Entry>,
}

/// A video as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its word in URLs.
    pub id: String,
    /// A creator of the shop.
    pub creator: String,
    pub video: String,
    pub poster: String,
    pub width: i64,
    pub height: i64,
    /// Seconds.
    pub duration: f64,
    pub caption: Text,
    pub hashtags: Vec<Text>,
    pub products: Vec<Shown>,
    pub likes: i64,
    pub share_count: i64,
    pub view_count: i64,
    pub days_ago: i64,
    pub comments: Vec<Said>,
    #[serde(rename = "fps")]
    _fps: IgnoredAny,
    /// What was written is counted, not what is said to have been.
    #[serde(rename = "comment_count")]
    _comment_count: IgnoredAny,
    #[serde(rename = "music")]
    _music: IgnoredAny,
}

/// A product while it is shown, in seconds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shown {
    pub slug: String,
    #[serde(default)]
    pub start: f64,
    pub end: Option<f64>,
}

/// A comment of one of the catalogue's members.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub member: String,
    pub text: Text,
    #[serde(rename = "lang")]
    _lang: IgnoredAny,
    #[serde(rename = "likes")]
    _likes: IgnoredAny,
}

/// A video whose film was read.
pub(super) struct Video {
    pub entry: Entry,
    /// The film's address, made of its content.
    pub src: String,
    pub film: Vec<u8>,
}

/// Whether a JSON text holds short videos instead of a catalogue.
pub(super) fn are_in(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|file| file.get(VIDEOS).is_some())
}

/// Milliseconds of so many seconds.
pub(super) fn ms(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// Reads and checks videos with films and posters; what names goods is checked where the goods are.
pub(super) fn read(text: &str, folder: &Path) -> Result<(Vec<Video>, MediaByFile), Problems> {
    let mut problems = Problems::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let file: VideosFile = match serde_path_to_error::deserialize(&mut json) {
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
    let mut videos = Vec::new();
    for (i, entry) in file.shorts.into_iter().enumerate() {
        let path = format!("shorts[{i}]");
        check(&path, &entry, &mut problems);
        let new = ids.insert(entry.id.clone());
        problems.check(new, format!("{path}.id"), "is used twice");
        match media::read_one(folder, &entry.poster, media::NEUTRAL) {
            Ok(poster) => drop(media.insert(entry.poster.clone(), poster)),
            Err(reason) => problems.add(format!("{path}.poster"), reason),
        }
        match read_film(folder, &entry.video) {
            Ok(film) => {
                let src = format!("/media/videos/{}.{}.mp4", entry.id, hash_of(&film));
                videos.push(Video { entry, src, film });
            }
            Err(reason) => problems.add(format!("{path}.video"), reason),
        }
    }
    match problems.is_empty() {
        true => Ok((videos, media)),
        false => Err(problems),
    }
}

fn check(path: &str, entry: &Entry, problems: &mut Problems) {
    problems.check(is_id(&entry.id), format!("{path}.id"), "is no id");
    let said = !entry.caption.zh.trim().is_empty() && !entry.caption.en.trim().is_empty();
    problems.check(said, format!("{path}.caption"), "is empty");
    let fits = |n: f64| n.is_finite() && (0.0..=3_600.0).contains(&n);
    problems.check(
        fits(entry.duration) && entry.duration >= 1.0 && entry.width > 0 && entry.height > 0,
        format!("{path}.duration"),
        "must be seconds from 1 to 3600, with a width and a height",
    );
    for (at, shown) in entry.products.iter().enumerate() {
        let end = shown.end.unwrap_or(entry.duration);
        problems.check(
            fits(shown.start) && fits(end) && shown.start < end && end <= entry.duration + 0.05,
            format!("{path}.products[{at}]"),
            "must start before it ends, and end with the film at the latest",
        );
    }
    let counts = [
        entry.likes,
        entry.share_count,
        entry.view_count,
        entry.days_ago,
    ];
    problems.check(
        counts.iter().all(|count| *count >= 0),
        format!("{path}.likes"),
        "counts are never below 0",
    );
}

/// Reads a film of the folder; answers why it cannot be.
fn read_film(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{name}: {error}");
    let path = folder.join(name).canonicalize().map_err(told)?;
    if !path.starts_with(folder.canonicalize().map_err(told)?) {
        return Err(format!("{name} lies outside the file's folder"));
    }
    if std::fs::metadata(&path).map_err(told)?.len() > MAX_BYTES {
        return Err(format!(
            "{name} is larger than {} MB",
            MAX_BYTES / 1024 / 1024
        ));
    }
    let film = std::fs::read(&path).map_err(told)?;
    match Kind::of(&film) {
        Some(Kind::Mp4) => Ok(film),
        _ => Err(format!("{name} is no MP4")),
    }
}

/// Writes the films that are not there yet.
pub(super) fn write(videos: &[Video], media_dir: &Path) -> std::io::Result<()> {
    for video in videos {
        let target = media_dir.join(video.src.trim_start_matches("/media/"));
        if !target.exists() {
            media::write_whole(&target, &video.film)?;
        }
    }
    Ok(())
}
