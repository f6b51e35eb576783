//! The page of `/publish`: choosing a clip, and one's own videos with what became of each.

use contract::videos_own::{OwnVideo, OwnVideos};
use contract::{ErrorCode, VideoId};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::faults::{Limits, error_words};
use super::row::Row;
use super::send::{Sending, send};
use super::state;
use crate::api::{IdempotencyKey, Loaded, Loading, use_load};
use crate::platform::picked::PickedFile;
use crate::routes;
use crate::t;
use crate::ui::{
    Empty, Glyph, Icon, Notice, NoticeKind, Panel, Skeleton, SkeletonKind, Topbar, text,
};

stylance::import_crate_style!(pub(super) style, "src/features/videos/publish/page.module.css");

/// The page.
#[component]
pub fn PublishPage() -> impl IntoView {
    let load = use_load(api::list_own_videos);
    let no_creator = Memo::new(move |_| {
        load.state.with(|state| {
            matches!(state, Loaded::Failed(error) if error.code() == Some(ErrorCode::CreatorOnly))
        })
    });
    let children = move |mine: OwnVideos| view! { <Mine mine /> }.into_any();
    view! {
        <Topbar title=t!(videos.publish) back=routes::account() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            {move || match no_creator.get() {
                true => view! {
                    <Empty glyph=Glyph::User title=t!(videos.no_creator_title) text=t!(videos.no_creator_text) alert=true />
                }
                .into_any(),
                false => view! { <Loading load skeleton=waiting children /> }.into_any(),
            }}
        </main>
    }
}

/// What the rows share; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Own {
    /// The videos, newest first.
    pub videos: RwSignal<Vec<OwnVideo>>,
    /// What the shop takes.
    pub limits: Limits,
    /// Which is being sent from this page, and how far that is.
    pub sending: RwSignal<Option<VideoId>>,
    /// How far that is.
    pub how: RwSignal<Sending>,
}

impl Own {
    /// Shows an answer in its place, or first of all.
    pub(super) fn take(self, video: OwnVideo) {
        self.videos.try_update(
            |all| match all.iter_mut().find(|known| known.id == video.id) {
                Some(known) => *known = video,
                None => all.insert(0, video),
            },
        );
    }

    /// Asks how a video stands.
    pub(super) async fn refresh(self, id: &VideoId) {
        if let Ok(video) = api::get_own_video(id).await {
            self.take(video);
        }
    }
}

#[component]
fn Mine(mine: OwnVideos) -> impl IntoView {
    let limits = Limits {
        size_max: mine.size_max,
        seconds_max: mine.seconds_max,
    };
    let own = Own {
        videos: RwSignal::new(mine.items),
        limits,
        sending: RwSignal::new(None),
        how: RwSignal::new(Sending::default()),
    };
    let ids = Memo::new(move |_| {
        own.videos
            .with(|all| all.iter().map(|video| video.id.clone()).collect::<Vec<_>>())
    });
    view! {
        <Choose own />
        <For each=move || ids.get() key=|id| id.clone() let:id>
            <Row own id />
        </For>
        {move || ids.read().is_empty().then(|| view! {
            <Empty glyph=Glyph::Play title=t!(videos.own_none_title) text=t!(videos.own_none_text) />
        })}
    }
}

/// The field for a clip. Picking a file that broke off goes on with it.
#[component]
fn Choose(own: Own) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let picked = move |_| {
        let Some(file) = field
            .get_untracked()
            .and_then(|field| PickedFile::take(&field))
        else {
            return;
        };
        trouble.set(None);
        if file.size() > own.limits.size_max {
            trouble.set(Some(t!(videos.fault_size, mb = own.limits.megabytes())));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let said = deliver(own, &file).await;
            busy.try_set(false);
            own.sending.try_set(None);
            trouble.try_set(said.err());
        });
    };
    view! {
        <Panel title=t!(videos.send_title)>
            <div class=text::stack>
                <label class=style::choose data-busy=move || busy.get().then_some("")>
                    <Icon glyph=Glyph::Plus />
                    <span>{move || if busy.get() { t!(videos.sending) } else { t!(videos.choose) }}</span>
                    <input
                        node_ref=field
                        type="file"
                        accept="video/*"
                        disabled=move || busy.get()
                        on:change=picked
                    />
                </label>
                <p class=stylance::classes!(text::caption, text::muted)>{own.limits.words()}</p>
                <div role="alert">
                    {move || trouble.get().map(|words| view! {
                        <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{words}</Notice>
                    })}
                </div>
            </div>
        </Panel>
    }
}

/// Sends a file; says what is wrong when it cannot be.
async fn deliver(own: Own, file: &PickedFile) -> Result<(), String> {
    let words = |error| error_words(&error, own.limits);
    let begun = own
        .videos
        .try_with_untracked(|all| state::begun(all, &file.mark(), file.size()).cloned());
    let video = match begun.flatten() {
        Some(mut video) => {
            video.received = api::find_upload(&video.id).await.map_err(words)?;
            video
        }
        None => api::start_video(&IdempotencyKey::new(), file)
            .await
            .map_err(words)?,
    };
    own.take(video.clone());
    own.how.try_set(Sending {
        sent: video.received,
        waits: false,
    });
    own.sending.try_set(Some(video.id.clone()));
    let sent = send(file, &video, own.how).await;
    own.refresh(&video.id).await;
    sent.map_err(words)
}

fn waiting() -> AnyView {
    view! { <Skeleton kind=SkeletonKind::Block /> }.into_any()
}
