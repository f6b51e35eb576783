//! The links that brought the visitor: the first and the last touch, no more (rules.md A3), and whether
//! the shop knows of them. So a touch survives a page that is left before it was told, a sign-in, and a
//! lost answer.

use contract::ShareToken;

/// A touch counts for seven days (rules.md A4); the shop's own clock decides, this only tidies up.
const FORGOTTEN_AFTER_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// That the shop knows of a touch, as it is kept.
const TOLD: &str = "told";
/// That it does not.
const UNTOLD: &str = "untold";

/// One visit by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Touch {
    token: ShareToken,
    at_ms: i64,
    told: bool,
}

impl Touch {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        Some(Self {
            at_ms: words.next()?.parse().ok()?,
            told: words.next()? == TOLD,
            token: words.next()?.into(),
        })
    }

    fn written(&self) -> String {
        let told = if self.told { TOLD } else { UNTOLD };
        format!("{} {told} {}", self.at_ms, self.token)
    }
}

/// The touches that are kept: a line each, the first and the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touches {
    first: Option<Touch>,
    last: Option<Touch>,
}

impl Touches {
    /// What was kept; damage is nothing.
    pub fn read(text: Option<&str>) -> Self {
        let lines = text.and_then(|text| text.split_once('\n'));
        let touches = lines.and_then(|(first, last)| Touch::read(first).zip(Touch::read(last)));
        let (first, last) = touches.unzip();
        Self { first, last }
    }

    /// What to keep; absent when there is nothing.
    pub fn written(&self) -> Option<String> {
        let (first, last) = self.first.as_ref().zip(self.last.as_ref())?;
        Some(format!("{}\n{}", first.written(), last.written()))
    }

    /// Forgets what counts no more. A clock that was set back forgets nothing.
    pub fn expire(&mut self, now_ms: i64) {
        let old = |touch: &Touch| now_ms.saturating_sub(touch.at_ms) >= FORGOTTEN_AFTER_MS;
        self.last.take_if(|touch| old(touch));
        if self.last.is_none() {
            self.first = None;
        }
    }

    /// A visit by a link.
    pub fn arrive(&mut self, token: ShareToken, now_ms: i64) {
        let touch = Touch {
            token,
            at_ms: now_ms,
            told: false,
        };
        self.first.get_or_insert_with(|| touch.clone());
        self.last = Some(touch);
    }

    /// The last touch, while the shop does not know of it.
    pub fn untold(&self) -> Option<&ShareToken> {
        let touch = self.last.as_ref().filter(|touch| !touch.told)?;
        Some(&touch.token)
    }

    /// The shop knows of it.
    pub fn tell(&mut self, token: &ShareToken) {
        for touch in [&mut self.first, &mut self.last].into_iter().flatten() {
            touch.told |= touch.token == *token;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(tokens: &[&str]) -> Touches {
        let mut touches = Touches::default();
        for (at, token) in tokens.iter().enumerate() {
            touches.arrive((*token).into(), at as i64);
        }
        touches
    }

    #[test]
    fn a3_only_the_first_and_the_last_touch_are_kept() {
        let touches = after(&["a", "b", "c"]);
        assert_eq!(touches.first.unwrap().token, "a".into());
        assert_eq!(touches.last.unwrap().token, "c".into());
    }

    #[test]
    fn a3_a_touch_survives_the_page_until_the_shop_knows_of_it() {
        let kept = after(&["a"]).written();
        let mut touches = Touches::read(kept.as_deref());
        assert_eq!(touches.untold(), Some(&"a".into()));
        touches.tell(&"a".into());
        assert_eq!(Touches::read(touches.written().as_deref()).untold(), None);
        touches.arrive("a".into(), 9);
        assert_eq!(touches.untold(), Some(&"a".into()), "a new visit");
    }

    #[test]
    fn a4_a_touch_is_forgotten_after_its_window_and_not_by_a_clock_set_back() {
        let mut touches = after(&["a"]);
        touches.expire(-FORGOTTEN_AFTER_MS);
        touches.expire(FORGOTTEN_AFTER_MS - 1);
        assert_eq!(touches, after(&["a"]));
        touches.expire(FORGOTTEN_AFTER_MS);
        assert_eq!((touches.written(), touches), (None, Touches::default()));
    }

    #[test]
    fn inv_b2_any_bytes_in_storage_are_read() {
        for damaged in [
            "",
            "}{",
            "[]",
            r#"{"first":1}"#,
            "1 told a",
            "1 told a\n",
            "1 told a\nx told b",
        ] {
            assert_eq!(
                Touches::read(Some(damaged)),
                Touches::default(),
                "{damaged}"
            );
        }
    }
}
