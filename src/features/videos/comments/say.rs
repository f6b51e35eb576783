//! The field to say something about a video, or to answer a comment; for guests the way to sign in.

use contract::videos::NewComment;
use leptos::prelude::*;

use super::super::api;
use super::{Talk, style};
use crate::platform::{focus, page};
use crate::routes;
use crate::stores::saying::Saying;
use crate::stores::use_session;
use crate::t;
use crate::ui::{ButtonKind, ButtonLink, Glyph, IconButton, IconSize, SayField};

#[component]
pub(super) fn SayBar(talk: Talk) -> impl IntoView {
    let session = use_session();
    let saying = Saying::begin();
    let send = move |()| {
        let Some(id) = talk.id.get_untracked() else {
            return;
        };
        let answers = talk
            .answering
            .with_untracked(|it| it.as_ref().map(|it| it.id.clone()));
        let reply_to = answers.clone();
        saying.send(
            move |text, key| async move {
                let new = NewComment { text, reply_to };
                api::comment_video(&id, &key, &new).await
            },
            move |comment| talk.said(comment, answers.as_ref()),
        );
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
            <Answering talk />
            <SayField
                label=t!(videos.say)
                placeholder=t!(videos.say)
                words=saying.words
                trouble=saying.trouble
                on_send=send
            />
        }
        .into_any()
    }
}

/// Whom the answer is for, and the way to say something of its own instead.
#[component]
fn Answering(talk: Talk) -> impl IntoView {
    let leave = move |()| {
        talk.answering.set(None);
        focus::focus_first("#say");
    };
    move || {
        let name = talk.answering.get()?.author;
        Some(view! {
            <p class=style::answering>
                <span role="status">{t!(videos.answering, name = name)}</span>
                <IconButton label=t!(videos.answer_not) glyph=Glyph::Close size=IconSize::Small on_press=leave />
            </p>
        })
    }
}
