//! Why a promotion takes nothing off, in words that say what to do.

use contract::promotions::PromotionReason as Reason;
use contract::{Currency, Money};

use crate::i18n::{day_and_time, money, number};
use crate::t;

/// The words; amounts are in the shop's currency.
pub fn reason_words(reason: &Reason, currency: Currency) -> String {
    let words = match reason {
        Reason::NotYet { starts_at } => {
            return t!(promotions.not_yet, at = day_and_time(*starts_at));
        }
        Reason::Threshold { missing } => {
            let amount = Money::new(*missing, currency);
            return t!(promotions.threshold, amount = money(amount));
        }
        Reason::MembersOnly { level } => {
            return t!(promotions.members_only, level = number(u64::from(*level)));
        }
        Reason::Limit { left } => return t!(promotions.limit, left = number(u64::from(*left))),
        Reason::SoldOut { left: 0 } => t!(promotions.sold_out),
        Reason::SoldOut { left } => {
            return t!(promotions.few_left, left = number(u64::from(*left)));
        }
        Reason::Ended => t!(promotions.ended),
        Reason::Paused => t!(promotions.paused),
        Reason::SignIn => t!(promotions.sign_in),
        Reason::NewOnly => t!(promotions.new_only),
        Reason::OtherCommunity => t!(promotions.other_community),
        Reason::UsedUp => t!(promotions.used_up),
        Reason::OutOfScope => t!(promotions.out_of_scope),
        Reason::NotWithActivity => t!(promotions.not_with_activity),
        Reason::NotWithOthers => t!(promotions.not_with_others),
        Reason::BetterPrice | Reason::BetterOffer => t!(promotions.better),
        Reason::Floor => t!(promotions.floor),
        Reason::Used => t!(promotions.used),
        Reason::NotOffered | Reason::NotYours | Reason::Other => t!(promotions.not_offered),
    };
    words.to_owned()
}
