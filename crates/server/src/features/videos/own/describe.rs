//! What a creator says of a video: caption, products by when, subtitles, and whether everybody sees it.

use axum::http::StatusCode;
use contract::videos_own::{
    CAPTION_MAX, OwnVideo, OwnVideos, PRODUCTS_MAX, ProductMark, SubtitlesText, VideoChange,
    VideoState,
};
use contract::{ErrorCode, ProductId, VideoId};

use super::upload;
use crate::auth::Creator;
use crate::db::Conn;
use crate::goods::{Shelf, product_of};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket, Work};
use crate::import::hash_of;
use crate::live::store::chat::blocklist;
use crate::live::talk;
use crate::preview::Moment;
use crate::videos::store::own::{self, Standing};
use crate::videos::store::show::Reader;
use crate::videos::{conflict, inbox, not_found, subtitles, work};
use crate::{AppError, AppState};

/// What cards are labelled with, read before the connection is taken.
pub(super) async fn labels(state: &AppState) -> Result<Shelf, AppError> {
    Shelf::read(state, &Moment::now(state)).await
}

/// The creator as a reader of its videos.
pub(super) fn reader<'a>(creator: &'a Creator, lang: Lang, shelf: &'a Shelf) -> Reader<'a> {
    Reader {
        principal: creator.user.as_str(),
        lang,
        shelf,
    }
}

/// All of them.
pub(super) async fn list(
    state: &AppState,
    creator: &Creator,
    lang: Lang,
) -> Result<OwnVideos, AppError> {
    let labels = labels(state).await?;
    let mut items = {
        let mut conn = state.db.reader().acquire().await?;
        own::list(&mut conn, reader(creator, lang, &labels), &creator.handle).await?
    };
    for video in &mut items {
        count_received(state, video).await?;
    }
    Ok(OwnVideos {
        items,
        size_max: state.config.videos.size_max,
        seconds_max: u32::try_from(state.config.videos.longest.as_secs()).unwrap_or(u32::MAX),
        handle: creator.handle.clone(),
    })
}

/// One of them.
pub(super) async fn one(
    state: &AppState,
    creator: &Creator,
    lang: Lang,
    id: &VideoId,
) -> Result<OwnVideo, AppError> {
    let labels = labels(state).await?;
    let found = {
        let mut conn = state.db.reader().acquire().await?;
        let reader = reader(creator, lang, &labels);
        own::find(&mut conn, reader, &creator.handle, id).await?
    };
    let mut video = found.ok_or_else(not_found)?;
    count_received(state, &mut video).await?;
    Ok(video)
}

/// How much of what is on its way is here.
async fn count_received(state: &AppState, video: &mut OwnVideo) -> Result<(), AppError> {
    if video.state == VideoState::Uploading {
        video.received = upload::received(state, &video.id).await?;
    }
    Ok(())
}

/// Says what a video shows. What everybody sees keeps a caption.
pub(super) async fn update(
    state: &AppState,
    creator: &Creator,
    lang: Lang,
    ticket: &Ticket,
    id: &VideoId,
    change: &VideoChange,
) -> Result<Answer, AppError> {
    let caption = caption(change)?;
    if change.products.len() > PRODUCTS_MAX {
        let reason = format!("at most {PRODUCTS_MAX}");
        return Err(AppError::field("products", reason));
    }
    let labels = labels(state).await?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let standing = standing(work.conn(), creator, id).await?;
    if talk::holds_any(&caption, &blocklist(work.conn(), &creator.handle).await?) {
        return Err(AppError::refused(
            ErrorCode::ChatBlocked,
            "The caption holds a word that you do not allow in your own rooms.",
        ));
    }
    let products = products(work.conn(), &change.products, standing).await?;
    own::describe(work.conn(), id, &caption, &products).await?;
    let is_shown = standing.state == VideoState::Published;
    if change.published != is_shown {
        let now = state.clock.now();
        if !own::publish(work.conn(), id, change.published, now).await? {
            return Err(conflict("The video is not ready yet."));
        }
    }
    answer(work, creator, lang, &labels, id).await
}

async fn answer(
    mut work: Work,
    creator: &Creator,
    lang: Lang,
    labels: &Shelf,
    id: &VideoId,
) -> Result<Answer, AppError> {
    let reader = reader(creator, lang, labels);
    let video = own::find(work.conn(), reader, &creator.handle, id).await?;
    work.finish(StatusCode::OK, &video.ok_or_else(not_found)?)
        .await
}

async fn standing(conn: &mut Conn, creator: &Creator, id: &VideoId) -> Result<Standing, AppError> {
    own::standing(conn, &creator.handle, id)
        .await?
        .ok_or_else(not_found)
}

/// A caption as it is kept: one line of text, and one at all where everybody is to see it.
fn caption(change: &VideoChange) -> Result<String, AppError> {
    let too_long = || AppError::field("caption", format!("at most {CAPTION_MAX} characters"));
    if change.caption.chars().all(char::is_whitespace) {
        return match change.published {
            true => Err(AppError::field(
                "caption",
                "say in a few words what it shows",
            )),
            false => Ok(String::new()),
        };
    }
    talk::tidy(&change.caption).map_err(|_| too_long())
}

/// The products, found and by when they are shown.
async fn products(
    conn: &mut Conn,
    marks: &[ProductMark],
    standing: Standing,
) -> Result<Vec<(ProductId, u32, u32)>, AppError> {
    let mut products = Vec::with_capacity(marks.len());
    for (at, mark) in marks.iter().enumerate() {
        let path = |name: &str| format!("products[{at}].{name}");
        let product = product_of(conn, &mark.slug).await?;
        let product =
            product.ok_or_else(|| AppError::field(path("slug"), "no product of this shop"))?;
        let fits = standing.duration_ms == 0 || mark.end_ms <= standing.duration_ms;
        if mark.start_ms >= mark.end_ms || !fits {
            return Err(AppError::field(
                path("end_ms"),
                "after the start, and before the film is over",
            ));
        }
        products.push((product, mark.start_ms, mark.end_ms));
    }
    Ok(products)
}

/// Sets the subtitles of a language.
pub(super) async fn put_subtitles(
    state: &AppState,
    creator: &Creator,
    lang: Lang,
    ticket: &Ticket,
    id: &VideoId,
    given: &SubtitlesText,
) -> Result<Answer, AppError> {
    if !matches!(given.lang.as_str(), "zh-CN" | "en") {
        return Err(AppError::field("lang", "zh-CN or en"));
    }
    let vtt = match given.vtt.trim().is_empty() {
        true => None,
        false => {
            let checked = subtitles::checked(&given.vtt);
            Some(checked.map_err(|why| AppError::field("vtt", why))?)
        }
    };
    let labels = labels(state).await?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    standing(work.conn(), creator, id).await?;
    let src = match &vtt {
        Some(vtt) => Some(keep(state, id, &given.lang, vtt).await?),
        None => None,
    };
    own::set_subtitles(work.conn(), id, &given.lang, src.as_deref()).await?;
    answer(work, creator, lang, &labels, id).await
}

/// Writes subtitles where they are served from, under a name of their content.
async fn keep(state: &AppState, id: &VideoId, lang: &str, vtt: &str) -> Result<String, AppError> {
    let src = format!("/media/videos/{id}.{lang}.{}.vtt", hash_of(vtt.as_bytes()));
    let file = work::file(&state.config.media_dir, &src);
    if let Some(folder) = file.parent() {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(AppError::internal)?;
    }
    tokio::fs::write(file, vtt)
        .await
        .map_err(AppError::internal)?;
    Ok(src)
}

/// Takes a video away. Its files go once nobody can be told of them any more.
pub(super) async fn delete(
    state: &AppState,
    creator: &Creator,
    ticket: &Ticket,
    id: &VideoId,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    standing(work.conn(), creator, id).await?;
    let addresses = own::addresses(work.conn(), id).await?;
    own::delete(work.conn(), id).await?;
    let answer = work.finish_empty().await?;
    work::remove_files(state, addresses).await;
    if let Err(error) = inbox::discard(&inbox::path(&state.config, id)).await {
        tracing::warn!(video = %id, %error, "a file that was sent stays");
    }
    Ok(answer)
}
