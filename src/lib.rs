//! The shopper's app.
