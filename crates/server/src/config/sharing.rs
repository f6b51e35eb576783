//! Settings of share links, commission and payouts.

use super::Secret;
use super::sources::Reader;
use crate::attribution::token::Keys;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How sharing is paid.
#[derive(Clone)]
pub struct Sharing {
    /// What tokens of links are sealed with.
    pub keys: Keys,
    /// How long a touch counts, in milliseconds (rules.md A4).
    pub window_ms: i64,
    /// How long after receipt commission can be withdrawn, in milliseconds (A9).
    pub freeze_ms: i64,
    /// What of a commission goes to who brought the sharer, in basis points (A7).
    pub share_l2_bp: u32,
    /// The least that can be withdrawn, minor units (A12).
    pub withdrawal_min: i64,
    /// The most that one payee earns in a day, minor units (reliability 3.1, refund farming).
    pub day_max: i64,
    /// After how long a paid order counts as received, in milliseconds (features.md 109).
    pub receive_after_ms: i64,
}

impl std::fmt::Debug for Sharing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sharing")
            .field("window_ms", &self.window_ms)
            .field("freeze_ms", &self.freeze_ms)
            .field("share_l2_bp", &self.share_l2_bp)
            .field("withdrawal_min", &self.withdrawal_min)
            .field("day_max", &self.day_max)
            .field("receive_after_ms", &self.receive_after_ms)
            .finish_non_exhaustive()
    }
}

impl Sharing {
    pub(super) fn read(read: &mut Reader<'_>, server_secret: &Secret) -> Self {
        let spare = server_secret.expose();
        let keys = Keys::parse(&read.text("share_keys"), spare);
        read.check(
            "share_keys",
            keys.is_some(),
            "NAME:SECRET, each name one letter or digit of its own",
        );
        let mut days = |name| -> i64 {
            let days: u32 = read.parsed(name, "a whole number of days");
            read.check(name, days <= 3650, "at most 3650");
            i64::from(days).saturating_mul(DAY_MS)
        };
        let (window_ms, freeze_ms) = (days("attribution_days"), days("freeze_days"));
        let receive_after_ms = days("receive_days");
        let share_l2_bp = read.parsed("second_level_bp", "a whole number");
        let withdrawal_min = read.parsed("withdrawal_min", "a whole number of minor units");
        read.check("attribution_days", window_ms > 0, "at least 1");
        read.check("receive_days", receive_after_ms > 0, "at least 1");
        read.check("second_level_bp", share_l2_bp <= 5000, "at most 5000: half");
        read.check("withdrawal_min", withdrawal_min > 0, "at least 1");
        let day_max = read.parsed("commission_day_max", "a whole number of minor units");
        read.check("commission_day_max", day_max > 0, "at least 1");
        Self {
            keys: keys.unwrap_or(Keys::parse("", spare).unwrap_or_default()),
            window_ms,
            freeze_ms,
            share_l2_bp,
            withdrawal_min,
            day_max,
            receive_after_ms,
        }
    }
}
