//! Promotions in words: kinds, states, commands, checks, and why something was refused.

use contract::campaigns::{CampaignCommand, CampaignState, CheckKind, ReadinessCheck};
use contract::promotions::{FunderKind, PromotionKind};
use contract::{Currency, ErrorCode, ErrorDetails, Money};
use storefront::api::{ApiError, failure_words};
use storefront::i18n::{money, number};
use storefront::t;
use storefront::ui::{BadgeKind, Glyph};

use super::typed;

/// A kind: its drawing, its name.
pub fn kind(kind: PromotionKind) -> (Glyph, &'static str) {
    match kind {
        PromotionKind::FlashSale => (Glyph::Flash, t!(campaigns.flash_sale)),
        PromotionKind::Coupon => (Glyph::Gift, t!(campaigns.coupon)),
        PromotionKind::FullReduction => (Glyph::Cash, t!(campaigns.full_reduction)),
        PromotionKind::MemberPrice => (Glyph::User, t!(campaigns.member_price)),
        _ => (Glyph::Campaign, t!(campaigns.other)),
    }
}

/// What a kind does, in a sentence.
pub fn about_kind(kind: PromotionKind) -> &'static str {
    match kind {
        PromotionKind::FlashSale => t!(campaigns.flash_sale_text),
        PromotionKind::Coupon => t!(campaigns.coupon_text),
        PromotionKind::FullReduction => t!(campaigns.full_reduction_text),
        PromotionKind::MemberPrice => t!(campaigns.member_price_text),
        _ => "",
    }
}

/// A name, or that there is none yet.
pub fn title(title: &str) -> String {
    match title.trim() {
        "" => t!(campaigns.unnamed).to_owned(),
        title => title.to_owned(),
    }
}

/// A state as a badge: how it looks, and its word.
pub fn state(state: CampaignState) -> (BadgeKind, &'static str) {
    match state {
        CampaignState::Draft => (BadgeKind::Plain, t!(campaigns.draft)),
        CampaignState::Scheduled => (BadgeKind::InfoSoft, t!(campaigns.scheduled)),
        CampaignState::Running => (BadgeKind::JadeSoft, t!(campaigns.running)),
        CampaignState::Paused => (BadgeKind::SunSoft, t!(campaigns.paused)),
        CampaignState::Ended => (BadgeKind::Plain, t!(campaigns.ended)),
    }
}

/// A command as a button: its drawing and its words.
pub fn command(command: CampaignCommand) -> (Glyph, &'static str) {
    match command {
        CampaignCommand::Schedule => (Glyph::Calendar, t!(campaigns.do_schedule)),
        CampaignCommand::Pause => (Glyph::Pause, t!(campaigns.do_pause)),
        CampaignCommand::Resume => (Glyph::Play, t!(campaigns.do_resume)),
        CampaignCommand::End => (Glyph::Close, t!(campaigns.do_end)),
    }
}

/// Who pays.
pub fn funder(kind: FunderKind) -> &'static str {
    match kind {
        FunderKind::Store => t!(campaigns.store),
        FunderKind::Supplier => t!(campaigns.supplier),
        FunderKind::Platform => t!(campaigns.platform),
    }
}

/// What was looked at, as a heading: what is wrong, or that nothing is.
pub fn check(check: &ReadinessCheck) -> &'static str {
    match (check.kind, check.fine) {
        (CheckKind::Terms, true) => t!(campaigns.terms_fine),
        (CheckKind::Terms, false) => t!(campaigns.terms_wrong),
        (CheckKind::Stock, true) => t!(campaigns.stock_fine),
        (CheckKind::Stock, false) => t!(campaigns.stock_wrong),
        (CheckKind::Margin, true) => t!(campaigns.margin_fine),
        (CheckKind::Margin, false) if check.blocks => t!(campaigns.margin_wrong),
        (CheckKind::Margin, false) => t!(campaigns.margin_warns),
        (CheckKind::Overlap, true) => t!(campaigns.overlap_fine),
        (CheckKind::Overlap, false) => t!(campaigns.overlap_wrong),
        (CheckKind::Pictures, true) => t!(campaigns.pictures_fine),
        (CheckKind::Pictures, false) => t!(campaigns.pictures_wrong),
        (CheckKind::Translations, true) => t!(campaigns.translations_fine),
        (CheckKind::Translations, false) => t!(campaigns.translations_wrong),
        (CheckKind::Dates, true) => t!(campaigns.dates_fine),
        (CheckKind::Dates, false) => t!(campaigns.dates_wrong),
        (CheckKind::CutOff, true) => t!(campaigns.cut_off_fine),
        (CheckKind::CutOff, false) => t!(campaigns.cut_off_wrong),
        (CheckKind::PointCapacity, true) => t!(campaigns.capacity_fine),
        (CheckKind::PointCapacity, false) => t!(campaigns.capacity_wrong),
        (CheckKind::Other, _) => t!(campaigns.check_other),
    }
}

/// What to do about it.
pub fn advice(check: &ReadinessCheck, currency: Currency) -> String {
    let figure = check.figure.unwrap_or_default();
    let n = number(figure.unsigned_abs());
    match check.kind {
        CheckKind::Terms => t!(campaigns.terms_advice).to_owned(),
        CheckKind::Stock => t!(campaigns.stock_advice, n = n),
        CheckKind::Margin if !check.blocks => t!(campaigns.margin_warns_advice).to_owned(),
        CheckKind::Margin if figure > 0 => {
            t!(
                campaigns.margin_advice,
                floor = money(Money::new(figure, currency))
            )
        }
        CheckKind::Margin => t!(campaigns.margin_usual_advice).to_owned(),
        CheckKind::Overlap => t!(campaigns.overlap_advice).to_owned(),
        CheckKind::Pictures => t!(campaigns.pictures_advice).to_owned(),
        CheckKind::Translations => t!(campaigns.translations_advice).to_owned(),
        CheckKind::Dates => t!(campaigns.dates_advice).to_owned(),
        CheckKind::CutOff => {
            let minute = u32::try_from(figure).unwrap_or_default();
            t!(campaigns.cut_off_advice, time = typed::clock_text(minute))
        }
        CheckKind::PointCapacity => t!(campaigns.capacity_advice, n = n),
        // A newer server's own words.
        CheckKind::Other => check.advice.clone(),
    }
}

/// Why something was refused, and what to do.
pub fn refused(error: &ApiError) -> String {
    let words = match error.code() {
        Some(ErrorCode::CampaignStateConflict) => t!(campaigns.no_state),
        Some(ErrorCode::CampaignNotReady) => t!(campaigns.no_ready),
        Some(ErrorCode::SoldOut) => t!(campaigns.no_stock),
        Some(ErrorCode::StaffOnly) => t!(studio.no_role),
        Some(ErrorCode::InvalidRequest) => match error.details() {
            Some(ErrorDetails::Field { name, reason }) => {
                return t!(campaigns.no_field, name = name, reason = reason);
            }
            _ => t!(campaigns.no_terms),
        },
        _ => return failure_words(error).1,
    };
    words.to_owned()
}
