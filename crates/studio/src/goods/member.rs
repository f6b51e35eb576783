//! A customer's level of membership, by phone number.

use contract::books::MemberLevel;
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Field, FieldKind, Sheet, text, toast};

use super::api;
use crate::deed::{Deed, Trouble};
use crate::form;

/// The levels; 0 is none.
const LEVELS: std::ops::RangeInclusive<u32> = 0..=9;

/// The form, in a sheet.
#[component]
pub(super) fn MemberSheet(open: RwSignal<bool>) -> impl IntoView {
    let deed = Deed::new();
    let phone = RwSignal::new(String::new());
    let level = RwSignal::new(1_u32);
    let toaster = toast();
    let press = move |()| {
        let member = MemberLevel {
            phone: phone.get_untracked().trim().to_owned(),
            level: level.get_untracked(),
        };
        deed.run(
            move |key| api::set_member_level(key, member),
            move |_| {
                toaster.show(t!(goods_studio.kept));
                open.set(false);
            },
        );
    };
    let foot = move || {
        view! {
            <Trouble deed />
            <Button kind=ButtonKind::Primary wide=true busy=deed.busy on_press=press>{t!(studio.keep)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(goods_studio.member).to_owned() foot>
            <div class=text::stack>
                <Field label=t!(goods_studio.phone) kind=FieldKind::Phone value=phone longest=20 focus=true />
                <label class=form::field>
                    <span>{t!(goods_studio.level)}</span>
                    <select on:change=move |event| {
                        if let Ok(chosen) = event_target_value(&event).parse() {
                            level.set(chosen);
                        }
                    }>
                        {LEVELS.map(|one| view! {
                            <option value=one.to_string() selected=move || level.get() == one>
                                {if one == 0 { t!(goods_studio.no_level).to_owned() } else { one.to_string() }}
                            </option>
                        }).collect_view()}
                    </select>
                </label>
            </div>
        </Sheet>
    }
}
