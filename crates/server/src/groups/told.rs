//! What one change tells: events of orders and groups, what it means to the books, and notices for people,
//! collected while the change is made and written at its end.

use contract::events::ShopEvent;
use contract::groups::{GroupChange, GroupRole, GroupState, SeatState};
use contract::notifications::Notice;
use contract::orders::OrderState;
use contract::{GroupId, Timestamp};

use super::store::group::GroupRow;
use super::store::seat::{self as seats, SeatRow};
use super::store::{people, shown};
use crate::AppError;
use crate::db::Conn;
use crate::notices::{self, NewNotice};
use crate::outbox::{Draft, EVERYBODY};
use crate::trade::{self, Advanced, Stepped};
use crate::words::Both;

/// What is to be told.
#[derive(Debug, Default)]
pub struct Told {
    stepped: Vec<Stepped>,
    drafts: Vec<Draft>,
    notices: Vec<NewNotice>,
}

/// The topic of one group.
pub fn group_topic(group: &str) -> String {
    format!("group:{group}")
}

impl Told {
    /// An order took a step.
    pub fn order(&mut self, stepped: Stepped) {
        self.drafts.push(stepped.told.clone());
        self.stepped.push(stepped);
    }

    /// A group changed (G18): everybody may hear of it, and there is nobody's name in it.
    pub fn group(&mut self, group: &GroupRow, now: Timestamp) {
        let count = |n: i64| u32::try_from(n).unwrap_or(0);
        let change = GroupChange {
            group: group.id.clone(),
            state: group.tally.state,
            version: group.version,
            filled: count(group.tally.filled),
            reserved: count(group.tally.reserved),
        };
        let event = match group.tally.state {
            GroupState::Forming => ShopEvent::GroupProgressed(change),
            GroupState::Succeeded => ShopEvent::GroupFilled(change),
            GroupState::Failed => ShopEvent::GroupFailed(change),
        };
        self.drafts.push(Draft {
            topic: group_topic(group.id.as_str()),
            audience: EVERYBODY.to_owned(),
            at: now,
            event: event.into(),
        });
    }

    /// The leader hears that somebody joined, and everybody who paid when one seat is left.
    pub async fn joined(
        &mut self,
        conn: &mut Conn,
        group: &GroupRow,
        newest: &SeatRow,
    ) -> Result<(), AppError> {
        let subject = shown::title(conn, &group.product).await?;
        let who = people::name(conn, &newest.owner).await?;
        let need = u32::try_from(group.tally.need()).unwrap_or(0);
        for seat in seats::of_group(conn, &group.id, SeatState::Paid).await? {
            if seat.order != newest.order && seat.role == GroupRole::Leader {
                let notice = Notice::GroupJoined {
                    group: group.id.clone(),
                    who: String::new(),
                    need,
                };
                let naming = NewNotice::new(&seat.owner, subject.clone(), notice);
                self.notices.push(naming.about(who.clone()));
            }
            if need == 1 {
                let notice = Notice::GroupAlmost {
                    group: group.id.clone(),
                    expires_at: group.tally.expires_at,
                };
                self.notice(&seat, subject.clone(), notice);
            }
        }
        Ok(())
    }

    /// Somebody in a seat is told something.
    pub fn notice(&mut self, seat: &SeatRow, subject: Both, notice: Notice) {
        self.notices
            .push(NewNotice::new(&seat.owner, subject, notice));
    }

    /// Writes what the steps mean to the books, and the notices; answers everything that is to be told.
    pub async fn finish(
        mut self,
        conn: &mut Conn,
        to: OrderState,
        now: Timestamp,
    ) -> Result<Advanced, AppError> {
        trade::book(conn, &self.stepped, now).await?;
        self.drafts
            .extend(notices::add_all(conn, self.notices, now).await?);
        Ok(Advanced {
            to,
            told: self.drafts,
        })
    }
}

/// The group that somebody is led to.
pub fn led(group: &GroupId) -> Notice {
    Notice::GroupLed {
        group: group.clone(),
    }
}
