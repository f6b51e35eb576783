//! Files that somebody chooses in a field.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// What a field for files has of one: how large it is, and its bytes when they are wanted.
pub struct Chosen(JsValue);

/// The first file that was chosen in the field that an event is about.
pub fn chosen(event: &Event) -> Option<Chosen> {
    let files = Reflect::get(event.target()?.as_ref(), &"files".into()).ok()?;
    let file = Reflect::get_u32(&files, 0).ok()?;
    (!file.is_undefined()).then_some(Chosen(file))
}

impl Chosen {
    /// How many bytes it has.
    pub fn size(&self) -> Option<u64> {
        let size = Reflect::get(&self.0, &"size".into()).ok()?.as_f64()?;
        Some(size as u64)
    }

    /// Its bytes; nothing where the file has gone meanwhile.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        let read: Function = Reflect::get(&self.0, &"arrayBuffer".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let reading: Promise = read.call0(&self.0).ok()?.dyn_into().ok()?;
        let buffer = JsFuture::from(reading).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}
