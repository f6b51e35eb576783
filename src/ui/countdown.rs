//! Time left until a deadline of the server's. It is silent and says so at five minutes and at one.

use leptos::prelude::*;

use super::{Announcer, text};
use crate::i18n::number;
use crate::t;

stylance::import_crate_style!(style, "src/ui/countdown.module.css");

/// From here on it is urgent, in seconds.
const URGENT: u64 = 5 * 60;
/// When it speaks, in seconds.
const SPOKEN: [u64; 2] = [5 * 60, 60];

/// Whole seconds left, as `MM:SS` or `H:MM:SS`.
pub fn digits(left: u64) -> String {
    let (hours, minutes, seconds) = (left / 3600, left / 60 % 60, left % 60);
    match hours {
        0 => format!("{minutes:02}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// How a countdown is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CountdownLook {
    /// Digits in running text.
    #[default]
    Plain,
    /// Each pair of digits in a box, hours always shown.
    Boxed,
}

/// Hours, minutes and seconds, two digits each at least.
fn parts(left: u64) -> [String; 3] {
    [left / 3600, left / 60 % 60, left % 60].map(|part| format!("{part:02}"))
}

/// A countdown; nothing while `left` is not known. At zero the page says in words what follows.
#[component]
pub fn Countdown(
    /// Whole seconds left.
    #[prop(into)]
    left: Signal<Option<u64>>,
    /// What ends then, spoken, such as "Time to pay".
    #[prop(into)]
    label: String,
    /// How it is drawn.
    #[prop(optional)]
    look: CountdownLook,
    /// Says nothing by itself: one of many, as in a list.
    #[prop(optional)]
    silent: bool,
) -> impl IntoView {
    let announcer = use_context::<Announcer>();
    let spoken = label.clone();
    Effect::new(move |before: Option<Option<u64>>| {
        let now = left.get();
        let crossed = |mark: &u64| {
            before.flatten().is_some_and(|before| before > *mark)
                && now.is_some_and(|now| now <= *mark)
        };
        if let (Some(announcer), Some(mark)) = (
            announcer.filter(|_| !silent),
            SPOKEN.iter().find(|mark| crossed(mark)),
        ) {
            announcer.say(t!(countdown.spoken, what = spoken, n = number(mark / 60)));
        }
        now
    });
    let boxed = look == CountdownLook::Boxed;
    view! {
        <span
            class=stylance::classes!(style::countdown, boxed.then_some(style::boxed))
            role="timer"
            aria-live="off"
            data-urgent=move || left.get().is_some_and(|left| left < URGENT).then_some("")
        >
            <span class=text::hidden>{label}" "</span>
            {move || left.get().map(|left| match boxed {
                true => boxes(left).into_any(),
                false => digits(left).into_any(),
            })}
        </span>
    }
}

fn boxes(left: u64) -> impl IntoView {
    let [hours, minutes, seconds] = parts(left);
    view! {
        <span class=text::hidden>{digits(left)}</span>
        <span class=style::boxes aria-hidden="true">
            <b>{hours}</b>
            <i>":"</i>
            <b>{minutes}</b>
            <i>":"</i>
            <b>{seconds}</b>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_written_as_a_clock() {
        assert_eq!(digits(0), "00:00");
        assert_eq!(digits(582), "09:42");
        assert_eq!(digits(3_600 + 125), "1:02:05");
        assert_eq!(parts(3_600 + 125), ["01", "02", "05"]);
    }
}
