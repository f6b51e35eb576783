//! Flash prices: which may be made, where one stands at a moment, and who may still have it (rules.md L3 to
//! L6). Pure.

use contract::Timestamp;
use contract::live::FlashState;

/// How long after the end an order counts whose price was quoted in time, in milliseconds (L4).
pub const GRACE_MS: i64 = 3000;

/// What a host asks for.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Price of one, in minor units.
    pub price: i64,
    /// The least that one costs any other way now, in minor units.
    pub others: i64,
    /// Units in all.
    pub quota: u32,
    /// The most that one person may have.
    pub per_user: u32,
    /// Seconds from its announcement to its beginning.
    pub countdown_s: u32,
    /// How long it lasts, in seconds.
    pub duration_s: u32,
}

/// Which term cannot be, and why (L3).
pub fn check(terms: &Terms) -> Result<(), (&'static str, &'static str)> {
    if terms.price <= 0 || terms.price >= terms.others {
        return Err((
            "price",
            "must be above 0 and below every other price of the SKU",
        ));
    }
    if terms.quota == 0 {
        return Err(("quota", "must be at least 1"));
    }
    if terms.per_user == 0 || terms.per_user > terms.quota {
        return Err(("per_user", "must be at least 1 and no more than the quota"));
    }
    if terms.countdown_s != 0 && !(10..=300).contains(&terms.countdown_s) {
        return Err(("countdown_s", "must be 0, or 10 to 300"));
    }
    if !(60..=1200).contains(&terms.duration_s) {
        return Err(("duration_s", "must be 60 to 1200"));
    }
    Ok(())
}

/// When a flash price that is announced now begins and ends.
pub fn window(now: Timestamp, countdown_ms: i64, duration_ms: i64) -> (Timestamp, Timestamp) {
    let starts_at = now.plus_ms(countdown_ms);
    (starts_at, starts_at.plus_ms(duration_ms))
}

/// The state that the clock takes a flash price to; `None` while it stays.
pub fn due(
    state: FlashState,
    (starts_at, ends_at): (Timestamp, Timestamp),
    now: Timestamp,
) -> Option<FlashState> {
    match state {
        FlashState::Countdown | FlashState::Active if now >= ends_at => Some(FlashState::Expired),
        FlashState::Countdown if now >= starts_at => Some(FlashState::Active),
        _ => None,
    }
}

/// Whether it runs or will: whether it can still be stopped.
pub fn is_open(state: FlashState) -> bool {
    matches!(
        state,
        FlashState::Armed | FlashState::Countdown | FlashState::Active
    )
}

/// By what right an order has the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// It comes while the price holds.
    InTime,
    /// It comes a moment late, but was quoted in time.
    Grace,
}

/// Whether an order at `now` has the price by the server's time alone (L4): while it holds, or within
/// [`GRACE_MS`] of its end when it was `quoted` while it held. `ends_at` is when it ended, if it was stopped.
pub fn entitled(
    state: FlashState,
    (starts_at, ends_at): (Timestamp, Timestamp),
    quoted: Option<Timestamp>,
    now: Timestamp,
) -> Option<Right> {
    let holds = |at: Timestamp| starts_at <= at && at < ends_at;
    match state {
        FlashState::Armed => None,
        FlashState::Countdown | FlashState::Active | FlashState::SoldOut if holds(now) => {
            Some(Right::InTime)
        }
        _ if now >= ends_at && now.since(ends_at) <= GRACE_MS => {
            quoted.filter(|at| holds(*at)).map(|_| Right::Grace)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: Terms = Terms {
        price: 990,
        others: 1990,
        quota: 50,
        per_user: 2,
        countdown_s: 10,
        duration_s: 60,
    };
    const WINDOW: (Timestamp, Timestamp) = (Timestamp(1000), Timestamp(61_000));

    #[test]
    fn l3_terms_have_bounds() {
        assert_eq!(check(&FINE), Ok(()));
        let wrong = |terms: Terms| check(&terms).unwrap_err().0;
        assert_eq!(wrong(Terms { price: 0, ..FINE }), "price");
        assert_eq!(
            wrong(Terms {
                price: 1990,
                ..FINE
            }),
            "price"
        );
        assert_eq!(wrong(Terms { quota: 0, ..FINE }), "quota");
        assert_eq!(
            wrong(Terms {
                per_user: 0,
                ..FINE
            }),
            "per_user"
        );
        assert_eq!(
            wrong(Terms {
                per_user: 51,
                ..FINE
            }),
            "per_user"
        );
        for countdown_s in [1, 9, 301] {
            assert_eq!(
                wrong(Terms {
                    countdown_s,
                    ..FINE
                }),
                "countdown_s"
            );
        }
        for countdown_s in [0, 10, 300] {
            assert_eq!(
                check(&Terms {
                    countdown_s,
                    ..FINE
                }),
                Ok(())
            );
        }
        for duration_s in [0, 59, 1201] {
            assert_eq!(wrong(Terms { duration_s, ..FINE }), "duration_s");
        }
        assert_eq!(
            check(&Terms {
                duration_s: 1200,
                ..FINE
            }),
            Ok(())
        );
    }

    #[test]
    fn l3_the_clock_begins_and_ends_it() {
        use FlashState::*;
        let at = |state, now| due(state, WINDOW, Timestamp(now));
        assert_eq!(at(Armed, 1 << 40), None);
        assert_eq!(at(Countdown, 999), None);
        assert_eq!(at(Countdown, 1000), Some(Active));
        assert_eq!(at(Countdown, 61_000), Some(Expired));
        assert_eq!(at(Active, 60_999), None);
        assert_eq!(at(Active, 61_000), Some(Expired));
        for over in [SoldOut, Expired, Stopped] {
            assert_eq!(at(over, 1 << 40), None);
        }
    }

    #[test]
    fn l4_the_servers_time_decides_who_has_the_price() {
        use FlashState::*;
        let at = |state, quoted: Option<i64>, now| {
            entitled(state, WINDOW, quoted.map(Timestamp), Timestamp(now))
        };
        assert_eq!(at(Countdown, Some(1000), 999), None, "too early");
        // Time decides, not when the clock's job comes round.
        assert_eq!(at(Countdown, None, 1000), Some(Right::InTime));
        assert_eq!(at(Active, None, 60_999), Some(Right::InTime));
        assert_eq!(at(Active, None, 61_000), None, "late, and not quoted");
        assert_eq!(at(Active, Some(60_999), 61_000), Some(Right::Grace));
        assert_eq!(at(Expired, Some(1000), 64_000), Some(Right::Grace));
        assert_eq!(at(Expired, Some(1000), 64_001), None, "the grace is over");
        assert_eq!(at(Expired, Some(61_000), 61_001), None, "quoted too late");
        assert_eq!(at(Expired, Some(999), 61_001), None, "quoted too early");
        assert_eq!(at(Armed, Some(2000), 2000), None);
    }

    #[test]
    fn l6_who_was_quoted_before_a_stop_has_the_grace_and_nobody_else() {
        let stopped = (Timestamp(1000), Timestamp(5000));
        let at = |quoted: Option<i64>, now| {
            entitled(
                FlashState::Stopped,
                stopped,
                quoted.map(Timestamp),
                Timestamp(now),
            )
        };
        assert_eq!(at(Some(4999), 7000), Some(Right::Grace));
        assert_eq!(at(Some(5001), 7000), None);
        assert_eq!(at(None, 5001), None);
        assert_eq!(at(Some(4999), 8001), None);
    }
}
