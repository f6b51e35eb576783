//! Numbers out of cells: prices, counts, weights.

use super::Reading;
use super::price::amount;
use super::row::{Column, Row};
use crate::import::check::HIGHEST_COUNT;
use crate::import::fault::Fault;
use crate::import::problems::Problems;

/// An amount in the file's currency; what is wrong is noted.
pub(super) fn price(
    reading: &Reading,
    row: &Row,
    column: Column,
    problems: &mut Problems,
) -> Option<i64> {
    let text = row.get(column)?;
    match amount(text, reading.currency) {
        Ok(minor) => Some(minor),
        Err(fault) => {
            row.wrong(problems, column, fault);
            None
        }
    }
}

/// A whole number, which may be below zero; what is wrong is noted.
pub(super) fn count(row: &Row, column: Column, problems: &mut Problems) -> Option<i64> {
    let text = row.get(column)?;
    let whole = text.split_once('.').map_or(text, |(whole, zeros)| {
        match zeros.bytes().all(|digit| digit == b'0') {
            true => whole,
            false => text,
        }
    });
    let quoted = || text.chars().take(60).collect::<String>();
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let fault = match whole.parse::<i64>() {
        Ok(n) if n.abs() <= HIGHEST_COUNT => return Some(n),
        Ok(_) => Fault::NumberAbsurd(quoted()),
        Err(_) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Fault::NumberAbsurd(quoted())
        }
        Err(_) => Fault::Number(quoted()),
    };
    row.wrong(problems, column, fault);
    None
}

/// A weight in whole grams; exports write "453.592" too.
pub(super) fn grams(row: &Row, column: Column, problems: &mut Problems) -> i64 {
    let Some(text) = row.get(column) else {
        return 0;
    };
    grams_of(text, 1.0).unwrap_or_else(|fault| {
        row.wrong(problems, column, fault);
        0
    })
}

/// A weight with its unit, such as "1.5 kg".
pub(super) fn weight(row: &Row, column: Column, problems: &mut Problems) -> i64 {
    let Some(text) = row.get(column) else {
        return 0;
    };
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.get(number.len()..).unwrap_or_default();
    let factor = match unit.to_ascii_lowercase().as_str() {
        "kg" => 1000.0,
        "g" | "" => 1.0,
        "lb" | "lbs" => 453.592_37,
        "oz" => 28.349_523_125,
        _ => f64::NAN,
    };
    grams_of(number.trim(), factor).unwrap_or_else(|_| {
        let quoted = text.chars().take(60).collect();
        row.wrong(problems, column, Fault::Number(quoted));
        0
    })
}

fn grams_of(number: &str, factor: f64) -> Result<i64, Fault> {
    let quoted = || number.chars().take(60).collect::<String>();
    let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let grams = number
        .parse::<f64>()
        .ok()
        .filter(|_| plain && factor.is_finite())
        .map(|grams| (grams * factor).round())
        .ok_or_else(|| Fault::Number(quoted()))?;
    // A weight is no money: a float may carry it, and the limit keeps it exact.
    match grams <= HIGHEST_COUNT as f64 {
        true => Ok(grams as i64),
        false => Err(Fault::NumberAbsurd(quoted())),
    }
}
