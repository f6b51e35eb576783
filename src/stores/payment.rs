//! Handing an order over to the payment gateway's cashier: from the checkout, and again from the order.

use contract::OrderId;
use contract::payment::PaymentStarted;
use leptos::prelude::*;

use super::attempts::Attempts;
use super::shelf::BrowserShelf;
use crate::api::{self, ApiError, IdempotencyKey};
use crate::platform::page;
use crate::routes;

/// Attempts whose answer is awaited, in this page; a copyable handle.
#[derive(Clone, Copy)]
pub struct OpenAttempts(StoredValue<Attempts>);

pub(super) fn provide() -> OpenAttempts {
    let attempts = OpenAttempts(StoredValue::new(Attempts::default()));
    provide_context(attempts);
    attempts
}

/// The attempts of this page, from the shell's context.
pub fn use_attempts() -> OpenAttempts {
    use_context().unwrap_or_else(provide)
}

impl OpenAttempts {
    /// Does `what` with `body` once: a repetition after a lost answer carries the same key.
    ///
    /// # Errors
    /// What `send` fails with.
    pub async fn once<B, T, F>(
        self,
        what: &str,
        body: B,
        send: impl FnOnce(IdempotencyKey, B) -> F,
    ) -> Result<T, ApiError>
    where
        B: serde::Serialize,
        F: Future<Output = Result<T, ApiError>>,
    {
        let mut attempts = self.0.get_value();
        let key = attempts.begin(
            &BrowserShelf,
            what,
            &body,
            page::device_now_ms(),
            IdempotencyKey::new,
        );
        self.0.set_value(attempts);
        let answer = send(key, body).await;
        if answer.as_ref().err().is_none_or(ApiError::is_definite) {
            self.0
                .update_value(|attempts| attempts.settle(&BrowserShelf, what));
        }
        answer
    }

    /// Asks for a cashier.
    ///
    /// # Errors
    /// See [`ApiError`]; nothing was taken then.
    pub async fn start_payment(self, order: OrderId) -> Result<PaymentStarted, ApiError> {
        let what = format!("start_payment:{order}");
        self.once(&what, order, start_payment).await
    }

    /// Asks for a cashier and goes there.
    ///
    /// # Errors
    /// See [`ApiError`]; the page stays then.
    pub async fn go_to_cashier(self, order: OrderId) -> Result<(), ApiError> {
        let started = self.start_payment(order).await?;
        if page::leave_for(&started.cashier_url) {
            Ok(())
        } else {
            Err(ApiError::Unreadable { status: 201 })
        }
    }
}

async fn start_payment(key: IdempotencyKey, order: OrderId) -> Result<PaymentStarted, ApiError> {
    let path = format!("/api/orders/{}/payments", routes::encoded(order.as_str()));
    api::post(&path, &key, &serde_json::json!({})).await
}
