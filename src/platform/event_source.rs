//! A stream of server-sent events that is closed when it is dropped. It does not come back by itself:
//! whoever opened it decides when to try again.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent};

/// What a stream tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is connected.
    Opened,
    /// A message.
    Message {
        /// The event's name.
        name: &'static str,
        /// Its id, empty when it has none.
        id: String,
        /// Its text.
        data: String,
    },
    /// It is broken.
    Failed,
}

/// An open stream.
pub struct Stream {
    source: EventSource,
    _listeners: Vec<EventListener>,
}

impl Stream {
    /// Opens the stream of an address and hears the events of some names; `None` in a browser without.
    pub fn open(
        address: &str,
        names: &[&'static str],
        heard: impl Fn(Told) + Clone + 'static,
    ) -> Option<Self> {
        if !super::BROWSER {
            return None;
        }
        let source = EventSource::new(address).ok()?;
        let mut listeners = Vec::with_capacity(names.len() + 2);
        listeners.push(EventListener::new(&source, "open", {
            let heard = heard.clone();
            move |_| heard(Told::Opened)
        }));
        listeners.push(EventListener::new(&source, "error", {
            let heard = heard.clone();
            move |_| heard(Told::Failed)
        }));
        for name in names.iter().copied() {
            let heard = heard.clone();
            listeners.push(EventListener::new(&source, name, move |event| {
                if let Some(message) = event.dyn_ref::<MessageEvent>() {
                    let data = message.data().as_string().unwrap_or_default();
                    heard(Told::Message {
                        name,
                        id: message.last_event_id(),
                        data,
                    });
                }
            }));
        }
        Some(Self {
            source,
            _listeners: listeners,
        })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
