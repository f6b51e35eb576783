//! Where a list and its entries stand on the screen, and which entry holds the focus. Entries are found by
//! the place that assistive technology is told: `aria-posinset`, counted from 1.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollBehavior, ScrollToOptions};

/// Width of an element, its upper edge below that of the visible part, and the visible part's height.
pub fn of(element: &Element) -> (f64, f64, f64) {
    let edges = element.get_bounding_client_rect();
    let screen = window().inner_height().ok();
    let screen = screen.and_then(|height| height.as_f64());
    (edges.width(), edges.top(), screen.unwrap_or_default())
}

/// Pixels from the upper edge of entry `from` to the lower edge of the entry before `to`, and those of the space
/// between that and whatever follows, where something does; nothing while they are not drawn.
pub fn extent(list: &Element, from: usize, to: usize) -> Option<(f64, Option<f64>)> {
    let first = entry(list, from)?.get_bounding_client_rect();
    let last = entry(list, to.checked_sub(1)?)?;
    let bottom = last.get_bounding_client_rect().bottom();
    let next = last.next_element_sibling();
    let space = next.map(|next| next.get_bounding_client_rect().top() - bottom);
    Some((bottom - first.top(), space))
}

/// The entry of the list that holds the focus.
pub fn focused(list: &Element) -> Option<usize> {
    let active = document().active_element()?;
    let entry = active.closest("[aria-posinset]").ok().flatten()?;
    let place: usize = entry.get_attribute("aria-posinset")?.parse().ok()?;
    list.contains(Some(&entry)).then(|| place.checked_sub(1))?
}

/// What holds the focus within the list.
pub fn holder(list: &Element) -> Option<HtmlElement> {
    let active = document().active_element()?;
    list.contains(Some(&active))
        .then(|| active.dyn_into().ok())?
}

/// Gives the focus back to what held it, if nothing has it since. What is taken out of the document loses it, even
/// where it is put in again at once.
pub fn hold(holder: &HtmlElement) {
    let is_free = || document().active_element() == document().body().map(Element::from);
    if holder.is_connected() && is_free() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // What cannot take it has not had it.
        let _ = holder.focus_with_options(&options);
    }
}

/// How far a column that is scrolled within the page is, and its height, in pixels.
pub fn scrolled(column: &Element) -> (f64, f64) {
    (
        f64::from(column.scroll_top()),
        f64::from(column.client_height()),
    )
}

/// Scrolls a column whose entries are as high as itself to one of them.
pub fn scroll_within(column: &Element, entry: usize, smooth: bool) {
    let options = ScrollToOptions::new();
    options.set_top(f64::from(column.client_height()) * entry as f64);
    options.set_behavior(match smooth {
        true => ScrollBehavior::Smooth,
        false => ScrollBehavior::Instant,
    });
    column.scroll_to_with_scroll_to_options(&options);
}

fn entry(list: &Element, entry: usize) -> Option<Element> {
    let at = format!("[aria-posinset='{}']", entry + 1);
    list.query_selector(&at).ok().flatten()
}
