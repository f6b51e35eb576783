//! How to get the goods: collected or brought, from which point or to which address.

use contract::fulfilment::{FulfilmentKind, FulfilmentObstacle, FulfilmentOption};
use leptos::prelude::*;

use super::desk::Desk;
use super::state::{Draft, Way};
use crate::i18n::money;
use crate::stores::phone;
use crate::t;
use crate::ui::{Glyph, Icon, Notice, NoticeKind, Panel, Segmented, text};

stylance::import_crate_style!(style, "src/features/checkout/way.module.css");

/// The panel.
#[component]
pub(super) fn WayPanel(desk: Desk) -> impl IntoView {
    let options = Memo::new(move |_| desk.options());
    let ways = Memo::new(move |_| {
        let has =
            |way| options.with(|options| options.iter().any(|option| Way::of(option.kind) == way));
        [Way::Collect, Way::Deliver]
            .into_iter()
            .filter(|way| has(*way))
            .collect::<Vec<_>>()
    });
    let way =
        Memo::new(move |_| options.with(|options| desk.draft.with(|draft| draft.way(options))));
    let kind =
        Memo::new(move |_| options.with(|options| desk.draft.with(|draft| draft.kind(options))));
    let words = move |way: Way| {
        let name = match way {
            Way::Collect => t!(checkout.collect),
            Way::Deliver => t!(checkout.deliver),
        };
        let draft = Draft {
            way: Some(way),
            ..desk.draft.get()
        };
        options.with(|options| {
            let kind = draft.kind(options);
            match options.iter().find(|option| Some(option.kind) == kind) {
                Some(option) => with_fee(name, option.fee),
                None => name.to_owned(),
            }
        })
    };
    view! {
        <Panel label=t!(checkout.way)>
            <div class=text::stack>
                {move || match ways.get() {
                    ways if ways.is_empty() => view! {
                        <Notice kind=NoticeKind::Warn glyph=Glyph::Warn>{t!(checkout.no_way)}</Notice>
                    }
                    .into_any(),
                    ways if ways.len() == 1 => ().into_any(),
                    ways => view! {
                        <Segmented
                            label=t!(checkout.way)
                            name="way"
                            options=ways
                            words
                            chosen=way
                            on_choose=move |way| desk.draft.update(|draft| draft.way = Some(way))
                        />
                    }
                    .into_any(),
                }}
                {move || match way.get() {
                    Way::Collect => view! { <Collect desk options /> }.into_any(),
                    Way::Deliver => view! { <Deliver desk options kind /> }.into_any(),
                }}
                <Obstacle options kind />
            </div>
        </Panel>
    }
}

fn with_fee(way: &str, fee: contract::Money) -> String {
    let fee = if fee.minor == 0 {
        t!(checkout.free).to_owned()
    } else {
        money(fee)
    };
    t!(checkout.with_fee, way = way, fee = fee)
}

/// The row of what was chosen, which opens the choice.
#[component]
fn Choice(glyph: Glyph, #[prop(into)] on_press: Callback<()>, children: Children) -> impl IntoView {
    view! {
        <button class=style::choice type="button" on:click=move |_| on_press.run(())>
            <Icon glyph />
            <span class=style::main>{children()}</span>
            <Icon glyph=Glyph::Next />
        </button>
    }
}

#[component]
fn Collect(desk: Desk, options: Memo<Vec<FulfilmentOption>>) -> impl IntoView {
    let promise = move || {
        options.with(|options| {
            let pickup = options
                .iter()
                .find(|option| option.kind == FulfilmentKind::Pickup);
            pickup
                .map(|option| option.promise.clone())
                .filter(|promise| !promise.is_empty())
        })
    };
    let point = move || {
        match desk.point() {
        Some(point) => view! {
            <b>{point.name}</b>
            <span>{[Some(point.address), promise()].into_iter().flatten().collect::<Vec<_>>().join(" · ")}</span>
        }
        .into_any(),
        None => view! {
            <b>{t!(checkout.point_choose)}</b>
            <span>{t!(checkout.point_none)}</span>
        }
        .into_any(),
    }
    };
    let contact = move || match desk.draft.with(|draft| draft.contact.clone()) {
        Some(contact) => {
            view! { <span class=style::who>{contact.name}" "{phone::masked(&contact.phone)}</span> }
                .into_any()
        }
        None => view! { <span class=style::ask>{t!(checkout.contact_add)}</span> }.into_any(),
    };
    view! {
        <Choice glyph=Glyph::Place on_press=move |()| desk.sheets.point.set(true)>
            {point}
        </Choice>
        <Choice glyph=Glyph::User on_press=move |()| desk.sheets.contact.set(true)>
            {contact}
        </Choice>
    }
}

#[component]
fn Deliver(
    desk: Desk,
    options: Memo<Vec<FulfilmentOption>>,
    kind: Memo<Option<FulfilmentKind>>,
) -> impl IntoView {
    let address = move || match desk.address() {
        Some(address) => view! {
            <b>{address.input.region.clone()}" "{address.input.detail.clone()}</b>
            <span>{address.input.name.clone()}" "{phone::masked(&address.input.phone)}</span>
        }
        .into_any(),
        None => view! { <b>{t!(checkout.address_add)}</b> }.into_any(),
    };
    let carriers = Memo::new(move |_| {
        options.with(|options| {
            let open = options
                .iter()
                .filter(|o| Way::of(o.kind) == Way::Deliver && o.obstacle.is_none());
            open.cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <Choice glyph=Glyph::Place on_press=move |()| desk.sheets.address.set(true)>
            {address}
        </Choice>
        <div class=style::carriers role="radiogroup" aria-label=t!(checkout.deliver)>
            {move || {
                carriers
                    .get()
                    .into_iter()
                    .map(|option| view! { <Carrier desk option kind /> })
                    .collect_view()
            }}
        </div>
    }
}

/// Courier or parcel, with its fee and its promise.
#[component]
fn Carrier(
    desk: Desk,
    option: FulfilmentOption,
    kind: Memo<Option<FulfilmentKind>>,
) -> impl IntoView {
    let mine = option.kind;
    let (name, glyph) = match mine {
        FulfilmentKind::LocalDelivery => (t!(checkout.local), Glyph::Store),
        _ => (t!(checkout.ship), Glyph::Truck),
    };
    view! {
        <label class=style::carrier>
            <Icon glyph />
            <span class=style::main>
                <b>{with_fee(name, option.fee)}</b>
                <span>{option.promise}</span>
            </span>
            <input
                type="radio"
                name="carrier"
                prop:checked=move || kind.get() == Some(mine)
                on:change=move |_| desk.draft.update(|draft| draft.carrier = Some(mine))
            />
        </label>
    }
}

/// Why the way is not open, and what helps.
#[component]
fn Obstacle(
    options: Memo<Vec<FulfilmentOption>>,
    kind: Memo<Option<FulfilmentKind>>,
) -> impl IntoView {
    move || {
        let kind = kind.get()?;
        let option =
            options.with(|options| options.iter().find(|option| option.kind == kind).cloned())?;
        let way = match kind {
            FulfilmentKind::Pickup => t!(checkout.collect),
            FulfilmentKind::LocalDelivery => t!(checkout.local),
            FulfilmentKind::Ship => t!(checkout.ship),
        };
        let words = match option.obstacle? {
            FulfilmentObstacle::NotForSomeItems => t!(checkout.obstacle_items, way = way),
            FulfilmentObstacle::OutOfRange => t!(checkout.obstacle_range).to_owned(),
            FulfilmentObstacle::BelowMinimum => t!(checkout.obstacle_minimum).to_owned(),
            FulfilmentObstacle::NoColdStorage => t!(checkout.obstacle_cold).to_owned(),
        };
        Some(view! {
            <Notice kind=NoticeKind::Warn glyph=Glyph::Warn>
                {words}
            </Notice>
        })
    }
}
