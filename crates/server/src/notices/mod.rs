//! Telling people things that wait for them in the notification centre, in the transaction of the change
//! that they are told of.
//!
//! ```ignore
//! let notice = Notice::CommissionEarned { amount };
//! let told = notices::add(conn, NewNotice::new(&payee, title, notice), now).await?;
//! ```

pub mod store;

use contract::events::ShopEvent;
use contract::notifications::{Notice, Unread};
use contract::{Timestamp, UserId};

use crate::AppError;
use crate::db::Conn;
use crate::outbox::Draft;
use crate::words::Both;

/// Something to tell somebody.
#[derive(Clone, Debug)]
pub struct NewNotice {
    owner: UserId,
    subject: Both,
    who: Both,
    notice: Notice,
}

impl NewNotice {
    /// Tells `owner`; `subject` is what it is about, such as a product's title, and may be empty.
    pub fn new(owner: &UserId, subject: Both, notice: Notice) -> Self {
        Self {
            owner: owner.clone(),
            subject,
            who: Both::new("", ""),
            notice,
        }
    }

    /// Names somebody, masked: [`Notice::GroupJoined`]'s `who` in the reader's language.
    pub fn about(self, who: Both) -> Self {
        Self { who, ..self }
    }
}

/// Adds a notice; answers the event that tells its owner of it.
pub async fn add(conn: &mut Conn, notice: NewNotice, now: Timestamp) -> Result<Draft, AppError> {
    let unread = store::more_unread(conn, &notice.owner).await?;
    store::insert(conn, &notice, now).await?;
    Ok(changed(&notice.owner, unread, now))
}

/// Adds many, in the order of their owners: every change takes the owners' counts in that order.
pub async fn add_all(
    conn: &mut Conn,
    mut notices: Vec<NewNotice>,
    now: Timestamp,
) -> Result<Vec<Draft>, AppError> {
    notices.sort_by(|a, b| a.owner.cmp(&b.owner));
    let mut told = Vec::with_capacity(notices.len());
    for notice in notices {
        told.push(add(conn, notice, now).await?);
    }
    Ok(told)
}

/// The event that tells somebody how many notices are unread.
pub fn changed(owner: &UserId, unread: u32, now: Timestamp) -> Draft {
    Draft {
        topic: "user:me".to_owned(),
        audience: owner.0.clone(),
        at: now,
        event: ShopEvent::NotificationsChanged(Unread { unread }).into(),
    }
}
