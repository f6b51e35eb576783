//! What is said of a video, as a sheet over it. Lines are text: whatever stands in them is drawn as it is.

use contract::videos::{COMMENT_MAX, Comment};
use contract::{ErrorCode, VideoId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::reel::Shared;
use crate::api::{ApiError, IdempotencyKey, Loading, use_load};
use crate::i18n::number;
use crate::platform::page;
use crate::routes;
use crate::stores::use_session;
use crate::t;
use crate::ui::{
    Badge, BadgeKind, ButtonKind, ButtonLink, Empty, Glyph, IconButton, IconSize, Picture,
    PictureKind, Sheet, Skeleton, SkeletonKind, text,
};

stylance::import_crate_style!(style, "src/features/videos/comments.module.css");

/// The sheet of the video that is on screen.
#[component]
pub(super) fn CommentSheet(
    shared: Shared,
    id: Signal<Option<VideoId>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let said = RwSignal::new(Vec::<Comment>::new());
    let title = Signal::derive(|| t!(videos.comments).to_owned());
    let foot = move || {
        view! { {move || id.get().map(|id| view! { <SayBar shared id said /> })} }
    };
    view! {
        <Sheet open title foot=ViewFn::from(foot)>
            {move || id.get().map(|id| view! { <List shared id said /> })}
        </Sheet>
    }
}

#[component]
fn List(shared: Shared, id: VideoId, said: RwSignal<Vec<Comment>>) -> impl IntoView {
    said.set(Vec::new());
    let of = id.clone();
    let load = use_load(move || {
        let id = of.clone();
        async move { api::list_comments(&id).await }
    });
    let gone = RwSignal::new(Vec::new());
    let id = StoredValue::new(id);
    let remove = Callback::new(move |comment: Comment| {
        gone.update(|gone| gone.push(comment.id.clone()));
        spawn_local(async move {
            let (of, key) = (id.get_value(), IdempotencyKey::new());
            match api::remove_comment(&of, &key, &comment.id).await {
                Ok(()) => counted(shared, id, |n| n.saturating_sub(1)),
                Err(_) => {
                    gone.try_update(|gone| gone.retain(|id| *id != comment.id));
                }
            }
        });
    });
    let children = move |first: contract::Page<Comment>| {
        let rows = move || {
            let mut all = said.get();
            all.reverse();
            all.extend(first.items.iter().cloned());
            all.retain(|comment| gone.with(|gone| !gone.contains(&comment.id)));
            all
        };
        let rows = StoredValue::new(rows);
        view! {
            <ul class=style::list>
                {move || {
                    let rows = rows.with_value(|rows| rows());
                    if rows.is_empty() {
                        return view! {
                            <li><Empty glyph=Glyph::Comment title=t!(videos.quiet_title) text=t!(videos.quiet_text) /></li>
                        }
                        .into_any();
                    }
                    rows.into_iter().map(|comment| view! { <Row comment remove /> }).collect_view().into_any()
                }}
            </ul>
        }
        .into_any()
    };
    view! { <Loading load skeleton=waiting children /> }
}

/// Changes the number of comments that the video shows.
fn counted(shared: Shared, id: StoredValue<VideoId>, change: fn(u64) -> u64) {
    let Some(id) = id.try_get_value() else { return };
    shared.feed.try_update(|feed| {
        feed.change(&id, |video| video.comments = change(video.comments));
    });
}

#[component]
fn Row(comment: Comment, remove: Callback<Comment>) -> impl IntoView {
    let replies: Vec<AnyView> = comment
        .replies
        .iter()
        .map(|reply| line(reply.clone(), remove))
        .collect();
    view! {
        <li class=style::row>
            {line(comment, remove)}
            {(!replies.is_empty()).then(|| view! { <div class=style::replies>{replies}</div> })}
        </li>
    }
}

fn line(comment: Comment, remove: Callback<Comment>) -> AnyView {
    let kept = StoredValue::new(comment.clone());
    view! {
        <div class=style::line>
            <Picture picture=comment.avatar kind=PictureKind::Avatar />
            <div class=text::grow>
                <p class=style::who>
                    <b>{comment.author}</b>
                    {comment.by_creator.then(|| view! { <Badge kind=BadgeKind::BrandSoft>{t!(videos.creator)}</Badge> })}
                </p>
                <p class=style::said><bdi>{comment.text}</bdi></p>
            </div>
            {comment.removable.then(|| view! {
                <IconButton
                    label=t!(videos.remove).to_owned()
                    glyph=Glyph::Trash
                    size=IconSize::Small
                    on_press=move |()| remove.run(kept.get_value())
                />
            })}
        </div>
    }
    .into_any()
}

/// The field; for guests the way to sign in.
#[component]
fn SayBar(shared: Shared, id: VideoId, said: RwSignal<Vec<Comment>>) -> impl IntoView {
    let session = use_session();
    let words = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    // Kept until it has an answer, so that what is sent again is said once.
    let key = StoredValue::new(IdempotencyKey::new());
    let id = StoredValue::new(id);
    let send = move || {
        let line = words.get_untracked().trim().to_owned();
        if line.is_empty() || busy.get_untracked() {
            return;
        }
        if line.chars().count() > COMMENT_MAX {
            trouble.set(Some(t!(videos.say_long).to_owned()));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::comment_video(&id.get_value(), &key.get_value(), line).await;
            if busy.try_set(false).is_some() {
                return;
            }
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.set_value(IdempotencyKey::new());
            }
            match answer {
                Ok(comment) => {
                    words.set(String::new());
                    trouble.set(None);
                    said.try_update(|said| said.push(comment));
                    counted(shared, id, |n| n + 1);
                }
                Err(error) => trouble.set(Some(refused(&error))),
            }
        });
    };
    move || {
        if session.me().is_none() {
            let back = routes::sign_in(Some(&page::path_and_query()));
            return view! {
                <ButtonLink href=back kind=ButtonKind::Tonal wide=true replace=true>{t!(videos.sign_in)}</ButtonLink>
            }
            .into_any();
        }
        view! {
            <form
                class=style::say
                on:submit=move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    send();
                }
            >
                <label class=text::hidden for="say">{t!(videos.say)}</label>
                <input
                    id="say"
                    type="text"
                    enterkeyhint="send"
                    autocomplete="off"
                    placeholder=t!(videos.say)
                    prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))
                />
                <IconButton label=t!(videos.send).to_owned() glyph=Glyph::Send on_press=move |()| send() />
            </form>
            <p class=style::trouble role="alert">{move || trouble.get()}</p>
        }
        .into_any()
    }
}

fn refused(error: &ApiError) -> String {
    match (error.code(), error.retry_after()) {
        (Some(ErrorCode::RateLimited), Some(seconds)) => t!(videos.say_in, n = number(seconds)),
        (Some(ErrorCode::RoomBanned), _) => t!(videos.say_banned).to_owned(),
        (Some(ErrorCode::ChatBlocked), _) => t!(videos.say_blocked).to_owned(),
        (Some(ErrorCode::InvalidRequest), _) => t!(videos.say_long).to_owned(),
        _ => t!(videos.say_failed).to_owned(),
    }
}

fn waiting() -> AnyView {
    view! { <Skeleton kind=SkeletonKind::Block /> }.into_any()
}
