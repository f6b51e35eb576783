//! What the server writes by itself is what the browser's `Intl` writes, or a first screen would change its words when
//! the app takes over.

use storefront::platform::intl::{self, DateStyle, plain};
use wasm_bindgen_test::wasm_bindgen_test;

const LOCALES: [&str; 2] = ["zh-CN", "en"];

#[wasm_bindgen_test]
fn numbers_are_written_alike() {
    for locale in LOCALES {
        for number in [0, 7, 999, 1_000, 12_345, 999_999, 1_234_567_890] {
            assert_eq!(
                intl::integer(locale, number),
                plain::integer(number),
                "{locale}"
            );
        }
    }
}

#[wasm_bindgen_test]
fn currencies_have_the_same_sign_and_decimals() {
    let codes = [
        "CNY", "JPY", "KRW", "VND", "EUR", "GBP", "INR", "PHP", "RUB", "USD", "AUD", "CAD", "HKD",
        "MXN", "NZD", "SGD", "TWD", "CHF",
    ];
    for locale in LOCALES {
        for code in codes {
            assert_eq!(
                intl::currency(locale, code),
                plain::currency(locale, code),
                "{locale} {code}"
            );
        }
    }
}

#[wasm_bindgen_test]
fn moments_are_written_alike() {
    let hour = 3_600_000;
    for locale in LOCALES {
        for style in [DateStyle::Clock, DateStyle::MonthDay, DateStyle::DayAndTime] {
            // Every 37 hours for two years: all months, midnight and noon, a leap day.
            for at in (0..480).map(|n| 1_690_000_000_000_i64 + n * 37 * hour) {
                let date = js_sys::Date::new(&(at as f64).into());
                let ahead = -(date.get_timezone_offset() as i64);
                let own = plain::moment(locale, at, style, ahead);
                assert_eq!(intl::moment(locale, at, style), own, "{locale} {style:?}");
            }
        }
    }
}
