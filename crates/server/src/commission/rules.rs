//! How much a sale pays, what a refund takes back of it, and when a new rate begins. Pure.

use contract::Timestamp;

/// A whole, in basis points.
pub const WHOLE_BP: u32 = 10_000;
/// A rate that falls does so after this long, in milliseconds: 30 days (A11).
pub const FALLS_AFTER_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What a line pays (A8): its fixed amount where it has one, else the rate of its base rounded down, and never
/// more than the base. All in minor units.
pub fn amount(base: i64, rate_bp: u32, fixed: Option<i64>) -> i64 {
    let base = base.max(0);
    match fixed {
        Some(fixed) => fixed.clamp(0, base),
        None => share(base, i64::from(rate_bp.min(WHOLE_BP)), i64::from(WHOLE_BP)),
    }
}

/// What of a line's amount goes to the sharer and what to who brought the sharer (A7). Together they are the
/// amount: a second level costs the shop nothing more.
pub fn split(amount: i64, share_l2_bp: u32) -> (i64, i64) {
    let second = share(
        amount,
        i64::from(share_l2_bp.min(WHOLE_BP)),
        i64::from(WHOLE_BP),
    );
    (amount - second, second)
}

/// What of a commission is taken back once `refunded` of its line's `base` is (A10, M4). It depends on the sum
/// alone, so refunds in any order and split take back the same, and a full one takes back everything.
pub fn reversed(amount: i64, base: i64, refunded: i64) -> i64 {
    if refunded >= base {
        return amount;
    }
    amount - share(amount, base - refunded.max(0), base)
}

/// What a payee's day still has room for, in minor units.
pub fn day_left(day_max: i64, booked: i64) -> i64 {
    day_max.saturating_sub(booked).max(0)
}

/// `part`/`whole` of an amount, rounded down.
fn share(amount: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let share = i128::from(amount) * i128::from(part) / i128::from(whole);
    i64::try_from(share).unwrap_or(0)
}

/// When a new rate begins (A11): at once when it is not lower than today's, else after 30 days.
pub fn begins(today_bp: u32, new_bp: u32, now: Timestamp) -> Timestamp {
    if new_bp >= today_bp {
        now
    } else {
        now.plus_ms(FALLS_AFTER_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a8_the_rate_of_what_is_paid_for_the_goods_rounded_down() {
        assert_eq!(amount(2990, 1000, None), 299);
        assert_eq!(amount(6000, 500, None), 300);
        assert_eq!(amount(99, 100, None), 0);
        assert_eq!(amount(i64::MAX, 10_000, None), i64::MAX);
        assert_eq!(amount(2990, 1000, Some(150)), 150);
        assert_eq!(amount(100, 1000, Some(150)), 100);
        assert_eq!(amount(2990, 1000, Some(0)), 0);
    }

    #[test]
    fn a11_a_rate_rises_at_once_and_falls_after_thirty_days() {
        assert_eq!(begins(500, 800, Timestamp(7)), Timestamp(7));
        assert_eq!(begins(500, 500, Timestamp(7)), Timestamp(7));
        assert_eq!(
            begins(500, 499, Timestamp(7)),
            Timestamp(7 + FALLS_AFTER_MS)
        );
    }

    proptest! {
        #[test]
        fn a7_two_levels_share_one_amount(amount in 0_i64..1_000_000_000, share_bp in 0_u32..=5000) {
            let (first, second) = split(amount, share_bp);
            prop_assert_eq!(first + second, amount);
            prop_assert!(second >= 0 && second <= first);
        }

        /// inv.L5: however a full refund is cut and in whatever order, nothing is left.
        #[test]
        fn inv_l5_refunds_in_any_order_and_split_end_at_zero(
            cuts in prop::collection::vec(1_i64..10_000, 1..20), rate_bp in 1_u32..=10_000,
        ) {
            let base: i64 = cuts.iter().sum();
            let whole = amount(base, rate_bp, None);
            let (mut refunded, mut taken) = (0, 0);
            for cut in &cuts {
                refunded += cut;
                let now = reversed(whole, base, refunded);
                prop_assert!(now >= taken);
                taken = now;
                // What is left never exceeds the rate of what is left.
                prop_assert!(i128::from(whole - taken) * 10_000 <= i128::from(base - refunded) * i128::from(rate_bp));
            }
            prop_assert_eq!(taken, whole);
        }
    }
}
