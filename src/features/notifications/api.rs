//! The requests of the notification centre.

use contract::notifications::{MarkRead, NotificationList, Unread};
use contract::{Cursor, NotificationId};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::query;

pub(super) async fn list_notifications(
    cursor: Option<&Cursor>,
) -> Result<NotificationList, ApiError> {
    let at: Vec<_> = cursor
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .into_iter()
        .collect();
    api::get(&format!("/api/notifications{}", query(&at))).await
}

pub(super) async fn mark_notifications_read(up_to: NotificationId) -> Result<Unread, ApiError> {
    let mark = MarkRead { up_to };
    // Marking twice is marking once: no key has to outlive this.
    api::post("/api/notifications/read", &IdempotencyKey::new(), &mark).await
}
