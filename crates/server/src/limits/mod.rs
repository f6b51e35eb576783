//! How often one address, one customer and one phone number may ask. What is too often is answered with
//! `RATE_LIMITED` and the seconds to wait.
//!
//! The counters are this process's own: several nodes together allow as many times more. They forget who
//! has not asked for long ([`Limits::forget`]), so that many callers do not become much memory.

mod client;
mod layer;

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use contract::{ErrorCode, ErrorDetails, Timestamp, UserId};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::AppError;
use crate::clock::SharedClock;

pub use client::{Client, ClientAddress};
pub use layer::limit;

/// Codes that one phone number is sent at once, and again after each [`CODE_EVERY`].
const CODES_AT_ONCE: u32 = 5;
/// One more code for a phone number.
const CODE_EVERY: Duration = Duration::from_secs(20 * 60);
/// Codes that one address may have sent in an hour, to whatever numbers: each costs money.
const CODES_PER_HOUR: u32 = 30;
/// Guesses at codes that one address may make in an hour.
const GUESSES_PER_HOUR: u32 = 60;
/// Links that one address may say it opened in an hour: many people may share an address, a stuffer needs more.
const SHARES_PER_HOUR: u32 = 600;
/// Rounds of likes that one browser may send at once; one more comes every second (features.md 26).
const LIKES_AT_ONCE: u32 = 3;
/// Checks between two rounds of forgetting.
const FORGET_EVERY: u64 = 4096;

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, LimitClock, NoOpMiddleware<Nanos>>;

/// Every limit of the server.
pub struct Limits {
    clock: LimitClock,
    addresses: Keyed<Client>,
    users: Keyed<UserId>,
    code_phones: Keyed<String>,
    code_addresses: Keyed<Client>,
    guesses: Keyed<Client>,
    shares: Keyed<Client>,
    likes: Keyed<String>,
    checks: AtomicU64,
}

/// The server's clock as governor reads it, so that tests move both with one hand. It only ever goes on: a wall
/// clock that is set back must not lock anybody out until it has caught up (inv.C1).
#[derive(Clone)]
struct LimitClock {
    wall: SharedClock,
    passed: Arc<Mutex<Passed>>,
}

/// How far the clock has come.
#[derive(Clone, Copy)]
struct Passed {
    wall: Timestamp,
    ms: u64,
}

impl LimitClock {
    fn new(wall: SharedClock) -> Self {
        let passed = Passed {
            wall: wall.now(),
            ms: 0,
        };
        Self {
            wall,
            passed: Arc::new(Mutex::new(passed)),
        }
    }
}

impl governor::clock::Clock for LimitClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let now = self.wall.now();
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let since = u64::try_from(now.since(passed.wall)).unwrap_or(0);
        *passed = Passed {
            wall: now,
            ms: passed.ms.saturating_add(since),
        };
        Nanos::from(passed.ms.saturating_mul(1_000_000))
    }
}

impl Limits {
    /// Fresh counters. `per_minute` is what one address, and one customer, may ask of the API.
    pub fn new(clock: SharedClock, per_minute: u32) -> Self {
        let clock = LimitClock::new(clock);
        let general = Quota::per_minute(at_least_one(per_minute));
        let codes = at_least_one(CODES_AT_ONCE);
        let per_phone = Quota::with_period(CODE_EVERY).unwrap_or(Quota::per_hour(codes));
        Self {
            addresses: keyed(general, &clock),
            users: keyed(general, &clock),
            code_phones: keyed(per_phone.allow_burst(codes), &clock),
            code_addresses: keyed(Quota::per_hour(at_least_one(CODES_PER_HOUR)), &clock),
            guesses: keyed(Quota::per_hour(at_least_one(GUESSES_PER_HOUR)), &clock),
            shares: keyed(Quota::per_hour(at_least_one(SHARES_PER_HOUR)), &clock),
            likes: keyed(
                Quota::per_second(NonZeroU32::MIN).allow_burst(at_least_one(LIKES_AT_ONCE)),
                &clock,
            ),
            checks: AtomicU64::new(0),
            clock,
        }
    }

    /// One more request of an address.
    pub fn request(&self, client: Client) -> Result<(), AppError> {
        self.check(&self.addresses, &client)
    }

    /// One more request of a customer, from wherever.
    pub fn user(&self, user: &UserId) -> Result<(), AppError> {
        self.check(&self.users, user)
    }

    /// One more code for a phone number, asked for by an address.
    pub fn code(&self, client: Client, phone: &str) -> Result<(), AppError> {
        self.check(&self.code_addresses, &client)?;
        self.check(&self.code_phones, &phone.to_owned())
    }

    /// One more guess at a code by an address.
    pub fn guess(&self, client: Client) -> Result<(), AppError> {
        self.check(&self.guesses, &client)
    }

    /// One more share link opened by an address.
    pub fn share(&self, client: Client) -> Result<(), AppError> {
        self.check(&self.shares, &client)
    }

    /// One more round of likes of a browser or a customer.
    pub fn like(&self, principal: &str) -> Result<(), AppError> {
        self.check(&self.likes, &principal.to_owned())
    }

    /// Forgets everybody who could ask again anyway.
    pub fn forget(&self) {
        self.addresses.retain_recent();
        self.users.retain_recent();
        self.code_phones.retain_recent();
        self.code_addresses.retain_recent();
        self.guesses.retain_recent();
        self.shares.retain_recent();
        self.likes.retain_recent();
    }

    fn check<K: Clone + Eq + Hash>(&self, limit: &Keyed<K>, key: &K) -> Result<(), AppError> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.forget();
        }
        limit.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            too_many(
                wait.as_millis()
                    .div_ceil(1000)
                    .try_into()
                    .unwrap_or(u64::MAX),
            )
        })
    }
}

/// The refusal of what comes too often; `seconds` says when to come back.
pub fn too_many(seconds: u64) -> AppError {
    let seconds = seconds.max(1);
    AppError::with_details(
        ErrorCode::RateLimited,
        format!("Too many requests. Try again in {seconds} s."),
        ErrorDetails::RetryAfter(seconds),
    )
}

fn keyed<K: Clone + Eq + Hash>(quota: Quota, clock: &LimitClock) -> Keyed<K> {
    RateLimiter::dashmap_with_clock(quota, clock.clone())
}

fn at_least_one(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use std::net::{IpAddr, Ipv4Addr};

    fn client(last: u8) -> Client {
        Client::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)))
    }

    #[test]
    fn a_phone_number_is_sent_five_codes_and_then_one_every_twenty_minutes() {
        let clock = Arc::new(ManualClock::at(Timestamp(1_000_000)));
        let limits = Limits::new(clock.clone(), 10);
        for caller in 0..5 {
            limits.code(client(caller), "+8613800000000").unwrap();
        }
        let refused = limits.code(client(6), "+8613800000000").unwrap_err();
        let Some(ErrorDetails::RetryAfter(wait)) = refused.to_api_error().details else {
            panic!("no time to wait");
        };
        assert_eq!(wait, 20 * 60);
        limits.code(client(7), "+8613900000000").unwrap();
        clock.advance_ms(20 * 60 * 1000);
        limits.code(client(6), "+8613800000000").unwrap();
        assert!(limits.code(client(6), "+8613800000000").is_err());
    }

    #[test]
    fn inv_c1_a_clock_that_is_set_back_locks_nobody_out() {
        let clock = Arc::new(ManualClock::at(Timestamp(10_000_000)));
        let limits = Limits::new(clock.clone(), 1);
        limits.request(client(1)).unwrap();
        clock.advance_ms(-3_600_000);
        assert!(limits.request(client(1)).is_err());
        clock.advance_ms(60_000);
        limits.request(client(1)).unwrap();
    }

    #[test]
    fn who_has_not_asked_for_long_is_forgotten() {
        let clock = Arc::new(ManualClock::at(Timestamp(1_000_000)));
        let limits = Limits::new(clock.clone(), 10);
        for last in 0..200 {
            limits.request(client(last)).unwrap();
        }
        assert_eq!(limits.addresses.len(), 200);
        clock.advance_ms(120_000);
        limits.forget();
        assert!(limits.addresses.is_empty());
    }
}
