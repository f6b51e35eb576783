//! The one connection of this tab and its listeners.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};

use super::{Heard, plan};
use crate::platform::event_source::{Stream, Told};
use crate::platform::{json, random};

/// Names of the events that the server sends.
const EVENT: &str = "shop";
const RESET: &str = "reset";
const LIVE: &str = "live";
/// How topics of live rooms begin.
const ROOM: &str = "live:";
/// How often listeners ask while there is no stream (rules.md G18).
const POLL_MS: u32 = 5_000;

/// What names a listener, to let it leave.
pub type ListenerId = u64;

struct Listener {
    topics: Vec<String>,
    heard: Rc<dyn Fn(Heard)>,
}

#[derive(Default)]
struct Hub {
    /// A page has a handful.
    listeners: Vec<(ListenerId, Listener)>,
    next: ListenerId,
    hidden: bool,
    /// What is listened to, each once.
    topics: Vec<String>,
    stream: Option<Stream>,
    last_id: Option<String>,
    failures: u32,
    retry: Option<Timeout>,
    poll: Option<Interval>,
}

thread_local! {
    static HUB: RefCell<Hub> = RefCell::default();
}

/// Adds a listener.
pub fn join(topics: Vec<String>, heard: impl Fn(Heard) + 'static) -> ListenerId {
    with_hub(|hub| {
        hub.next += 1;
        let heard = Rc::new(heard);
        hub.listeners.push((hub.next, Listener { topics, heard }));
        hub.settle();
        hub.next
    })
}

/// Removes a listener.
pub fn leave(id: ListenerId) {
    with_hub(|hub| {
        hub.listeners.retain(|(listener, _)| *listener != id);
        hub.settle();
    });
}

/// Tells whether anyone can see the tab. A hidden tab lets its connection go; the server has only so
/// many, and the last id brings back what was missed.
pub fn show(visible: bool) {
    with_hub(|hub| {
        hub.hidden = !visible;
        hub.settle();
    });
}

fn with_hub<T>(work: impl FnOnce(&mut Hub) -> T) -> T {
    HUB.with(|hub| work(&mut hub.borrow_mut()))
}

impl Hub {
    /// Makes the connection what listeners and visibility ask for.
    fn settle(&mut self) {
        let mut wanted = Vec::new();
        if !self.hidden {
            let listened = self.listeners.iter().flat_map(|(_, it)| &it.topics);
            for topic in listened {
                if !wanted.contains(topic) {
                    wanted.push(topic.clone());
                }
            }
        }
        if wanted == self.topics {
            return;
        }
        self.topics = wanted;
        self.retry = None;
        self.poll = None;
        self.failures = 0;
        self.connect();
    }

    fn connect(&mut self) {
        self.stream = None;
        if self.topics.is_empty() {
            return;
        }
        let address = plan::address(&self.topics, self.last_id.as_deref());
        self.stream = Stream::open(&address, &[EVENT, RESET, LIVE], hear);
        if self.stream.is_none() {
            self.poll_instead();
        }
    }

    fn lost(&mut self) {
        self.stream = None;
        self.failures = self.failures.saturating_add(1);
        let pause = plan::pause_ms(self.failures, random::chance());
        self.retry = Some(Timeout::new(pause, || with_hub(Hub::connect)));
        self.poll_instead();
    }

    fn poll_instead(&mut self) {
        self.poll
            .get_or_insert_with(|| Interval::new(POLL_MS, || tell(Heard::Gap)));
    }
}

/// Hears the stream. Listeners are called after the hub is let go of, since they may join or leave.
fn hear(told: Told) {
    match told {
        Told::Opened => {
            let fresh = with_hub(|hub| {
                hub.failures = 0;
                hub.poll = None;
                hub.last_id.is_none()
            });
            // Between a page's first fetch and now something may have happened unheard.
            if fresh {
                tell(Heard::Gap);
            }
        }
        Told::Failed => with_hub(Hub::lost),
        Told::Message { name, id, data } => {
            if !id.is_empty() {
                with_hub(|hub| hub.last_id = Some(id));
            }
            if name == LIVE {
                return tell(Heard::Live(data));
            }
            match json::read(&data) {
                Some(event) if name == EVENT => tell(Heard::Event(event)),
                // A reset, or an event of a newer server.
                _ => tell(Heard::Gap),
            }
        }
    }
}

fn tell(heard: Heard) {
    let about = |listener: &Listener| match &heard {
        Heard::Event(event) => listener.topics.contains(&event.topic),
        Heard::Live(_) => listener.topics.iter().any(|topic| topic.starts_with(ROOM)),
        Heard::Gap => true,
    };
    let listeners: Vec<_> = with_hub(|hub| {
        let listeners = hub.listeners.iter().map(|(_, listener)| listener);
        let concerned = listeners.filter(|listener| about(listener));
        concerned.map(|listener| listener.heard.clone()).collect()
    });
    for listener in listeners {
        listener(heard.clone());
    }
}
