//! A group as its page reads it: what it states, which seats it draws, what the viewer can do, and
//! which answer is the newer one (rules.md G17, G18).

use contract::events::ShopEvent;
use contract::groups::{
    GroupChange, GroupCta, GroupProgress, GroupRole, GroupState, JoinObstacle, MySeat, SeatState,
};
use contract::{GroupId, Money, OrderId, SkuId, Timestamp};

/// Seats that are drawn; more are counted.
const DRAWN: usize = 5;

/// What the page states on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// So many seats are still to be paid.
    Needs(u32),
    /// The viewer's seat is held until it is paid or its time is up.
    Held,
    /// The viewer's seat was given back unpaid, and the group goes on without.
    Released,
    /// Its time is up, and the shop has not said yet what became of it.
    TimeUp,
    /// Complete, the viewer is in it.
    Complete,
    /// Complete without the viewer.
    CompleteWithout,
    /// The viewer's money came when the seat was gone, and goes back.
    Missed,
    /// It ended unfilled.
    Failed,
}

/// What the page states of a group.
pub fn statement(group: &GroupProgress, time_is_up: bool) -> Statement {
    let mine = group.mine.as_ref().map(|seat| seat.state);
    let goes_back = matches!(mine, Some(SeatState::RefundPending | SeatState::Refunded));
    match group.state {
        GroupState::Failed => Statement::Failed,
        _ if goes_back => Statement::Missed,
        GroupState::Succeeded if mine == Some(SeatState::Confirmed) => Statement::Complete,
        GroupState::Succeeded => Statement::CompleteWithout,
        GroupState::Forming if time_is_up => Statement::TimeUp,
        GroupState::Forming => match mine {
            Some(SeatState::Held) => Statement::Held,
            Some(SeatState::Released) => Statement::Released,
            _ => Statement::Needs(group.need),
        },
    }
}

/// Where the viewer's money is, once it goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// How much.
    pub amount: Money,
    /// It has arrived at the payment provider.
    pub done: bool,
    /// When it was done, or asked for while it is not.
    pub at: Option<Timestamp>,
}

/// The refund of the viewer's seat, if there is one.
pub fn refund(seat: &MySeat) -> Option<Refund> {
    let (amount, done) = match seat.state {
        SeatState::RefundPending => {
            let left = seat.paid.minor.saturating_sub(seat.refunded.minor);
            (
                Money {
                    minor: left,
                    ..seat.paid
                },
                false,
            )
        }
        SeatState::Refunded => (seat.refunded, true),
        _ => return None,
    };
    Some(Refund {
        amount,
        done,
        at: seat.refund_at,
    })
}

/// One seat as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatView {
    /// Paid by somebody.
    Taken {
        /// Masked; empty where the shop did not say it.
        name: String,
        /// Opened the group.
        leader: bool,
        /// The viewer.
        me: bool,
    },
    /// Filled by the store, not by a person (G15).
    Store,
    /// Held by somebody who is paying now.
    Paying,
    /// Nobody's.
    Empty,
    /// Nobody's, and the one that waits for the viewer.
    Yours,
}

/// The seats to draw, and how many more there are: members first, then who is paying, then free ones.
/// Of free seats the last waits for the viewer, unless the viewer cannot take one.
pub fn seats(group: &GroupProgress) -> (Vec<SeatView>, usize) {
    let size = group.size as usize;
    let by_store = group.completed_by_store as usize;
    let people = group.filled as usize;
    let named = group.members.iter().map(|member| SeatView::Taken {
        name: member.name.clone(),
        leader: member.role == GroupRole::Leader,
        me: member.is_me,
    });
    let nameless = || SeatView::Taken {
        name: String::new(),
        leader: false,
        me: false,
    };
    let taken = named.chain(std::iter::repeat_with(nameless)).take(people);
    let store = std::iter::repeat_n(SeatView::Store, by_store);
    let paying = std::iter::repeat_n(SeatView::Paying, group.reserved as usize);
    let mut all: Vec<_> = taken
        .chain(store)
        .chain(paying)
        .chain(std::iter::repeat(SeatView::Empty))
        .take(size)
        .collect();
    let can_join = matches!(group.cta, GroupCta::Join | GroupCta::Login);
    if let (true, Some(last @ SeatView::Empty)) = (can_join, all.last_mut()) {
        *last = SeatView::Yours;
    }
    let more = size.saturating_sub(DRAWN);
    if more > 0 {
        // The last seat stays in sight: it is the free one.
        all.drain(DRAWN - 1..size - 1);
    }
    (all, more)
}

/// What a press of the page's one button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Take a seat of this SKU, the only one of the group; absent when one is chosen first.
    Join(Option<SkuId>),
    /// Sign in, then take one.
    SignIn,
    /// Ask friends to.
    Invite,
    /// Pay the viewer's own seat.
    Pay(OrderId),
    /// Look at the viewer's own order.
    ViewOrder(OrderId),
    /// Go to another group that has a seat.
    JoinNext(GroupId),
    /// Start a group.
    OpenNew,
    /// Look at the product: no group can be started or joined.
    SeeProduct,
    /// Nothing, until the shop says what became of the group.
    Wait,
}

/// The page's primary action (G17).
pub fn action(group: &GroupProgress, time_is_up: bool) -> Action {
    let order = |seat: &MySeat| seat.order.clone();
    match (group.cta, &group.mine) {
        (GroupCta::ViewOrder, Some(seat)) if seat.state == SeatState::Held => {
            Action::Pay(order(seat))
        }
        (GroupCta::ViewOrder, Some(seat)) => Action::ViewOrder(order(seat)),
        _ if group.state == GroupState::Forming && time_is_up => Action::Wait,
        (GroupCta::Join, _) => Action::Join(match group.prices.as_slice() {
            [only] => Some(only.sku.clone()),
            _ => None,
        }),
        (GroupCta::Login, _) => Action::SignIn,
        (GroupCta::Invite, _) => Action::Invite,
        (GroupCta::OpenNew | GroupCta::ViewOrder, _) => instead(group),
    }
}

/// What a viewer who cannot have a seat here can do: take one elsewhere, else start a group.
fn instead(group: &GroupProgress) -> Action {
    let barred = matches!(
        group.obstacle,
        Some(
            JoinObstacle::NewUsersOnly
                | JoinObstacle::OtherCommunity
                | JoinObstacle::LimitReached
                | JoinObstacle::SoldOut
        )
    );
    match group.others.first() {
        Some(next) if !barred => Action::JoinNext(next.id.clone()),
        _ if group.can_open => Action::OpenNew,
        _ => Action::SeeProduct,
    }
}

/// A second action beside the first: of a group that is over, starting a new one.
pub fn second_action(group: &GroupProgress, first: &Action) -> Option<Action> {
    let is_over = group.state != GroupState::Forming;
    let fits = match first {
        Action::ViewOrder(_) => is_over,
        Action::JoinNext(_) => true,
        _ => false,
    };
    (fits && group.can_open).then_some(Action::OpenNew)
}

/// The lowest price of one seat, and whether others cost more.
pub fn price(group: &GroupProgress) -> Option<(Money, bool)> {
    let lowest = group
        .prices
        .iter()
        .map(|seat| seat.price)
        .min_by_key(|price| price.minor)?;
    Some((lowest, group.prices.iter().any(|seat| seat.price != lowest)))
}

/// One step of what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Paying for a seat.
    Pay,
    /// The group fills.
    Fill,
    /// It did not fill.
    Unfilled,
    /// The store packs.
    Pack,
    /// The goods are the viewer's.
    Get,
    /// The money goes back.
    Refund,
}

/// The steps in their order, and how many of them are done; the one after is where things stand.
pub fn steps(group: &GroupProgress) -> (&'static [Step], usize) {
    const GOOD: &[Step] = &[Step::Pay, Step::Fill, Step::Pack, Step::Get];
    const BAD: &[Step] = &[Step::Pay, Step::Unfilled, Step::Refund];
    let mine = group.mine.as_ref().map(|seat| seat.state);
    match group.state {
        GroupState::Failed => (
            BAD,
            if mine == Some(SeatState::Refunded) {
                3
            } else {
                2
            },
        ),
        GroupState::Succeeded => (GOOD, 2),
        GroupState::Forming if mine == Some(SeatState::Paid) => (GOOD, 1),
        GroupState::Forming => (GOOD, 0),
    }
}

/// What is said to those who do not see the page change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// So many seats are still to be paid.
    Needs(u32),
    /// Complete.
    Complete,
    /// Ended unfilled.
    Failed,
}

/// What changed from one answer to the next, worth saying.
pub fn news(before: &GroupProgress, now: &GroupProgress) -> Option<News> {
    match now.state {
        GroupState::Succeeded if before.state != now.state => Some(News::Complete),
        GroupState::Failed if before.state != now.state => Some(News::Failed),
        GroupState::Forming if before.need != now.need => Some(News::Needs(now.need)),
        _ => None,
    }
}

/// Whether an answer may take the place of what is shown: an older version never does (G18).
pub fn replaces(shown: Option<&GroupProgress>, heard: &GroupProgress) -> bool {
    shown.is_none_or(|shown| heard.version >= shown.version)
}

/// What an event says about a group.
fn change(event: &ShopEvent) -> Option<&GroupChange> {
    match event {
        ShopEvent::GroupProgressed(change)
        | ShopEvent::GroupFilled(change)
        | ShopEvent::GroupFailed(change) => Some(change),
        _ => None,
    }
}

/// Whether an event tells of something that the page does not show yet: a newer version of the group,
/// or anything about the viewer's own order.
pub fn is_news(shown: &GroupProgress, event: &ShopEvent) -> bool {
    match change(event) {
        Some(change) => change.group == shown.id && change.version > shown.version,
        None => !matches!(event, ShopEvent::NotificationsChanged(_)),
    }
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
