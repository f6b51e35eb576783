//! What can be done with a video: like, comment, share, read along.

use contract::VideoId;
use contract::shares::ShareTarget;
use contract::videos::{Video, VideoLikes};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::reel::Shared;
use super::state;
use crate::api::{ApiError, IdempotencyKey, failure_words};
use crate::i18n::compact;
use crate::stores::use_share;
use crate::t;
use crate::ui::{Glyph, Icon, toast};

stylance::import_crate_style!(style, "src/features/videos/rail.module.css");

#[component]
pub(super) fn Rail(shared: Shared, id: VideoId, video: Video) -> impl IntoView {
    let share = use_share();
    let target = id.clone();
    let of = StoredValue::new(id.clone());
    let comments = Memo::new(move |_| {
        of.with_value(|id| {
            shared
                .feed
                .with(|feed| feed.video(id).map_or(0, |it| it.comments))
        })
    });
    let captions = (!video.subtitles.is_empty()).then(|| {
        view! {
            <button
                type="button"
                aria-label=move || if shared.captions.get() { t!(videos.captions_on) } else { t!(videos.captions_off) }
                aria-pressed=move || shared.captions.get().to_string()
                on:click=move |_| shared.turn_captions()
            >
                <Icon glyph=Glyph::Captions />
                <span aria-hidden="true">{t!(videos.captions)}</span>
            </button>
        }
    });
    view! {
        <div class=style::rail>
            <Like shared id />
            <button
                type="button"
                aria-label=move || t!(videos.comment_open, n = compact(comments.get()))
                on:click=move |_| shared.talking.set(true)
            >
                <Icon glyph=Glyph::Comment />
                <span aria-hidden="true">{move || compact(comments.get())}</span>
            </button>
            <button
                type="button"
                aria-label=t!(videos.share, n = compact(video.shares))
                on:click=move |_| share.open(ShareTarget::Video { id: target.clone() })
            >
                <Icon glyph=Glyph::Share />
                <span aria-hidden="true">{compact(video.shares)}</span>
            </button>
            {captions}
        </div>
    }
}

/// A like stands at once, and is taken back when the shop does not take it.
#[component]
fn Like(shared: Shared, id: VideoId) -> impl IntoView {
    let toaster = toast();
    let id = StoredValue::new(id);
    let busy = StoredValue::new(false);
    let likes = Memo::new(move |_| {
        let of = |video: &Video| VideoLikes {
            liked: video.liked,
            likes: video.likes,
        };
        let none = VideoLikes {
            liked: false,
            likes: 0,
        };
        id.with_value(|id| shared.feed.with(|feed| feed.video(id).map_or(none, of)))
    });
    let set = move |now: VideoLikes| {
        shared.feed.try_update(|feed| {
            id.try_with_value(|id| {
                feed.change(id, |video| {
                    (video.liked, video.likes) = (now.liked, now.likes)
                });
            });
        });
    };
    let press = move |_| {
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let before = likes.get_untracked();
        set(state::liked(before, !before.liked));
        let of = id.get_value();
        spawn_local(async move {
            let key = IdempotencyKey::new();
            let answer: Result<VideoLikes, ApiError> = match before.liked {
                true => {
                    let taken = api::unlike_video(&of, &key).await;
                    taken.map(|()| state::liked(before, false))
                }
                false => api::like_video(&of, &key).await,
            };
            busy.try_set_value(false);
            match answer {
                Ok(now) => set(now),
                Err(error) => {
                    set(before);
                    toaster.show(failure_words(&error).1);
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class=style::like
            aria-label=move || {
                let n = compact(likes.get().likes);
                if likes.get().liked { t!(videos.like_take, n = n) } else { t!(videos.like, n = n) }
            }
            aria-pressed=move || likes.get().liked.to_string()
            on:click=press
        >
            {move || view! { <Icon glyph=Glyph::Heart filled=likes.get().liked /> }}
            <span aria-hidden="true">{move || compact(likes.get().likes)}</span>
        </button>
    }
}
