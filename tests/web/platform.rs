//! The browser's own formatters, storage, randomness and deadlines behind `storefront::platform`.

use storefront::platform::intl::{self, DateStyle};
use storefront::platform::storage::{self, StorageError};
use storefront::platform::{deadline::Deadline, random, timers};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn counts_are_grouped_in_both_languages() {
    for locale in ["zh-CN", "en"] {
        assert_eq!(intl::integer(locale, 1_234_567), "1,234,567");
    }
}

#[wasm_bindgen_test]
fn yuan_have_their_sign_and_two_decimals_in_both_languages() {
    for locale in ["zh-CN", "en"] {
        let yuan = intl::currency(locale, "CNY");
        assert_eq!((yuan.sign.as_str(), yuan.digits), ("¥", 2), "{locale}");
    }
    assert_eq!(intl::currency("en", "JPY").digits, 0);
}

#[wasm_bindgen_test]
fn a_time_of_day_has_two_digits_each() {
    for locale in ["zh-CN", "en"] {
        let text = intl::moment(locale, 1_700_000_000_000, DateStyle::Clock);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        assert!(text.len() == 5 && digits == 4, "{text}");
    }
}

#[wasm_bindgen_test]
fn storage_keeps_reads_and_forgets() {
    storage::write("test:a", "草莓").unwrap();
    assert_eq!(storage::read("test:a"), Ok(Some("草莓".to_owned())));
    storage::remove("test:a").unwrap();
    assert_eq!(storage::read("test:a"), Ok(None));
}

#[wasm_bindgen_test]
fn inv_b2_a_full_storage_says_so_and_keeps_what_it_had() {
    storage::write("test:kept", "1").unwrap();
    let chunk = "x".repeat(512 * 1024);
    let outcome = (0..64)
        .map(|n| storage::write(&format!("test:fill{n}"), &chunk))
        .find(Result::is_err);
    for n in 0..64 {
        storage::remove(&format!("test:fill{n}")).unwrap();
    }
    assert_eq!(outcome, Some(Err(StorageError::Full)));
    assert_eq!(storage::read("test:kept"), Ok(Some("1".to_owned())));
    storage::remove("test:kept").unwrap();
}

#[wasm_bindgen_test]
fn tokens_are_128_bits_and_differ() {
    let [a, b] = [random::token().unwrap(), random::token().unwrap()];
    assert_eq!(a.len(), 32);
    assert!(a.bytes().all(|digit| digit.is_ascii_hexdigit()));
    assert_ne!(a, b);
}

#[wasm_bindgen_test]
async fn a_deadline_aborts_when_its_time_is_over() {
    let deadline = Deadline::after(20).unwrap();
    assert!(!deadline.signal().aborted() && !deadline.is_over());
    timers::sleep(80).await;
    assert!(deadline.signal().aborted() && deadline.is_over());
}
