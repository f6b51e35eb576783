//! What the swipe feed decides: which video is in which of the three players (features.md 10), which product is shown
//! when, and when a film counts as one that cannot be played.

use contract::videos::{ShownProduct, Subtitles, Video, VideoFile, VideoLikes};
use contract::{Cursor, VideoId};

/// Players: the one before, the one on screen, the next.
pub const PLAYERS: usize = 3;
/// So many videos before the end the next page is asked for.
const AHEAD: usize = 3;
/// A film without a picture after this long, though its bytes are here, cannot be played: some browsers say nothing.
pub const PATIENCE_MS: u32 = 8_000;

/// The feed as far as it has been read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// The videos, in order.
    pub videos: Vec<Video>,
    /// Where it goes on.
    pub next: Option<Cursor>,
    /// The one on screen.
    pub at: usize,
}

/// What a player is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// On screen: plays.
    Now,
    /// Comes next: loads.
    Next,
    /// Was on screen: stands still.
    Before,
}

impl Feed {
    /// Takes a page in; a video that is here already stays where it is.
    pub fn add(&mut self, page: Vec<Video>, next: Option<Cursor>) {
        for video in page {
            if self.videos.iter().all(|known| known.id != video.id) {
                self.videos.push(video);
            }
        }
        self.next = next;
    }

    /// Whether the next page should be here soon.
    pub fn wants_more(&self) -> bool {
        self.next.is_some() && self.at + AHEAD >= self.videos.len()
    }

    /// The video on screen.
    pub fn now(&self) -> Option<&Video> {
        self.videos.get(self.at)
    }

    /// One of the videos.
    pub fn video(&self, id: &VideoId) -> Option<&Video> {
        self.videos.iter().find(|video| video.id == *id)
    }

    /// Changes one of the videos, if it is here.
    pub fn change(&mut self, id: &VideoId, change: impl FnOnce(&mut Video)) {
        if let Some(video) = self.videos.iter_mut().find(|video| video.id == *id) {
            change(video);
        }
    }

    /// The feed with one of its videos on screen, where it holds that; as it stands when none is wanted.
    pub fn at_video(&self, wanted: Option<&VideoId>) -> Option<Self> {
        let at = match wanted {
            Some(id) => self.videos.iter().position(|video| video.id == *id)?,
            None => self.at,
        };
        Some(Self { at, ..self.clone() })
    }

    /// What one of the three players holds: the place of a video in the feed, and what for. A video keeps its player
    /// as long as it is near.
    pub fn held_by(&self, player: usize) -> Option<(usize, Role)> {
        let first = self.at.saturating_sub(1);
        let last = (self.at + 1).min(self.videos.len().saturating_sub(1));
        let place = (first..=last).find(|place| place % PLAYERS == player)?;
        self.videos.get(place)?;
        let role = match place.cmp(&self.at) {
            std::cmp::Ordering::Less => Role::Before,
            std::cmp::Ordering::Equal => Role::Now,
            std::cmp::Ordering::Greater => Role::Next,
        };
        Some((place, role))
    }

    /// The place that so many pixels of scrolling show, among those that can be.
    pub fn place_at(&self, scrolled: f64, height: f64) -> usize {
        if height <= 0.0 || self.videos.is_empty() {
            return self.at;
        }
        let place = (scrolled / height).round().max(0.0) as usize;
        place.min(self.videos.len() - 1)
    }
}

/// The product to show at a moment, in milliseconds: the last that has begun and not ended.
pub fn shown_at(products: &[ShownProduct], ms: u32) -> Option<&ShownProduct> {
    let is_now = |shown: &&ShownProduct| shown.start_ms <= ms && ms < shown.end_ms;
    products.iter().rev().find(is_now)
}

/// The film for a screen of so many pixels: the smallest that fills it, else the largest.
pub fn file_for(files: &[VideoFile], pixels: u32) -> Option<&VideoFile> {
    let fills = files.iter().filter(|file| file.width >= pixels);
    fills
        .min_by_key(|file| file.width)
        .or_else(|| files.iter().max_by_key(|file| file.width))
}

/// A like before the shop has answered.
pub fn liked(before: VideoLikes, liked: bool) -> VideoLikes {
    let likes = match (before.liked, liked) {
        (false, true) => before.likes + 1,
        (true, false) => before.likes.saturating_sub(1),
        _ => before.likes,
    };
    VideoLikes { liked, likes }
}

/// The subtitles for a reader of `lang`, else any: those who cannot hear have some.
pub fn subtitles_for<'a>(video: &'a Video, lang: &str) -> Option<&'a Subtitles> {
    let all = &video.subtitles;
    let own = all.iter().find(|subtitles| subtitles.lang == lang);
    own.or_else(|| all.first())
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
