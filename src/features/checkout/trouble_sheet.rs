//! What went wrong: over the checkout, or in its place when it cannot be shown at all.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::gate::Waiting;
use super::trouble::{Refusal, Trouble};
use crate::api::{ApiError, Failure};
use crate::routes;
use crate::t;
use crate::ui::{Button, ButtonKind, ButtonLink, Empty, Glyph, Sheet, text};

/// What went wrong, what it means for the money, and what helps.
#[component]
pub(super) fn TroubleSheet(desk: Desk) -> impl IntoView {
    let open = desk.sheets.trouble;
    let title = Signal::derive(move || {
        let title = desk
            .trouble
            .with(|trouble| trouble.as_ref().map(Trouble::title));
        title.unwrap_or_default().to_owned()
    });
    let foot = move || {
        let trouble = desk.trouble.get();
        match trouble.and_then(|trouble| way_on(desk, &trouble)) {
            Some((href, words)) => view! {
                <ButtonLink href kind=ButtonKind::Primary wide=true>
                    {words}
                </ButtonLink>
            }
            .into_any(),
            None => view! {
                <Button kind=ButtonKind::Primary wide=true on_press=move |()| open.set(false)>
                    {t!(cart.understood)}
                </Button>
            }
            .into_any(),
        }
    };
    view! {
        <Sheet open title foot>
            <p role="alert">{move || desk.trouble.get().map(|trouble| trouble.words(name(desk)))}</p>
        </Sheet>
    }
}

/// In place of a checkout whose prices the shop refuses to tell: of a group that is over, the group's
/// words and a way on; else the error's.
#[component]
pub(super) fn Unable(desk: Desk, error: ApiError) -> impl IntoView {
    match Refusal::from(&error) {
        Refusal::Say(trouble) if trouble.ends_seat() => {
            let told = RwSignal::new(None::<Trouble>);
            spawn_local(async move {
                let trouble = desk.with_next(trouble).await;
                told.try_set(Some(trouble));
            });
            (move || match told.get() {
                Some(trouble) => view! { <SeatGone desk trouble /> }.into_any(),
                None => view! { <Waiting /> }.into_any(),
            })
            .into_any()
        }
        _ => view! { <Failure error on_retry=move || desk.ask_again() /> }.into_any(),
    }
}

#[component]
fn SeatGone(desk: Desk, trouble: Trouble) -> impl IntoView {
    let action = way_on(desk, &trouble).map(|(href, words)| {
        view! { <ButtonLink href kind=ButtonKind::Primary>{words}</ButtonLink> }
    });
    view! {
        <main class=text::narrow>
            <Empty glyph=Glyph::Group title=trouble.title() text=trouble.words(name(desk)) alert=true>
                {action}
            </Empty>
        </main>
    }
}

/// What goods are called.
fn name(desk: Desk) -> impl Fn(&contract::SkuId) -> Option<String> {
    move |sku| {
        desk.quote.with(|quote| {
            let line = quote.as_ref()?.lines.iter().find(|line| line.sku == *sku)?;
            line.item.as_ref().map(|item| item.title.clone())
        })
    }
}

/// Where the trouble leads on to, and in which words.
fn way_on(desk: Desk, trouble: &Trouble) -> Option<(String, &'static str)> {
    match trouble {
        Trouble::Unpaid(order) => Some((routes::order(order), t!(checkout.to_order))),
        Trouble::Member(Some(group)) => Some((routes::group(group), t!(checkout.to_group))),
        Trouble::Full { next: Some(next) } | Trouble::GroupOver { next: Some(next) } => {
            Some((next.clone(), t!(groups.join_next)))
        }
        Trouble::FlashOver => {
            let line = desk.errand.with_value(|errand| errand.line().cloned())?;
            let usual = match desk.flash() {
                Some((live, _)) => routes::buy_in_room(&live, &line.sku, line.quantity),
                None => routes::buy_now(&line.sku, line.quantity),
            };
            Some((usual, t!(checkout.buy_usual)))
        }
        trouble if trouble.ends_seat() => match desk.group() {
            Some(group) => Some((routes::group(&group), t!(checkout.back_to_group))),
            None => Some((routes::home().to_owned(), t!(checkout.keep_shopping))),
        },
        trouble if trouble.changes_goods() && !desk.past_cart => {
            Some((routes::cart().to_owned(), t!(checkout.back_to_cart)))
        }
        _ => None,
    }
}
