//! What is said, in a host's hands: answering, pinning a line, taking lines away, keeping people out (L8).

use contract::ChatId;
use contract::live::{CHAT_MAX, ChatLine, LiveState};
use contract::live_studio::Sanction;
use leptos::prelude::*;
use storefront::api::{ApiError, IdempotencyKey};
use storefront::i18n::clock;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Glyph, IconButton, IconSize, Panel, text,
};

use super::desk::Desk;
use super::rules::RulesSheet;
use super::{api, state};

stylance::import_crate_style!(style, "src/live/chat.module.css");

/// Lines that are drawn.
const DRAWN: usize = 100;

/// Chat and what can be done about it. A press on a line opens what can be done with it.
#[component]
pub fn ChatPane(desk: Desk) -> impl IntoView {
    let lines = Memo::new(move |_| {
        desk.chat.with(|chat| {
            let mut lines: Vec<ChatLine> = chat.rows().rev().take(DRAWN).cloned().collect();
            lines.reverse();
            lines
        })
    });
    let open = RwSignal::new(None::<ChatId>);
    let ruling = RwSignal::new(false);
    let more = move || {
        view! {
            <Button kind=ButtonKind::Quiet small=true on_press=move |()| ruling.set(true)>{t!(studio.rules)}</Button>
        }
    };
    view! {
        <Panel title=t!(studio.chat).to_owned() more>
            <Comment desk />
            <div class=style::log role="log" aria-live="off" aria-label=t!(studio.chat) tabindex="0">
                // The newest stands last in the text and first in the box, which therefore stays at it.
                <div class=style::lines>
                    {move || lines.with(Vec::is_empty).then(|| view! { <p class=text::muted>{t!(studio.no_chat)}</p> })}
                    <For each=move || lines.get() key=|line| line.id.clone() let:line>
                        <Line desk line open />
                    </For>
                </div>
            </div>
            <Answer desk />
        </Panel>
        <RulesSheet desk open=ruling />
    }
}

/// The line that is pinned.
#[component]
fn Comment(desk: Desk) -> impl IntoView {
    let comment = desk.part(|room| room.room.pinned_comment.clone(), None);
    let unpin = move |()| {
        let id = desk.id();
        desk.act(async move { api::pin_comment(&id, None).await });
    };
    move || {
        comment.get().map(|line| {
            view! {
                <div class=style::comment>
                    <Badge kind=BadgeKind::Sun>{t!(live.pinned_comment)}</Badge>
                    <bdi class=text::grow>{line.text}</bdi>
                    <IconButton label=t!(studio.unpin_line).to_owned() glyph=Glyph::Close size=IconSize::Small on_press=unpin />
                </div>
            }
        })
    }
}

#[component]
fn Line(desk: Desk, line: ChatLine, open: RwSignal<Option<ChatId>>) -> impl IntoView {
    let id = StoredValue::new(line.id.clone());
    let by_host = line.neighbour.is_none();
    let who = match line.neighbour {
        Some(n) => t!(live.neighbour, n = n),
        None => t!(live.host).to_owned(),
    };
    let is_open =
        Memo::new(move |_| open.with(|open| id.with_value(|id| open.as_ref() == Some(id))));
    let toggle = move |_| match is_open.get_untracked() {
        true => open.set(None),
        false => open.set(Some(id.get_value())),
    };
    let pin = move |()| {
        let (room, line) = (desk.id(), id.get_value());
        open.set(None);
        desk.act(async move { api::pin_comment(&room, Some(line)).await });
    };
    let moderate = move |sanction: Sanction| {
        let (room, line) = (desk.id(), id.get_value());
        open.set(None);
        desk.act(async move { api::moderate_chat(&room, line, sanction).await });
    };
    let act = move |words: &'static str, sanction: Sanction| {
        view! {
            <Button kind=ButtonKind::Plain small=true busy=desk.busy on_press=move |()| moderate(sanction)>{words}</Button>
        }
    };
    view! {
        <div class=style::line data-host=by_host.then_some("") data-chat=line.id.to_string()>
            <button type="button" aria-expanded=move || is_open.get().to_string() on:click=toggle>
                <span class=style::who>
                    <b>{who}</b>
                    <time>{clock(line.at)}</time>
                </span>
                <bdi>{line.text}</bdi>
            </button>
            {move || is_open.get().then(|| view! {
                <div class=style::acts role="group" aria-label=t!(studio.line_acts)>
                    <Button kind=ButtonKind::Tonal small=true busy=desk.busy on_press=pin>{t!(studio.pin_line)}</Button>
                    {act(t!(studio.delete), Sanction::Delete)}
                    {(!by_host).then(|| view! {
                        {act(t!(studio.mute), Sanction::Mute)}
                        {act(t!(studio.ban), Sanction::Ban)}
                    })}
                </div>
            })}
        </div>
    }
}

/// The host's own words.
#[component]
fn Answer(desk: Desk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    // Kept until it has an answer, so that a line that is sent again is said once.
    let key = StoredValue::new(IdempotencyKey::new());
    let stand = desk.part(|room| room.room.state, LiveState::Draft);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let line = typed.get_untracked().trim().to_owned();
        if line.is_empty() {
            return;
        }
        let id = desk.id();
        let saying = async move {
            let answer = api::say_as_host(&id, &key.get_value(), line).await;
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.try_set_value(IdempotencyKey::new());
            }
            answer
        };
        desk.then(saying, move |line| {
            typed.set(String::new());
            desk.chat.update(|chat| chat.add([line]));
        });
    };
    move || {
        state::on_air(stand.get()).then(|| {
            view! {
                <form class=style::say on:submit=send>
                    <label class=text::hidden for="say">{t!(studio.answer)}</label>
                    <input
                        id="say"
                        type="text"
                        enterkeyhint="send"
                        autocomplete="off"
                        maxlength=CHAT_MAX.to_string()
                        placeholder=t!(studio.answer)
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <Button kind=ButtonKind::Tonal submit=true busy=desk.busy>{t!(talk.send)}</Button>
                </form>
            }
        })
    }
}
