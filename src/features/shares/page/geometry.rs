//! Where the bars of the chart stand. Pure, in the drawing's own units.

/// Width of the drawing.
pub const WIDTH: f64 = 340.0;
/// Height of the drawing.
pub const HEIGHT: f64 = 124.0;
/// The bars' upper edge at most, below the value of the last.
const TOP: f64 = 22.0;
/// The bars' lower edge at most, above the dates.
const BOTTOM: f64 = 104.0;
/// A day of nothing is still seen.
const LEAST: f64 = 2.0;

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The line that stands for nothing.
    pub zero: f64,
    /// The line halfway to the highest bar.
    pub half: f64,
    /// A bar a value.
    pub bars: Vec<Bar>,
}

/// The chart of values, oldest first. A negative one hangs below the line of nothing.
pub fn chart(values: &[i64]) -> Chart {
    let high = values.iter().copied().max().unwrap_or(0).max(0) as f64;
    let low = values.iter().copied().min().unwrap_or(0).min(0) as f64;
    let range = if high > low { high - low } else { 1.0 };
    let scale = (BOTTOM - TOP) / range;
    // Without anything the line lies at the foot.
    let zero = BOTTOM + low * scale;
    let step = WIDTH / values.len().max(1) as f64;
    let width = step * 2.0 / 3.0;
    let bar = |(index, value): (usize, &i64)| {
        let height = (value.unsigned_abs() as f64 * scale).max(LEAST);
        Bar {
            x: index as f64 * step + (step - width) / 2.0,
            y: if *value < 0 { zero } else { zero - height },
            width,
            height,
        }
    };
    Chart {
        zero,
        half: zero - high * scale / 2.0,
        bars: values.iter().enumerate().map(bar).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_reaches_the_top_and_heights_are_in_proportion() {
        let chart = chart(&[50, 100, 25]);
        assert_eq!(chart.zero, BOTTOM);
        let heights: Vec<_> = chart.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [41.0, 82.0, 20.5]);
        assert_eq!(chart.bars[1].y, TOP);
        assert_eq!(chart.half, (TOP + BOTTOM) / 2.0);
    }

    #[test]
    fn a_day_of_nothing_is_a_thin_bar_on_the_line() {
        for values in [&[0, 0, 0][..], &[0][..]] {
            let chart = chart(values);
            assert_eq!(chart.zero, BOTTOM);
            for bar in &chart.bars {
                assert_eq!((bar.y, bar.height), (BOTTOM - LEAST, LEAST));
            }
        }
        assert!(chart(&[]).bars.is_empty());
    }

    #[test]
    fn a10_a_day_of_reversals_hangs_below_the_line() {
        let chart = chart(&[100, -100]);
        assert_eq!(chart.zero, (TOP + BOTTOM) / 2.0);
        assert_eq!(chart.bars[1].y, chart.zero);
        assert_eq!(chart.bars[1].y + chart.bars[1].height, BOTTOM);
    }

    #[test]
    fn every_bar_lies_within_the_drawing_and_none_over_another() {
        let values = [i64::MAX, i64::MIN, 0, 1, -1, 700, 12, 9, 9, 9, 9, 9, 9, 3];
        let chart = chart(&values);
        let mut right = 0.0;
        for bar in &chart.bars {
            assert!(bar.x >= right && bar.x + bar.width <= WIDTH, "{bar:?}");
            assert!(
                bar.y >= TOP - LEAST && bar.y + bar.height <= BOTTOM + LEAST,
                "{bar:?}"
            );
            right = bar.x + bar.width;
        }
    }
}
