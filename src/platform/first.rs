//! The first screen that the server drew into the page (ADR 18): the answers that it was drawn from, and how the app
//! takes its place.

use leptos::prelude::document;

use super::crash;

/// Holds the answers, each in a block of its own.
const ANSWERS: &str = "first";

/// Whether the server drew this page's first screen from answers that are still here.
pub fn is_there() -> bool {
    document().get_element_by_id(ANSWERS).is_some()
}

/// When the server made the page, in milliseconds since 1970 by its clock.
pub fn made_at() -> Option<i64> {
    let answers = document().get_element_by_id(ANSWERS)?;
    answers.get_attribute("data-now")?.parse().ok()
}

/// Status and body of the answer to a GET of `path`, out of the page.
pub fn take(path: &str) -> Option<(u16, String)> {
    // A path is encoded: it holds nothing that would end the quotes.
    let block = format!("#{ANSWERS}>[data-get=\"{path}\"]");
    let block = document().query_selector(&block).ok()??;
    let status = block.get_attribute("data-status")?.parse().ok()?;
    let body = block.text_content()?;
    block.remove();
    Some((status, body))
}

/// Forgets the answers: they are old, or not in the shopper's language.
pub fn forget() {
    if let Some(answers) = document().get_element_by_id(ANSWERS) {
        answers.remove();
    }
}

/// Waits until nothing on the page is being pressed: what a finger lies on must not be replaced under it.
pub async fn untouched() {
    crash::wait_for("jishiUntouched").await;
}

/// Takes what was painted before the app away, in one go with painting the app; what was pressed there meanwhile is
/// pressed in the app.
pub fn take_over() {
    let _ = crash::call("jishiTakeOver");
}
