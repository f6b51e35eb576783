//! What to do with money that comes when the seat is gone: asked before paying, in plain words
//! (rules.md G8, features.md 52).

use contract::groups::OnOverflow;
use leptos::prelude::*;

use super::desk::Desk;
use crate::t;
use crate::ui::Panel;

stylance::import_crate_style!(style, "src/features/checkout/overflow.module.css");

const CHOICES: [OnOverflow; 3] = [
    OnOverflow::Refund,
    OnOverflow::AnyGroup,
    OnOverflow::NewGroup,
];

/// The question.
#[component]
pub(super) fn OverflowPanel(desk: Desk) -> impl IntoView {
    let choice = move |choice: OnOverflow| {
        let (words, why) = words(choice);
        view! {
            <label class=style::choice>
                <span class=style::main>
                    <b>{words}</b>
                    <span>{why}</span>
                </span>
                <input
                    type="radio"
                    name="overflow"
                    prop:checked=move || desk.on_overflow.get() == choice
                    on:change=move |_| desk.on_overflow.set(choice)
                />
            </label>
        }
    };
    view! {
        <Panel title=t!(checkout.overflow_title)>
            <div role="radiogroup" aria-label=t!(checkout.overflow_title)>
                {CHOICES.into_iter().map(choice).collect_view()}
            </div>
        </Panel>
    }
}

fn words(choice: OnOverflow) -> (&'static str, &'static str) {
    match choice {
        OnOverflow::Refund => (
            t!(checkout.overflow_refund),
            t!(checkout.overflow_refund_why),
        ),
        OnOverflow::AnyGroup => (t!(checkout.overflow_any), t!(checkout.overflow_any_why)),
        OnOverflow::NewGroup => (t!(checkout.overflow_new), t!(checkout.overflow_new_why)),
    }
}
