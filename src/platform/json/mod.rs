//! JSON, read by the browser's own parser: faster than one in WebAssembly, and most of one need not be
//! downloaded. Tests on the host read it by serde_json.

#[cfg(target_family = "wasm")]
mod value;

use serde::de::DeserializeOwned;

/// The value that `text` holds; `None` when it is no JSON or not of this shape.
#[cfg(target_family = "wasm")]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let value = js_sys::JSON::parse(text).ok()?;
    T::deserialize(value::Value(value)).ok()
}

/// The value that `text` holds; `None` when it is no JSON or not of this shape.
#[cfg(not(target_family = "wasm"))]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
