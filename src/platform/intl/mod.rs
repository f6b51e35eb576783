//! Numbers, currencies and dates as the browser's `Intl` writes them. Formatters are costly to make
//! and kept. The server has no browser and writes the same by itself ([`plain`]); where a browser's `Intl` fails, a
//! plain form stands in.

pub mod plain;

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::BROWSER;

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// Hour and minute.
    Clock,
    /// Month and day.
    MonthDay,
    /// Month, day, hour and minute.
    DayAndTime,
}

/// What a language makes of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyStyle {
    /// Its sign, such as `¥`.
    pub sign: String,
    /// How many decimals it has.
    pub digits: u32,
}

thread_local! {
    static FORMATS: RefCell<HashMap<(String, Option<DateStyle>), Function>> = RefCell::default();
    static CURRENCIES: RefCell<HashMap<(String, String), CurrencyStyle>> = RefCell::default();
}

/// A whole number with the language's separators.
pub fn integer(locale: &str, number: u64) -> String {
    let written = BROWSER.then(|| {
        let format = kept(locale, None, || {
            Intl::NumberFormat::new(&locales(locale), &Object::new()).format()
        });
        // Exact up to 2^53, far beyond any count or price of a shop.
        call(&format, &JsValue::from_f64(number as f64))
    });
    written.flatten().unwrap_or_else(|| plain::integer(number))
}

/// A moment, given in milliseconds since 1970, in the shopper's time zone.
pub fn moment(locale: &str, at_ms: i64, style: DateStyle) -> String {
    if !BROWSER {
        return plain::moment(locale, at_ms, style, plain::SHOP_UTC_MINUTES);
    }
    let written = BROWSER.then(|| {
        let format = kept(locale, Some(style), || {
            Intl::DateTimeFormat::new(&locales(locale), &date_options(style)).format()
        });
        call(&format, &JsValue::from_f64(at_ms as f64))
    });
    written.flatten().unwrap_or_else(|| at_ms.to_string())
}

/// Sign and decimals of a currency in a language.
pub fn currency(locale: &str, code: &str) -> CurrencyStyle {
    if !BROWSER {
        return plain::currency(locale, code);
    }
    let plain = || CurrencyStyle {
        sign: if code == "CNY" { "¥" } else { code }.to_owned(),
        digits: 2,
    };
    CURRENCIES.with_borrow_mut(|kept| {
        kept.entry((locale.to_owned(), code.to_owned()))
            .or_insert_with(|| ask_currency(locale, code).unwrap_or_else(plain))
            .clone()
    })
}

fn kept(locale: &str, style: Option<DateStyle>, make: impl FnOnce() -> Function) -> Function {
    FORMATS.with_borrow_mut(|kept| {
        kept.entry((locale.to_owned(), style))
            .or_insert_with(make)
            .clone()
    })
}

fn call(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

fn locales(locale: &str) -> Array {
    Array::of1(&JsValue::from_str(locale))
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options
}

fn date_options(style: DateStyle) -> Object {
    const CLOCK: [(&str, &str); 3] = [
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    const DAY: [(&str, &str); 2] = [("month", "short"), ("day", "numeric")];
    match style {
        DateStyle::Clock => options(&CLOCK),
        DateStyle::MonthDay => options(&DAY),
        DateStyle::DayAndTime => options(&[&DAY[..], &CLOCK[..]].concat()),
    }
}

/// `narrowSymbol` writes ¥ for yuan in English too, where the default would be CN¥.
fn ask_currency(locale: &str, code: &str) -> Option<CurrencyStyle> {
    let wanted = [
        ("style", "currency"),
        ("currency", code),
        ("currencyDisplay", "narrowSymbol"),
    ];
    let format = Intl::NumberFormat::new(&locales(locale), &options(&wanted));
    let text = |part: &JsValue, key: &str| {
        Reflect::get(part, &JsValue::from_str(key))
            .ok()?
            .as_string()
    };
    let parts = format.format_to_parts(0.0);
    let sign = parts
        .iter()
        .find(|part| text(part, "type").as_deref() == Some("currency"))?;
    let digits = Reflect::get(
        &format.resolved_options(),
        &JsValue::from_str("maximumFractionDigits"),
    )
    .ok()?;
    Some(CurrencyStyle {
        sign: text(&sign, "value")?,
        digits: digits.as_f64()? as u32,
    })
}
