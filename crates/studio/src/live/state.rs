//! What a console knows of a room beyond the answer: which commands its state allows, what is left, and where a product
//! goes on its shelf.

use contract::live::{FlashOffer, FlashState, LiveCounts, LiveState};
use contract::live_studio::{LiveCommand, StudioRoom};
use storefront::stores::live;

/// Whether nothing but its recording comes any more.
pub fn is_over(state: LiveState) -> bool {
    matches!(
        state,
        LiveState::Ended
            | LiveState::ReplayReady
            | LiveState::Cancelled
            | LiveState::Missed
            | LiveState::Banned
    )
}

/// Whether viewers are there.
pub fn on_air(state: LiveState) -> bool {
    matches!(state, LiveState::Live | LiveState::Paused)
}

/// What a host can do with a room as a whole, the next step first.
pub fn commands(state: LiveState, practice: bool) -> &'static [LiveCommand] {
    use LiveCommand::{Cancel, End, Pause, Schedule, Start};
    match state {
        // A rehearsal is announced to nobody.
        LiveState::Draft if practice => &[Start, Cancel],
        LiveState::Draft => &[Schedule, Cancel],
        LiveState::Scheduled => &[Start, Cancel],
        LiveState::Live => &[End, Pause],
        LiveState::Paused => &[Start, End],
        _ => &[],
    }
}

/// Whether the picture is awaited: the shop takes one in, and none comes.
pub fn awaits_picture(room: &StudioRoom) -> bool {
    room.ingest_url.is_some() && !room.ingest
}

/// The room with what it counts now.
pub fn count(room: &mut StudioRoom, counts: &LiveCounts) {
    live::count(&mut room.room, counts);
    live::count_left(&mut room.flash, counts);
}

/// What the product of a shelf number is called; nothing once it is off the shelf.
pub fn title_of(room: &StudioRoom, number: u32) -> String {
    let item = room.room.shelf.iter().find(|item| item.number == number);
    item.map(|item| item.product.title.clone())
        .unwrap_or_default()
}

/// Units that are left of a number that is about to run out.
pub fn alarm_of(room: &StudioRoom, number: u32) -> Option<u64> {
    let mut alarms = room.figures.alarms.iter();
    let alarm = alarms.find(|alarm| alarm.number == number)?;
    Some(alarm.left)
}

/// The flash price of a number that a host deals with: the one that runs, else the one that was prepared last.
pub fn offer_of(room: &StudioRoom, number: u32) -> Option<&FlashOffer> {
    let of_number = |offer: &&FlashOffer| offer.number == number;
    let runs =
        |offer: &&FlashOffer| matches!(offer.state, FlashState::Countdown | FlashState::Active);
    let offers = || room.flash.iter().filter(of_number);
    let prepared = || offers().rfind(|offer| offer.state == FlashState::Armed);
    offers().find(runs).or_else(prepared)
}

/// The shelf's numbers with one of them a step up or down; nothing where it stands at that end.
pub fn moved(numbers: &[u32], number: u32, up: bool) -> Option<Vec<u32>> {
    let at = numbers.iter().position(|it| *it == number)?;
    let to = match up {
        true => at.checked_sub(1)?,
        false => at + 1,
    };
    let mut moved = numbers.to_vec();
    if to >= moved.len() {
        return None;
    }
    moved.swap(at, to);
    Some(moved)
}

/// Words of a blocklist as they are typed: one a line, or with commas between.
pub fn words_of(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.split(['\n', ',', '，', '、']).map(str::trim) {
        if !word.is_empty() && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r3_3_a_console_offers_what_the_state_allows() {
        use LiveCommand::*;
        assert_eq!(commands(LiveState::Draft, false), [Schedule, Cancel]);
        assert_eq!(commands(LiveState::Draft, true), [Start, Cancel], "L10");
        assert_eq!(commands(LiveState::Paused, false), [Start, End]);
        for over in [LiveState::Ended, LiveState::Missed, LiveState::Banned] {
            assert!(commands(over, false).is_empty() && is_over(over) && !on_air(over));
        }
    }

    #[test]
    fn features_37_a_step_on_the_shelf_swaps_two() {
        assert_eq!(moved(&[1, 2, 3], 3, true), Some(vec![1, 3, 2]));
        assert_eq!(moved(&[1, 2, 3], 1, false), Some(vec![2, 1, 3]));
        assert_eq!(moved(&[1, 2, 3], 1, true), None);
        assert_eq!(moved(&[1, 2, 3], 3, false), None);
        assert_eq!(moved(&[1], 7, true), None);
    }

    #[test]
    fn l8_a_blocklist_is_read_as_it_is_typed() {
        assert_eq!(words_of(" a, b\n\nb，c 、"), ["a", "b", "c"]);
        assert!(words_of(" \n").is_empty());
    }
}
