//! Where the cashier sends the shopper back to: it asks the shop, which asks the gateway, and says what
//! came of it. While nothing is certain it keeps asking.

use contract::OrderId;
use contract::groups::{GroupState, OrderGroup};
use contract::orders::OrderDetail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use super::api;
use super::pay_state::{ASK_AGAIN_MS, Paying, ask_again, paying};
use crate::api::{ApiError, Failure, events, failure_words};
use crate::i18n::money_to_pay;
use crate::platform::timers;
use crate::routes;
use crate::stores::{use_attempts, use_server_time};
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Countdown, Glyph, Icon, Panel, Price, PriceSize, Topbar, text,
    toast,
};

stylance::import_crate_style!(style, "src/features/checkout/pay_page.module.css");

/// The page of `/pay/{order}`.
#[component]
pub fn PayPage() -> impl IntoView {
    let params = use_params_map();
    let order = OrderId(params.with_untracked(|params| params.get("order").unwrap_or_default()));
    let time = use_server_time();
    let answer = RwSignal::new(None::<Result<OrderDetail, ApiError>>);
    let questions = RwSignal::new(0_u32);
    let now = Memo::new(move |_| answer.with(|answer| paying(answer.as_ref(), questions.get())));
    let id = StoredValue::new(order.clone());
    let ask = move || {
        spawn_local(async move {
            let Some(id) = id.try_get_value() else { return };
            let heard = time
                .timed(api::check_payment(&id), |order| order.server_now)
                .await;
            questions.try_update(|n| *n = n.saturating_add(1));
            answer.try_set(Some(heard));
        });
    };
    ask();
    Effect::new(move || {
        questions.track();
        if answer.with(Option::is_some) && ask_again(&now.get()) {
            timers::after(ASK_AGAIN_MS, ask);
        }
    });
    let is_known = Memo::new(move |_| answer.with(|answer| matches!(answer, Some(Ok(_)))));
    Effect::new(move || {
        if is_known.get() {
            events::listen(vec![format!("order:{}", id.get_value())], move |heard| {
                // A gap is what every stream opens with; the answer is younger than that.
                if matches!(heard, events::Heard::Event(_)) {
                    ask();
                }
            });
        }
    });
    let announcer = use_context::<crate::ui::Announcer>();
    Effect::new(move || {
        if let (Some(announcer), Some((_, title, _))) = (announcer, words(&now.get(), None)) {
            announcer.say(title);
        }
    });
    view! {
        <Topbar title=t!(checkout.result) back=routes::order(&order) />
        <main class=stylance::classes!(text::narrow, text::panels)>
            {move || match now.get() {
                Paying::Failed(error) => view! { <Failure error on_retry=ask /> }.into_any(),
                now => {
                    let order = answer.get_untracked().and_then(Result::ok);
                    view! { <Outcome now order id=id.get_value() /> }.into_any()
                }
            }}
        </main>
    }
}

/// What is drawn and said.
fn words(now: &Paying, order: Option<&OrderDetail>) -> Option<(Glyph, &'static str, String)> {
    let total = || {
        order
            .map(|order| money_to_pay(order.card.total))
            .unwrap_or_default()
    };
    Some(match now {
        Paying::Checking => (
            Glyph::Clock,
            t!(checkout.checking_title),
            t!(checkout.checking_text).to_owned(),
        ),
        Paying::Unknown => (
            Glyph::Clock,
            t!(checkout.unknown_title),
            t!(checkout.unknown_text).to_owned(),
        ),
        Paying::Paid => (
            Glyph::Check,
            t!(checkout.paid_title),
            paid_words(order.and_then(|order| order.group.as_ref())),
        ),
        Paying::GroupWasFull => (
            Glyph::Refund,
            t!(checkout.group_was_full_title),
            t!(checkout.group_returned_text, amount = total()),
        ),
        Paying::GroupEnded => (
            Glyph::Refund,
            t!(groups.failed),
            t!(checkout.group_returned_text, amount = total()),
        ),
        Paying::NotPaid => (
            Glyph::Alert,
            t!(checkout.not_paid_title),
            t!(checkout.not_paid_text).to_owned(),
        ),
        Paying::Closed => (
            Glyph::Blocked,
            t!(checkout.closed_title),
            t!(checkout.closed_text).to_owned(),
        ),
        Paying::Returned => (
            Glyph::Refund,
            t!(checkout.returned_title),
            t!(checkout.returned_text, amount = total()),
        ),
        Paying::Failed(_) => return None,
    })
}

/// What comes after a payment: of a group's seat, that others still have to come.
fn paid_words(group: Option<&OrderGroup>) -> String {
    match group {
        Some(group) if group.state == Some(GroupState::Succeeded) => {
            t!(checkout.paid_complete_text).to_owned()
        }
        Some(group) => t!(checkout.paid_group_text, count = group.need.into()),
        None => t!(checkout.paid_text).to_owned(),
    }
}

#[component]
fn Outcome(now: Paying, order: Option<OrderDetail>, id: OrderId) -> impl IntoView {
    let (glyph, title, sentence) = words(&now, order.as_ref())?;
    let tone = match now {
        Paying::Paid => style::good,
        Paying::NotPaid => style::bad,
        Paying::Checking | Paying::Unknown => style::waiting,
        _ => style::plain,
    };
    let total = order.as_ref().map(|order| order.card.total);
    let deadline = order.as_ref().and_then(|order| order.card.pay_by);
    let group = order.and_then(|order| order.group);
    let to_group = group.and_then(|group| {
        let forms = group.state != Some(GroupState::Succeeded);
        Some((routes::group(group.group.as_ref()?), forms))
    });
    let to_order = routes::order(&id);
    let actions = match now {
        Paying::NotPaid => view! {
            <TimeLeft deadline />
            <PayAgain id />
            <ButtonLink href=to_order wide=true>{t!(checkout.to_order)}</ButtonLink>
        }
        .into_any(),
        Paying::Closed | Paying::Returned | Paying::GroupWasFull | Paying::GroupEnded => view! {
            <ButtonLink href=routes::home() kind=ButtonKind::Primary wide=true>{t!(checkout.keep_shopping)}</ButtonLink>
            <ButtonLink href=to_order wide=true>{t!(checkout.to_order)}</ButtonLink>
        }
        .into_any(),
        Paying::Paid => match to_group {
            Some((to_group, forms)) => {
                let words = if forms { t!(groups.invite) } else { t!(checkout.see_group) };
                view! {
                    <ButtonLink href=to_group kind=ButtonKind::Primary wide=true>{words}</ButtonLink>
                    <ButtonLink href=to_order wide=true>{t!(checkout.to_order)}</ButtonLink>
                }
                .into_any()
            }
            None => view! {
                <ButtonLink href=to_order kind=ButtonKind::Primary wide=true>{t!(checkout.to_order)}</ButtonLink>
                <ButtonLink href=routes::home() wide=true>{t!(checkout.keep_shopping)}</ButtonLink>
            }
            .into_any(),
        },
        _ => view! { <ButtonLink href=to_order wide=true>{t!(checkout.to_order)}</ButtonLink> }.into_any(),
    };
    let paid = matches!(now, Paying::Paid);
    Some(view! {
        <Panel label=t!(checkout.result)>
            <div class=style::outcome>
                <span class=stylance::classes!(style::stamp, tone)>
                    <Icon glyph />
                </span>
                <h2>{title}</h2>
                {total.filter(|_| paid).map(|total| view! { <Price amount=total size=PriceSize::Large to_pay=true /> })}
                <p>{sentence}</p>
                <div class=style::actions>{actions}</div>
            </div>
        </Panel>
    })
}

#[component]
fn TimeLeft(deadline: Option<contract::Timestamp>) -> impl IntoView {
    let left = use_server_time().seconds_until(move || deadline);
    deadline.map(|_| {
        view! {
            <p class=style::left>
                <span aria-hidden="true">{t!(checkout.time_left)}" "</span>
                <Countdown left label=t!(checkout.time_left) />
            </p>
        }
    })
}

#[component]
fn PayAgain(id: OrderId) -> impl IntoView {
    let attempts = use_attempts();
    let toaster = toast();
    let busy = RwSignal::new(false);
    let press = move |()| {
        let id = id.clone();
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = attempts.go_to_cashier(id).await {
                toaster.show(failure_words(&error).1);
                busy.try_set(false);
            }
        });
    };
    view! {
        <Button kind=ButtonKind::Primary wide=true busy on_press=press>
            {t!(checkout.pay_again)}
        </Button>
    }
}
