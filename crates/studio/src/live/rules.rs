//! How the chat is kept: how often one may speak, and which words nobody may say (L8).

use contract::live_studio::ChatRules;
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Sheet, TextArea, text};

use super::desk::Desk;
use super::{api, form, state};

/// Seconds between two lines of one person.
const SLOW: [u32; 5] = [2, 5, 10, 30, 60];
/// 200 words of 40 characters, one a line.
const LONGEST: usize = 8_200;

/// The rules, in a sheet.
#[component]
pub fn RulesSheet(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let every_s = RwSignal::new(2_u32);
    let blocklist = RwSignal::new(String::new());
    Effect::new(move || {
        if open.get() {
            desk.room.with_untracked(|room| {
                if let Some(room) = room {
                    every_s.set(room.room.chat_every_s);
                    blocklist.set(room.blocklist.join("\n"));
                }
            });
        }
    });
    let send = move |()| {
        let rules = ChatRules {
            every_s: every_s.get_untracked(),
            blocklist: state::words_of(&blocklist.get_untracked()),
        };
        let id = desk.id();
        desk.then(
            async move { api::set_chat_rules(&id, &rules).await },
            move |_| {
                open.set(false);
                desk.tell(t!(studio.rules_kept));
            },
        );
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true busy=desk.busy on_press=send>{t!(studio.keep)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(studio.rules).to_owned() foot>
            <div class=text::stack>
                <label class=form::field>
                    <span>{t!(studio.slow)}</span>
                    <select on:change=move |event| {
                        if let Ok(seconds) = event_target_value(&event).parse() {
                            every_s.set(seconds);
                        }
                    }>
                        {move || {
                            // A room may have been given a time that is not offered here.
                            let mut offered = SLOW.to_vec();
                            let now = every_s.get();
                            if !offered.contains(&now) {
                                offered.push(now);
                            }
                            offered.into_iter().map(|seconds| view! {
                                <option value=seconds.to_string() selected=seconds == now>{t!(studio.seconds, n = seconds)}</option>
                            }).collect_view()
                        }}
                    </select>
                </label>
                <p class=stylance::classes!(text::small, text::muted)>{t!(studio.blocklist_text)}</p>
                <TextArea label=t!(studio.blocklist) value=blocklist longest=LONGEST placeholder=t!(studio.blocklist) />
            </div>
        </Sheet>
    }
}
