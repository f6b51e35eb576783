//! Sharing amounts out, to the last minor unit (rules.md 3.0-8, M1, M4).

use contract::promotions::{Funder, FundingPart};

/// Who pays for a promotion: parts that sum to 10,000 hundredths of a percent (M1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funding(Vec<FundingPart>);

/// Why parts are no funding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FundingError {
    /// They do not sum to 10,000.
    Sum(u32),
    /// A funder pays nothing, or is named twice.
    Part,
}

impl Funding {
    /// The parts, when they are the whole.
    pub fn new(parts: Vec<FundingPart>) -> Result<Self, FundingError> {
        let sum = parts
            .iter()
            .fold(0_u32, |sum, part| sum.saturating_add(part.share_bp));
        let mut named: Vec<&Funder> = parts.iter().map(|part| &part.funder).collect();
        named.sort();
        named.dedup();
        if named.len() != parts.len() || parts.iter().any(|part| part.share_bp == 0) {
            return Err(FundingError::Part);
        }
        match sum {
            10_000 => Ok(Self(parts)),
            sum => Err(FundingError::Sum(sum)),
        }
    }

    /// The shop pays for all of it.
    pub fn store() -> Self {
        Self(vec![FundingPart {
            funder: Funder::store(),
            share_bp: 10_000,
        }])
    }

    /// The parts.
    pub fn parts(&self) -> &[FundingPart] {
        &self.0
    }

    /// What each funder pays of an amount; what rounding leaves goes to the first (M1).
    pub fn split(&self, minor: i64) -> Vec<(Funder, i64)> {
        let share = |part: &FundingPart| part_of(minor, i64::from(part.share_bp), 10_000);
        let mut split: Vec<(Funder, i64)> = self
            .0
            .iter()
            .map(|part| (part.funder.clone(), share(part)))
            .collect();
        let rest = minor - split.iter().map(|(_, minor)| minor).sum::<i64>();
        if let Some((_, first)) = split.first_mut() {
            *first += rest;
        }
        split.retain(|(_, minor)| *minor != 0);
        split
    }
}

/// `minor × part ÷ whole`, rounded down; all of it for the whole. Taking parts of what is left, in any order and
/// split, ends at exactly `minor` (M4).
pub fn part_of(minor: i64, part: i64, whole: i64) -> i64 {
    if part >= whole || whole <= 0 {
        return minor;
    }
    let share = i128::from(minor) * i128::from(part) / i128::from(whole);
    i64::try_from(share).unwrap_or(minor)
}

/// Something that takes a part of a discount: what it weighs, and how much it can take at most.
#[derive(Clone, Copy, Debug)]
pub struct Taker {
    /// What is paid for the line so far.
    pub weight: i64,
    /// How much may come off it.
    pub room: i64,
}

/// Shares `total`, at most the sum of all room, out by weight, rounded down; what is left goes to the last line, and
/// from a line without room to the one before (3.0-8).
pub fn allocate(total: i64, takers: &[Taker]) -> Vec<i64> {
    let whole: i128 = takers.iter().map(|taker| i128::from(taker.weight)).sum();
    let mut rest = total;
    let mut shares: Vec<i64> = Vec::with_capacity(takers.len());
    for taker in takers {
        let share = match whole {
            0 => 0,
            whole => i128::from(total) * i128::from(taker.weight) / whole,
        };
        let share = i64::try_from(share).unwrap_or(0).min(taker.room).max(0);
        rest -= share;
        shares.push(share);
    }
    for (share, taker) in shares.iter_mut().zip(takers).rev() {
        let more = rest.min(taker.room - *share).max(0);
        *share += more;
        rest -= more;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(funder: Funder, share_bp: u32) -> FundingPart {
        FundingPart { funder, share_bp }
    }

    fn three(a: u32, b: u32) -> Funding {
        Funding::new(vec![
            part(Funder::store(), a),
            part(Funder::supplier("orchard"), b),
            part(Funder::platform(), 10_000 - a - b),
        ])
        .unwrap()
    }

    #[test]
    fn m1_parts_must_be_the_whole() {
        let store = |share_bp| part(Funder::store(), share_bp);
        assert_eq!(
            Funding::new(vec![store(6000)]),
            Err(FundingError::Sum(6000))
        );
        assert_eq!(Funding::new(vec![]), Err(FundingError::Sum(0)));
        assert_eq!(
            Funding::new(vec![store(5000), store(5000)]),
            Err(FundingError::Part)
        );
        assert_eq!(
            Funding::new(vec![store(10_000), part(Funder::platform(), 0)]),
            Err(FundingError::Part)
        );
        assert!(Funding::new(vec![store(10_000)]).is_ok());
    }

    #[test]
    fn m1_rounding_goes_to_the_first_funder() {
        let split = three(3333, 3333).split(100);
        let minors: Vec<i64> = split.iter().map(|(_, minor)| *minor).collect();
        assert_eq!(minors, [34, 33, 33]);
        assert_eq!(
            three(6000, 3999).split(1).first().map(|(_, minor)| *minor),
            Some(1)
        );
    }

    #[test]
    fn r3_0_8_the_rest_goes_to_the_last_line() {
        let taker = |weight| Taker {
            weight,
            room: weight,
        };
        assert_eq!(
            allocate(100, &[taker(333), taker(333), taker(334)]),
            [33, 33, 34]
        );
        assert_eq!(allocate(10, &[taker(1), taker(1), taker(1)]), [1, 1, 1]);
        let full = Taker {
            weight: 100,
            room: 5,
        };
        assert_eq!(allocate(60, &[taker(100), full]), [55, 5]);
    }

    proptest! {
        #[test]
        fn m1_the_parts_are_the_whole(minor in 0_i64..1_000_000_000, a in 1_u32..5000, b in 1_u32..4999) {
            let split = three(a, b).split(minor);
            prop_assert_eq!(split.iter().map(|(_, minor)| minor).sum::<i64>(), minor);
            prop_assert!(split.iter().all(|(_, minor)| *minor > 0));
        }

        #[test]
        fn m4_parts_of_what_is_left_end_at_the_whole(minor in 0_i64..1_000_000, cuts in prop::collection::vec(1_i64..5, 1..8)) {
            let (mut left, mut pieces) = (minor, cuts.iter().sum::<i64>());
            for cut in cuts {
                let part = part_of(left, cut, pieces);
                prop_assert!((0..=left).contains(&part));
                left -= part;
                pieces -= cut;
            }
            prop_assert_eq!(left, 0);
        }

        #[test]
        fn r3_0_8_what_is_shared_out_is_the_whole(lines in prop::collection::vec((1_i64..100_000, 0_i64..=100), 1..12), of in 0_i64..=100) {
            let takers: Vec<Taker> = lines.iter().map(|(weight, percent)| Taker { weight: *weight, room: weight * percent / 100 }).collect();
            let room: i64 = takers.iter().map(|taker| taker.room).sum();
            let total = room * of / 100;
            let shares = allocate(total, &takers);
            prop_assert_eq!(shares.iter().sum::<i64>(), total);
            prop_assert!(shares.iter().zip(&takers).all(|(share, taker)| (0..=taker.room).contains(share)));
        }
    }
}
