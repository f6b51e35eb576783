//! Shares of 10,000 as percentages.

/// `410` as `4.1%`: one decimal at most for what is measured, two for a rate that was agreed.
pub fn percent(basis_points: u32) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    match (rest / 10, rest % 10) {
        (0, 0) => format!("{whole}%"),
        (tenths, 0) => format!("{whole}.{tenths}%"),
        _ => format!("{whole}.{rest:02}%"),
    }
}

/// A measured share, cut to one decimal so that it never says too much.
pub fn measured(basis_points: u32) -> String {
    percent(basis_points / 10 * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_as_short_as_they_are() {
        for (share, words) in [
            (1000, "10%"),
            (850, "8.5%"),
            (125, "1.25%"),
            (5, "0.05%"),
            (0, "0%"),
        ] {
            assert_eq!(percent(share), words);
        }
        assert_eq!(measured(419), "4.1%");
        assert_eq!(measured(9), "0%");
    }
}
