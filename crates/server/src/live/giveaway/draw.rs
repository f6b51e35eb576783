//! The draw of a giveaway (rules.md L9): its seed, and the order that the seed puts the entries in. Pure.

use contract::live_giveaway::{NewGiveaway, PRIZE_MAX};
use sha2::{Digest, Sha256};

use crate::live::talk::tidy;

/// Somebody who entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// The number of the entry.
    pub number: i64,
    /// Whose it is.
    pub owner: String,
}

/// Which term cannot be, and why; else the prize as it is called.
pub fn check(new: &NewGiveaway) -> Result<String, (&'static str, String)> {
    let prize = tidy(&new.prize).map_err(|_| ("prize", "say what is given".to_owned()))?;
    if prize.chars().count() > PRIZE_MAX {
        return Err(("prize", format!("at most {PRIZE_MAX} characters")));
    }
    if !(1..=100).contains(&new.winners) {
        return Err(("winners", "must be 1 to 100".to_owned()));
    }
    if !(30..=1800).contains(&new.open_s) {
        return Err(("open_s", "must be 30 to 1800".to_owned()));
    }
    Ok(prize)
}

/// A seed that nobody can guess: 256 bits, in hexadecimal.
pub fn seed() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// What is told of a seed before it is: its SHA-256, in hexadecimal.
pub fn hash(seed: &str) -> String {
    hex(&Sha256::digest(seed.as_bytes()))
}

/// The entries in the order in which a seed draws them.
pub fn order(seed: &str, mut entrants: Vec<Entrant>) -> Vec<Entrant> {
    entrants.sort_by_cached_key(|entrant| {
        let drawn = Sha256::digest(format!("{seed}:{}", entrant.number).as_bytes());
        (<[u8; 32]>::from(drawn), entrant.number)
    });
    entrants
}

/// Who wins: the first ones of the draw who are in the room.
pub fn winners(
    seed: &str,
    entrants: Vec<Entrant>,
    wanted: usize,
    is_there: impl Fn(&str) -> bool,
) -> Vec<Entrant> {
    let drawn = order(seed, entrants).into_iter();
    drawn
        .filter(|entrant| is_there(&entrant.owner))
        .take(wanted)
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::live_giveaway::GiveawayEntry;
    use proptest::prelude::*;

    fn entrants(count: i64) -> Vec<Entrant> {
        let entrant = |number| Entrant {
            number,
            owner: format!("u{number}"),
        };
        (1..=count).map(entrant).collect()
    }

    fn numbers(entrants: &[Entrant]) -> Vec<i64> {
        entrants.iter().map(|entrant| entrant.number).collect()
    }

    #[test]
    fn l9_anybody_can_check_a_draw_with_a_program_of_their_own() {
        // printf 'abc' | sha256sum
        let hashed = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc"), hashed);
        // for n in 1 2 3 4 5; do printf "abc:$n" | sha256sum; done | sort
        assert_eq!(numbers(&order("abc", entrants(5))), [3, 2, 4, 1, 5]);
    }

    #[test]
    fn l9_who_is_not_there_is_passed_over() {
        let all = order("abc", entrants(5));
        let first = all[0].owner.clone();
        let won = winners("abc", entrants(5), 2, |owner| owner != first);
        assert_eq!(won, all[1..3]);
        assert!(winners("abc", entrants(5), 2, |_| false).is_empty());
        assert_eq!(winners("abc", entrants(1), 3, |_| true).len(), 1);
    }

    #[test]
    fn l9_terms_are_within_their_bounds() {
        let new = |prize: &str, winners, open_s| NewGiveaway {
            prize: prize.to_owned(),
            entry: GiveawayEntry::Anyone,
            winners,
            open_s,
        };
        assert_eq!(check(&new(" 草莓 ", 1, 30)).unwrap(), "草莓");
        for (bad, field) in [
            (new(" ", 1, 30), "prize"),
            (new(&"长".repeat(61), 1, 30), "prize"),
            (new("x", 0, 30), "winners"),
            (new("x", 101, 30), "winners"),
            (new("x", 1, 29), "open_s"),
            (new("x", 1, 1801), "open_s"),
        ] {
            assert_eq!(check(&bad).unwrap_err().0, field);
        }
    }

    proptest! {
        #[test]
        fn l9_a_draw_loses_nobody_and_does_not_depend_on_how_it_is_read(count in 0_i64..40, seed in "[0-9a-f]{8}") {
            let drawn = order(&seed, entrants(count));
            let backwards: Vec<Entrant> = entrants(count).into_iter().rev().collect();
            prop_assert_eq!(&order(&seed, backwards), &drawn);
            let mut all = numbers(&drawn);
            all.sort_unstable();
            prop_assert_eq!(all, (1..=count).collect::<Vec<_>>());
        }
    }
}
