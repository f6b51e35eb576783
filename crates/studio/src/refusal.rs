//! Why orders, goods and books refused something, in words.

use contract::{ErrorCode, ErrorDetails};
use storefront::api::{ApiError, failure_words};
use storefront::i18n::number;
use storefront::t;

/// What happened, and what to do.
pub fn words(error: &ApiError) -> String {
    match (error.code(), error.details()) {
        (Some(ErrorCode::StaffOnly), _) => t!(studio.no_role).to_owned(),
        (Some(ErrorCode::OrderStateConflict), _) => t!(orders_studio.no_state).to_owned(),
        (Some(ErrorCode::GroupForming), _) => t!(orders_studio.no_forming).to_owned(),
        (Some(ErrorCode::PeriodClosed), _) => t!(books.no_period).to_owned(),
        (Some(ErrorCode::SoldOut), Some(ErrorDetails::Stock { available, .. })) => {
            t!(goods_studio.no_stock, n = number(u64::from(available)))
        }
        (Some(ErrorCode::InvalidRequest), Some(ErrorDetails::Field { name, reason })) => {
            match name.as_str() {
                "code" => t!(orders_studio.wrong_code).to_owned(),
                "q" => t!(orders_studio.wrong_words).to_owned(),
                "by" => t!(goods_studio.wrong_by).to_owned(),
                "note" => t!(goods_studio.wrong_note).to_owned(),
                "cost" => t!(goods_studio.wrong_cost).to_owned(),
                "phone" => t!(goods_studio.wrong_phone).to_owned(),
                "until" => t!(books.wrong_until).to_owned(),
                "amount" => t!(books.wrong_amount).to_owned(),
                "owner" => t!(books.wrong_owner).to_owned(),
                _ => reason,
            }
        }
        _ => failure_words(error).1,
    }
}
