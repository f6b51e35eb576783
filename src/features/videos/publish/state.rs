//! What sending a file decides: how it is cut, when it is tried again, and which products are shown when.

use contract::videos_own::{OwnVideo, PRODUCTS_MAX, ProductMark, VideoState};

/// Bytes of one piece: small enough that progress is seen, and that little is sent twice.
pub const PIECE: u64 = 256 * 1024;
/// So often in a row a piece is tried that does not get through.
const TRIES: u32 = 8;
/// The most characters that the shop takes of a name.
const NAME_MAX: usize = 200;

/// Where the piece that begins at `from` ends.
pub fn piece_end(from: u64, size: u64) -> u64 {
    from.saturating_add(PIECE).min(size)
}

/// How long to wait before a piece is tried again, in milliseconds; `None` when it is given up.
pub fn wait_ms(failed: u32) -> Option<u32> {
    (failed < TRIES).then(|| 500 << failed.min(4))
}

/// Of 100, how much is there.
pub fn percent(of: u64, all: u64) -> u32 {
    let percent = of.saturating_mul(100).checked_div(all).unwrap_or(0);
    u32::try_from(percent.min(100)).unwrap_or(100)
}

/// A name as long as the shop takes it, without what it does not take.
pub fn short(name: &str) -> String {
    name.chars()
        .filter(|it| !it.is_control())
        .take(NAME_MAX)
        .collect()
}

/// The video whose file was being sent when it broke off, if it is this one.
pub fn begun<'a>(videos: &'a [OwnVideo], mark: &str, size: u64) -> Option<&'a OwnVideo> {
    let mark = short(mark);
    videos.iter().find(|video| {
        video.state == VideoState::Uploading && video.mark == mark && video.size == size
    })
}

/// Whether the shop is still at work on it, so that its progress is asked for.
pub fn is_at_work(state: VideoState) -> bool {
    matches!(state, VideoState::Waiting | VideoState::Working)
}

/// Seconds, typed with a dot or a comma, as milliseconds.
pub fn milliseconds(typed: &str) -> Option<u32> {
    let typed = typed.trim().replace(',', ".");
    let seconds: f64 = typed.parse().ok()?;
    // Films are minutes long.
    (0.0..=3_600.0)
        .contains(&seconds)
        .then(|| (seconds * 1_000.0).round() as u32)
}

/// Milliseconds as seconds with one decimal.
pub fn seconds(ms: u32) -> String {
    format!("{}.{}", ms / 1_000, ms % 1_000 / 100)
}

/// What is wrong with the times of a product in a film of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// They are no numbers.
    Number,
    /// It ends before it begins.
    Order,
    /// It ends after the film.
    Late,
}

/// The mark that was typed, or what is wrong with it.
///
/// # Errors
/// See [`Wrong`].
pub fn mark(slug: &str, from: &str, to: &str, duration_ms: u32) -> Result<ProductMark, Wrong> {
    let (start_ms, end_ms) = milliseconds(from)
        .zip(milliseconds(to))
        .ok_or(Wrong::Number)?;
    // One decimal is shown: the end of the film may be typed a little late.
    let end_ms = if end_ms.abs_diff(duration_ms) < 100 {
        duration_ms
    } else {
        end_ms
    };
    match () {
        () if start_ms >= end_ms => Err(Wrong::Order),
        () if end_ms > duration_ms => Err(Wrong::Late),
        () => Ok(ProductMark {
            slug: slug.to_owned(),
            start_ms,
            end_ms,
        }),
    }
}

/// Whether one more product may be shown.
pub fn has_room(count: usize) -> bool {
    count < PRODUCTS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_to_its_last_byte() {
        let size = PIECE * 2 + 1;
        let mut ends = vec![0];
        while ends.last().is_some_and(|end| *end < size) {
            ends.push(piece_end(*ends.last().unwrap(), size));
        }
        assert_eq!(ends, [0, PIECE, PIECE * 2, size]);
        assert!(PIECE <= u64::from(contract::videos_own::PIECE_MAX));
    }

    #[test]
    fn a_broken_line_is_waited_for_longer_and_longer_and_not_for_ever() {
        let waits: Vec<_> = (0..TRIES).map_while(wait_ms).collect();
        assert_eq!(waits.len(), TRIES as usize);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]) && waits[0] == 500);
        assert_eq!(wait_ms(TRIES), None);
    }

    #[test]
    fn progress_is_whole_at_the_end_only() {
        assert_eq!(
            [percent(0, 7), percent(6, 7), percent(7, 7), percent(0, 0)],
            [0, 85, 100, 0]
        );
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(milliseconds(" 1,5 "), Some(1_500));
        assert_eq!(
            [milliseconds("-1"), milliseconds("x"), milliseconds("NaN")],
            [None; 3]
        );
        assert_eq!(seconds(7_040), "7.0");
    }

    #[test]
    fn a_product_is_shown_while_the_film_runs() {
        let tried = |from, to| mark("tea", from, to, 7_040).map(|it| (it.start_ms, it.end_ms));
        assert_eq!(tried("0", "7.0"), Ok((0, 7_040)));
        assert_eq!(tried("3", "2"), Err(Wrong::Order));
        assert_eq!(tried("3", "9"), Err(Wrong::Late));
        assert_eq!(tried("", "9"), Err(Wrong::Number));
    }

    #[test]
    fn a_name_is_cut_where_the_shop_would_refuse_it() {
        assert_eq!(short("a\u{7}b.mp4"), "ab.mp4");
        assert_eq!(short(&"长".repeat(300)).chars().count(), 200);
    }
}
