//! What the room makes: who watches, orders, money, what each pin sold, and what is about to run out.

use contract::live_studio::{LiveFigures, PinFigure};
use contract::{Currency, Money};
use leptos::prelude::*;
use storefront::i18n::{money_to_pay, number};
use storefront::t;
use storefront::ui::{Button, ButtonKind, Glyph, Notice, NoticeKind, Panel, text};

use super::desk::Desk;
use super::{api, state};

stylance::import_crate_style!(style, "src/live/figures.module.css");

/// The figures of the moment, and the alarm of what is pinned.
#[component]
pub fn Figures(desk: Desk) -> impl IntoView {
    let none = LiveFigures {
        viewers: 0,
        peak_viewers: 0,
        likes: 0,
        orders: 0,
        paid_orders: 0,
        revenue: Money::new(0, Currency::CNY),
        pins: Vec::new(),
        alarms: Vec::new(),
    };
    let figures = desk.part(|room| room.figures.clone(), none);
    let count = move |of: fn(&LiveFigures) -> u64| move || figures.with(|it| number(of(it)));
    view! {
        <dl class=style::figures aria-label=t!(studio.figures)>
            <div>
                <dt>{t!(studio.viewers)}</dt>
                <dd>{count(|it| it.viewers)}</dd>
                <dd class=style::more>{move || t!(studio.peak, n = number(figures.with(|it| it.peak_viewers)))}</dd>
            </div>
            <div>
                <dt>{t!(studio.orders)}</dt>
                <dd>{count(|it| it.orders)}</dd>
                <dd class=style::more>{move || t!(studio.paid, n = number(figures.with(|it| it.paid_orders)))}</dd>
            </div>
            <div>
                <dt>{t!(studio.revenue)}</dt>
                <dd>{move || figures.with(|it| money_to_pay(it.revenue))}</dd>
            </div>
            <div>
                <dt>{t!(studio.likes)}</dt>
                <dd>{count(|it| it.likes)}</dd>
            </div>
        </dl>
        <Alarm desk />
    }
}

/// What is pinned is about to run out: one tap takes the pin away.
#[component]
fn Alarm(desk: Desk) -> impl IntoView {
    let alarm = desk.part(
        |room| {
            let pinned = room.room.pinned?;
            let left = state::alarm_of(room, pinned)?;
            Some((pinned, left, state::title_of(room, pinned)))
        },
        None,
    );
    let unpin = move |()| {
        let id = desk.id();
        desk.act(async move { api::pin_product(&id, None).await });
    };
    move || {
        alarm.get().map(|(number, left, title)| {
            let words = match left {
                0 => t!(studio.alarm_out, number = number, what = title),
                left => t!(studio.alarm, number = number, what = title, n = left),
            };
            let action = move || {
                view! {
                    <Button kind=ButtonKind::Tonal small=true busy=desk.busy on_press=unpin>{t!(studio.unpin)}</Button>
                }
            };
            view! {
                <div class=style::alarm role="alert">
                    <Notice kind=NoticeKind::Bad glyph=Glyph::Alert action>{words}</Notice>
                </div>
            }
        })
    }
}

/// What each pin sold.
#[component]
pub fn PinTable(desk: Desk) -> impl IntoView {
    let pins = desk.part(
        |room| {
            let pins = room.figures.pins.iter();
            pins.map(|pin| (pin.clone(), state::title_of(room, pin.number)))
                .collect::<Vec<_>>()
        },
        Vec::new(),
    );
    let row = |(pin, title): (PinFigure, String)| {
        let (minutes, seconds) = (pin.pinned_ms / 60_000, pin.pinned_ms / 1000 % 60);
        // Hundredths of a percent, as the contract has them.
        let share = format!(
            "{}.{:02} %",
            pin.conversion_bp / 100,
            pin.conversion_bp % 100
        );
        view! {
            <tr>
                <th scope="row">{t!(live.number, n = pin.number)}" "{title}</th>
                <td>{format!("{minutes}:{seconds:02}")}</td>
                <td>{number(pin.viewers)}</td>
                <td>{number(pin.orders)}</td>
                <td>{share}</td>
            </tr>
        }
    };
    move || {
        let pins = pins.get();
        (!pins.is_empty()).then(|| {
            view! {
                <Panel title=t!(studio.pins).to_owned()>
                    <div class=style::scrolls tabindex="0" role="group" aria-label=t!(studio.pins)>
                        <table class=style::pins>
                            <thead>
                                <tr>
                                    <th scope="col"><span class=text::hidden>{t!(studio.product)}</span></th>
                                    <th scope="col">{t!(studio.pinned_for)}</th>
                                    <th scope="col">{t!(studio.viewers)}</th>
                                    <th scope="col">{t!(studio.orders)}</th>
                                    <th scope="col">{t!(studio.conversion)}</th>
                                </tr>
                            </thead>
                            <tbody>{pins.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                </Panel>
            }
        })
    }
}
