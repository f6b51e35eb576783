//! Whether the browser believes that it has a network.

use leptos::prelude::{ReadSignal, Set, signal, window};

use super::events::on_window;

/// The browser's belief now. `true` promises nothing; `false` is certain.
pub fn is_online() -> bool {
    !super::BROWSER || window().navigator().on_line()
}

/// The browser's belief as it changes, while the current owner lives.
pub fn online() -> ReadSignal<bool> {
    let (online, set_online) = signal(is_online());
    on_window("online", move |_| set_online.set(true));
    on_window("offline", move |_| set_online.set(false));
    online
}
