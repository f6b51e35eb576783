//! What the person at the terminal reads: one line when a step begins, one when it has ended.

use std::time::Instant;

use anyhow::Result;

/// Runs a step that takes a while: says what and why before, and how long it took after.
///
/// # Errors
/// Those of the step.
pub fn step<T>(what: &str, why: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {what} ({why})");
    let began = Instant::now();
    let result = work()?;
    println!("✓ {what}: {}", seconds(began));
    Ok(result)
}

/// One plain line.
pub fn say(line: impl AsRef<str>) {
    println!("{}", line.as_ref());
}

/// The time since `began` as a person reads it.
pub fn seconds(began: Instant) -> String {
    let spent = began.elapsed().as_secs_f32();
    if spent < 10.0 {
        format!("{spent:.1} s")
    } else {
        format!("{spent:.0} s")
    }
}
