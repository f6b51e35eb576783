//! Planning a room: what it is about, who hosts it, when, and what it sells.

use contract::Timestamp;
use contract::catalog::ProductCard;
use contract::live::LiveHost;
use contract::live_studio::{BothTexts, NewLive};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use storefront::api::{ApiError, IdempotencyKey};
use storefront::platform::{local_time, page};
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Check, Field, FieldKind, Glyph, IconButton, IconSize, Notice, NoticeKind,
    Sheet, text, toast,
};

use super::picker::Picker;
use super::{api, form, words};
use crate::address;

/// An hour from now, for a start.
const SOON_MS: i64 = 3_600_000;

/// What was filled in.
#[derive(Clone, Copy)]
struct Plan {
    title_zh: RwSignal<String>,
    title_en: RwSignal<String>,
    notice_zh: RwSignal<String>,
    notice_en: RwSignal<String>,
    host: RwSignal<String>,
    starts_at: RwSignal<String>,
    practice: RwSignal<bool>,
    shelf: RwSignal<Vec<ProductCard>>,
}

impl Plan {
    fn new(first_host: Option<String>) -> Self {
        let soon = page::device_now_ms() + SOON_MS;
        Self {
            title_zh: RwSignal::default(),
            title_en: RwSignal::default(),
            notice_zh: RwSignal::default(),
            notice_en: RwSignal::default(),
            host: RwSignal::new(first_host.unwrap_or_default()),
            starts_at: RwSignal::new(local_time::written(soon)),
            practice: RwSignal::default(),
            shelf: RwSignal::default(),
        }
    }

    /// As it is sent; without a title or a time there is none.
    fn read(self) -> Option<NewLive> {
        let text = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let title = BothTexts {
            zh: text(self.title_zh),
            en: text(self.title_en),
        };
        if title.zh.is_empty() && title.en.is_empty() {
            return None;
        }
        let slugs = |shelf: &Vec<ProductCard>| shelf.iter().map(|card| card.slug.clone()).collect();
        Some(NewLive {
            title,
            notice: BothTexts {
                zh: text(self.notice_zh),
                en: text(self.notice_en),
            },
            host: self.host.get_untracked(),
            starts_at: Timestamp(local_time::read(&self.starts_at.get_untracked())?),
            practice: self.practice.get_untracked(),
            shelf: self.shelf.with_untracked(slugs),
        })
    }
}

/// The form, in a sheet.
#[component]
pub fn CreateSheet(open: RwSignal<bool>, hosts: Signal<Vec<LiveHost>>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let plan = RwSignal::new(None::<Plan>);
    // Kept until it has an answer, so that a plan that is sent again is made once.
    let key = StoredValue::new(IdempotencyKey::new());
    let navigate = use_navigate();
    let toaster = toast();
    Effect::new(move || {
        if open.get() {
            let first = hosts.with_untracked(|hosts| hosts.first().map(|host| host.handle.clone()));
            trouble.set(None);
            plan.set(Some(Plan::new(first)));
        }
    });
    let send = move |()| {
        let Some(plan) = plan.get_untracked() else {
            return;
        };
        let Some(new) = plan.read() else {
            return trouble.set(Some(t!(studio.wrong_plan).to_owned()));
        };
        busy.set(true);
        trouble.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = api::create_live(&key.get_value(), &new).await;
            if busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(room) => {
                    toaster.show(t!(studio.planned));
                    // The sheet's own step in the history is replaced.
                    let options = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(&address::room(&room.id), options);
                }
                Err(error) => trouble.set(Some(words::refused(&error))),
            }
        });
    };
    let send = Callback::new(send);
    let foot = move || {
        view! {
            {move || trouble.get().map(|words| view! {
                <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{words}</Notice>
            })}
            <Button kind=ButtonKind::Primary wide=true busy on_press=move |()| send.run(())>
                {t!(studio.plan_it)}
            </Button>
        }
    };
    view! {
        <Sheet open title=t!(studio.new_room).to_owned() foot>
            {move || plan.get().map(|plan| view! { <Form plan hosts /> })}
        </Sheet>
    }
}

#[component]
fn Form(plan: Plan, hosts: Signal<Vec<LiveHost>>) -> impl IntoView {
    let add = move |card: ProductCard| {
        plan.shelf.update(|shelf| {
            if !shelf.iter().any(|known| known.id == card.id) {
                shelf.push(card);
            }
        });
    };
    view! {
        <div class=text::stack>
            <Field label=t!(studio.title_zh) kind=FieldKind::Text value=plan.title_zh />
            <Field label=t!(studio.title_en) kind=FieldKind::Text value=plan.title_en />
            <Field label=t!(studio.notice_zh) kind=FieldKind::Text value=plan.notice_zh />
            <Field label=t!(studio.notice_en) kind=FieldKind::Text value=plan.notice_en />
            <label class=form::field>
                <span>{t!(studio.host)}</span>
                <select on:change=move |event| plan.host.set(event_target_value(&event))>
                    {move || hosts.get().into_iter().map(|host| {
                        let handle = host.handle.clone();
                        let chosen = move || plan.host.with(|host| *host == handle);
                        view! { <option value=host.handle selected=chosen>{host.name}</option> }
                    }).collect_view()}
                </select>
            </label>
            <label class=form::field>
                <span>{t!(studio.starts_at)}</span>
                <input
                    type="datetime-local"
                    prop:value=move || plan.starts_at.get()
                    on:input=move |event| plan.starts_at.set(event_target_value(&event))
                />
            </label>
            <div class=form::choice>
                <Check
                    checked=plan.practice
                    label=t!(studio.practice_it)
                    on_change=move |on| plan.practice.set(on)
                />
                <span>
                    <b>{t!(studio.practice_it)}</b>
                    <small>{t!(studio.practice_text)}</small>
                </span>
            </div>
            <Picker on_pick=add />
            <ol class=form::picked>
                <For each=move || plan.shelf.get() key=|card| card.id.clone() let:card>
                    {
                        let id = card.id.clone();
                        let drop = move |()| plan.shelf.update(|shelf| shelf.retain(|known| known.id != id));
                        view! {
                            <li>
                                <span class=text::grow>{card.title.clone()}</span>
                                <IconButton
                                    label=t!(studio.take_off, what = card.title)
                                    glyph=Glyph::Close
                                    size=IconSize::Small
                                    on_press=drop
                                />
                            </li>
                        }
                    }
                </For>
            </ol>
        </div>
    }
}
