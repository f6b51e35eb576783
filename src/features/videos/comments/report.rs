//! Reporting a comment, or the video: the shop's own reasons, one of which is enough.

use contract::videos::{ReportKind, ReportReason, VideoReport};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::api;
use super::{Talk, style, waiting};
use crate::api::{IdempotencyKey, Loading, failure_words, use_load};
use crate::t;
use crate::ui::{LineButton, Sheet};

/// The sheet over the comments.
#[component]
pub(super) fn ReportSheet(talk: Talk) -> impl IntoView {
    let title = Signal::derive(|| t!(videos.report_title).to_owned());
    view! {
        <Sheet open=talk.reporting title>
            <Reasons talk />
        </Sheet>
    }
}

#[component]
fn Reasons(talk: Talk) -> impl IntoView {
    let load = use_load(api::list_report_reasons);
    let trouble = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    let choose = Callback::new(move |kind: ReportKind| {
        let Some(id) = talk.id.get_untracked().filter(|_| !busy.get_value()) else {
            return;
        };
        busy.set_value(true);
        let subject = talk.subject.get_untracked();
        let report = VideoReport {
            comment: subject.clone(),
            kind,
        };
        spawn_local(async move {
            let answer = api::report_video(&id, &IdempotencyKey::new(), &report).await;
            busy.try_set_value(false);
            match answer {
                Ok(()) => {
                    talk.reported.try_update(|reported| reported.push(subject));
                    talk.reporting.try_set(false);
                }
                Err(error) => drop(trouble.try_set(Some(failure_words(&error).1))),
            }
        });
    });
    let reason = move |reason: ReportReason| {
        view! { <LineButton label=reason.text on_press=move |()| choose.run(reason.kind)>""</LineButton> }
    };
    let children = move |reasons: Vec<ReportReason>| {
        view! {
            <div>{reasons.into_iter().map(reason).collect_view()}</div>
            <p class=style::trouble role="alert">{move || trouble.get()}</p>
        }
        .into_any()
    };
    view! { <Loading load skeleton=waiting children /> }
}
