//! The calendar of promotions: weeks as rows, a bar a promotion.

use contract::Timestamp;
use contract::campaigns::{CampaignState, CampaignSummary};
use leptos::prelude::*;
use storefront::i18n::{day_and_time, month_day};
use storefront::platform::local_time;
use storefront::t;
use storefront::ui::{Glyph, Icon, IconButton, IconSize, text};

use super::weeks::{self, Bar, Days, WEEK};
use super::words;
use crate::address;

stylance::import_crate_style!(style, "src/campaigns/calendar.module.css");

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Weeks that are shown at once.
const SHOWN: i64 = 5;
/// Weeks of a step forward or back.
const STEP: i64 = 4;

/// Noon of a day: in every time zone it is the same day.
fn noon(today: Timestamp, today_number: i64, day: i64) -> Timestamp {
    let written = local_time::written(today.0);
    let noon = written.get(..10).map(|date| format!("{date}T12:00"));
    let noon = noon
        .and_then(|noon| local_time::read(&noon))
        .unwrap_or(today.0);
    Timestamp(noon + (day - today_number) * DAY_MS)
}

/// The calendar.
#[component]
pub fn Calendar(items: Vec<CampaignSummary>, today: Timestamp) -> impl IntoView {
    let number = |at: Timestamp| weeks::day(&local_time::written(at.0)).unwrap_or_default();
    let today_number = number(today);
    let days: Vec<Days> = items
        .iter()
        .map(|it| Days {
            first: number(it.starts_at),
            // What ends at midnight does not cover the next day.
            last: number(Timestamp(it.ends_at.0 - 1)),
        })
        .collect();
    let items = StoredValue::new(items);
    let days = StoredValue::new(days);
    let first = RwSignal::new(weeks::monday(today_number) - WEEK);
    let step = move |weeks: i64| first.update(|first| *first += weeks * WEEK);
    let heading = move || {
        let at = |day| month_day(noon(today, today_number, day));
        t!(
            campaigns.weeks,
            from = at(first.get()),
            to = at(first.get() + SHOWN * WEEK - 1)
        )
    };
    let week = move |monday: i64| {
        let dates = (monday..monday + WEEK).map(|day| {
            let at = noon(today, today_number, day);
            let is_today = (day == today_number).then_some("date");
            // The month stands where it begins; the heading has it for the rest.
            let written = local_time::written(at.0);
            let number = written
                .get(8..10)
                .map(|day| day.trim_start_matches('0').to_owned());
            let name = match number.as_deref() {
                Some("1") | None => month_day(at),
                Some(number) => number.to_owned(),
            };
            view! { <span class=style::date aria-current=is_today>{name}</span> }
        });
        let bars = days.with_value(|days| weeks::bars(days, monday));
        view! {
            <li class=style::week>
                <div class=style::dates aria-hidden="true">{dates.collect_view()}</div>
                <ul class=style::bars aria-label=month_day(noon(today, today_number, monday))>
                    {bars.into_iter().map(|bar| view! { <Lies bar items /> }).collect_view()}
                </ul>
            </li>
        }
    };
    view! {
        <section class=style::calendar aria-label=t!(campaigns.calendar)>
            <header class=style::head>
                <IconButton label=t!(campaigns.earlier).to_owned() glyph=Glyph::Back on_press=move |()| step(-STEP) />
                <b aria-live="polite">{heading}</b>
                <span class=style::later>
                    <IconButton label=t!(campaigns.later).to_owned() glyph=Glyph::Next on_press=move |()| step(STEP) />
                </span>
            </header>
            <div class=style::days aria-hidden="true">
                {[
                    t!(campaigns.monday), t!(campaigns.tuesday), t!(campaigns.wednesday), t!(campaigns.thursday),
                    t!(campaigns.friday), t!(campaigns.saturday), t!(campaigns.sunday),
                ].map(|day| view! { <span>{day}</span> }).into_iter().collect_view()}
            </div>
            <ol class=style::weeks>
                {move || (0..SHOWN).map(|n| week(first.get() + n * WEEK)).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn Lies(bar: Bar, items: StoredValue<Vec<CampaignSummary>>) -> impl IntoView {
    let item = items.with_value(|items| items.get(bar.which).cloned());
    item.map(|item| {
        let (glyph, kind) = words::kind(item.kind);
        let (_, state) = words::state(item.state);
        let word = match item.state {
            CampaignState::Draft => "draft",
            CampaignState::Scheduled => "scheduled",
            CampaignState::Running => "running",
            CampaignState::Paused => "paused",
            CampaignState::Ended => "ended",
        };
        let title = words::title(&item.title);
        let spoken = format!(
            "{title}, {kind}, {state}, {} – {}",
            day_and_time(item.starts_at),
            day_and_time(item.ends_at)
        );
        view! {
            <li
                style:grid-column=format!("{} / {}", bar.from + 1, bar.until + 1)
                style:grid-row=(bar.line + 1).to_string()
            >
                <a class=style::bar data-state=word data-on=bar.goes_on.then_some("") href=address::campaign(&item.id) aria-label=spoken>
                    <Icon glyph size=IconSize::Tiny />
                    <span class=text::grow>{title}</span>
                </a>
            </li>
        }
    })
}
