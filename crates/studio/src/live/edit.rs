//! Changing a room that has not begun: its words, its time, its poster.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::Timestamp;
use contract::live::LiveState;
use contract::live_studio::{BothTexts, EditLive};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::platform::{file, local_time};
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconSize, Picture, PictureKind, Sheet, text,
};

use super::api;
use super::desk::Desk;
use crate::form;

stylance::import_crate_style!(style, "src/live/edit.module.css");

/// The largest file that the shop takes.
const LARGEST: u64 = 5 * 1024 * 1024;

/// The way to change the plan; nothing once the room has begun.
#[component]
pub fn EditButton(desk: Desk) -> impl IntoView {
    let stand = desk.part(|room| room.room.state, LiveState::Ended);
    let open = RwSignal::new(false);
    view! {
        {move || matches!(stand.get(), LiveState::Draft | LiveState::Scheduled).then(|| view! {
            <Button kind=ButtonKind::Plain on_press=move |()| open.set(true)>
                <Icon glyph=Glyph::Edit size=IconSize::Small />
                {t!(studio.edit)}
            </Button>
        })}
        <EditSheet desk open />
    }
}

#[component]
fn EditSheet(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let [title_zh, title_en, notice_zh, notice_en, starts_at] =
        std::array::from_fn(|_| RwSignal::new(String::new()));
    Effect::new(move || {
        if !open.get() {
            return;
        }
        let plan = desk
            .room
            .with_untracked(|room| room.as_ref().map(|room| room.plan.clone()));
        if let Some(plan) = plan {
            title_zh.set(plan.title.zh);
            title_en.set(plan.title.en);
            notice_zh.set(plan.notice.zh);
            notice_en.set(plan.notice.en);
            starts_at.set(local_time::written(plan.starts_at.0));
        }
    });
    let send = move |()| {
        let both = |zh: RwSignal<String>, en: RwSignal<String>| BothTexts {
            zh: zh.get_untracked(),
            en: en.get_untracked(),
        };
        let Some(at) = local_time::read(&starts_at.get_untracked()) else {
            return desk.tell(t!(studio.wrong_plan));
        };
        let plan = EditLive {
            title: both(title_zh, title_en),
            notice: both(notice_zh, notice_en),
            starts_at: Timestamp(at),
        };
        let id = desk.id();
        desk.then(async move { api::edit_live(&id, &plan).await }, move |_| {
            open.set(false);
            desk.tell(t!(studio.edited));
        });
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true busy=desk.busy on_press=send>{t!(studio.keep)}</Button>
        }
    };
    view! {
        <Sheet open title=t!(studio.edit).to_owned() foot>
            <div class=text::stack>
                <Field label=t!(studio.title_zh) kind=FieldKind::Text value=title_zh />
                <Field label=t!(studio.title_en) kind=FieldKind::Text value=title_en />
                <Field label=t!(studio.notice_zh) kind=FieldKind::Text value=notice_zh />
                <Field label=t!(studio.notice_en) kind=FieldKind::Text value=notice_en />
                <label class=form::field>
                    <span>{t!(studio.starts_at)}</span>
                    <input
                        type="datetime-local"
                        prop:value=move || starts_at.get()
                        on:input=move |event| starts_at.set(event_target_value(&event))
                    />
                </label>
                <Poster desk />
            </div>
        </Sheet>
    }
}

/// The picture that is shown before there is one; it is sent as soon as it is chosen.
#[component]
fn Poster(desk: Desk) -> impl IntoView {
    let poster = desk.part(|room| room.room.poster.clone(), None);
    let choose = move |event: leptos::ev::Event| {
        let Some(chosen) = file::chosen(&event) else {
            return;
        };
        if chosen.size().is_none_or(|size| size > LARGEST) {
            return desk.tell(t!(studio.wrong_poster));
        }
        spawn_local(async move {
            match chosen.bytes().await {
                Some(bytes) => set(desk, Some(STANDARD.encode(bytes))),
                None => desk.tell(t!(studio.wrong_poster)),
            }
        });
    };
    view! {
        <div class=style::poster>
            {move || poster.get().map(|picture| view! {
                <Picture picture=Some(picture) kind=PictureKind::Thumb />
            })}
            <label class=form::field>
                <span>{t!(studio.poster)}</span>
                <input type="file" accept="image/jpeg,image/png,image/webp" disabled=move || desk.busy.get() on:change=choose />
                <small>{t!(studio.poster_text)}</small>
            </label>
            {move || poster.with(Option::is_some).then(|| view! {
                <Button kind=ButtonKind::Quiet small=true busy=desk.busy on_press=move |()| set(desk, None)>
                    {t!(studio.poster_none)}
                </Button>
            })}
        </div>
    }
}

fn set(desk: Desk, image: Option<String>) {
    let id = desk.id();
    desk.then(
        async move { api::set_live_poster(&id, image).await },
        move |_| desk.tell(t!(studio.edited)),
    );
}
