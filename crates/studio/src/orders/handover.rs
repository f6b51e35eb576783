//! Handing an order over: for one that is collected, its buyer shows a code.

use contract::fulfilment::FulfilmentKind;
use contract::orders_studio::{HandOver, StudioOrderDetail};
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Field, FieldKind, Sheet, text, toast};

use super::api;
use crate::deed::{Deed, Trouble};

/// The question, in a sheet.
#[component]
pub(super) fn HandOverSheet(
    open: RwSignal<bool>,
    seen: StudioOrderDetail,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let deed = Deed::new();
    let code = RwSignal::new(String::new());
    let is_collected = seen.order.destination.kind == FulfilmentKind::Pickup;
    let id = StoredValue::new(seen.order.card.id);
    let toaster = toast();
    let press = move |()| {
        let typed: String = code.get_untracked().split_whitespace().collect();
        let given = HandOver {
            code: is_collected.then_some(typed),
        };
        deed.run(
            move |key| api::hand_over_order(key, id.get_value(), given),
            move |_| {
                toaster.show(t!(orders_studio.handed_over));
                open.set(false);
                on_done.run(());
            },
        );
    };
    let foot = move || {
        view! {
            <Trouble deed />
            <Button kind=ButtonKind::Primary wide=true busy=deed.busy on_press=press>{t!(orders_studio.hand_over)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(orders_studio.hand_over).to_owned() foot>
            <div class=text::stack>
                <p class=text::muted>{t!(orders_studio.hand_over_text)}</p>
                {is_collected.then(|| view! {
                    <Field label=t!(orders_studio.code) kind=FieldKind::OneTimeCode value=code longest=12 focus=true />
                })}
            </div>
        </Sheet>
    }
}
