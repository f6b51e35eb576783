//! The moment that a preview shows: typed, pulled along the time line, or taken from one of its marks.

use contract::Timestamp;
use leptos::prelude::*;
use storefront::i18n::{clock, day_and_time};
use storefront::platform::local_time;
use storefront::t;
use storefront::ui::text;

use super::slider::{Line, Mark, Phase, What};

stylance::import_crate_style!(style, "src/campaigns/as_of.module.css");

/// The moment: typed, pulled, or taken from a mark.
#[component]
pub fn AsOf(line: Memo<Line>, as_of: RwSignal<Timestamp>) -> impl IntoView {
    let phase = move || match line.with(|line| line.phase(as_of.get())) {
        Phase::Before => t!(campaigns.phase_before),
        Phase::Holds => t!(campaigns.phase_holds),
        Phase::Between => t!(campaigns.phase_between),
        Phase::Over => t!(campaigns.phase_over),
    };
    let value = move || line.with(|line| line.minute(as_of.get())).to_string();
    let spoken = move || format!("{}, {}", day_and_time(as_of.get()), phase());
    let pull = move |event| {
        if let Ok(minute) = event_target_value(&event).parse() {
            as_of.set(line.with_untracked(|line| line.at(minute)));
        }
    };
    let mark = move |mark: Mark| {
        let name = match mark.what {
            What::Now => t!(campaigns.mark_now).to_owned(),
            What::Starts => t!(campaigns.mark_starts, time = clock(mark.at)),
            What::Opens => t!(campaigns.mark_opens, time = clock(mark.at)),
            What::Closes => t!(campaigns.mark_closes, time = clock(mark.at)),
            What::Ends => t!(campaigns.mark_ends, time = clock(mark.at)),
            What::After => t!(campaigns.mark_after).to_owned(),
        };
        let is_here = move || (as_of.get() == mark.at).to_string();
        view! {
            <button type="button" aria-pressed=is_here on:click=move |_| as_of.set(mark.at)>{name}</button>
        }
    };
    view! {
        <div class=style::as_of>
            <div class=stylance::classes!(text::row, text::between)>
                <label class=stylance::classes!(text::small, text::muted, text::nowrap) for="as-of">{t!(campaigns.as_of)}</label>
                <input
                    id="as-of"
                    type="datetime-local"
                    prop:value=move || local_time::written(as_of.get().0)
                    on:change=move |event| {
                        if let Some(at) = local_time::read(&event_target_value(&event)) {
                            as_of.set(Timestamp(at));
                        }
                    }
                />
            </div>
            <input
                class=style::slider
                type="range"
                min="0"
                max=move || line.with(Line::minutes).to_string()
                step="1"
                aria-label=t!(campaigns.as_of)
                aria-valuetext=spoken
                prop:value=value
                on:input=pull
            />
            <div class=style::marks role="group" aria-label=t!(campaigns.marks)>
                {move || line.with(Line::marks).into_iter().map(mark).collect_view()}
            </div>
        </div>
    }
}
