//! The one error of the server and how it becomes the one error of the API.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{ApiError, ErrorCode, ErrorDetails, MoneyError};

use crate::db;
use crate::http::request_id;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The caller can do something about it: a code, a sentence that says what, and details.
    #[error("{message}")]
    Refused {
        /// For programs.
        code: ErrorCode,
        /// For people: what went wrong and what to do.
        message: String,
        /// What the client needs to go on.
        details: Option<Box<ErrorDetails>>,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] db::Error),
    /// A sum of money that cannot be.
    #[error("money: {0}")]
    Money(#[from] MoneyError),
    /// Another change of the same thing came first; the work begins again from what stands now.
    #[error("another change came first")]
    Raced,
    /// Any other fault of ours. The sentence goes to the log, never to the caller.
    #[error("{0}")]
    Internal(String),
}

impl AppError {
    /// A refusal with a code and a sentence that says what to do.
    pub fn refused(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Refused {
            code,
            message: message.into(),
            details: None,
        }
    }

    /// A refusal that carries what the client needs to go on.
    pub fn with_details(
        code: ErrorCode,
        message: impl Into<String>,
        details: ErrorDetails,
    ) -> Self {
        Self::Refused {
            code,
            message: message.into(),
            details: Some(Box::new(details)),
        }
    }

    /// One field of the request is wrong.
    pub fn field(name: impl Into<String>, reason: impl Into<String>) -> Self {
        let (name, reason) = (name.into(), reason.into());
        Self::with_details(
            ErrorCode::InvalidRequest,
            format!("{name}: {reason}"),
            ErrorDetails::Field { name, reason },
        )
    }

    /// No such thing, or not the caller's: both look the same from outside.
    pub fn not_found(what: &str) -> Self {
        Self::refused(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// A fault of ours.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// The code that the caller sees.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused { code, .. } => *code,
            _ => ErrorCode::Internal,
        }
    }

    /// Another change came first, or the database ended the transaction for another's sake: the same work may
    /// well succeed when run again.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Raced => true,
            Self::Database(error) => db::is_transient(error),
            _ => false,
        }
    }

    /// The body that the caller sees; nothing of a fault of ours goes out but its request id.
    pub fn to_api_error(&self) -> ApiError {
        let (message, details) = match self {
            Self::Refused {
                message, details, ..
            } => (message.clone(), details.as_deref().cloned()),
            _ => (
                "Something went wrong on our side. Please try again.".to_owned(),
                None,
            ),
        };
        ApiError {
            code: self.code(),
            message,
            details,
            request_id: request_id::current(),
        }
    }
}

/// The HTTP status of a code.
pub fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidRequest
        | ErrorCode::IdempotencyKeyReused
        | ErrorCode::CodeWrong
        | ErrorCode::ChatBlocked
        | ErrorCode::VideoRefused
        | ErrorCode::CodeExpired => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::IdempotencyKeyRequired => StatusCode::BAD_REQUEST,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::SignInRequired => StatusCode::UNAUTHORIZED,
        ErrorCode::CrossSiteRefused
        | ErrorCode::StaffOnly
        | ErrorCode::CreatorOnly
        | ErrorCode::RoomBanned
        | ErrorCode::PreviewReadOnly
        | ErrorCode::PreviewOver
        | ErrorCode::ChatMuted => StatusCode::FORBIDDEN,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::IdempotencyInProgress
        | ErrorCode::PriceChanged
        | ErrorCode::SoldOut
        | ErrorCode::LimitExceeded
        | ErrorCode::UnknownSku
        | ErrorCode::FulfilmentUnavailable
        | ErrorCode::AlreadyMember
        | ErrorCode::GroupFull
        | ErrorCode::GroupEnded
        | ErrorCode::ActivityEnded
        | ErrorCode::NotEligible
        | ErrorCode::GroupForming
        | ErrorCode::NotOnShelf
        | ErrorCode::FlashEnded
        | ErrorCode::LiveStateConflict
        | ErrorCode::Practice
        | ErrorCode::UploadOffset
        | ErrorCode::VideoStateConflict
        | ErrorCode::BalanceTooLow
        | ErrorCode::SharingSuspended
        | ErrorCode::CouponGone
        | ErrorCode::CampaignStateConflict
        | ErrorCode::CampaignNotReady
        | ErrorCode::PeriodClosed
        | ErrorCode::OrderStateConflict => StatusCode::CONFLICT,
        ErrorCode::GatewayUnavailable => StatusCode::BAD_GATEWAY,
        ErrorCode::SalesStopped => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::Internal | ErrorCode::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let body = self.to_api_error();
        let status = status_of(body.code);
        if status.is_server_error() {
            tracing::error!(error = %self, "request failed");
        }
        let wait = match body.details {
            Some(ErrorDetails::RetryAfter(seconds)) => Some(seconds),
            _ => None,
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
