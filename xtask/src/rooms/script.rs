//! What happens in the demo's rooms (demo/live.json): the timeline, played over and over.

use anyhow::{Context, Result};
use serde::Deserialize;

/// The file.
#[derive(Debug, Deserialize)]
pub struct Script {
    /// Its rooms.
    pub rooms: Vec<Room>,
}

/// A room and what happens in it.
#[derive(Clone, Debug, Deserialize)]
pub struct Room {
    /// Its word in URLs.
    pub id: String,
    /// The recording that is played in a loop.
    pub video: String,
    /// What is sold.
    pub shelf: Vec<Place>,
    /// The timeline's length, in seconds.
    pub timeline_seconds: f64,
    /// What happens, in order of time.
    pub timeline: Vec<Event>,
}

/// A numbered place of a shelf.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    /// Its number.
    pub number: u32,
    /// The product's word in URLs.
    pub slug: String,
}

/// Something that happens.
#[derive(Clone, Debug, Deserialize)]
pub struct Event {
    /// When, in seconds from the timeline's beginning.
    pub at: f64,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What happens.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Act {
    /// The host pins a product.
    Pin {
        /// Which.
        slug: String,
    },
    /// The host starts a flash price.
    Flash {
        /// Of which SKU.
        sku: String,
        /// Price of one, in minor units.
        price: i64,
        /// Units.
        quota: u32,
        /// The most that one person may have.
        per_user: u32,
        /// Seconds until it begins.
        countdown: u32,
        /// How long it lasts, in seconds.
        lasts: u32,
    },
    /// A member says something.
    Chat {
        /// Who.
        member: String,
        /// What, in both languages.
        text: Text,
        /// In which of them it was said.
        lang: String,
    },
    /// Somebody buys: left to real people.
    Order {},
    /// How many watch: counted, never claimed.
    Stats {},
}

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
pub struct Text {
    zh: String,
    en: String,
}

impl Text {
    /// The words in a language of the file.
    pub fn said_in(&self, lang: &str) -> &str {
        match lang {
            "en" => &self.en,
            _ => &self.zh,
        }
    }
}

impl Script {
    /// Reads the file's text.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).context("the demo's rooms cannot be read")
    }
}

impl Room {
    /// The shelf number of a product.
    pub fn number_of(&self, slug: &str) -> Option<u32> {
        let place = self.shelf.iter().find(|place| place.slug == slug)?;
        Some(place.number)
    }

    /// Everybody who says something, once each.
    pub fn speakers(&self) -> Vec<String> {
        let mut speakers: Vec<String> = self
            .timeline
            .iter()
            .filter_map(|event| match &event.act {
                Act::Chat { member, .. } => Some(member.clone()),
                _ => None,
            })
            .collect();
        speakers.sort();
        speakers.dedup();
        speakers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demos_own_script_is_read() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/live.json");
        let script = Script::read(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(script.rooms.len(), 2);
        for room in &script.rooms {
            assert!(!room.speakers().is_empty());
            for event in &room.timeline {
                assert!((0.0..=room.timeline_seconds).contains(&event.at));
                if let Act::Pin { slug } = &event.act {
                    assert!(room.number_of(slug).is_some(), "{slug}");
                }
            }
        }
    }
}
