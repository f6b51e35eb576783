//! Answers that are in hand before anybody asks: the server draws a page's first screen from the API's answers and
//! puts them into the page (ADR 18), so that the app can start where the server stopped.

use contract::Timestamp;

use super::client::Answer;

#[cfg(target_family = "wasm")]
mod of_the_page {
    use super::*;
    use crate::platform::first;

    /// The answer to a GET of `path`, once: whoever asks again wants a new one.
    pub fn take(path: &str) -> Option<Answer> {
        let (status, body) = first::take(path)?;
        Some(Answer { status, body })
    }

    /// When the server made the page.
    pub fn made_at() -> Option<Timestamp> {
        first::made_at().map(Timestamp)
    }
}

#[cfg(not(target_family = "wasm"))]
mod of_the_server {
    use std::cell::RefCell;
    use std::sync::Arc;

    use super::*;
    use crate::first_screen::Answers;

    /// What this thread draws a page from.
    #[derive(Default)]
    struct Given {
        answers: Arc<Answers>,
        now: Option<Timestamp>,
        missing: Vec<String>,
    }

    thread_local! {
        static GIVEN: RefCell<Given> = RefCell::default();
    }

    /// The answer to a GET of `path`; what is missing is remembered.
    pub fn take(path: &str) -> Option<Answer> {
        GIVEN.with_borrow_mut(|given| {
            let answer = given.answers.get(path).cloned();
            if answer.is_none() && !given.missing.iter().any(|missing| missing == path) {
                given.missing.push(path.to_owned());
            }
            answer
        })
    }

    /// The server's time.
    pub fn made_at() -> Option<Timestamp> {
        GIVEN.with_borrow(|given| given.now)
    }

    /// Does `work` with these answers in hand; returns the paths that it asked for in vain as well.
    pub fn with<T>(
        answers: &Arc<Answers>,
        now: Timestamp,
        work: impl FnOnce() -> T,
    ) -> (T, Vec<String>) {
        GIVEN.set(Given {
            answers: answers.clone(),
            now: Some(now),
            missing: Vec::new(),
        });
        let done = work();
        (done, GIVEN.take().missing)
    }
}

#[cfg(target_family = "wasm")]
pub use of_the_page::*;
#[cfg(not(target_family = "wasm"))]
pub use of_the_server::*;
