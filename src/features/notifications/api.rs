//! The requests of the notification centre.

use contract::notifications::{MarkRead, Notification, NotificationList, Told, Unread};
use contract::{Cursor, NotificationId, Timestamp};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::query;

/// A page whose entries may be of kinds that this build does not know.
#[derive(serde::Deserialize)]
struct AnyKind {
    items: Vec<Entry>,
    #[serde(default)]
    next: Option<Cursor>,
    unread: u32,
}

#[derive(serde::Deserialize)]
struct Entry {
    id: NotificationId,
    at: Timestamp,
    read: bool,
    subject: String,
    notice: Told,
}

impl AnyKind {
    /// The page with the entries that can be read.
    fn known(self) -> NotificationList {
        let known = |entry: Entry| {
            Some(Notification {
                id: entry.id,
                at: entry.at,
                read: entry.read,
                subject: entry.subject,
                notice: entry.notice.try_into().ok()?,
            })
        };
        NotificationList {
            items: self.items.into_iter().filter_map(known).collect(),
            next: self.next,
            unread: self.unread,
        }
    }
}

pub(super) async fn list_notifications(
    cursor: Option<&Cursor>,
) -> Result<NotificationList, ApiError> {
    let at: Vec<_> = cursor
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .into_iter()
        .collect();
    let list: AnyKind = api::get(&format!("/api/notifications{}", query(&at))).await?;
    Ok(list.known())
}

pub(super) async fn mark_notifications_read(up_to: NotificationId) -> Result<Unread, ApiError> {
    let mark = MarkRead { up_to };
    // Marking twice is marking once: no key has to outlive this.
    api::post("/api/notifications/read", &IdempotencyKey::new(), &mark).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_a_newer_shop_is_left_out_and_the_others_stay() {
        let page = serde_json::json!({"unread": 2, "items": [
            {"id": "n2", "at": 2, "read": false, "subject": "", "notice": {"kind": "of_tomorrow", "x": 1}},
            {"id": "n1", "at": 1, "read": false, "subject": "", "notice": {"kind": "group_led", "group": "g"}},
        ]});
        let list = serde_json::from_value::<AnyKind>(page).unwrap().known();
        assert_eq!((list.items.len(), list.unread), (1, 2));
        assert_eq!(list.items.first().unwrap().id.as_str(), "n1");
    }
}
