//! Where a stream stands: `epoch.seq`, as the browser gives it back in `Last-Event-ID`. Pure.

use std::fmt;
use std::str::FromStr;

/// Where a stream stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which history: it changes when numbers start anew (inv.E4).
    pub epoch: String,
    /// The last event in it that was received.
    pub seq: i64,
}

/// What to do with a listener that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Send what came after this number.
    After(i64),
    /// What it knew is gone: it must fetch its state anew.
    Reset,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.seq)
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (epoch, seq) = text.rsplit_once('.').ok_or(())?;
        Ok(Self {
            epoch: epoch.to_owned(),
            seq: seq.parse().map_err(|_| ())?,
        })
    }
}

/// Where a listener goes on that last received `last`, in a history of `epoch` whose events `oldest` to
/// `latest` are kept (inv.E1, E4). A listener that says nothing hears what comes from now on; one that
/// says something unreadable is reset.
pub fn resume(last: Option<&str>, epoch: &str, oldest: i64, latest: i64) -> Resume {
    let Some(last) = last.filter(|last| !last.is_empty()) else {
        return Resume::After(latest);
    };
    match last.parse::<Position>() {
        Ok(position)
            if position.epoch == epoch && (oldest - 1..=latest).contains(&position.seq) =>
        {
            Resume::After(position.seq)
        }
        _ => Resume::Reset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_e1_a_listener_goes_on_after_what_it_received() {
        assert_eq!(resume(Some("a.7"), "a", 1, 9), Resume::After(7));
        assert_eq!(resume(Some("a.9"), "a", 1, 9), Resume::After(9));
        assert_eq!(resume(Some("a.0"), "a", 1, 9), Resume::After(0));
        assert_eq!(resume(None, "a", 1, 9), Resume::After(9));
        assert_eq!(resume(Some(""), "a", 1, 9), Resume::After(9));
    }

    #[test]
    fn inv_e1_a_listener_whose_past_is_gone_is_reset() {
        assert_eq!(resume(Some("a.3"), "a", 5, 9), Resume::Reset);
        assert_eq!(resume(Some("a.4"), "a", 5, 9), Resume::After(4));
        assert_eq!(resume(Some("a.10"), "a", 5, 9), Resume::Reset);
        assert_eq!(resume(Some("a.8"), "a", 10, 9), Resume::Reset);
    }

    #[test]
    fn inv_e4_another_epoch_is_reset() {
        assert_eq!(resume(Some("b.7"), "a", 1, 9), Resume::Reset);
        for odd in ["7", "a.", "a.x", ".", "a.9223372036854775808"] {
            assert_eq!(resume(Some(odd), "a", 1, 9), Resume::Reset, "{odd}");
        }
    }
}
