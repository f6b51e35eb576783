//! What it comes to, and the way to the cashier.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::desk::Desk;
use super::pay::Go;
use crate::i18n::money_to_pay;
use crate::t;
use crate::ui::{
    Button, ButtonKind, Dock, Glyph, Icon, IconSize, Notice, NoticeKind, Price, PriceSize, text,
};

stylance::import_crate_style!(style, "src/features/checkout/pay_dock.module.css");

/// Says that the last question for prices failed, while the earlier answer is shown.
#[component]
pub(super) fn Stale(desk: Desk) -> impl IntoView {
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

/// The dock.
#[component]
pub(super) fn PayDock(desk: Desk) -> impl IntoView {
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
