//! How sharing pays, in words.

use contract::Money;
use leptos::prelude::*;

use crate::i18n::{money, number};
use crate::t;
use crate::ui::Sheet;

stylance::import_crate_style!(style, "src/features/shares/page/rules.module.css");

/// The sheet with the rules.
#[component]
pub fn Rules(
    open: RwSignal<bool>,
    freeze_days: Signal<u32>,
    day_max: Signal<Option<Money>>,
) -> impl IntoView {
    view! {
        <Sheet open title=t!(shares.rules)>
            <ul class=style::rules>
                <li>{t!(shares.rules_1)}</li>
                <li>{t!(shares.rules_2)}</li>
                <li>{t!(shares.rules_3)}</li>
                <li>{move || t!(shares.rules_4, days = number(freeze_days.get().into()))}</li>
                <li>{t!(shares.rules_5)}</li>
                <li>{t!(shares.rules_6)}</li>
                <li>{t!(shares.rules_8)}</li>
                {move || {
                    let most = day_max.get().map(|most| t!(shares.rules_9, most = money(most)));
                    most.map(|words| view! { <li>{words}</li> })
                }}
                <li>{t!(shares.rules_7)}</li>
            </ul>
        </Sheet>
    }
}
