//! What is spoken in a video, to be read: a file of WebVTT for each language. It is taken when it is chosen.

use contract::videos::Subtitles;
use contract::videos_own::{OwnVideo, SUBTITLES_MAX, SubtitlesText};
use contract::{ErrorCode, VideoId};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::page::{Own, style};
use crate::api::{ApiError, IdempotencyKey, failure_words};
use crate::i18n::Lang;
use crate::platform::picked::PickedFile;
use crate::t;
use crate::ui::{Badge, BadgeKind, Glyph, IconButton, IconSize, text};

/// The subtitles of one of the videos, as they stand.
fn subtitles(own: Own, id: StoredValue<VideoId>) -> Memo<Vec<Subtitles>> {
    Memo::new(move |_| {
        let of = |id: &VideoId| {
            own.videos.with(|all| {
                let video = all.iter().find(|video| video.id == *id);
                video.map(|video| video.subtitles.clone())
            })
        };
        id.with_value(of).unwrap_or_default()
    })
}

/// The tracks of a player of it.
#[component]
pub(super) fn Tracks(own: Own, id: StoredValue<VideoId>) -> impl IntoView {
    let subtitles = subtitles(own, id);
    let track = |it: Subtitles| {
        let label = Lang::from_tag(&it.lang).map(Lang::name);
        view! { <track kind="captions" src=it.src srclang=it.lang label=label /> }
    };
    view! { <For each=move || subtitles.get() key=|it| it.src.clone() children=track /> }
}

/// A row for each language.
#[component]
pub(super) fn SubtitleFiles(own: Own, id: StoredValue<VideoId>) -> impl IntoView {
    let subtitles = subtitles(own, id);
    let trouble = RwSignal::new(None::<String>);
    let row = |lang: Lang| {
        view! { <Language own id lang subtitles trouble /> }
    };
    view! {
        <section aria-label=t!(videos.subtitles) class=text::stack>
            <h3>{t!(videos.subtitles)}</h3>
            <p class=stylance::classes!(text::caption, text::muted)>{t!(videos.subtitles_hint)}</p>
            {Lang::ALL.map(row).collect_view()}
            <p class=style::fault role="alert">{move || trouble.get()}</p>
        </section>
    }
}

#[component]
fn Language(
    own: Own,
    id: StoredValue<VideoId>,
    lang: Lang,
    subtitles: Memo<Vec<Subtitles>>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let is_there = Memo::new(move |_| subtitles.read().iter().any(|it| it.lang == lang.tag()));
    let busy = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    let put = move |file: Option<PickedFile>| {
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer = send(id.get_value(), lang, file).await;
            busy.try_set(false);
            match answer {
                Ok(video) => own.take(video),
                Err(words) => drop(trouble.try_set(Some(words))),
            }
        });
    };
    let picked = move |_| {
        let field = field.get_untracked();
        if let Some(file) = field.and_then(|field| PickedFile::take(&field)) {
            put(Some(file));
        }
    };
    view! {
        <div class=style::subtitles>
            <b>{lang.name()}</b>
            {move || is_there.get().then(|| view! {
                <span role="status"><Badge kind=BadgeKind::JadeSoft>{t!(videos.subtitles_there)}</Badge></span>
            })}
            <label class=style::pick>
                <span aria-hidden="true">
                    {move || if is_there.get() { t!(videos.subtitles_replace) } else { t!(videos.subtitles_add) }}
                </span>
                <input
                    node_ref=field
                    type="file"
                    accept=".vtt,text/vtt"
                    aria-label=t!(videos.subtitles_of, language = lang.name())
                    disabled=move || busy.get()
                    on:change=picked
                />
            </label>
            {move || is_there.get().then(|| view! {
                <IconButton
                    label=t!(videos.subtitles_remove, language = lang.name())
                    glyph=Glyph::Trash
                    size=IconSize::Small
                    on_press=move |()| put(None)
                />
            })}
        </div>
    }
}

/// Sends a file of subtitles, or takes them away without one; says what is wrong when that cannot be.
async fn send(id: VideoId, lang: Lang, file: Option<PickedFile>) -> Result<OwnVideo, String> {
    let vtt = match file {
        None => String::new(),
        Some(file) if file.size() > SUBTITLES_MAX as u64 => {
            return Err(t!(videos.subtitles_large).to_owned());
        }
        Some(file) => {
            // An empty text would take them away.
            let text = file.text().await.filter(|text| !text.trim().is_empty());
            text.ok_or_else(|| t!(videos.subtitles_wrong).to_owned())?
        }
    };
    let text = SubtitlesText {
        lang: lang.tag().to_owned(),
        vtt,
    };
    let answer = api::put_subtitles(&id, &IdempotencyKey::new(), &text).await;
    answer.map_err(|error| refused(&error))
}

fn refused(error: &ApiError) -> String {
    match error.code() {
        Some(ErrorCode::InvalidRequest) => t!(videos.subtitles_wrong).to_owned(),
        _ => failure_words(error).1,
    }
}
