//! A drawing of how a result comes about: what came in, what it cost, what is left. Pure, in the drawing's own units.

/// Width of the drawing.
pub const WIDTH: f64 = 600.0;
/// Height of the drawing.
pub const HEIGHT: f64 = 150.0;
const TOP: f64 = 20.0;
const FOOT: f64 = 126.0;
/// What is not nothing is seen.
const LEAST: f64 = 2.0;

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its middle.
    pub middle: f64,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Bars of a beginning, the steps down from it, and what is left; and where the line of nothing is.
pub fn fall(begin: i64, costs: &[i64]) -> (Vec<Bar>, f64) {
    let mut edges = vec![(0, begin)];
    let mut at = begin;
    for cost in costs {
        let next = at.saturating_sub(*cost);
        edges.push((at, next));
        at = next;
    }
    edges.push((0, at));
    let ends = || edges.iter().flat_map(|(a, b)| [*a, *b]);
    let high = ends().max().unwrap_or_default().max(0) as f64;
    let low = ends().min().unwrap_or_default().min(0) as f64;
    let scale = if high > low {
        (FOOT - TOP) / (high - low)
    } else {
        0.0
    };
    let y = |minor: i64| FOOT - (minor as f64 - low) * scale;
    let step = WIDTH / edges.len() as f64;
    let width = step * 0.72;
    let bars = edges.iter().enumerate().map(|(place, (a, b))| {
        let (upper, lower) = (y(*a).min(y(*b)), y(*a).max(y(*b)));
        let least = if a == b { 0.0 } else { LEAST };
        let middle = (place as f64 + 0.5) * step;
        Bar {
            middle,
            x: middle - width / 2.0,
            y: upper,
            width,
            height: (lower - upper).max(least),
        }
    });
    (bars.collect(), y(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m7_every_bar_begins_where_the_one_before_ends_and_the_last_stands_on_nothing() {
        let (bars, zero) = fall(1000, &[200, 0, 300]);
        assert_eq!(bars.len(), 5);
        assert_eq!((bars[0].y, zero), (TOP, FOOT));
        assert_eq!(bars[1].y, bars[0].y);
        assert_eq!(bars[1].y + bars[1].height, bars[2].y);
        assert_eq!(bars[2].height, 0.0, "what cost nothing is no bar");
        assert_eq!(bars[4].y + bars[4].height, zero);
        assert_eq!(bars[4].y, bars[3].y + bars[3].height);
    }

    #[test]
    fn m7_a_result_below_nothing_hangs_under_the_line() {
        let (bars, zero) = fall(100, &[300]);
        assert!(zero < FOOT);
        assert_eq!((bars[2].y, bars[2].y + bars[2].height), (zero, FOOT));
        let (nothing, _) = fall(0, &[]);
        assert!(nothing.iter().all(|bar| bar.height == 0.0 && bar.y == FOOT));
    }
}
