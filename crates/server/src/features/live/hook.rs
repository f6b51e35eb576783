//! What another media server tells of its pictures: `on_publish` and `on_unpublish` of SRS, or a request of our own
//! making that MediaMTX's hooks can send. A picture is believed only with its room's key.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use contract::ErrorCode;
use media::{MediaEngine, MediaEventKind, SessionId};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use utoipa::{IntoParams, ToSchema};

use crate::http::json::{Body, Query};
use crate::{AppError, AppState};

/// For engines that can set no header.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HookQuery {
    /// The secret of `live_hook_secret`.
    secret: Option<String>,
}

/// What an engine tells.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum MediaTold {
    /// As SRS says it.
    Srs {
        /// `on_publish`, `on_unpublish`, or what is no matter here.
        action: String,
        /// The stream's name.
        stream: String,
        /// `?key=…`, where the encoder's key has such a part.
        #[serde(default)]
        param: String,
    },
    /// As hooks that run a command say it.
    Ours {
        /// What happened.
        event: MediaWord,
        /// The stream key that the encoder showed; needed for `published`.
        #[serde(default)]
        key: String,
        /// The room, where the key is not known.
        #[serde(default)]
        session: String,
    },
}

/// What happened to a picture.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaWord {
    /// It comes.
    Published,
    /// It is lost.
    Lost,
    /// It will not come again.
    Ended,
}

/// What SRS wants to hear.
#[derive(Serialize, ToSchema)]
pub struct MediaHeard {
    /// 0: go on.
    code: u8,
}

/// Takes another engine's word about a picture. Not for browsers.
#[utoipa::path(post, path = "/api/webhooks/media", tag = "live", params(HookQuery), request_body = MediaTold,
    responses((status = 200, body = MediaHeard)))]
pub async fn receive_media_webhook(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(query): Query<HookQuery>,
    Body(told): Body<MediaTold>,
) -> Result<Json<MediaHeard>, AppError> {
    let MediaEngine::External(engine) = &state.media else {
        return Err(AppError::not_found("media engine of somebody else's"));
    };
    if !knows_secret(&state, &headers, query.secret.as_deref()) {
        return Err(AppError::not_found("media engine of somebody else's"));
    }
    let Some((word, key, session)) = read(told) else {
        return Ok(Json(MediaHeard { code: 0 }));
    };
    let by_key = state.stream_keys.session_of(&key).await;
    let named = SessionId::parse(&session);
    let session = match (word, by_key) {
        (_, Some(by_key)) => Some(by_key),
        // Who shows no good key brings no picture.
        (MediaWord::Published, None) => None,
        (_, None) => named,
    };
    let session = session.ok_or_else(|| {
        AppError::refused(
            ErrorCode::NotFound,
            "This stream key opens no room: it is unknown, was renewed, or its room is over.",
        )
    })?;
    engine.note(
        &session,
        match word {
            // How large it is, this engine does not say.
            MediaWord::Published => MediaEventKind::Published {
                width: 0,
                height: 0,
            },
            MediaWord::Lost => MediaEventKind::Lost { reason: None },
            MediaWord::Ended => MediaEventKind::Ended,
        },
    );
    Ok(Json(MediaHeard { code: 0 }))
}

/// What happened, the key and the room that were named; nothing where it is no matter here.
fn read(told: MediaTold) -> Option<(MediaWord, String, String)> {
    match told {
        MediaTold::Ours {
            event,
            key,
            session,
        } => Some((event, key, session)),
        MediaTold::Srs {
            action,
            stream,
            param,
        } => {
            let word = match action.as_str() {
                "on_publish" => MediaWord::Published,
                "on_unpublish" => MediaWord::Lost,
                _ => return None,
            };
            let mut pairs = param.trim_start_matches('?').split('&');
            let key = pairs.find_map(|pair| pair.strip_prefix("key="));
            // Without such a part the stream's name is the key.
            let key = key.unwrap_or(&stream).to_owned();
            Some((word, key, stream))
        }
    }
}

fn knows_secret(state: &AppState, headers: &HeaderMap, asked: Option<&str>) -> bool {
    let Some(secret) = &state.config.live.hook_secret else {
        return false;
    };
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let shown = bearer.or(asked).unwrap_or_default();
    shown.as_bytes().ct_eq(secret.expose().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn srs(action: &str, stream: &str, param: &str) -> Option<(MediaWord, String, String)> {
        read(MediaTold::Srs {
            action: action.to_owned(),
            stream: stream.to_owned(),
            param: param.to_owned(),
        })
    }

    #[test]
    fn a_key_is_found_where_the_engine_puts_it() {
        let (_, key, session) = srs("on_publish", "room", "?vhost=x&key=s3cret").unwrap();
        assert_eq!((key.as_str(), session.as_str()), ("s3cret", "room"));
        let (_, key, _) = srs("on_unpublish", "s3cret", "").unwrap();
        assert_eq!(key, "s3cret");
        assert!(srs("on_play", "room", "").is_none());
    }
}
