//! The checkout's page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::address_sheet::AddressSheet;
use super::amounts::Amounts;
use super::contact_sheet::ContactSheet;
use super::desk::Desk;
use super::goods::Goods;
use super::moves_sheet::MovesSheet;
use super::pay::Go;
use super::point_sheet::PointSheet;
use super::remark::{Remark, RemarkSheet};
use super::state::bought_now;
use super::trouble::Trouble;
use super::way::WayPanel;
use crate::api::Failure;
use crate::i18n::money_to_pay;
use crate::platform::page::path_and_query;
use crate::routes;
use crate::stores::session::Who;
use crate::stores::use_session;
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Dock, Empty, Glyph, Icon, IconSize, Notice, NoticeKind, Panel,
    Price, PriceSize, Sheet, Skeleton, SkeletonKind, Topbar, text,
};

stylance::import_crate_style!(style, "src/features/checkout/page.module.css");

/// The checkout's page. It needs a customer: a guest signs in first and comes back.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let session = use_session();
    let stage = Memo::new(move |_| match session.who() {
        Who::Unknown => Stage::Waiting,
        Who::Guest => Stage::Guest,
        Who::Customer(_) => Stage::Open,
        Who::Unreachable(error) => Stage::Failed(error),
    });
    view! {
        <Topbar title=t!(checkout.title) back=routes::cart() />
        {move || match stage.get() {
            Stage::Waiting => view! { <Waiting /> }.into_any(),
            Stage::Guest => view! { <Redirect path=routes::sign_in(Some(&path_and_query())) options=replacing() /> }.into_any(),
            Stage::Open => view! { <Checkout /> }.into_any(),
            Stage::Failed(error) => view! { <Failure error on_retry=move || session.refresh() /> }.into_any(),
        }}
    }
}

#[derive(Clone, PartialEq)]
enum Stage {
    Waiting,
    Guest,
    Open,
    Failed(crate::api::ApiError),
}

fn replacing() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    }
}

#[component]
fn Checkout() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let desk = Desk::set_up(bought_now(query.get("sku"), query.get("n")));
    let is_empty = Memo::new(move |_| {
        desk.basket
            .with(|basket| basket.as_ref().is_some_and(Vec::is_empty))
    });
    let has_quote = Memo::new(move |_| desk.quote.with(Option::is_some));
    move || {
        if is_empty.get() {
            view! { <Nothing desk /> }.into_any()
        } else if has_quote.get() {
            view! { <Decisions desk /> }.into_any()
        } else if let Some(error) = desk.failure.get() {
            view! { <Failure error on_retry=move || desk.ask_again() /> }.into_any()
        } else {
            view! { <Waiting /> }.into_any()
        }
    }
}

#[component]
fn Decisions(desk: Desk) -> impl IntoView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <LeftOut desk />
            <Stale desk />
            <WayPanel desk />
            <Goods desk />
            <Remark desk />
            <Amounts desk />
            <Notice kind=NoticeKind::Safe glyph=Glyph::Shield>{t!(checkout.hold)}</Notice>
        </main>
        <PayDock desk />
        <PointSheet desk />
        <ContactSheet desk />
        <AddressSheet desk />
        <RemarkSheet desk />
        <MovesSheet desk />
        <TroubleSheet desk />
    }
}

/// Says that something in the cart changed and is not in this order.
#[component]
fn LeftOut(desk: Desk) -> impl IntoView {
    let review = desk.cart.review();
    let pending = Memo::new(move |_| match desk.past_cart {
        true => 0,
        false => review.with(|review| review.pending as u64),
    });
    move || {
        (pending.get() > 0).then(|| {
            let back = || {
                view! {
                    <ButtonLink href=routes::cart() small=true>
                        {t!(checkout.back_to_cart)}
                    </ButtonLink>
                }
            };
            view! {
                <Notice kind=NoticeKind::Warn glyph=Glyph::Warn action=back>
                    {t!(checkout.left_out, count = pending.get())}
                </Notice>
            }
        })
    }
}

/// Says that the last question for prices failed, while the earlier answer is shown.
#[component]
fn Stale(desk: Desk) -> impl IntoView {
    move || {
        desk.failure.get().map(|_| {
            let again = move || {
                view! {
                    <Button small=true on_press=move |()| desk.ask_again()>
                        {t!(app.retry)}
                    </Button>
                }
            };
            view! {
                <Notice kind=NoticeKind::Warn glyph=Glyph::Offline action=again>
                    {t!(checkout.quote_failed)}
                </Notice>
            }
        })
    }
}

#[component]
fn PayDock(desk: Desk) -> impl IntoView {
    let total = Memo::new(move |_| {
        desk.quote
            .with(|quote| quote.as_ref().map(|quote| (quote.total, quote.saved)))
    });
    let navigate = StoredValue::new_local(use_navigate());
    let go: Go = Callback::new(move |(path, replace): (String, bool)| {
        let options = NavigateOptions {
            replace,
            ..NavigateOptions::default()
        };
        navigate.with_value(|navigate| navigate(&path, options));
    });
    let pay = move |()| spawn_local(desk.pay(go));
    // Prices that moved while the order was placed: taking them goes on with it.
    Effect::new(move |before: Option<bool>| {
        let open = desk.sheets.moves.get();
        let taken = before == Some(true) && !open && desk.moved.with_untracked(Option::is_none);
        if !open && before == Some(true) && desk.ordering.get_untracked() {
            desk.ordering.set(false);
            if taken {
                spawn_local(desk.pay(go));
            }
        }
        open
    });
    let summary = move || {
        view! {
            <p class=style::total>
                <span class=text::small>{t!(checkout.to_pay)}</span>
                {move || total.get().map(|(total, _)| view! { <Price amount=total size=PriceSize::Large to_pay=true /> })}
            </p>
            <p class=stylance::classes!(text::caption, text::saving)>
                {move || {
                    total
                        .get()
                        .filter(|(_, saved)| saved.minor > 0)
                        .map(|(_, saved)| t!(checkout.saved, amount = money_to_pay(saved)))
                }}
            </p>
        }
    };
    view! {
        <Dock summary=summary>
            <Button kind=ButtonKind::Primary busy=desk.busy on_press=pay>
                <Icon glyph=Glyph::Lock size=IconSize::Small />
                {t!(checkout.pay)}
            </Button>
        </Dock>
    }
}

/// What went wrong, what it means for the money, and what helps.
#[component]
fn TroubleSheet(desk: Desk) -> impl IntoView {
    let open = desk.sheets.trouble;
    let title = Signal::derive(move || match desk.trouble.get() {
        Some(Trouble::Unpaid(_)) => t!(checkout.unpaid_title).to_owned(),
        _ => t!(checkout.failed_title).to_owned(),
    });
    let name = move |sku: &contract::SkuId| {
        desk.quote.with(|quote| {
            let line = quote.as_ref()?.lines.iter().find(|line| line.sku == *sku)?;
            line.item.as_ref().map(|item| item.title.clone())
        })
    };
    let foot = move || match desk.trouble.get() {
        Some(Trouble::Unpaid(order)) => view! {
            <ButtonLink href=routes::order(&order) kind=ButtonKind::Primary wide=true>
                {t!(checkout.to_order)}
            </ButtonLink>
        }
        .into_any(),
        Some(trouble) if trouble.changes_goods() && !desk.past_cart => view! {
            <ButtonLink href=routes::cart() kind=ButtonKind::Primary wide=true>
                {t!(checkout.back_to_cart)}
            </ButtonLink>
        }
        .into_any(),
        _ => view! {
            <Button kind=ButtonKind::Primary wide=true on_press=move |()| open.set(false)>
                {t!(cart.understood)}
            </Button>
        }
        .into_any(),
    };
    view! {
        <Sheet open title foot>
            <p role="alert">{move || desk.trouble.get().map(|trouble| trouble.words(name))}</p>
        </Sheet>
    }
}

#[component]
fn Nothing(desk: Desk) -> impl IntoView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels)>
            <LeftOut desk />
            <Empty glyph=Glyph::Cart title=t!(checkout.empty_title) text=t!(checkout.empty_text)>
                <ButtonLink href=routes::cart() kind=ButtonKind::Primary>
                    {t!(checkout.back_to_cart)}
                </ButtonLink>
            </Empty>
        </main>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let panel = || view! { <Panel><Skeleton kind=SkeletonKind::Block /></Panel> };
    view! {
        <main class=stylance::classes!(text::narrow, text::panels, style::waiting) aria-busy="true" aria-label=t!(app.loading)>
            {panel()} {panel()} {panel()}
        </main>
    }
}
