//! The states of a live session and every way between them, as one pure function (rules.md 3.3).

use contract::Timestamp;
use contract::live::LiveState;
use serde::{Deserialize, Serialize};

/// A picture that is lost for longer pauses the room, in milliseconds.
pub const PAUSED_AFTER_MS: i64 = 15 * 1000;
/// A picture that is lost for longer ends the room, in milliseconds.
pub const ENDED_AFTER_MS: i64 = 10 * 60 * 1000;
/// A room whose picture does not come for longer after its time is missed, in milliseconds.
pub const MISSED_AFTER_MS: i64 = 30 * 60 * 1000;

/// Who paused a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PausedBy {
    /// The host, who alone ends the pause.
    Host,
    /// The picture was lost; it ends the pause by coming back.
    Ingest,
}

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Its state.
    pub state: LiveState,
    /// Who paused it, while it is paused.
    pub paused_by: Option<PausedBy>,
}

/// What can happen to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The host announces it.
    Scheduled,
    /// The host goes on air, or goes on.
    Started,
    /// The host takes a break.
    HostPaused,
    /// The picture is lost for long.
    IngestLost,
    /// The picture is back.
    IngestBack,
    /// The host ends it, or the picture is lost for very long.
    Ended,
    /// The host calls it off.
    Cancelled,
    /// Its time passed without a picture.
    Missed,
    /// The shop shuts it.
    Banned,
    /// Its recording can be watched.
    Recorded,
}

impl Stand {
    /// A state that nobody paused.
    pub const fn at(state: LiveState) -> Self {
        Self {
            state,
            paused_by: None,
        }
    }

    const fn paused(by: PausedBy) -> Self {
        Self {
            state: LiveState::Paused,
            paused_by: Some(by),
        }
    }

    /// Whether there are viewers who can chat and buy.
    pub fn on_air(self) -> bool {
        matches!(self.state, LiveState::Live | LiveState::Paused)
    }

    /// Whether nothing but its recording comes any more.
    pub fn is_over(self) -> bool {
        matches!(
            self.state,
            LiveState::Ended
                | LiveState::ReplayReady
                | LiveState::Cancelled
                | LiveState::Missed
                | LiveState::Banned
        )
    }
}

/// Where `cause` takes a session; `None` when its state does not allow it.
pub fn step(stand: Stand, practice: bool, cause: Cause) -> Option<Stand> {
    use LiveState as S;
    let to = match (stand.state, cause) {
        (S::Draft, Cause::Scheduled) => S::Scheduled,
        // A rehearsal is announced to nobody.
        (S::Draft, Cause::Started) if practice => S::Live,
        (S::Scheduled, Cause::Started) => S::Live,
        (S::Paused, Cause::Started) => S::Live,
        (S::Live, Cause::HostPaused) => return Some(Stand::paused(PausedBy::Host)),
        // A host who takes over a pause must end it.
        (S::Paused, Cause::HostPaused) if stand.paused_by == Some(PausedBy::Ingest) => {
            return Some(Stand::paused(PausedBy::Host));
        }
        (S::Live, Cause::IngestLost) => return Some(Stand::paused(PausedBy::Ingest)),
        (S::Paused, Cause::IngestBack) if stand.paused_by == Some(PausedBy::Ingest) => S::Live,
        (S::Live | S::Paused, Cause::Ended) => S::Ended,
        (S::Draft | S::Scheduled, Cause::Cancelled) => S::Cancelled,
        (S::Scheduled, Cause::Missed) => S::Missed,
        (S::Ended, Cause::Recorded) => S::ReplayReady,
        (S::Banned, Cause::Banned) => return None,
        (_, Cause::Banned) => S::Banned,
        _ => return None,
    };
    Some(Stand::at(to))
}

/// What is due for a session at `now` without anybody's doing: `lost_at` says since when its picture is lost,
/// `has_picture` whether one is sent. A session that ended and had one has a recording.
pub fn due(
    stand: Stand,
    starts_at: Timestamp,
    lost_at: Option<Timestamp>,
    has_picture: bool,
    now: Timestamp,
) -> Option<Cause> {
    let lost_for = lost_at.map(|at| now.since(at));
    match stand.state {
        LiveState::Scheduled if !has_picture && now.since(starts_at) >= MISSED_AFTER_MS => {
            Some(Cause::Missed)
        }
        LiveState::Live if lost_for.is_some_and(|ms| ms >= PAUSED_AFTER_MS) => {
            Some(Cause::IngestLost)
        }
        LiveState::Paused if lost_for.is_some_and(|ms| ms >= ENDED_AFTER_MS) => Some(Cause::Ended),
        LiveState::Ended if has_picture || lost_at.is_some() => Some(Cause::Recorded),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [LiveState; 9] = [
        LiveState::Draft,
        LiveState::Scheduled,
        LiveState::Live,
        LiveState::Paused,
        LiveState::Ended,
        LiveState::ReplayReady,
        LiveState::Cancelled,
        LiveState::Missed,
        LiveState::Banned,
    ];

    fn stand(state: LiveState) -> Stand {
        match state {
            LiveState::Paused => Stand::paused(PausedBy::Ingest),
            state => Stand::at(state),
        }
    }

    fn goes(state: LiveState, cause: Cause) -> Option<LiveState> {
        step(stand(state), false, cause).map(|to| to.state)
    }

    #[test]
    fn r3_3_a_session_goes_from_draft_to_replay() {
        use LiveState::*;
        assert_eq!(goes(Draft, Cause::Scheduled), Some(Scheduled));
        assert_eq!(goes(Scheduled, Cause::Started), Some(Live));
        assert_eq!(goes(Live, Cause::HostPaused), Some(Paused));
        assert_eq!(goes(Paused, Cause::Started), Some(Live));
        assert_eq!(goes(Live, Cause::Ended), Some(Ended));
        assert_eq!(goes(Paused, Cause::Ended), Some(Ended));
        assert_eq!(goes(Ended, Cause::Recorded), Some(ReplayReady));
    }

    #[test]
    fn r3_3_only_what_was_announced_is_cancelled_or_missed_and_anything_can_be_shut() {
        for state in STATES {
            let may_cancel = matches!(state, LiveState::Draft | LiveState::Scheduled);
            assert_eq!(
                goes(state, Cause::Cancelled).is_some(),
                may_cancel,
                "{state:?}"
            );
            let may_miss = state == LiveState::Scheduled;
            assert_eq!(goes(state, Cause::Missed).is_some(), may_miss, "{state:?}");
            let may_ban = state != LiveState::Banned;
            assert_eq!(goes(state, Cause::Banned).is_some(), may_ban, "{state:?}");
        }
    }

    #[test]
    fn r3_3_what_is_over_stays_over() {
        let causes = [
            Cause::Scheduled,
            Cause::Started,
            Cause::HostPaused,
            Cause::IngestLost,
            Cause::IngestBack,
            Cause::Ended,
            Cause::Cancelled,
            Cause::Missed,
        ];
        for state in STATES {
            for cause in causes.into_iter().filter(|_| stand(state).is_over()) {
                assert_eq!(goes(state, cause), None, "{state:?} {cause:?}");
            }
        }
    }

    #[test]
    fn r3_3_a_picture_that_comes_back_ends_its_own_pause_and_not_the_hosts() {
        let by_host = Stand::paused(PausedBy::Host);
        assert_eq!(step(by_host, false, Cause::IngestBack), None);
        let by_ingest = Stand::paused(PausedBy::Ingest);
        let live = Some(Stand::at(LiveState::Live));
        assert_eq!(step(by_ingest, false, Cause::IngestBack), live);
        assert_eq!(step(by_ingest, false, Cause::HostPaused), Some(by_host));
    }

    #[test]
    fn l10_a_rehearsal_starts_without_being_announced() {
        let draft = Stand::at(LiveState::Draft);
        assert_eq!(step(draft, false, Cause::Started), None);
        let live = Some(Stand::at(LiveState::Live));
        assert_eq!(step(draft, true, Cause::Started), live);
    }

    #[test]
    fn r3_3_the_clock_pauses_ends_and_misses() {
        let at = |state, lost_at: Option<i64>, now| {
            due(
                stand(state),
                Timestamp(0),
                lost_at.map(Timestamp),
                false,
                Timestamp(now),
            )
        };
        use LiveState::*;
        assert_eq!(at(Live, Some(0), PAUSED_AFTER_MS - 1), None);
        assert_eq!(at(Live, Some(0), PAUSED_AFTER_MS), Some(Cause::IngestLost));
        assert_eq!(at(Live, None, 1 << 40), None, "nobody reports pictures");
        assert_eq!(at(Paused, Some(0), ENDED_AFTER_MS - 1), None);
        assert_eq!(at(Paused, Some(0), ENDED_AFTER_MS), Some(Cause::Ended));
        assert_eq!(at(Ended, Some(0), 0), Some(Cause::Recorded));
        assert_eq!(at(Ended, None, 0), None, "there was no picture");
        assert_eq!(at(Scheduled, None, MISSED_AFTER_MS - 1), None);
        assert_eq!(at(Scheduled, None, MISSED_AFTER_MS), Some(Cause::Missed));
        let ready = due(
            stand(Scheduled),
            Timestamp(0),
            None,
            true,
            Timestamp(MISSED_AFTER_MS),
        );
        assert_eq!(ready, None, "the picture is there");
    }
}
