//! The page of `/notifications`, newest first; looking at it is reading it.

use contract::Cursor;
use contract::events::ShopEvent;
use contract::notifications::{Notification, NotificationList};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::row::Row;
use super::state::read_up_to;
use crate::api::{Loading, events, failure_words, use_load};
use crate::routes;
use crate::stores::{use_notices, use_session};
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Empty, Glyph, LongList, Measured, Panel, Skeleton,
    SkeletonKind, Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/notifications/page.module.css");

/// The notification centre.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let session = use_session();
    let notices = use_notices();
    let load = use_load(|| async { api::list_notifications(None).await });
    let fresh = RwSignal::new(None::<NotificationList>);
    let read = move |list: &NotificationList| {
        let Some(newest) = read_up_to(list) else {
            return;
        };
        spawn_local(async move {
            // What could not be marked is news again the next time.
            if let Ok(unread) = api::mark_notifications_read(newest).await {
                notices.set(unread);
            }
        });
    };
    let refresh = move || {
        spawn_local(async move {
            let list = api::list_notifications(None).await;
            if let (Ok(list), true) = (list, fresh.try_get_untracked().is_some()) {
                read(&list);
                fresh.set(Some(list));
            }
        });
    };
    let is_signed_in = Memo::new(move |_| session.me().is_some());
    Effect::new(move || {
        if is_signed_in.get() {
            events::listen(vec!["user:me".to_owned()], move |heard| {
                // Less unread is this page's own doing; the first page is read anyway while the
                // stream opens.
                if let events::Heard::Event(event) = heard
                    && let ShopEvent::NotificationsChanged(unread) = event.event
                    && unread.unread > 0
                {
                    refresh();
                }
            });
        }
    });
    let children = move |first: NotificationList| {
        fresh.set(None);
        read(&first);
        view! { {move || { let list = fresh.get().unwrap_or_else(|| first.clone()); view! { <Entries list /> } }} }.into_any()
    };
    view! {
        <Topbar title=t!(notifications.title) back=routes::account() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Loading load skeleton=waiting children />
        </main>
    }
}

/// What was read is another entry than when it was news.
fn key(entry: &Notification) -> String {
    format!("{}:{}", entry.id, entry.read)
}

fn draw(entry: Option<Notification>) -> AnyView {
    entry.map(|entry| view! { <Row entry /> }).into_any()
}

/// The pages read so far, and the way to the next.
#[component]
fn Entries(list: NotificationList) -> impl IntoView {
    let toaster = toast();
    let entries = RwSignal::new(list.items);
    let next = RwSignal::new(list.next);
    let busy = RwSignal::new(false);
    let more = move |cursor: Cursor| {
        busy.set(true);
        spawn_local(async move {
            match api::list_notifications(Some(&cursor)).await {
                Ok(list) => {
                    entries.try_update(|entries| {
                        let is_new = |new: &_| entries.iter().all(|old| old != new);
                        let news: Vec<_> = list.items.into_iter().filter(is_new).collect();
                        entries.extend(news);
                    });
                    next.try_set(list.next);
                }
                Err(error) => toaster.show(failure_words(&error).1),
            }
            busy.try_set(false);
        });
    };
    let foot = move || match next.get() {
        Some(cursor) => view! {
            <Button kind=ButtonKind::Quiet wide=true busy on_press=move |()| more(cursor.clone())>
                {t!(notifications.more)}
            </Button>
        }
        .into_any(),
        None => view! { <p class=style::end>{t!(notifications.end)}</p> }.into_any(),
    };
    move || {
        match entries.with(Vec::is_empty) {
        true => view! {
            <Empty glyph=Glyph::Bell title=t!(notifications.empty_title) text=t!(notifications.empty_text)>
                <ButtonLink href=routes::home() kind=ButtonKind::Primary>
                    {t!(notifications.browse)}
                </ButtonLink>
            </Empty>
        }
        .into_any(),
        false => view! {
            <Panel rows=true label=t!(notifications.title)>
                <LongList
                    count=Memo::new(move |_| entries.read().len()).into()
                    complete=Memo::new(move |_| next.read().is_none()).into()
                    measured=Signal::stored(Measured::default())
                    key=Callback::new(move |at: usize| entries.read().get(at).map_or_else(String::new, key))
                    draw=Callback::new(move |at: usize| draw(entries.read_untracked().get(at).cloned()))
                />
            </Panel>
            {foot}
        }
        .into_any(),
    }
    }
}

fn waiting() -> AnyView {
    let row = || view! { <Skeleton kind=SkeletonKind::Block /> };
    view! {
        <Panel label=t!(app.loading)>
            <div class=stylance::classes!(text::stack, style::waiting) aria-busy="true">
                {row()} {row()} {row()}
            </div>
        </Panel>
    }
    .into_any()
}
