//! Signing in: what was typed, what the shop answered, and where to go afterwards.

use contract::{ErrorCode, ErrorDetails};

use crate::api::ApiError;

/// Digits of a one-time code.
pub const CODE_LENGTH: usize = 6;

/// Why a step of signing in did not work, as the field's hint says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// That is no phone number.
    NotAPhone,
    /// That is no code yet.
    NotACode,
    /// The code is wrong; so many tries are left.
    WrongCode(Option<u32>),
    /// The code cannot be used any more.
    OldCode,
    /// Too many requests; wait so many seconds.
    Busy(Option<u64>),
    /// No network.
    Offline,
    /// No answer; trying again is safe.
    NoAnswer,
    /// A fault of ours.
    Fault,
}

impl From<&ApiError> for Trouble {
    fn from(error: &ApiError) -> Self {
        match (error, error.code(), error.details()) {
            (ApiError::Offline, ..) => Self::Offline,
            (ApiError::Network | ApiError::Timeout, ..) => Self::NoAnswer,
            (_, Some(ErrorCode::CodeWrong), Some(ErrorDetails::TriesLeft(n))) => {
                Self::WrongCode(Some(n))
            }
            (_, Some(ErrorCode::CodeWrong), _) => Self::WrongCode(None),
            (_, Some(ErrorCode::CodeExpired), _) => Self::OldCode,
            (_, Some(ErrorCode::RateLimited), Some(ErrorDetails::RetryAfter(s))) => {
                Self::Busy(Some(s))
            }
            (_, Some(ErrorCode::RateLimited), _) => Self::Busy(None),
            (_, Some(ErrorCode::InvalidRequest), _) => Self::NotAPhone,
            _ => Self::Fault,
        }
    }
}

/// The digits of what was typed or pasted, at most [`CODE_LENGTH`] of them.
pub fn code_digits(typed: &str) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        c => c.is_ascii_digit().then_some(c),
    };
    typed.chars().filter_map(digit).take(CODE_LENGTH).collect()
}

/// Where `?next=` may lead: a path of this shop and nowhere else; absent when it may not be followed.
pub fn safe_next(next: &str) -> Option<&str> {
    let mut chars = next.chars();
    let is_path = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
    // Browsers drop tabs and line feeds from addresses: "/\t/evil" would become "//evil".
    let is_plain = !next.chars().any(|c| c.is_control() || c == '\\');
    (is_path && is_plain && !next.starts_with("/sign-in")).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_leads_to_this_shop_only() {
        for good in ["/", "/checkout?sku=A&n=2", "/orders/o1"] {
            assert_eq!(safe_next(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/a\\b",
            "orders",
            "/sign-in?next=/sign-in",
        ] {
            assert_eq!(safe_next(bad), None, "{bad:?} was followed");
        }
    }

    #[test]
    fn a_code_is_taken_from_whatever_was_pasted() {
        assert_eq!(code_digits("您的验证码是 123 456。"), "123456");
        assert_eq!(code_digits("１２３４５６７"), "123456");
        assert_eq!(code_digits("abc"), "");
    }

    #[test]
    fn the_shops_answer_becomes_a_hint() {
        let refused = |code, details| ApiError::Refused {
            status: 400,
            body: Box::new(
                contract::ApiError {
                    code,
                    message: String::new(),
                    details,
                    request_id: String::new(),
                }
                .into(),
            ),
        };
        let cases = [
            (
                refused(ErrorCode::CodeWrong, Some(ErrorDetails::TriesLeft(2))),
                Trouble::WrongCode(Some(2)),
            ),
            (refused(ErrorCode::CodeExpired, None), Trouble::OldCode),
            (
                refused(ErrorCode::RateLimited, Some(ErrorDetails::RetryAfter(30))),
                Trouble::Busy(Some(30)),
            ),
            (ApiError::Offline, Trouble::Offline),
            (ApiError::Timeout, Trouble::NoAnswer),
            (ApiError::Unreadable { status: 502 }, Trouble::Fault),
        ];
        for (error, trouble) in cases {
            assert_eq!(Trouble::from(&error), trouble, "{error}");
        }
    }
}
