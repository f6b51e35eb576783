//! Taking a file in, piece by piece. What a file is, is looked at as soon as its first bytes are here, so that a lie
//! costs nobody three hundred megabytes.

use axum::body::Body;
use axum::http::StatusCode;
use contract::videos_own::{NewVideo, PIECE_MAX, VideoFault, VideoState};
use contract::{ErrorCode, VideoId};
use uuid::Uuid;

use super::describe;
use crate::auth::Creator;
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Call, Ticket};
use crate::videos::inbox::{self, Taken};
use crate::videos::kind::{ENOUGH, Kind};
use crate::videos::store::own::{self, Standing};
use crate::videos::store::work;
use crate::videos::{conflict, not_found};
use crate::words::to_word;
use crate::{AppError, AppState};

/// Files of one creator that may be on their way.
const UNDER_WAY_MAX: i64 = 5;
/// The most characters of a file's name and of the sender's word for it.
const NAME_MAX: usize = 200;

/// How much of a file is here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    pub received: u64,
    pub size: u64,
}

/// Begins a video; nothing of its file is here yet.
pub(super) async fn start(
    state: &AppState,
    creator: &Creator,
    lang: Lang,
    ticket: &Ticket,
    new: &NewVideo,
) -> Result<Answer, AppError> {
    let most = state.config.videos.size_max;
    if new.size == 0 {
        return Err(AppError::field("size", "the file is empty"));
    }
    if new.size > most {
        return Err(AppError::refused(
            ErrorCode::TooLarge,
            format!(
                "A video has at most {} MB. Make it shorter or smaller.",
                most / 1_000_000
            ),
        ));
    }
    for (field, text) in [("name", &new.name), ("mark", &new.mark)] {
        if text.chars().count() > NAME_MAX || text.chars().any(char::is_control) {
            return Err(AppError::field(
                field,
                format!("at most {NAME_MAX} characters"),
            ));
        }
    }
    let labels = describe::labels(state).await?;
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    if own::under_way(work.conn(), &creator.handle).await? >= UNDER_WAY_MAX {
        return Err(AppError::refused(
            ErrorCode::LimitExceeded,
            format!("At most {UNDER_WAY_MAX} videos at a time. Finish or delete one first."),
        ));
    }
    let id = VideoId(Uuid::now_v7().simple().to_string());
    own::insert(work.conn(), &creator.handle, &id, new, state.clock.now()).await?;
    let reader = describe::reader(creator, lang, &labels);
    let video = own::find(work.conn(), reader, &creator.handle, &id).await?;
    work.finish(StatusCode::CREATED, &video.ok_or_else(not_found)?)
        .await
}

/// How much of a file is here.
pub(super) async fn find(
    state: &AppState,
    creator: &Creator,
    id: &VideoId,
) -> Result<Stands, AppError> {
    let standing = standing(state, creator, id).await?;
    let received = match standing.state {
        VideoState::Uploading => received(state, id).await?,
        _ => standing.size,
    };
    Ok(Stands {
        received,
        size: standing.size,
    })
}

async fn standing(state: &AppState, creator: &Creator, id: &VideoId) -> Result<Standing, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    own::standing(&mut conn, &creator.handle, id)
        .await?
        .ok_or_else(not_found)
}

/// How many bytes of a file are here.
pub(super) async fn received(state: &AppState, id: &VideoId) -> Result<u64, AppError> {
    inbox::received(&inbox::path(&state.config, id))
        .await
        .map_err(AppError::internal)
}

/// Takes the next piece in.
pub(super) async fn piece(
    state: &AppState,
    creator: &Creator,
    id: &VideoId,
    offset: u64,
    body: Body,
) -> Result<Stands, AppError> {
    // One piece at a time: two would write over each other.
    let _alone = Ticket::enter(
        &state.in_flight,
        Call {
            principal: creator.user.0.clone(),
            route: "piece".to_owned(),
            key: id.0.clone(),
            body_hash: String::new(),
        },
    )?;
    let standing = standing(state, creator, id).await?;
    if standing.state != VideoState::Uploading {
        return Err(conflict("All of this file is here, or it was refused."));
    }
    let before = received(state, id).await?;
    if offset != before {
        return Err(AppError::refused(
            ErrorCode::UploadOffset,
            format!("The file stands at {before}, not at {offset}. Ask with HEAD and go on there."),
        ));
    }
    let path = inbox::path(&state.config, id);
    let most = u64::from(PIECE_MAX).min(standing.size.saturating_sub(offset));
    let taken = inbox::append(&path, offset, body, most).await;
    let taken = taken.map_err(AppError::internal)?;
    let stands = Stands {
        received: received(state, id).await?,
        size: standing.size,
    };
    let enough = u64::try_from(ENOUGH).unwrap_or(u64::MAX).min(stands.size);
    if before < enough && stands.received >= enough {
        let head = inbox::head(&path).await.map_err(AppError::internal)?;
        if Kind::of(&head).is_none() {
            return Err(refuse(state, id).await?);
        }
    }
    match taken {
        Taken::Whole => {}
        Taken::Broken => {
            return Err(AppError::refused(
                ErrorCode::InvalidRequest,
                "The piece broke off. Ask with HEAD and go on there.",
            ));
        }
        Taken::Long => {
            return Err(AppError::refused(
                ErrorCode::TooLarge,
                format!("A piece has at most {PIECE_MAX} bytes and ends with the file."),
            ));
        }
    }
    if stands.received == stands.size {
        let mut tx = state.db.begin().await?;
        work::wait(tx.conn(), id).await?;
        tx.commit().await?;
    }
    Ok(stands)
}

/// What the file is shows that it is no film: its reason stays, nothing else.
async fn refuse(state: &AppState, id: &VideoId) -> Result<AppError, AppError> {
    let mut tx = state.db.begin().await?;
    work::fail(tx.conn(), id, &to_word(VideoFault::NotAVideo)?).await?;
    tx.commit().await?;
    inbox::discard(&inbox::path(&state.config, id))
        .await
        .map_err(AppError::internal)?;
    Ok(AppError::refused(
        ErrorCode::VideoRefused,
        "This file is no video. Choose one in MP4, MOV, WebM or MKV.",
    ))
}
