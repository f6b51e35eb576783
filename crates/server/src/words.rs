//! Words: a text in both of the shop's languages, and enums as the words that JSON and the database know.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::AppError;
use crate::http::language::Lang;

/// The same words in Chinese and English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Both {
    /// From its two halves.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The words in a language, in the other one where they are missing.
    pub fn pick(&self, lang: Lang) -> String {
        lang.pick(&self.zh, &self.en).to_owned()
    }
}

/// The name of an account that has no other: "Neighbour 4821".
pub fn neighbour(lang: Lang, number: i64) -> String {
    format!("{} {number}", lang.pick("邻居", "Neighbour"))
}

/// An address without its end, which says whose it is.
pub fn shortened(address: &str) -> String {
    let shown = address.chars().count() / 2;
    let start: String = address.chars().take(shown).collect();
    format!("{start}****")
}

/// The word of an enum value, the same in JSON and in the database.
pub fn to_word(value: impl Serialize) -> Result<String, AppError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(AppError::internal(format!("{other:?} is no word"))),
    }
}

/// The enum value of a word.
pub fn from_word<T: DeserializeOwned>(word: String) -> Result<T, AppError> {
    serde_json::from_value(Value::String(word)).map_err(AppError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::orders::OrderState;

    #[test]
    fn an_enum_value_and_its_word_are_the_same_thing() {
        let word = to_word(OrderState::PendingPayment).unwrap();
        assert_eq!(word, "pending_payment");
        let state: OrderState = from_word(word).unwrap();
        assert_eq!(state, OrderState::PendingPayment);
        assert!(from_word::<OrderState>("lost".to_owned()).is_err());
    }
}
