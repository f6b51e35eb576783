//! A comment with what answers it, and what can be done with each: answer, report, take away.

use contract::videos::Comment;
use leptos::prelude::*;

use super::{Talk, style};
use crate::platform::focus;
use crate::stores::use_session;
use crate::t;
use crate::ui::{Badge, BadgeKind, Glyph, IconButton, IconSize, Picture, PictureKind, text};

#[component]
pub(super) fn Row(talk: Talk, comment: Comment) -> impl IntoView {
    let answers: Vec<AnyView> = comment
        .replies
        .iter()
        .map(|answer| line(talk, answer.clone(), false))
        .collect();
    view! {
        <li class=style::row>
            {line(talk, comment, true)}
            {(!answers.is_empty()).then(|| view! { <div class=style::replies>{answers}</div> })}
        </li>
    }
}

/// One of them; answers are not answered.
fn line(talk: Talk, comment: Comment, can_answer: bool) -> AnyView {
    let session = use_session();
    let kept = StoredValue::new(comment.clone());
    let is_removable = comment.removable;
    // A guest reads: the field below leads to the sign-in.
    let acts = move || {
        let is_known = session.me().is_some();
        let answer = (is_known && can_answer).then(|| view! { <Answer talk to=kept /> });
        let report = (is_known && !is_removable).then(|| view! { <Report talk of=kept /> });
        let is_any = answer.is_some() || report.is_some();
        is_any.then(|| view! { <p class=style::acts>{answer} {report}</p> })
    };
    view! {
        <div class=style::line>
            <Picture picture=comment.avatar kind=PictureKind::Avatar />
            <div class=text::grow>
                <p class=style::who>
                    <b>{comment.author}</b>
                    {comment.by_creator.then(|| view! { <Badge kind=BadgeKind::BrandSoft>{t!(videos.creator)}</Badge> })}
                </p>
                <p class=style::said><bdi>{comment.text}</bdi></p>
                {acts}
            </div>
            {is_removable.then(|| view! {
                <IconButton
                    label=t!(videos.remove).to_owned()
                    glyph=Glyph::Trash
                    size=IconSize::Small
                    on_press=move |()| talk.remove(kept.get_value())
                />
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Answer(talk: Talk, to: StoredValue<Comment>) -> impl IntoView {
    let label = to.with_value(|to| t!(videos.answer_to, name = to.author.clone()));
    let press = move |_| {
        talk.answering.set(Some(to.get_value()));
        focus::focus_first("#say");
    };
    view! { <button class=style::act type="button" aria-label=label on:click=press>{t!(videos.answer)}</button> }
}

/// Once it is reported it says so, and stays where the focus returns to.
#[component]
fn Report(talk: Talk, of: StoredValue<Comment>) -> impl IntoView {
    let (id, name) = of.with_value(|of| (of.id.clone(), of.author.clone()));
    let subject = StoredValue::new(Some(id));
    let done = Memo::new(move |_| subject.with_value(|subject| talk.is_reported(subject)));
    let press = move |_| {
        if !done.get_untracked() {
            talk.report(subject.get_value());
        }
    };
    let label = move || match done.get() {
        true => t!(videos.reported).to_owned(),
        false => t!(videos.report_of, name = name.clone()),
    };
    view! {
        <button
            class=style::act
            type="button"
            aria-label=label
            aria-disabled=move || done.get().then_some("true")
            on:click=press
        >
            {move || if done.get() { t!(videos.reported) } else { t!(videos.report) }}
        </button>
    }
}
