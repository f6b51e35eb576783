//! Rooms in words: their states, and why something was refused.

use contract::live::LiveState;
use contract::live_studio::LiveCommand;
use contract::{ErrorCode, ErrorDetails};
use storefront::api::{ApiError, failure_words};
use storefront::t;
use storefront::ui::{BadgeKind, Glyph};

/// A state as a badge: how it looks, and its word.
pub fn state(state: LiveState) -> (BadgeKind, &'static str) {
    match state {
        LiveState::Draft => (BadgeKind::Plain, t!(studio.draft)),
        LiveState::Scheduled => (BadgeKind::SunSoft, t!(studio.scheduled)),
        LiveState::Live => (BadgeKind::BrandSoft, t!(studio.live)),
        LiveState::Paused => (BadgeKind::SunSoft, t!(studio.paused)),
        LiveState::Ended => (BadgeKind::Plain, t!(studio.ended)),
        LiveState::ReplayReady => (BadgeKind::JadeSoft, t!(studio.replay)),
        LiveState::Cancelled => (BadgeKind::Plain, t!(studio.cancelled)),
        LiveState::Missed => (BadgeKind::Plain, t!(studio.missed)),
        LiveState::Banned => (BadgeKind::DangerSoft, t!(studio.banned)),
    }
}

/// A command as a button: its drawing and its words.
pub fn command(command: LiveCommand, state: LiveState, practice: bool) -> (Glyph, &'static str) {
    match command {
        LiveCommand::Schedule => (Glyph::Calendar, t!(studio.do_schedule)),
        LiveCommand::Start if state == LiveState::Paused => (Glyph::Play, t!(studio.do_resume)),
        LiveCommand::Start if practice => (Glyph::Live, t!(studio.do_rehearse)),
        LiveCommand::Start => (Glyph::Live, t!(studio.do_start)),
        LiveCommand::Pause => (Glyph::Pause, t!(studio.do_pause)),
        LiveCommand::End => (Glyph::Close, t!(studio.do_end)),
        LiveCommand::Cancel => (Glyph::Close, t!(studio.do_cancel)),
        LiveCommand::Ban => (Glyph::Blocked, t!(studio.do_ban)),
    }
}

/// What a command comes to, where it cannot be taken back.
pub fn warning(command: LiveCommand) -> Option<&'static str> {
    match command {
        LiveCommand::End => Some(t!(studio.end_text)),
        LiveCommand::Cancel => Some(t!(studio.cancel_text)),
        LiveCommand::Ban => Some(t!(studio.ban_text)),
        _ => None,
    }
}

/// Why something was refused, and what to do.
pub fn refused(error: &ApiError) -> String {
    let words = match error.code() {
        Some(ErrorCode::LiveStateConflict) => t!(studio.no_state),
        Some(ErrorCode::NotOnShelf) => t!(studio.no_shelf),
        Some(ErrorCode::SoldOut) => t!(studio.no_stock),
        Some(ErrorCode::StaffOnly) => t!(studio.no_role),
        Some(ErrorCode::NotFound) => t!(studio.no_such),
        Some(ErrorCode::InvalidRequest) => return field(error),
        _ => return failure_words(error).1,
    };
    words.to_owned()
}

/// The field that is wrong.
fn field(error: &ApiError) -> String {
    let name = match error.details() {
        Some(ErrorDetails::Field { name, .. }) => Some(name),
        _ => None,
    };
    let words = match name.as_deref() {
        Some("price" | "price.currency") => t!(studio.wrong_price),
        Some("quota") => t!(studio.wrong_quota),
        Some("per_user") => t!(studio.wrong_per_user),
        Some("title" | "notice") => t!(studio.wrong_text),
        Some("host") => t!(studio.wrong_host),
        Some("product") => t!(studio.no_such),
        Some("blocklist" | "every_s") => t!(studio.wrong_rules),
        _ => return failure_words(error).1,
    };
    words.to_owned()
}
