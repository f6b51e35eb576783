//! Comments (features.md 13): what may be said is what may be said in the maker's live rooms (L8), by whom that host
//! lets in.

use axum::http::StatusCode;
use contract::videos::{
    COMMENT_EVERY_MS, COMMENT_MAX, Comment, NewComment, ReportKind, ReportReason, VideoReport,
};
use contract::{CommentId, Cursor, ErrorCode, Page, UserId};
use uuid::Uuid;

use crate::auth::{creator, role_of};
use crate::db::Conn;
use crate::http::language::Lang;
use crate::http::page_size;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::limits::too_many;
use crate::live::store::chat::blocklist;
use crate::live::store::people::{Kept, is_kept_out};
use crate::live::talk::{self, Unfit};
use crate::videos::not_found;
use crate::videos::store::comments::{self as store, New, Reader};
use crate::videos::store::show;
use crate::words::to_word;
use crate::{AppError, AppState, cursor, db};

/// What its cursors are called.
const LIST: &str = "comments";

/// Who says something.
#[derive(Clone, Copy)]
pub(super) struct Author<'a> {
    pub account: &'a UserId,
    pub device: Option<&'a str>,
    pub lang: Lang,
}

/// Whether somebody may take any comment away: the video's maker, and the shop's staff.
async fn moderates(
    conn: &mut Conn,
    maker: &str,
    account: Option<&UserId>,
) -> Result<bool, AppError> {
    let is_maker = creator::handle_of(conn, account).await?.as_deref() == Some(maker);
    Ok(is_maker || role_of(conn, account).await?.is_some())
}

/// The page after a cursor.
pub(super) async fn page(
    state: &AppState,
    account: Option<&UserId>,
    lang: Lang,
    id: &str,
    (after, limit): (Option<&Cursor>, Option<u32>),
) -> Result<Page<Comment>, AppError> {
    let limit = page_size(limit)?;
    let secret = &state.config.server_secret;
    let (video, at, last): (String, i64, String) = match after {
        Some(cursor) => cursor::decode(secret, LIST, cursor)?,
        None => (id.to_owned(), i64::MAX, String::new()),
    };
    let mut conn = state.db.reader().acquire().await?;
    let maker = show::maker(&mut conn, id).await?.ok_or_else(not_found)?;
    let reader = Reader {
        account,
        moderates: moderates(&mut conn, &maker, account).await?,
        lang,
    };
    if video != id {
        return Err(AppError::field("cursor", "is another video's"));
    }
    let more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut items = store::page(&mut conn, reader, id, (at, &last), more).await?;
    let is_more = items.len() > limit;
    items.truncate(limit);
    let next = match items.last() {
        Some(last) if is_more => Some(cursor::encode(secret, LIST, &(id, last.at.0, &last.id))?),
        _ => None,
    };
    Ok(Page { items, next })
}

/// Says something. Refuses with `ROOM_BANNED`, `CHAT_BLOCKED` or `RATE_LIMITED`.
pub(super) async fn add(
    state: &AppState,
    author: Author<'_>,
    ticket: &Ticket,
    id: &str,
    new: &NewComment,
) -> Result<Answer, AppError> {
    let text = talk::tidy(&new.text).map_err(|unfit| {
        AppError::field(
            "text",
            match unfit {
                Unfit::Empty => "say something".to_owned(),
                Unfit::Long => format!("at most {COMMENT_MAX} characters"),
            },
        )
    })?;
    db::retrying(|| add_once(state, author, ticket, id, new, &text)).await
}

async fn add_once(
    state: &AppState,
    author: Author<'_>,
    ticket: &Ticket,
    id: &str,
    new: &NewComment,
    text: &str,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let now = state.clock.now();
    let account = author.account;
    let maker = show::maker(work.conn(), id).await?.ok_or_else(not_found)?;
    if is_kept_out(work.conn(), Kept::Ban, &maker, Some(account), author.device).await? {
        return Err(AppError::refused(
            ErrorCode::RoomBanned,
            "This creator does not let you speak here any more.",
        ));
    }
    if talk::holds_any(text, &blocklist(work.conn(), &maker).await?) {
        return Err(AppError::refused(
            ErrorCode::ChatBlocked,
            "This creator does not allow one of these words. Say it in other words.",
        ));
    }
    if let Some(answered) = &new.reply_to {
        let (_, is_answer) = store::find(work.conn(), id, answered)
            .await?
            .ok_or_else(|| AppError::not_found("comment"))?;
        if is_answer {
            return Err(AppError::field(
                "reply_to",
                "an answer is not answered; name what it answers",
            ));
        }
    }
    if let Some(last) = store::last_of(work.conn(), account).await? {
        let wait = last.plus_ms(COMMENT_EVERY_MS).since(now);
        if wait > 0 {
            return Err(too_many(u64::try_from(wait).unwrap_or(0).div_ceil(1000)));
        }
    }
    let is_maker = creator::handle_of(work.conn(), Some(account))
        .await?
        .as_deref()
        == Some(&maker);
    let comment = New {
        id: CommentId(Uuid::now_v7().simple().to_string()),
        video: id,
        reply_to: new.reply_to.as_ref(),
        owner: account,
        by_creator: is_maker,
        text,
    };
    let written = comment.id.clone();
    store::insert(work.conn(), comment, now).await?;
    let reader = Reader {
        account: Some(account),
        moderates: is_maker,
        lang: author.lang,
    };
    let shown = store::show(work.conn(), reader, &written).await?;
    work.finish(StatusCode::CREATED, &shown).await
}

/// Takes a comment away. Another's is as good as none to who may not.
pub(super) async fn remove(
    state: &AppState,
    user: &UserId,
    ticket: &Ticket,
    id: &str,
    comment: &CommentId,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    let maker = show::maker(work.conn(), id).await?.ok_or_else(not_found)?;
    let missing = || AppError::not_found("comment");
    let found = store::find(work.conn(), id, comment).await?;
    let (owner, _) = found.ok_or_else(missing)?;
    let is_own = owner.as_deref() == Some(user.as_str());
    if !is_own && !moderates(work.conn(), &maker, Some(user)).await? {
        return Err(missing());
    }
    store::remove(work.conn(), comment, user, state.clock.now()).await?;
    work.finish_empty().await
}

/// Reports a video or a comment on it.
pub(super) async fn report(
    state: &AppState,
    user: &UserId,
    ticket: &Ticket,
    id: &str,
    report: &VideoReport,
) -> Result<Answer, AppError> {
    let mut work = match ticket.begin(state).await? {
        Begun::Answered(answer) => return Ok(answer),
        Begun::Fresh(work) => work,
    };
    show::maker(work.conn(), id).await?.ok_or_else(not_found)?;
    let subject = match &report.comment {
        Some(comment) => {
            let found = store::find(work.conn(), id, comment).await?;
            found.ok_or_else(|| AppError::not_found("comment"))?;
            comment.as_str()
        }
        None => id,
    };
    let kind = to_word(report.kind)?;
    let now = state.clock.now();
    store::report(work.conn(), id, subject, user, &kind, now).await?;
    work.finish_empty().await
}

/// Why something can be reported, in words.
pub(super) fn reasons(lang: Lang) -> Vec<ReportReason> {
    let words = |kind| match kind {
        ReportKind::Spam => lang.pick("无关广告", "Unrelated advertising"),
        ReportKind::Misleading => lang.pick("虚假宣传", "Says what is not so about goods"),
        ReportKind::Abuse => lang.pick("辱骂或威胁", "Insults or threats"),
        ReportKind::Sexual => lang.pick("色情低俗", "Sexual content"),
        ReportKind::Rights => lang.pick("盗用他人作品", "Somebody else's work"),
        ReportKind::Other => lang.pick("其他问题", "Something else"),
    };
    let reason = |kind| ReportReason {
        kind,
        text: words(kind).to_owned(),
    };
    ReportKind::ALL.map(reason).into()
}
