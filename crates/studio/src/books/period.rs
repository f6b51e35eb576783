//! Closing the books until a day: nothing is posted to closed days any more.

use contract::Timestamp;
use contract::books::ClosePeriod;
use leptos::prelude::*;
use storefront::platform::local_time;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Glyph, Notice, NoticeKind, Sheet, text, toast};

use super::api;
use crate::deed::{Deed, Trouble};
use crate::form;

/// The question, in a sheet.
#[component]
pub(super) fn PeriodSheet(open: RwSignal<bool>) -> impl IntoView {
    let deed = Deed::new();
    let until = RwSignal::new(String::new());
    let toaster = toast();
    let press = move |()| {
        let typed = until.get_untracked();
        let Some(at) = local_time::read(&format!("{typed}T00:00")) else {
            return deed.trouble.set(Some(t!(books.wrong_until).to_owned()));
        };
        deed.run(
            move |key| {
                api::close_period(
                    key,
                    ClosePeriod {
                        until: Timestamp(at),
                    },
                )
            },
            move |_| {
                toaster.show(t!(books.closed));
                open.set(false);
            },
        );
    };
    let foot = move || {
        view! {
            <Trouble deed />
            <Button kind=ButtonKind::Primary wide=true busy=deed.busy on_press=press>{t!(books.close)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(books.close).to_owned() foot>
            <div class=text::stack>
                <Notice kind=NoticeKind::Warn glyph=Glyph::Lock>{t!(books.close_text)}</Notice>
                <label class=form::field>
                    <span>{t!(books.close_until)}</span>
                    <input
                        type="date"
                        prop:value=move || until.get()
                        on:input=move |event| until.set(event_target_value(&event))
                    />
                </label>
            </div>
        </Sheet>
    }
}
