//! What happens, step by step, and where things stand.

use contract::groups::{GroupProgress, GroupState};
use leptos::prelude::*;

use super::state::{self, Step};
use crate::i18n::number;
use crate::t;
use crate::ui::{Glyph, Icon, IconSize, Panel};

stylance::import_crate_style!(style, "src/features/groups/steps.module.css");

/// The steps, and the way to the rules.
#[component]
pub(super) fn Steps(group: Signal<GroupProgress>, rules: RwSignal<bool>) -> impl IntoView {
    let steps =
        Memo::new(move |_| group.with(|group| (state::steps(group), group.size, group.state)));
    move || {
        let ((steps, done), size, state) = steps.get();
        let title = match state {
            GroupState::Forming => t!(groups.how),
            _ => t!(groups.next),
        };
        let more = move || {
            view! {
                <button class=style::more type="button" aria-haspopup="dialog" on:click=move |_| rules.set(true)>
                    {t!(groups.rules)}
                    <Icon glyph=Glyph::Next />
                </button>
            }
        };
        let items = steps
            .iter()
            .enumerate()
            .map(|(place, step)| {
                let is_done = place < done;
                view! {
                    <li
                        data-state=is_done.then_some("done")
                        aria-current=(place == done).then_some("step")
                    >
                        <span aria-hidden="true">
                            {match is_done {
                                true => view! { <Icon glyph=Glyph::Check size=IconSize::Tiny /> }.into_any(),
                                false => number(place as u64 + 1).into_any(),
                            }}
                        </span>
                        {words(*step, is_done, place == done, size)}
                    </li>
                }
            })
            .collect_view();
        view! {
            <Panel title more>
                <ol class=style::steps>{items}</ol>
            </Panel>
        }
    }
}

fn words(step: Step, is_done: bool, is_now: bool, size: u32) -> String {
    match step {
        Step::Pay if is_done => t!(groups.step_paid).to_owned(),
        Step::Pay => t!(groups.step_pay).to_owned(),
        Step::Fill if is_done => t!(groups.step_filled).to_owned(),
        Step::Fill => t!(groups.step_fill, n = number(size.into())),
        Step::Unfilled => t!(groups.step_unfilled).to_owned(),
        Step::Pack if is_now => t!(groups.step_packing).to_owned(),
        Step::Pack => t!(groups.step_pack).to_owned(),
        Step::Get => t!(groups.step_get).to_owned(),
        Step::Refund => t!(groups.step_refund).to_owned(),
    }
}
