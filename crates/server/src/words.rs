//! A text in both of the shop's languages.

use serde::{Deserialize, Serialize};

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
