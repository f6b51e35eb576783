//! Mutations that must happen once although answers get lost: the key of an attempt is written down
//! before the request leaves, and the same request takes the same key until a definite answer has come
//! (reliability.md P5 and Idempotency I1).

use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use crate::api::IdempotencyKey;
use crate::platform::json;

/// An attempt without an answer is forgotten after this long: an order of then is not meant today.
const FORGOTTEN_AFTER_MS: i64 = 30 * 60 * 1000;

/// An attempt whose outcome is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Attempt {
    key: IdempotencyKey,
    /// Tells requests apart without keeping their content in the browser's storage.
    body: String,
    at_ms: i64,
}

/// The attempts of this page, mirrored to the shelf so that they outlive it.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    /// By what is attempted; a page attempts few things at once.
    open: Vec<(String, Attempt)>,
}

impl Attempts {
    /// The key for doing `what` with `body`: the one of the unanswered attempt at the same thing, or a
    /// new one from `fresh`. It is on the shelf when this returns, where the shelf takes anything.
    pub fn begin(
        &mut self,
        shelf: &impl Shelf,
        what: &str,
        body: &impl Serialize,
        now_ms: i64,
        fresh: impl FnOnce() -> IdempotencyKey,
    ) -> IdempotencyKey {
        let body = fingerprint(body);
        let same = |attempt: &Attempt| {
            let age = now_ms.saturating_sub(attempt.at_ms);
            attempt.body == body && (0..FORGOTTEN_AFTER_MS).contains(&age)
        };
        let known = self.known(what).or_else(|| stored(shelf, what));
        let attempt = known.filter(same).unwrap_or_else(|| Attempt {
            key: fresh(),
            body,
            at_ms: now_ms,
        });
        if let Ok(text) = serde_json::to_string(&attempt) {
            // Without a shelf the attempt lasts as long as the page.
            let _ = shelf.set(&shelf_key(what), &text);
        }
        let key = attempt.key.clone();
        self.open.retain(|(open, _)| open != what);
        self.open.push((what.to_owned(), attempt));
        key
    }

    fn known(&self, what: &str) -> Option<Attempt> {
        let (_, attempt) = self.open.iter().find(|(open, _)| open == what)?;
        Some(attempt.clone())
    }

    /// Forgets the attempt at `what`: its answer has come.
    pub fn settle(&mut self, shelf: &impl Shelf, what: &str) {
        self.open.retain(|(open, _)| open != what);
        let _ = shelf.remove(&shelf_key(what));
    }
}

fn shelf_key(what: &str) -> String {
    format!("attempt:{what}")
}

fn stored(shelf: &impl Shelf, what: &str) -> Option<Attempt> {
    let text = shelf.get(&shelf_key(what)).ok()??;
    json::read(&text)
}

/// FNV-1a of the request as JSON: stable across builds, unlike the standard library's hashers.
fn fingerprint(body: &impl Serialize) -> String {
    let json = serde_json::to_vec(body).unwrap_or_default();
    let hash = json.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Not as a number: the browser's numbers hold 53 bits.
    format!("{hash:x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stores::shelf::drawer::Drawer;

    fn key(name: &str) -> IdempotencyKey {
        serde_json::from_value(name.into()).unwrap()
    }

    fn begin(
        attempts: &mut Attempts,
        drawer: &Drawer,
        body: &str,
        now: i64,
        fresh: &str,
    ) -> IdempotencyKey {
        attempts.begin(drawer, "submit_order", &body, now, || key(fresh))
    }

    #[test]
    fn inv_p5_a_retry_after_a_lost_answer_takes_the_same_key() {
        let (drawer, mut attempts) = (Drawer::default(), Attempts::default());
        assert_eq!(
            begin(&mut attempts, &drawer, "two peaches", 0, "k1"),
            key("k1")
        );
        assert_eq!(
            begin(&mut attempts, &drawer, "two peaches", 9, "k2"),
            key("k1")
        );
    }

    #[test]
    fn inv_p5_the_key_outlives_the_page() {
        let drawer = Drawer::default();
        begin(&mut Attempts::default(), &drawer, "two peaches", 0, "k1");
        assert_eq!(
            begin(&mut Attempts::default(), &drawer, "two peaches", 9, "k2"),
            key("k1")
        );
    }

    #[test]
    fn another_request_takes_another_key() {
        let (drawer, mut attempts) = (Drawer::default(), Attempts::default());
        begin(&mut attempts, &drawer, "two peaches", 0, "k1");
        assert_eq!(
            begin(&mut attempts, &drawer, "three peaches", 9, "k2"),
            key("k2")
        );
    }

    #[test]
    fn a_definite_answer_ends_the_attempt() {
        let (drawer, mut attempts) = (Drawer::default(), Attempts::default());
        begin(&mut attempts, &drawer, "two peaches", 0, "k1");
        attempts.settle(&drawer, "submit_order");
        assert!(drawer.keys().is_empty());
        assert_eq!(
            begin(&mut attempts, &drawer, "two peaches", 9, "k2"),
            key("k2")
        );
    }

    #[test]
    fn an_old_attempt_is_forgotten_and_a_clock_set_back_makes_no_difference() {
        let (drawer, mut attempts) = (Drawer::default(), Attempts::default());
        begin(
            &mut attempts,
            &drawer,
            "two peaches",
            FORGOTTEN_AFTER_MS,
            "k1",
        );
        assert_eq!(
            begin(&mut attempts, &drawer, "two peaches", 0, "k2"),
            key("k2")
        );
        assert_eq!(
            begin(
                &mut attempts,
                &drawer,
                "two peaches",
                FORGOTTEN_AFTER_MS,
                "k3"
            ),
            key("k3")
        );
    }

    #[test]
    fn inv_b2_without_storage_the_key_lasts_as_long_as_the_page() {
        let (drawer, mut attempts) = (Drawer::default(), Attempts::default());
        drawer.refuse_writes(true);
        begin(&mut attempts, &drawer, "two peaches", 0, "k1");
        assert_eq!(
            begin(&mut attempts, &drawer, "two peaches", 9, "k2"),
            key("k1")
        );
    }
}
