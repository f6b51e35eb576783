//! Reading requests: a body or a query that does not fit is refused with the path of the field that is
//! wrong, in the API's own error.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use contract::ErrorCode;
use serde::de::DeserializeOwned;

use crate::AppError;

/// A JSON body. Unknown fields are refused where the type says so.
pub struct Body<T>(pub T);

/// The bytes of a JSON body, for what must be hashed or checked before it is read.
pub struct Raw(pub Bytes);

/// The query of the URL.
pub struct Query<T>(pub T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let Raw(bytes) = Raw::from_request(request, state).await?;
        parse(&bytes).map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        if !is_json(request.headers()) {
            return Err(AppError::refused(
                ErrorCode::InvalidRequest,
                "Send the body as JSON with Content-Type: application/json.",
            ));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(unreadable)?;
        Ok(Self(bytes))
    }
}

/// Reads a JSON body that is already in memory.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| wrong(&error.path().to_string(), error.inner()))?;
    json.end().map_err(|error| wrong(".", &error))?;
    Ok(value)
}

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        let query = parts.uri.query().unwrap_or_default();
        let fields = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(fields)
            .map(Self)
            .map_err(|error| wrong(&error.path().to_string(), error.inner()))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn unreadable(rejection: BytesRejection) -> AppError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        AppError::refused(ErrorCode::TooLarge, "The request is larger than allowed.")
    } else {
        AppError::refused(
            ErrorCode::InvalidRequest,
            "The request broke off. Send it again.",
        )
    }
}

fn wrong(path: &str, reason: &dyn std::fmt::Display) -> AppError {
    let name = if path == "." || path.is_empty() {
        "request"
    } else {
        path
    };
    AppError::field(name, reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ErrorDetails;
    use contract::quote::QuoteRequest;

    #[test]
    fn a_wrong_field_is_named_by_its_path() {
        let error = parse::<QuoteRequest>(br#"{"lines":[{"sku":"A","quantity":0}]}"#).unwrap_err();
        let Some(ErrorDetails::Field { name, .. }) = error.to_api_error().details else {
            panic!("no field named");
        };
        assert_eq!(name, "lines[0].quantity");
    }

    #[test]
    fn unknown_fields_and_trailing_bytes_are_refused() {
        assert!(parse::<QuoteRequest>(br#"{"lines":[],"total":1}"#).is_err());
        assert!(parse::<QuoteRequest>(br#"{"lines":[]} x"#).is_err());
    }
}
