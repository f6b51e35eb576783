//! Reading how many tests passed and failed out of what the runners print.

use std::ops::AddAssign;

use serde_json::Value;

/// The result of one stage, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests, or checks, that held.
    pub passed: usize,
    /// Tests, or checks, that did not.
    pub failed: usize,
}

impl Count {
    /// A check that is not made of tests and held.
    pub const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// A check that is not made of tests and did not hold.
    pub const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// The sums of every `test result: …` line, and the exit code's word where the lines say
    /// less: a test that does not compile, or a run without a test, has failed.
    pub fn from_libtest(log: &str, success: bool) -> Self {
        let mut count = Self::default();
        for line in log
            .lines()
            .filter_map(|line| line.trim().strip_prefix("test result:"))
        {
            count.passed += number_before(line, " passed");
            count.failed += number_before(line, " failed");
        }
        if (!success || count.passed == 0) && count.failed == 0 {
            count.failed = 1;
        }
        count
    }

    /// The totals of Playwright's JSON report. A test that passed only at its second try counts
    /// as passed; a run without a test has failed.
    pub fn from_playwright(report: &str, success: bool) -> Self {
        let stats = serde_json::from_str::<Value>(report).unwrap_or_default();
        let of = |name: &str| {
            let number = stats
                .get("stats")
                .and_then(|stats| stats.get(name))
                .and_then(Value::as_u64);
            number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
        };
        let mut count = Self {
            passed: of("expected") + of("flaky"),
            failed: of("unexpected"),
        };
        if (!success || count.passed == 0) && count.failed == 0 {
            count.failed = 1;
        }
        count
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// ` ok. 12 passed; 0 failed` and ` passed` give 12.
fn number_before(line: &str, word: &str) -> usize {
    line.split(word)
        .next()
        .filter(|before| before.len() < line.len())
        .and_then(|before| before.rsplit([' ', ';', '.']).next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binary_of_a_run_counts() {
        let log = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
            test result: FAILED. 11 passed; 3 failed; 1 ignored; 0 measured\n";
        let count = Count {
            passed: 13,
            failed: 3,
        };
        assert_eq!(Count::from_libtest(log, false), count);
    }

    #[test]
    fn what_does_not_compile_has_failed() {
        assert_eq!(
            Count::from_libtest("error: could not compile", false),
            Count::FAILED
        );
    }

    #[test]
    fn a_run_without_a_test_has_failed() {
        let log = "test result: ok. 0 passed; 0 failed; 0 ignored";
        assert_eq!(Count::from_libtest(log, true), Count::FAILED);
        assert_eq!(Count::from_playwright("", true), Count::FAILED);
    }

    #[test]
    fn playwright_tells_its_totals() {
        let report = r#"{"stats": {"expected": 7, "unexpected": 1, "flaky": 2, "skipped": 3}}"#;
        let count = Count {
            passed: 9,
            failed: 1,
        };
        assert_eq!(Count::from_playwright(report, false), count);
    }
}
