//! The browser's parser and our reading of what it gives, against what the contract writes.

use std::collections::BTreeMap;

use contract::feed::FeedCard;
use contract::quote::LineIssue;
use contract::{ErrorCode, Money};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use storefront::platform::json::read;
use wasm_bindgen_test::wasm_bindgen_test;

/// What is written reads back.
fn returns<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(read::<T>(&text).as_ref(), Some(value), "{text}");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct All {
    whole: i64,
    small: u8,
    part: f64,
    text: String,
    truth: bool,
    none: Option<u32>,
    some: Option<u32>,
    #[serde(default)]
    missing: Vec<String>,
    list: Vec<(u32, String)>,
    map: BTreeMap<String, Option<bool>>,
}

#[wasm_bindgen_test]
fn every_kind_of_value_reads_back() {
    returns(&All {
        whole: 9_007_199_254_740_991,
        small: 255,
        part: 4.75,
        text: "草莓 \u{1f353} \"quoted\" \0".to_owned(),
        truth: true,
        none: None,
        some: Some(0),
        missing: Vec::new(),
        list: vec![(1, "a".to_owned()), (2, String::new())],
        map: BTreeMap::from([("a".to_owned(), Some(true)), ("b".to_owned(), None)]),
    });
    returns(&Money::new(-2_990, contract::Currency::CNY));
}

#[wasm_bindgen_test]
fn enums_read_back_however_they_are_tagged() {
    returns(&ErrorCode::SoldOut);
    returns(&LineIssue::OnlyLeft { available: 2 });
    returns(&contract::ErrorDetails::RetryAfter(7));
    assert_eq!(read::<ErrorCode>("\"NEW_CODE\""), Some(ErrorCode::Unknown));
    assert_eq!(read::<FeedCard>(r#"{"poem":{}}"#), Some(FeedCard::Unknown));
}

#[wasm_bindgen_test]
fn what_is_not_of_the_shape_is_nothing() {
    for text in [
        "",
        "{",
        "null",
        "[]",
        "7",
        "\"x\"",
        r#"{"minor":"2"}"#,
        r#"{"minor":1.5,"currency":"CNY"}"#,
    ] {
        assert_eq!(read::<Money>(text), None, "{text}");
    }
    for text in ["256", "-1", "1e300", "true", "{}"] {
        assert_eq!(read::<u8>(text), None, "{text}");
    }
    assert_eq!(read::<ErrorCode>("{}"), None);
}
