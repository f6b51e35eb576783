//! A file that was picked, read piece by piece: however large it is, only a piece of it is ever in memory.

use js_sys::Uint8Array;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

/// A file of this device.
#[derive(Clone)]
pub struct PickedFile(SendWrapper<File>);

impl PickedFile {
    /// What was picked last with a field for files, which is empty again afterwards, so that the same file can be
    /// picked once more.
    pub fn take(field: &HtmlInputElement) -> Option<Self> {
        let file = field.files()?.get(0)?;
        field.set_value("");
        Some(Self(SendWrapper::new(file)))
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Bytes in all.
    pub fn size(&self) -> u64 {
        // A whole number, far below 2^53.
        self.0.size() as u64
    }

    /// Knows the file again when it is picked once more: its name, size and age.
    pub fn mark(&self) -> String {
        format!("{} {} {}", self.size(), self.0.last_modified(), self.name())
    }

    /// All of it as text; nothing where that is not in UTF-8, or the file has gone meanwhile.
    pub async fn text(&self) -> Option<String> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        String::from_utf8(Uint8Array::new(&buffer).to_vec()).ok()
    }

    /// Bytes from one place to another, to be sent; they are read then.
    pub fn piece(&self, from: u64, to: u64) -> Option<JsValue> {
        let piece = self.0.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
        Some(piece.into())
    }
}
