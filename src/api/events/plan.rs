//! When to try again (reliability.md E5), and where.

/// The first pause after a lost connection, in milliseconds.
const FIRST_MS: u32 = 1_000;
/// The longest pause.
const LONGEST_MS: u32 = 30_000;
/// How long to wait before trying again after `failures` in a row. `chance` in 0..1 spreads the
/// browsers that lost the same server over half of the pause.
pub fn pause_ms(failures: u32, chance: f64) -> u32 {
    let full = FIRST_MS
        .saturating_mul(1 << failures.saturating_sub(1).min(5))
        .min(LONGEST_MS);
    let half = f64::from(full) / 2.0;
    (half + half * chance.clamp(0.0, 1.0)) as u32
}

/// Address of the stream of some topics from an event on.
pub fn address(topics: &[String], last_id: Option<&str>) -> String {
    let mut address = format!("/api/events?topics={}", topics.join(","));
    if let Some(id) = last_id.filter(|id| is_event_id(id)) {
        address.push_str("&last_event_id=");
        address.push_str(id);
    }
    address
}

/// `epoch.seq`, of letters, digits, dots and dashes: what can stand in an address as it is.
fn is_event_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_e5_pauses_grow_to_a_limit_and_are_spread() {
        assert_eq!((pause_ms(1, 0.0), pause_ms(1, 1.0)), (500, 1000));
        assert_eq!(pause_ms(3, 1.0), 4000);
        assert_eq!((pause_ms(99, 0.0), pause_ms(99, 1.0)), (15_000, 30_000));
    }

    #[test]
    fn the_address_resumes_after_the_last_event() {
        let topics = ["order:o1".to_owned(), "user:me".to_owned()];
        assert_eq!(
            address(&topics, None),
            "/api/events?topics=order:o1,user:me"
        );
        assert_eq!(
            address(&topics, Some("e1.42")),
            "/api/events?topics=order:o1,user:me&last_event_id=e1.42"
        );
        assert_eq!(
            address(&topics, Some("&x=1")),
            "/api/events?topics=order:o1,user:me"
        );
    }
}
