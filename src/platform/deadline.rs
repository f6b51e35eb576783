//! A limit on how long a request may take.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal};

/// Aborts what listens to its signal when its time is over; dropping it calls that off.
pub struct Deadline {
    controller: AbortController,
    over: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Deadline {
    /// A deadline `ms` milliseconds from now; `None` where the browser cannot abort.
    pub fn after(ms: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let over = Rc::new(Cell::new(false));
        let timer = Timeout::new(ms, {
            let (controller, over) = (controller.clone(), over.clone());
            move || {
                over.set(true);
                controller.abort();
            }
        });
        Some(Self {
            controller,
            over,
            _timer: timer,
        })
    }

    /// What the request must listen to.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Whether the time is over.
    pub fn is_over(&self) -> bool {
        self.over.get()
    }
}
