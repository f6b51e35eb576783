//! A flash price on a card: how long yet, how many are left.

use contract::live::{FlashOffer, FlashState};
use leptos::prelude::*;

use super::state;
use crate::i18n::number;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Countdown, CountdownLook, Glyph, Icon, IconSize, text};

stylance::import_crate_style!(style, "src/features/live/flash.module.css");

/// How a flash price stands now, by the server's clock.
pub(super) fn standing(offer: FlashOffer) -> (Signal<FlashState>, Signal<Option<u64>>) {
    let time = use_server_time();
    let (starts_at, ends_at) = (offer.starts_at, offer.ends_at);
    let to_start = time.seconds_until(move || starts_at);
    let to_end = time.seconds_until(move || ends_at);
    let stands = Signal::derive(move || {
        // Looked at anew with every second.
        to_start.track();
        to_end.track();
        state::stands(&offer, time.now())
    });
    let left = Signal::derive(move || match stands.get() {
        FlashState::Countdown => to_start.get(),
        _ => to_end.get(),
    });
    (stands, left)
}

/// "Flash price 04:32".
#[component]
pub(super) fn FlashLine(stands: Signal<FlashState>, left: Signal<Option<u64>>) -> impl IntoView {
    view! {
        <p class=style::line>
            <span class=text::row>
                <Icon glyph=Glyph::Flash size=IconSize::Tiny />
                {move || match stands.get() {
                    FlashState::Countdown => t!(live.flash_soon),
                    _ => t!(live.flash),
                }}
            </span>
            <Countdown left label=t!(live.flash_left) look=CountdownLook::Plain />
        </p>
    }
}

/// How many were taken.
#[component]
pub(super) fn Taken(offer: FlashOffer) -> impl IntoView {
    let taken = offer.quota.saturating_sub(offer.left);
    let words = t!(
        live.flash_taken,
        taken = number(taken.into()),
        all = number(offer.quota.into())
    );
    view! {
        <progress class=style::bar max=offer.quota.to_string() value=taken.to_string() aria-label=words></progress>
    }
}
