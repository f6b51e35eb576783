//! Asking a future without waiting for it.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What a future answers at once; it can be waited for afterwards.
pub fn at_once<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
