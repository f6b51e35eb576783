//! Booking a loss: of which promotion, why, who answers for it.

use contract::books::{LossCause, NamedSum, NewLoss};
use contract::{Money, PromotionId};
use leptos::prelude::*;
use storefront::i18n::minor_units;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Empty, Field, FieldKind, Glyph, Sheet, text, toast};

use super::api;
use crate::deed::{Deed, Trouble};
use crate::form;

/// Why, in the order of the choice.
const CAUSES: [LossCause; 4] = [
    LossCause::LateRefundFee,
    LossCause::Shortage,
    LossCause::Spoilage,
    LossCause::VirtualFill,
];

fn words(cause: LossCause) -> &'static str {
    match cause {
        LossCause::LateRefundFee => t!(books.late_refund_fee),
        LossCause::Shortage => t!(books.shortage),
        LossCause::Spoilage => t!(books.spoilage),
        LossCause::VirtualFill => t!(books.virtual_fill),
    }
}

/// The form, in a sheet.
#[component]
pub(super) fn LossSheet(
    open: RwSignal<bool>,
    /// Promotions of the time that is looked at.
    promotions: Signal<Vec<NamedSum>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let deed = Deed::new();
    let chosen = RwSignal::new(None::<(PromotionId, contract::Currency)>);
    let cause = RwSignal::new(LossCause::Spoilage);
    let amount = RwSignal::new(String::new());
    let owner = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let toaster = toast();
    let offered = move || {
        let sums = promotions.get().into_iter();
        let offered =
            sums.filter_map(|sum| Some((PromotionId(sum.id?), sum.name, sum.amount.currency)));
        offered.collect::<Vec<_>>()
    };
    Effect::new(move || {
        if open.get() {
            deed.trouble.set(None);
            amount.set(String::new());
            note.set(String::new());
            let first = untrack(offered).into_iter().next();
            chosen.set(first.map(|(id, _, currency)| (id, currency)));
        }
    });
    let press = move |()| {
        let Some((promotion, currency)) = chosen.get_untracked() else {
            return;
        };
        let Some(minor) = minor_units(&amount.get_untracked()) else {
            return deed.trouble.set(Some(t!(books.wrong_amount).to_owned()));
        };
        let text = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let loss = NewLoss {
            promotion,
            cause: cause.get_untracked(),
            owner: text(owner),
            amount: Money::new(minor, currency),
            note: text(note),
        };
        deed.run(
            move |key| api::post_loss(key, loss),
            move |_| {
                toaster.show(t!(books.loss_booked));
                open.set(false);
                on_done.run(());
            },
        );
    };
    let foot = move || {
        view! {
            <Trouble deed />
            <Button
                kind=ButtonKind::Primary
                wide=true
                busy=deed.busy
                disabled=Signal::derive(move || chosen.with(Option::is_none))
                on_press=press
            >
                {t!(books.book_it)}
            </Button>
        }
    };
    let fields = move || {
        let offered = offered();
        if offered.is_empty() {
            return view! { <Empty glyph=Glyph::Campaign title=t!(books.no_promotion) text=t!(books.no_promotion_text) /> }.into_any();
        }
        let options = offered
            .clone()
            .into_iter()
            .map(|(id, name, _)| view! { <option value=id.0>{name}</option> });
        let options = options.collect_view();
        let choose = move |event| {
            let id = event_target_value(&event);
            let found = offered.iter().find(|(known, ..)| known.as_str() == id);
            chosen.set(found.map(|(id, _, currency)| (id.clone(), *currency)));
        };
        view! {
            <label class=form::field>
                <span>{t!(books.of_promotion)}</span>
                <select on:change=choose>{options}</select>
            </label>
            <label class=form::field>
                <span>{t!(books.cause)}</span>
                <select on:change=move |event| {
                    let at = event_target_value(&event).parse::<usize>().ok();
                    if let Some(one) = at.and_then(|at| CAUSES.get(at)) {
                        cause.set(*one);
                    }
                }>
                    {CAUSES.into_iter().enumerate().map(|(at, one)| view! {
                        <option value=at.to_string() selected=move || cause.get() == one>{words(one)}</option>
                    }).collect_view()}
                </select>
            </label>
            <Field label=t!(books.amount) kind=FieldKind::Amount value=amount longest=12 />
            <Field label=t!(books.owner) kind=FieldKind::Text value=owner longest=60 />
            <Field label=t!(books.note) kind=FieldKind::Text value=note longest=200 />
        }
        .into_any()
    };
    view! {
        <Sheet open title=t!(books.loss).to_owned() foot>
            <div class=text::stack>{fields}</div>
        </Sheet>
    }
}
