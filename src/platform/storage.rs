//! Local storage that may be absent, full or forbidden (reliability.md B2), as raw strings.
//!
//! Not gloo's: its `LocalStorage` panics where a private window has none.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{DomException, Storage, StorageEvent};

use super::events::on_window;

/// Why a value was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// There is none, or the browser forbids it (private window, blocked cookies).
    #[error("this browser keeps nothing for the page")]
    Unavailable,
    /// No room left.
    #[error("the browser's storage is full")]
    Full,
}

/// What another tab changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The key; absent when everything was cleared.
    pub key: Option<String>,
    /// The new value; absent when the key was removed.
    pub value: Option<String>,
}

/// The value of a key.
///
/// # Errors
/// When there is no storage.
pub fn read(key: &str) -> Result<Option<String>, StorageError> {
    local()?
        .get_item(key)
        .map_err(|_| StorageError::Unavailable)
}

/// Keeps a value.
///
/// # Errors
/// When there is no storage or no room left in it.
pub fn write(key: &str, value: &str) -> Result<(), StorageError> {
    local()?.set_item(key, value).map_err(|thrown| {
        match thrown
            .dyn_ref::<DomException>()
            .map(DomException::name)
            .as_deref()
        {
            // Firefox has its own name for it.
            Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageError::Full,
            _ => StorageError::Unavailable,
        }
    })
}

/// Forgets a key.
///
/// # Errors
/// When there is no storage.
pub fn remove(key: &str) -> Result<(), StorageError> {
    local()?
        .remove_item(key)
        .map_err(|_| StorageError::Unavailable)
}

/// Moves a value to another key, unit by unit: half a surrogate pair, which no Rust string can hold,
/// arrives as it was. The old key stays when there is no room for the copy.
///
/// # Errors
/// When there is no storage or no room left in it.
pub fn rename(from: &str, to: &str) -> Result<(), StorageError> {
    let storage = local()?;
    let value = Reflect::get(&storage, &from.into()).map_err(|_| StorageError::Unavailable)?;
    if !value.is_string() {
        return Ok(());
    }
    Reflect::set(&storage, &to.into(), &value).map_err(|_| StorageError::Full)?;
    remove(from)
}

/// Calls `changed` for every change by another tab while the current owner lives.
pub fn on_change(changed: impl Fn(Change) + 'static) {
    on_window("storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            changed(Change {
                key: event.key(),
                value: event.new_value(),
            });
        }
    });
}

fn local() -> Result<Storage, StorageError> {
    if !super::BROWSER {
        return Err(StorageError::Unavailable);
    }
    window()
        .local_storage()
        .ok()
        .flatten()
        .ok_or(StorageError::Unavailable)
}
