//! Counts, by the browser's `Intl`; written plainly where there is no browser (host tests).

use super::{Lang, lang};
use crate::platform::intl;

/// A count with the language's separators: 1,286.
pub fn number(count: u64) -> String {
    intl::integer(lang().tag(), count)
}

/// A large count in short: 2.3万 from 10,000 in Chinese, 23k in English (design: numerals).
pub fn compact(count: u64) -> String {
    short(count, lang())
}

/// Whether the language speaks of this many in its form for one.
pub(super) fn is_one(count: u64) -> bool {
    lang() == Lang::En && count == 1
}

/// Rounds down, so that the shop never says more than it sold.
fn short(count: u64, lang: Lang) -> String {
    let (unit, from, word) = match lang {
        Lang::ZhCn => (10_000, 10_000, "万"),
        Lang::En if count >= 1_000_000 => (1_000_000, 1_000_000, "m"),
        Lang::En => (1_000, 10_000, "k"),
    };
    if count < from {
        return intl::integer(lang.tag(), count);
    }
    let tenths = count / (unit / 10);
    match tenths % 10 {
        0 => format!("{}{word}", tenths / 10),
        _ if lang == Lang::En && tenths >= 1_000 => format!("{}{word}", tenths / 10),
        tenth => format!("{}.{tenth}{word}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_counts_are_short_and_never_rounded_up() {
        assert_eq!(short(9_999, Lang::ZhCn), "9,999");
        assert_eq!(short(23_999, Lang::ZhCn), "2.3万");
        assert_eq!(short(20_100, Lang::ZhCn), "2万");
        assert_eq!(short(9_999, Lang::En), "9,999");
        assert_eq!(short(23_400, Lang::En), "23.4k");
        assert_eq!(short(123_400, Lang::En), "123k");
        assert_eq!(short(1_250_000, Lang::En), "1.2m");
    }
}
