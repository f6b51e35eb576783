//! What is said of a video, as a sheet over it. Lines are text: whatever stands in them is drawn as it is.

mod line;
mod report;
mod say;
mod state;

use contract::videos::Comment;
use contract::{CommentId, Cursor, Page, VideoId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::line::Row;
use self::report::ReportSheet;
use self::say::SayBar;
use super::api;
use super::reel::Shared;
use crate::api::{IdempotencyKey, Loading, use_load};
use crate::platform::focus;
use crate::stores::use_session;
use crate::t;
use crate::ui::{Button, ButtonKind, Empty, Glyph, Sheet, Skeleton, SkeletonKind};

stylance::import_crate_style!(style, "src/features/videos/comments/comments.module.css");

/// What is reported: a comment, or without one the video itself.
type Subject = Option<CommentId>;

/// What the parts of the sheet share; a copyable handle.
#[derive(Clone, Copy)]
struct Talk {
    shared: Shared,
    /// The video on screen.
    id: Signal<Option<VideoId>>,
    /// The comments that are here, the newest first.
    lines: RwSignal<Vec<Comment>>,
    /// Where they go on.
    next: RwSignal<Option<Cursor>>,
    /// Those that are being taken away.
    gone: RwSignal<Vec<CommentId>>,
    /// The comment that is being answered.
    answering: RwSignal<Option<Comment>>,
    /// What is being reported.
    subject: RwSignal<Subject>,
    /// Reasons to report it are offered.
    reporting: RwSignal<bool>,
    /// What was reported from here.
    reported: RwSignal<Vec<Subject>>,
}

impl Talk {
    /// Begins with the first comments of a video.
    fn begin(self, first: Page<Comment>) {
        self.lines.set(first.items);
        self.next.set(first.next);
        self.gone.set(Vec::new());
        self.answering.set(None);
    }

    /// Shows what was just said.
    fn said(self, comment: Comment, answers: Option<&CommentId>) {
        self.lines
            .try_update(|lines| state::add(lines, comment, answers));
        self.answering.try_set(None);
        self.counted(|n| n + 1);
    }

    /// Takes a comment away at once, and puts it back when the shop does not.
    fn remove(self, comment: Comment) {
        let Some(of) = self.id.get_untracked() else {
            return;
        };
        self.gone.update(|gone| gone.push(comment.id.clone()));
        // What had the focus is gone.
        focus::focus_first("#comments");
        spawn_local(async move {
            match api::remove_comment(&of, &IdempotencyKey::new(), &comment.id).await {
                Ok(()) => {
                    let count = state::with_answers(&comment);
                    self.counted(|n| n.saturating_sub(count));
                }
                Err(_) => {
                    self.gone
                        .try_update(|gone| gone.retain(|id| *id != comment.id));
                }
            }
        });
    }

    /// Asks why something is reported.
    fn report(self, subject: Subject) {
        self.subject.set(subject);
        self.reporting.set(true);
    }

    fn is_reported(self, subject: &Subject) -> bool {
        self.reported.with(|reported| reported.contains(subject))
    }

    /// Changes the number of comments that the video shows.
    fn counted(self, change: impl FnOnce(u64) -> u64) {
        let Some(id) = self.id.try_get_untracked().flatten() else {
            return;
        };
        self.shared.feed.try_update(|feed| {
            feed.change(&id, |video| video.comments = change(video.comments));
        });
    }
}

/// The sheet of the video that is on screen.
#[component]
pub(super) fn CommentSheet(
    shared: Shared,
    id: Signal<Option<VideoId>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let talk = Talk {
        shared,
        id,
        lines: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        gone: RwSignal::new(Vec::new()),
        answering: RwSignal::new(None),
        subject: RwSignal::new(None),
        reporting: RwSignal::new(false),
        reported: RwSignal::new(Vec::new()),
    };
    let title = Signal::derive(|| t!(videos.comments).to_owned());
    let foot = move || view! { <SayBar talk /> };
    view! {
        <Sheet open title foot=ViewFn::from(foot)>
            {move || id.get().map(|id| view! { <List talk id /> })}
        </Sheet>
        <ReportSheet talk />
    }
}

#[component]
fn List(talk: Talk, id: VideoId) -> impl IntoView {
    let load = use_load(move || {
        let id = id.clone();
        async move { api::list_comments(&id, None).await }
    });
    let children = move |first: Page<Comment>| {
        talk.begin(first);
        view! { <Lines talk /> }.into_any()
    };
    view! { <Loading load skeleton=waiting children /> }
}

#[component]
fn Lines(talk: Talk) -> impl IntoView {
    let session = use_session();
    let standing = Memo::new(move |_| {
        talk.lines
            .with(|lines| talk.gone.with(|gone| state::standing(lines, gone)))
    });
    // A row is drawn anew when its answers change.
    let key = |line: &Comment| (line.id.clone(), line.replies.len());
    let is_empty = move || standing.with(Vec::is_empty);
    view! {
        <ul class=style::list id="comments" tabindex="-1">
            <For each=move || standing.get() key let:comment>
                <Row talk comment />
            </For>
            {move || is_empty().then(|| view! {
                <li><Empty glyph=Glyph::Comment title=t!(videos.quiet_title) text=t!(videos.quiet_text) /></li>
            })}
        </ul>
        <div class=style::end>
            <More talk />
            {move || session.me().is_some().then(|| {
                let words = move || if talk.is_reported(&None) { t!(videos.reported) } else { t!(videos.report_video) };
                view! {
                    <Button kind=ButtonKind::Quiet small=true on_press=move |()| talk.report(None)>{words}</Button>
                }
            })}
        </div>
    }
}

/// The way to the comments that come next.
#[component]
fn More(talk: Talk) -> impl IntoView {
    let busy = RwSignal::new(false);
    let more = move |()| {
        let Some((id, cursor)) = talk.id.get_untracked().zip(talk.next.get_untracked()) else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            let answer = api::list_comments(&id, Some(&cursor)).await;
            if busy.try_set(false).is_some() {
                return;
            }
            // What failed can be asked for again.
            if let Ok(page) = answer {
                talk.next.set(page.next);
                talk.lines.update(|lines| state::append(lines, page.items));
            }
        });
    };
    move || {
        talk.next.read().is_some().then(|| {
            view! { <Button kind=ButtonKind::Tonal small=true busy on_press=more>{t!(videos.comments_more)}</Button> }
        })
    }
}

fn waiting() -> AnyView {
    view! { <Skeleton kind=SkeletonKind::Block /> }.into_any()
}
