//! Why an order was not placed or not paid, in words that say what to do.

use contract::quote::Quote;
use contract::{ErrorCode, ErrorDetails, GroupId, SkuId};

use crate::api::ApiError;
use crate::i18n::number;
use crate::t;

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// Fewer are left than wanted.
    Scarce {
        /// Of what.
        sku: SkuId,
        /// How many are left.
        left: u32,
    },
    /// One order may hold fewer.
    OverLimit {
        /// Of what.
        sku: SkuId,
        /// How many it may hold.
        limit: u32,
    },
    /// Something is not sold any more.
    Unsold,
    /// The chosen way is not open.
    WayClosed,
    /// Something was filled in wrong.
    Invalid,
    /// Too many requests; wait so many seconds.
    Busy(Option<u64>),
    /// No network; nothing was sent.
    Offline,
    /// No answer; pressing again finds out.
    NoAnswer,
    /// A fault of ours.
    Fault,
    /// The order stands, but the cashier did not open.
    Unpaid(contract::OrderId),
    /// The shopper has a seat in this group.
    Member(Option<GroupId>),
    /// Every seat of the group is taken.
    Full {
        /// The checkout of a seat that is free, once one is known.
        next: Option<String>,
    },
    /// The group is over.
    GroupOver {
        /// The checkout of a seat that is free, once one is known.
        next: Option<String>,
    },
    /// No group can be started any more.
    OfferOver,
    /// The flash price is over.
    FlashOver,
    /// The group is not for this shopper.
    NotForYou,
}

/// What to do about a refused order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Refusal {
    /// Ask whether the new prices are taken.
    Reprice(Box<Quote>),
    /// Sign in, then go on.
    SignIn,
    /// Say it.
    Say(Trouble),
}

impl From<&ApiError> for Refusal {
    fn from(error: &ApiError) -> Self {
        Self::Say(match (error.code(), error.details()) {
            (Some(ErrorCode::PriceChanged), Some(ErrorDetails::PriceChanged(quote))) => {
                return Self::Reprice(quote);
            }
            (Some(ErrorCode::SignInRequired), _) => return Self::SignIn,
            (Some(ErrorCode::SoldOut), Some(ErrorDetails::Stock { sku, available })) => {
                Trouble::Scarce {
                    sku,
                    left: available,
                }
            }
            (Some(ErrorCode::LimitExceeded), Some(ErrorDetails::Limit { sku, limit })) => {
                Trouble::OverLimit { sku, limit }
            }
            (Some(ErrorCode::UnknownSku | ErrorCode::SoldOut | ErrorCode::LimitExceeded), _) => {
                Trouble::Unsold
            }
            (Some(ErrorCode::FulfilmentUnavailable), _) => Trouble::WayClosed,
            (Some(ErrorCode::AlreadyMember), Some(ErrorDetails::Group(group))) => {
                Trouble::Member(Some(group))
            }
            (Some(ErrorCode::AlreadyMember), _) => Trouble::Member(None),
            (Some(ErrorCode::GroupFull), _) => Trouble::Full { next: None },
            (Some(ErrorCode::GroupEnded), _) => Trouble::GroupOver { next: None },
            (Some(ErrorCode::ActivityEnded), _) => Trouble::OfferOver,
            (Some(ErrorCode::FlashEnded), _) => Trouble::FlashOver,
            (Some(ErrorCode::NotEligible), _) => Trouble::NotForYou,
            (Some(ErrorCode::InvalidRequest | ErrorCode::NotFound), _) => Trouble::Invalid,
            (Some(ErrorCode::RateLimited), Some(ErrorDetails::RetryAfter(seconds))) => {
                Trouble::Busy(Some(seconds))
            }
            (Some(ErrorCode::RateLimited), _) => Trouble::Busy(None),
            _ => match error {
                ApiError::Offline => Trouble::Offline,
                error if !error.is_definite() => Trouble::NoAnswer,
                _ => Trouble::Fault,
            },
        })
    }
}

impl Trouble {
    /// Whether the prices and what is left are worth asking for again.
    pub(super) fn changes_goods(&self) -> bool {
        matches!(
            self,
            Self::Scarce { .. } | Self::OverLimit { .. } | Self::Unsold | Self::WayClosed
        )
    }

    /// Whether it ends the checkout of a group's seat or of a flash price: pressing again cannot help.
    pub(super) fn ends_seat(&self) -> bool {
        matches!(
            self,
            Self::Member(_)
                | Self::Full { .. }
                | Self::GroupOver { .. }
                | Self::OfferOver
                | Self::FlashOver
                | Self::NotForYou
        )
    }

    /// Its title.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Unpaid(_) => t!(checkout.unpaid_title),
            Self::Member(_) => t!(checkout.member_title),
            Self::Full { .. } => t!(checkout.full_title),
            Self::GroupOver { .. } => t!(checkout.group_over_title),
            Self::OfferOver => t!(checkout.offer_over_title),
            Self::FlashOver => t!(checkout.flash_over_title),
            Self::NotForYou => t!(checkout.not_for_you_title),
            _ => t!(checkout.failed_title),
        }
    }

    /// Its sentence; `title` names goods.
    pub(super) fn words(&self, title: impl Fn(&SkuId) -> Option<String>) -> String {
        let what = |sku| title(sku).unwrap_or_else(|| t!(checkout.something).to_owned());
        match self {
            Self::Scarce { sku, left: 0 } => t!(checkout.sold_out_all, what = what(sku)),
            Self::Scarce { sku, left } => t!(checkout.sold_out, what = what(sku), n = left),
            Self::OverLimit { sku, limit } => t!(checkout.limit, what = what(sku), n = limit),
            Self::Unsold => t!(checkout.unknown_sku).to_owned(),
            Self::WayClosed => t!(checkout.way_closed).to_owned(),
            Self::Invalid => t!(checkout.invalid).to_owned(),
            Self::Busy(Some(seconds)) => t!(checkout.busy_in, n = number(*seconds)),
            Self::Busy(None) => t!(checkout.busy).to_owned(),
            Self::Offline => t!(checkout.offline).to_owned(),
            Self::NoAnswer => t!(checkout.no_answer).to_owned(),
            Self::Fault => t!(checkout.fault).to_owned(),
            Self::Unpaid(_) => t!(checkout.unpaid_text).to_owned(),
            Self::Member(_) => t!(checkout.member_text).to_owned(),
            Self::Full { next: Some(_) } | Self::GroupOver { next: Some(_) } => {
                t!(checkout.full_text).to_owned()
            }
            Self::Full { next: None } | Self::GroupOver { next: None } => {
                t!(checkout.full_alone_text).to_owned()
            }
            Self::OfferOver => t!(checkout.offer_over_text).to_owned(),
            Self::FlashOver => t!(checkout.flash_over_text).to_owned(),
            Self::NotForYou => t!(checkout.not_for_you_text).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: ErrorCode, details: Option<ErrorDetails>) -> Refusal {
        let body = contract::ApiError {
            code,
            message: String::new(),
            details,
            request_id: String::new(),
        };
        Refusal::from(&ApiError::Refused {
            status,
            body: Box::new(body.into()),
        })
    }

    #[test]
    fn every_refusal_of_an_order_says_what_to_do() {
        let stock = ErrorDetails::Stock {
            sku: "peach".into(),
            available: 2,
        };
        let scarce = Trouble::Scarce {
            sku: "peach".into(),
            left: 2,
        };
        assert_eq!(
            refused(409, ErrorCode::SoldOut, Some(stock)),
            Refusal::Say(scarce.clone())
        );
        assert!(scarce.changes_goods());
        let limit = ErrorDetails::Limit {
            sku: "peach".into(),
            limit: 3,
        };
        let over = Trouble::OverLimit {
            sku: "peach".into(),
            limit: 3,
        };
        assert_eq!(
            refused(409, ErrorCode::LimitExceeded, Some(limit)),
            Refusal::Say(over)
        );
        assert_eq!(
            refused(401, ErrorCode::SignInRequired, None),
            Refusal::SignIn
        );
        assert_eq!(
            refused(
                429,
                ErrorCode::RateLimited,
                Some(ErrorDetails::RetryAfter(9))
            ),
            Refusal::Say(Trouble::Busy(Some(9)))
        );
        assert_eq!(
            refused(409, ErrorCode::FulfilmentUnavailable, None),
            Refusal::Say(Trouble::WayClosed)
        );
    }

    #[test]
    fn f52_a_seat_that_cannot_be_had_says_so_and_names_the_group() {
        let group = ErrorDetails::Group("g7".into());
        let cases = [
            (ErrorCode::AlreadyMember, Trouble::Member(Some("g7".into()))),
            (ErrorCode::GroupFull, Trouble::Full { next: None }),
            (ErrorCode::GroupEnded, Trouble::GroupOver { next: None }),
            (ErrorCode::ActivityEnded, Trouble::OfferOver),
            (ErrorCode::FlashEnded, Trouble::FlashOver),
            (ErrorCode::NotEligible, Trouble::NotForYou),
        ];
        for (code, trouble) in cases {
            let heard = refused(409, code, Some(group.clone()));
            assert_eq!(heard, Refusal::Say(trouble.clone()), "{code:?}");
            assert!(trouble.ends_seat() && !trouble.words(|_| None).is_empty());
        }
    }

    #[test]
    fn inv_p5_without_an_answer_the_shopper_is_told_that_pressing_again_is_safe() {
        assert_eq!(
            refused(500, ErrorCode::Internal, None),
            Refusal::Say(Trouble::NoAnswer)
        );
        for lost in [
            ApiError::Timeout,
            ApiError::Network,
            ApiError::Unreadable { status: 502 },
        ] {
            assert_eq!(Refusal::from(&lost), Refusal::Say(Trouble::NoAnswer));
        }
        assert_eq!(
            Refusal::from(&ApiError::Offline),
            Refusal::Say(Trouble::Offline)
        );
    }

    #[test]
    fn goods_are_named_where_they_are_known() {
        let scarce = Trouble::Scarce {
            sku: "peach".into(),
            left: 2,
        };
        assert!(
            scarce
                .words(|_| Some("阳山水蜜桃".into()))
                .contains("阳山水蜜桃")
        );
        assert!(scarce.words(|_| None).contains(t!(checkout.something)));
    }
}
