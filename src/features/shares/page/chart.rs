//! The last 14 days: a drawing for those who see it, its story for those who hear it, and a table.

use contract::Money;
use contract::earnings::EarningDay;
use leptos::prelude::*;

use super::geometry::{self, Bar, HEIGHT, WIDTH};
use crate::i18n::{money, month_day, number};
use crate::t;
use crate::ui::{Panel, Segmented, text};

stylance::import_crate_style!(style, "src/features/shares/page/chart.module.css");

/// What the bars stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Earned,
    Paid,
}

impl Of {
    fn title(self) -> &'static str {
        match self {
            Self::Earned => t!(shares.chart_earned),
            Self::Paid => t!(shares.chart_paid),
        }
    }

    fn value(self, day: &EarningDay) -> i64 {
        match self {
            Self::Earned => day.earned.minor,
            Self::Paid => i64::try_from(day.paid).unwrap_or(i64::MAX),
        }
    }

    /// A value of this kind in words; `like` knows the currency.
    fn words(self, value: i64, like: Money) -> String {
        match self {
            Self::Earned => money(Money::new(value, like.currency)),
            Self::Paid => number(value.unsigned_abs()),
        }
    }
}

/// The panel; nothing where there are no days.
#[component]
pub fn Days(days: Vec<EarningDay>) -> impl IntoView {
    let like = days.first()?.earned;
    let days = StoredValue::new(days);
    let of = RwSignal::new(Of::Earned);
    let switch = move || {
        view! {
            <div class=style::switch>
                <Segmented
                    label=t!(shares.chart_of)
                    name="chart"
                    options=vec![Of::Earned, Of::Paid]
                    words=|of: Of| {
                        match of {
                            Of::Earned => t!(shares.by_earned).to_owned(),
                            Of::Paid => t!(shares.by_paid).to_owned(),
                        }
                    }
                    chosen=of
                    on_choose=move |wanted| of.set(wanted)
                />
            </div>
        }
    };
    Some(view! {
        <Panel label=t!(shares.chart_earned)>
            <header class=style::head>
                <h2>{move || of.get().title()}</h2>
                {switch()}
            </header>
            {move || days.with_value(|days| drawing(days, of.get(), like))}
            <Table days like />
        </Panel>
    })
}

fn drawing(days: &[EarningDay], of: Of, like: Money) -> impl IntoView + use<> {
    let values: Vec<_> = days.iter().map(|day| of.value(day)).collect();
    let chart = geometry::chart(&values);
    let last = values.last().copied().unwrap_or_default();
    let middle = chart.bars.get(chart.bars.len() / 2).copied();
    let newest = chart.bars.last().copied();
    let date = |index: usize| days.get(index).map(|day| month_day(day.day));
    let (first_date, middle_date) = (date(0), date(chart.bars.len() / 2));
    let bars = chart.bars.iter().enumerate().map(|(index, bar)| {
        let class = (index + 1 == chart.bars.len()).then_some(style::newest);
        view! { <rect class=class x=bar.x y=bar.y width=bar.width height=bar.height rx="3"></rect> }
    });
    let centre = |bar: Bar| bar.x + bar.width / 2.0;
    view! {
        <svg
            class=style::chart
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            aria-label=story(&values, of, like)
        >
            <line x1="0" x2=WIDTH y1=chart.zero y2=chart.zero></line>
            <line x1="0" x2=WIDTH y1=chart.half y2=chart.half></line>
            {bars.collect_view()}
            <text x="3" y="120">
                {first_date}
            </text>
            {middle
                .map(|bar| {
                    view! {
                        <text x=centre(bar) y="120" text-anchor="middle">
                            {middle_date}
                        </text>
                    }
                })}
            <text class=style::value x=WIDTH - 3.0 y="120" text-anchor="end">
                {t!(shares.today)}
            </text>
            {newest
                .map(|bar| {
                    view! {
                        <text class=style::value x=WIDTH - 3.0 y=(bar.y - 7.0).max(12.0) text-anchor="end">
                            {of.words(last, like)}
                        </text>
                    }
                })}
        </svg>
    }
}

/// What the bars tell, in one sentence.
fn story(values: &[i64], of: Of, like: Money) -> String {
    let first = values.first().copied().unwrap_or_default();
    let last = values.last().copied().unwrap_or_default();
    let sum = values
        .iter()
        .fold(0_i64, |sum, value| sum.saturating_add(*value));
    let [first_words, last_words, sum] = [first, last, sum].map(|value| of.words(value, like));
    let title = of.title();
    match last.cmp(&first) {
        std::cmp::Ordering::Greater => {
            t!(
                shares.story_rose,
                title = title,
                first = first_words,
                last = last_words,
                sum = sum
            )
        }
        std::cmp::Ordering::Less => {
            t!(
                shares.story_fell,
                title = title,
                first = first_words,
                last = last_words,
                sum = sum
            )
        }
        std::cmp::Ordering::Equal => {
            t!(
                shares.story_same,
                title = title,
                last = last_words,
                sum = sum
            )
        }
    }
}

/// The same as a table, for those who do not see the drawing.
#[component]
fn Table(days: StoredValue<Vec<EarningDay>>, like: Money) -> impl IntoView {
    let row = |day: &EarningDay| {
        view! {
            <tr>
                <th scope="row">{month_day(day.day)}</th>
                <td>{Of::Earned.words(day.earned.minor, like)}</td>
                <td>{number(day.paid)}</td>
            </tr>
        }
    };
    let rows = days.with_value(|days| days.iter().map(row).collect_view());
    view! {
        <div class=text::hidden>
            <table>
                <caption>{t!(shares.chart_earned)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(shares.day)}</th>
                        <th scope="col">{t!(shares.by_earned)}</th>
                        <th scope="col">{t!(shares.by_paid)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Currency;

    #[test]
    fn the_story_tells_the_beginning_the_end_and_the_sum() {
        let like = Money::zero(Currency::CNY);
        assert_eq!(
            story(&[1240, 0, 4680], Of::Earned, like),
            "近 14 天收入，从 ¥12.4 升到今天的 ¥46.8，合计 ¥59.2"
        );
        assert_eq!(
            story(&[3, 1], Of::Paid, like),
            "近 14 天成交，从 3 降到今天的 1，合计 4"
        );
        assert_eq!(
            story(&[0, -500, 0], Of::Earned, like),
            "近 14 天收入，第一天和今天都是 ¥0，合计 -¥5"
        );
    }
}
