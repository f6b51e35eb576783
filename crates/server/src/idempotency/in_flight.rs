//! Which calls this process is working on.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::Call;

/// The calls being worked on now.
#[derive(Default)]
pub struct InFlight(Mutex<HashSet<Named>>);

/// A call without its body: twins with different bodies are twins still.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Named {
    principal: String,
    route: String,
    key: String,
}

/// Lets the next twin in when dropped.
pub(super) struct Pass {
    flight: Arc<InFlight>,
    named: Named,
}

impl InFlight {
    /// A pass, or `None` while a twin holds it.
    pub(super) fn enter(flight: &Arc<Self>, call: &Call) -> Option<Pass> {
        let named = Named {
            principal: call.principal.clone(),
            route: call.route.clone(),
            key: call.key.clone(),
        };
        let entered = flight
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(named.clone());
        entered.then(|| Pass {
            flight: Arc::clone(flight),
            named,
        })
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.flight
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.named);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(principal: &str, body_hash: &str) -> Call {
        Call {
            principal: principal.to_owned(),
            route: "submit_order".to_owned(),
            key: "k".to_owned(),
            body_hash: body_hash.to_owned(),
        }
    }

    #[test]
    fn inv_i3_a_twin_enters_only_after_the_first_left() {
        let flight = Arc::new(InFlight::default());
        let first = InFlight::enter(&flight, &call("a", "1"));
        assert!(first.is_some());
        assert!(InFlight::enter(&flight, &call("a", "2")).is_none());
        drop(first);
        assert!(InFlight::enter(&flight, &call("a", "1")).is_some());
    }

    #[test]
    fn inv_i5_another_principal_is_no_twin() {
        let flight = Arc::new(InFlight::default());
        let _first = InFlight::enter(&flight, &call("a", "1"));
        assert!(InFlight::enter(&flight, &call("b", "1")).is_some());
    }
}
