//! The states of a promotion and every way between them, as one pure function.

use contract::Timestamp;
use contract::campaigns::{CampaignCommand, CampaignState};

/// What staff or the clock does to a promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Staff says so.
    Staff(CampaignCommand),
    /// Time goes by.
    Clock,
}

/// The dates of a promotion at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    /// Holds from then on.
    pub starts_at: Timestamp,
    /// Holds until then.
    pub ends_at: Timestamp,
    /// The server's clock.
    pub now: Timestamp,
}

/// The state after it; `None` when that state does not allow it.
pub fn step(state: CampaignState, cause: Cause, dates: Dates) -> Option<CampaignState> {
    use CampaignCommand as C;
    use CampaignState as S;
    let is_over = dates.now >= dates.ends_at;
    let by_dates = match dates.now < dates.starts_at {
        true => S::Scheduled,
        false => S::Running,
    };
    match (state, cause) {
        (S::Draft, Cause::Staff(C::Schedule)) if !is_over => Some(by_dates),
        (S::Scheduled | S::Running, Cause::Staff(C::Pause)) => Some(S::Paused),
        (S::Paused, Cause::Staff(C::Resume)) if !is_over => Some(by_dates),
        (S::Scheduled | S::Running | S::Paused, Cause::Staff(C::End)) => Some(S::Ended),
        (S::Scheduled | S::Running | S::Paused, Cause::Clock) if is_over => Some(S::Ended),
        (S::Scheduled, Cause::Clock) if by_dates == S::Running => Some(S::Running),
        _ => None,
    }
}

/// Whether a flash sale in this state keeps its goods out of the stock.
pub fn keeps_goods(state: CampaignState) -> bool {
    matches!(
        state,
        CampaignState::Scheduled | CampaignState::Running | CampaignState::Paused
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(now: i64) -> Dates {
        Dates {
            starts_at: Timestamp(10),
            ends_at: Timestamp(20),
            now: Timestamp(now),
        }
    }

    #[test]
    fn features_133_a_promotion_goes_from_draft_to_end_and_never_back() {
        use CampaignCommand as C;
        use CampaignState as S;
        let staff = |state, command, now| step(state, Cause::Staff(command), at(now));
        assert_eq!(staff(S::Draft, C::Schedule, 5), Some(S::Scheduled));
        assert_eq!(staff(S::Draft, C::Schedule, 10), Some(S::Running));
        assert_eq!(staff(S::Draft, C::Schedule, 20), None, "it is over");
        assert_eq!(staff(S::Running, C::Pause, 15), Some(S::Paused));
        assert_eq!(staff(S::Paused, C::Resume, 15), Some(S::Running));
        assert_eq!(staff(S::Paused, C::Resume, 5), Some(S::Scheduled));
        assert_eq!(staff(S::Paused, C::Resume, 20), None);
        for state in [S::Scheduled, S::Running, S::Paused] {
            assert_eq!(staff(state, C::End, 15), Some(S::Ended));
            assert_eq!(step(state, Cause::Clock, at(20)), Some(S::Ended));
        }
        for command in [C::Schedule, C::Pause, C::Resume, C::End] {
            assert_eq!(staff(S::Ended, command, 15), None);
        }
        assert_eq!(step(S::Scheduled, Cause::Clock, at(9)), None);
        assert_eq!(step(S::Scheduled, Cause::Clock, at(10)), Some(S::Running));
        assert_eq!(step(S::Draft, Cause::Clock, at(20)), None, "a draft waits");
    }
}
