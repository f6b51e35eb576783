//! What a room's page knows: how far it has heard (rules.md L1), what each event makes of it.

use contract::live::{FlashOffer, FlashState, LiveChange, LiveRoom, LiveState, ReplayMark};
use contract::{FlashId, Timestamp};

use crate::stores::live;

/// What to do with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is the one that was awaited.
    Take,
    /// It is known already.
    Known,
    /// Something is missing before it: the room is fetched anew.
    Gap,
}

/// Whether an event is the next one (L1).
pub fn next(heard: i64, seq: i64) -> Next {
    match seq {
        seq if seq <= heard => Next::Known,
        seq if seq == heard + 1 => Next::Take,
        _ => Next::Gap,
    }
}

/// Whether a change is shown with the picture of its moment. What ends a price, takes a line away or ends the room is
/// shown at once (L7).
pub fn waits_for_picture(change: &LiveChange) -> bool {
    match change {
        LiveChange::Pin { .. } => true,
        LiveChange::Flash { offer } => !is_over(offer.state),
        _ => false,
    }
}

/// Whether nothing more is sold at a flash price.
pub fn is_over(state: FlashState) -> bool {
    matches!(
        state,
        FlashState::SoldOut | FlashState::Expired | FlashState::Stopped
    )
}

/// The room with a change; `over` remembers flash prices that ended, which nothing that is shown late brings back.
/// Answers whether the room has to be fetched anew to know what changed.
pub fn apply(
    room: &mut LiveRoom,
    over: &mut Vec<FlashId>,
    at: Timestamp,
    change: &LiveChange,
) -> bool {
    match change {
        LiveChange::State { state } => {
            room.state = *state;
            match state {
                LiveState::Live => {
                    room.live_at.get_or_insert(at);
                }
                LiveState::Scheduled | LiveState::Paused | LiveState::Draft => {}
                _ => {
                    room.ended_at.get_or_insert(at);
                    room.flash.clear();
                }
            }
            // Only the shop knows where the picture and the recording are.
            return true;
        }
        LiveChange::Pin { number } => {
            room.pinned = *number;
            room.pinned_at = number.map(|_| at);
            if let Some(item) = room
                .shelf
                .iter_mut()
                .find(|item| Some(item.number) == *number)
            {
                item.shown_at.get_or_insert(at);
            }
        }
        LiveChange::Flash { offer } => put_offer(room, over, offer),
        LiveChange::Shelf => return true,
        LiveChange::Comment { line } => room.pinned_comment.clone_from(line),
        LiveChange::ChatRemoved { .. } => {}
        LiveChange::SlowMode { seconds } => room.chat_every_s = *seconds,
    }
    false
}

fn put_offer(room: &mut LiveRoom, over: &mut Vec<FlashId>, offer: &FlashOffer) {
    room.flash.retain(|known| known.id != offer.id);
    if is_over(offer.state) {
        over.push(offer.id.clone());
    } else if !over.contains(&offer.id) {
        room.flash.push(offer.clone());
    }
}

/// How a flash price stands by the server's clock, whatever the picture shows (L7), and by what is left of it.
pub fn stands(offer: &FlashOffer, now: Timestamp) -> FlashState {
    match (offer.state, live::stands(offer, now)) {
        (FlashState::Active, FlashState::Active) if offer.left == 0 => FlashState::SoldOut,
        (_, stands) => stands,
    }
}

/// The flash price of a shelf number.
pub fn offer_of(room: &LiveRoom, number: u32) -> Option<&FlashOffer> {
    room.flash.iter().find(|offer| offer.number == number)
}

/// What was pinned at a moment of a recording, by the marks up to it.
pub fn replayed(marks: &[ReplayMark], at_ms: i64) -> Option<u32> {
    let pins = marks.iter().filter(|mark| mark.at.0 <= at_ms);
    pins.filter_map(|mark| match mark.change {
        LiveChange::Pin { number } => Some(number),
        _ => None,
    })
    .next_back()
    .flatten()
}

/// Likes that a tap added and that were not sent yet: at most 50 go at once.
pub fn likes_to_send(pending: u32) -> u32 {
    pending.min(contract::live::LIKES_MAX)
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
