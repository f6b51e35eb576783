//! What is chosen to go back, and a number's end as it is shown.

use contract::books::RefundLine;
use contract::orders_studio::LineLeft;

/// How many of each line are chosen, as it is sent; everything for all of it.
pub fn chosen(left: &[LineLeft], counts: &[u32]) -> Vec<RefundLine> {
    let chosen = left.iter().zip(counts).filter(|(_, count)| **count > 0);
    let line = |(left, count): (&LineLeft, &u32)| RefundLine {
        line: left.line,
        quantity: (*count).min(left.quantity),
    };
    chosen.map(line).collect()
}

/// The end of an order's number, by which it is told.
pub fn end_of(number: &str) -> String {
    let skip = number.chars().count().saturating_sub(10);
    number.chars().skip(skip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Currency, Money};

    #[test]
    fn m4_no_more_is_chosen_than_is_left_and_lines_of_none_are_left_out() {
        let left = |line, quantity| LineLeft {
            line,
            quantity,
            amount: Money::zero(Currency::CNY),
        };
        let lines = [left(0, 2), left(2, 1)];
        let chose = chosen(&lines, &[0, 5]);
        assert_eq!(
            chose,
            [RefundLine {
                line: 2,
                quantity: 1
            }]
        );
        assert!(chosen(&lines, &[0, 0]).is_empty());
        assert_eq!(end_of("0123456789abcdef"), "6789abcdef");
        assert_eq!(end_of("abc"), "abc");
    }
}
