//! Asking for a payout, and what became of the ones before (rules.md A12).

use contract::ErrorCode;
use contract::earnings::{Earnings, Withdrawal, WithdrawalRequest, WithdrawalState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::api;
use super::amount::{self, Wrong};
use super::earn::{EarnSkeleton, Negative, Suspended};
use super::ledger;
use crate::api::{ApiError, Loading, PagesEnd, PagesList, failure_words, use_load, use_pages};
use crate::i18n::{day_and_time, money_to_pay, written};
use crate::platform::page::monotonic_ms;
use crate::routes;
use crate::stores::{use_attempts, use_session};
use crate::t;
use crate::ui::{
    Badge, BadgeKind, Button, ButtonKind, Field, FieldKind, Glyph, Notice, NoticeKind, Panel,
    Price, PriceInk, PriceSize, Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/shares/page/withdraw.module.css");

/// The page of `/shares/withdraw`.
#[component]
pub fn WithdrawPage() -> impl IntoView {
    let session = use_session();
    let me = Memo::new(move |_| session.me().map(|me| me.id));
    let load = use_load(move || {
        me.track();
        api::get_earnings()
    });
    view! {
        <Topbar title=t!(shares.withdraw_title) back=routes::shares() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Loading
                load
                skeleton=|| view! { <EarnSkeleton /> }.into_any()
                children=move |earnings| {
                    view! {
                        <Request earnings on_done=move || load.retry() />
                        <History />
                    }
                        .into_any()
                }
            />
        </main>
    }
}

/// The balance and the question how much of it.
#[component]
fn Request(earnings: Earnings, on_done: impl Fn() + Send + Sync + Copy + 'static) -> impl IntoView {
    let attempts = use_attempts();
    let toaster = toast();
    let (least, most) = (earnings.withdrawal_min, earnings.available);
    let enough = most.minor >= least.minor && most.minor > 0 && !earnings.suspended;
    let typed = RwSignal::new(String::new());
    let (wrong, trouble) = (RwSignal::new(None), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let amount = typed.with_untracked(|typed| amount::read(typed, least, most));
        wrong.set(amount.err());
        let Ok(amount) = amount else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let request = WithdrawalRequest { amount };
            let asked = attempts
                .once("request_withdrawal", request, api::request_withdrawal)
                .await;
            busy.try_set(false);
            match asked {
                Ok(_) => {
                    toaster.show(t!(shares.requested));
                    on_done();
                }
                Err(error) => {
                    trouble.try_set(Some(refusal(&error)));
                }
            }
        });
    };
    let error = Signal::derive(move || {
        wrong.get().map(|wrong| match wrong {
            Wrong::NotAnAmount => t!(shares.amount_not).to_owned(),
            Wrong::TooLittle => t!(shares.amount_less, min = money_to_pay(least)),
            Wrong::TooMuch => t!(shares.amount_more, max = money_to_pay(most)),
        })
    });
    view! {
        <Panel label=t!(shares.available)>
            <form class=text::stack on:submit=submit novalidate>
                <div>
                    <h2 class=style::label>{t!(shares.available)}</h2>
                    <p>
                        <Price amount=most size=PriceSize::Hero ink=PriceInk::Plain to_pay=true />
                    </p>
                </div>
                {(most.minor < 0).then(|| view! { <Negative /> })}
                {earnings.suspended.then(|| view! { <Suspended /> })}
                {(!enough && most.minor >= 0 && !earnings.suspended)
                    .then(|| {
                        view! {
                            <Notice glyph=Glyph::Info>
                                {t!(shares.low, min = money_to_pay(least))}
                            </Notice>
                        }
                    })}
                {enough
                    .then(|| {
                        view! {
                            <div class=style::amount>
                                <Field
                                    label=t!(shares.amount)
                                    kind=FieldKind::Amount
                                    value=typed
                                    longest=16
                                    error
                                    hint=t!(
                                        shares.amount_hint, min = money_to_pay(least), max =
                                        money_to_pay(most)
                                    )
                                />
                                <Button
                                    kind=ButtonKind::Outline
                                    small=true
                                    on_press=move |()| typed.set(written(most))
                                >
                                    {t!(shares.all_of_it)}
                                </Button>
                            </div>
                        }
                    })}
                {move || {
                    trouble
                        .get()
                        .map(|words| {
                            view! {
                                <div role="alert">
                                    <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>
                                        {words}
                                    </Notice>
                                </div>
                            }
                        })
                }}
                <Button
                    kind=ButtonKind::Primary
                    wide=true
                    submit=true
                    busy
                    disabled=Signal::stored(!enough)
                >
                    {t!(shares.request)}
                </Button>
            </form>
        </Panel>
    }
}

fn refusal(error: &ApiError) -> String {
    match error.code() {
        Some(ErrorCode::BalanceTooLow) => t!(shares.balance_changed).to_owned(),
        Some(ErrorCode::SharingSuspended) => t!(shares.suspended).to_owned(),
        _ => failure_words(error).1,
    }
}

/// The payouts so far.
#[component]
fn History() -> impl IntoView {
    let visit = format!("withdrawals:{}", monotonic_ms());
    let id = |it: &Withdrawal| it.id.as_str().to_owned();
    let payouts = use_pages(move || visit.clone(), id, api::list_withdrawals);
    let is_empty = Memo::new(move |_| payouts.list.read().is_empty());
    view! {
        <Panel title=t!(shares.history)>
            <PagesList pages=payouts key=id draw=|_, it| payout(it).into_any() class=ledger::rows />
            {move || {
                is_empty
                    .get()
                    .then(|| {
                        view! {
                            <p class=stylance::classes!(
                                text::small, text::muted
                            )>{t!(shares.history_empty)}</p>
                        }
                    })
            }}
            <PagesEnd pages=payouts skeleton=ledger::skeleton />
        </Panel>
    }
}

fn payout(it: Withdrawal) -> impl IntoView {
    let (kind, words) = match it.state {
        WithdrawalState::Requested => (BadgeKind::SunSoft, t!(shares.state_requested)),
        WithdrawalState::Approved => (BadgeKind::InfoSoft, t!(shares.state_approved)),
        WithdrawalState::Paying => (BadgeKind::InfoSoft, t!(shares.state_paying)),
        WithdrawalState::Paid => (BadgeKind::JadeSoft, t!(shares.state_paid)),
        WithdrawalState::Failed => (BadgeKind::SunSoft, t!(shares.state_failed)),
        WithdrawalState::Rejected => (BadgeKind::DangerSoft, t!(shares.state_rejected)),
    };
    view! {
        <div class=ledger::main>
            <h3>{day_and_time(it.at)}</h3>
            {it.reason.map(|reason| view! { <p>{t!(shares.reason, reason = reason)}</p> })}
        </div>
        <div class=ledger::end>
            <b>{money_to_pay(it.amount)}</b>
            <Badge kind>{words}</Badge>
        </div>
    }
}
