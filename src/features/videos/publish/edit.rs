//! Saying what a video shows: its caption, its products by time, and whether everybody sees it.

use contract::videos_own::{CAPTION_MAX, OwnVideo, VideoChange, VideoState};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::marks::{Marks, Typed};
use super::page::{Own, style};
use super::state::{self, Wrong};
use super::subtitles::{SubtitleFiles, Tracks};
use crate::api::{ApiError, IdempotencyKey, failure_words};
use crate::platform::clip;
use crate::t;
use crate::ui::{Button, ButtonKind, Sheet, TextArea, text, toast};

/// The sheet of one video.
#[component]
pub(super) fn EditSheet(own: Own, video: OwnVideo, open: RwSignal<bool>) -> impl IntoView {
    let toaster = toast();
    let caption = RwSignal::new(video.caption.clone());
    let typed = RwSignal::new(video.products.iter().map(Typed::of).collect::<Vec<_>>());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let player = NodeRef::<html::Video>::new();
    let is_published = video.state == VideoState::Published;
    let (id, duration_ms) = (StoredValue::new(video.id.clone()), video.duration_ms);
    // Kept until it has an answer, so that what is sent again happens once.
    let key = StoredValue::new(IdempotencyKey::new());
    let save = Callback::new(move |published: bool| {
        let products =
            typed.with_untracked(|typed| typed.iter().map(|it| it.read(duration_ms)).collect());
        let products = match products {
            Ok(products) => products,
            Err(wrong) => return trouble.set(Some(wrong_words(wrong))),
        };
        let caption = caption.get_untracked().trim().to_owned();
        if published && caption.is_empty() {
            return trouble.set(Some(t!(videos.caption_missing).to_owned()));
        }
        let change = VideoChange {
            caption,
            products,
            published,
        };
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer = api::update_video(&id.get_value(), &key.get_value(), &change).await;
            if busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(video) => {
                    open.set(false);
                    toaster.show(if published {
                        t!(videos.published_now)
                    } else {
                        t!(videos.saved)
                    });
                    own.take(video);
                }
                Err(error) => trouble.set(Some(failure_words(&error).1)),
            }
        });
    });
    let foot = move || {
        let disabled = Signal::derive(move || busy.get());
        view! {
            <p class=style::fault role="alert">{move || trouble.get()}</p>
            <Button kind=ButtonKind::Primary wide=true disabled on_press=move |()| save.run(true)>
                {if is_published { t!(videos.save) } else { t!(videos.publish_now) }}
            </Button>
            <Button kind=ButtonKind::Quiet wide=true disabled on_press=move |()| save.run(false)>
                {if is_published { t!(videos.withdraw) } else { t!(videos.save_only) }}
            </Button>
        }
    };
    let title = Signal::derive(|| t!(videos.describe).to_owned());
    let src = video.files.last().map(|file| file.src.clone());
    let now_ms = Callback::new(move |()| {
        player
            .get_untracked()
            .map_or(0, |video| clip::at_ms(&video))
    });
    view! {
        <Sheet open title foot=ViewFn::from(foot)>
            <video class=style::preview node_ref=player src=src.clone() controls playsinline muted preload="metadata" aria-label=t!(videos.preview)>
                <Tracks own id />
            </video>
            <div class=text::stack>
                <TextArea label=t!(videos.caption) value=caption longest=CAPTION_MAX placeholder=t!(videos.caption_hint) />
            </div>
            <Marks typed duration_ms now_ms />
            <SubtitleFiles own id />
        </Sheet>
    }
}

fn wrong_words(wrong: Wrong) -> String {
    match wrong {
        Wrong::Number => t!(videos.time_number),
        Wrong::Order => t!(videos.time_order),
        Wrong::Late => t!(videos.time_late),
    }
    .to_owned()
}

impl Typed {
    fn read(&self, duration_ms: u32) -> Result<contract::videos_own::ProductMark, Wrong> {
        let (from, to) = (self.from.get_untracked(), self.to.get_untracked());
        state::mark(&self.product.slug, &from, &to, duration_ms)
    }
}
