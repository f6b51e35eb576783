//! One entry: its sign, what it says, when it was; a dot while it is news.

use contract::notifications::Notification;
use leptos::prelude::*;

use super::state::{Kind, Said, said};
use crate::i18n::day_and_time;
use crate::t;
use crate::ui::{Glyph, Icon, text};

stylance::import_crate_style!(style, "src/features/notifications/row.module.css");

/// The entry, a link over its whole row.
#[component]
pub(super) fn Row(entry: Notification) -> impl IntoView {
    let Said {
        kind,
        title,
        text: words,
        href,
    } = said(&entry);
    let (glyph, tone) = match kind {
        Kind::Gathering => (Glyph::Group, style::sun),
        Kind::Done => (Glyph::Check, style::jade),
        Kind::Refund => (Glyph::Refund, style::jade),
        Kind::Earning => (Glyph::Wallet, style::brand),
    };
    let is_news = !entry.read;
    let text = match entry.subject.is_empty() {
        true => words,
        false => t!(notifications.about, what = entry.subject, words = words),
    };
    view! {
        <div class=style::row data-unread=is_news.then_some("")>
            <a href=href>
                <span class=stylance::classes!(style::sign, tone)>
                    <Icon glyph />
                </span>
                <span class=style::words>
                    {is_news.then(|| view! { <span class=text::hidden>{t!(notifications.unread)}" "</span> })}
                    <b>{title}</b>
                    <span>{text}</span>
                    <time>{day_and_time(entry.at)}</time>
                </span>
            </a>
        </div>
    }
}
