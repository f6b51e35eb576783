//! A room that has not begun: when it does, and to be reminded of it.

use contract::live::LiveRoom;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::buy::BuySheet;
use super::shelf::Shelf;
use super::watch::Live;
use crate::api::failure_words;
use crate::i18n::day_and_time;
use crate::platform::page;
use crate::routes;
use crate::stores::use_session;
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Panel, Picture, PictureKind, SCREEN, Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/live/waiting.module.css");

/// The announcement.
#[component]
pub(super) fn Waiting(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let first = room.get_untracked();
    let buying = RwSignal::new(None::<u32>);
    let waiting = move || {
        let count = room.with(|room| room.reminders);
        (count > 0).then(|| t!(live.reminders, count = count))
    };
    view! {
        <Topbar title=first.title.clone() back=routes::home() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            // A room without one begins with its host.
            {first.poster.map(|poster| view! {
                <div class=style::poster>
                    <Picture picture=Some(poster) kind=PictureKind::Natural sizes=SCREEN hero=true />
                </div>
            })}
            <Panel>
                <div class=text::stack>
                    <h2>{t!(live.soon_title)}</h2>
                    <a class=style::host href=routes::creator(&first.host.handle)>
                        <Picture picture=first.host.avatar kind=PictureKind::Avatar />
                        <b>{first.host.name}</b>
                    </a>
                    <p>{t!(live.soon_text, time = day_and_time(first.starts_at))}</p>
                    <p class=text::muted>{first.notice}</p>
                    <RemindButton live room />
                    <p class=stylance::classes!(text::caption, text::muted)>{waiting}</p>
                </div>
            </Panel>
            <Panel>
                <h2>{t!(live.shelf)}</h2>
                <Shelf room on_buy=Callback::new(move |number| buying.set(Some(number))) on_seek=None />
            </Panel>
        </main>
        <BuySheet room number=buying />
    }
}

#[component]
fn RemindButton(live: Live, room: Signal<LiveRoom>) -> impl IntoView {
    let session = use_session();
    let toaster = toast();
    let busy = RwSignal::new(false);
    let reminded = Memo::new(move |_| room.with(|room| room.reminded));
    let press = move |()| {
        busy.set(true);
        let wanted = !reminded.get_untracked();
        let id = room.with_untracked(|room| room.id.clone());
        spawn_local(async move {
            let answer = match wanted {
                true => api::remind_of_live(&id).await.map(drop),
                false => api::forget_live(&id).await,
            };
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => live.refresh(),
                Err(error) => toaster.show(failure_words(&error).1),
            }
        });
    };
    move || {
        match session.me() {
        None => view! {
            <ButtonLink href=routes::sign_in(Some(&page::path_and_query())) kind=ButtonKind::Primary wide=true>
                {t!(live.remind)}
            </ButtonLink>
        }
        .into_any(),
        Some(_) => view! {
            <Button
                kind=if reminded.get() { ButtonKind::Tonal } else { ButtonKind::Primary }
                wide=true
                busy
                on_press=press
            >
                {if reminded.get() { t!(live.reminded) } else { t!(live.remind) }}
            </Button>
        }
        .into_any(),
    }
    }
}
