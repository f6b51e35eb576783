//! Badges: one short line that states something, and the number on a corner.

use leptos::prelude::*;

use crate::i18n::number;

stylance::import_crate_style!(style, "src/ui/badge.module.css");

/// What a badge states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BadgeKind {
    /// A plain fact.
    #[default]
    Plain,
    /// Attention that is no error.
    Sun,
    /// The same, softly.
    SunSoft,
    /// An offer.
    BrandSoft,
    /// A promise.
    JadeSoft,
    /// A failure.
    DangerSoft,
    /// A disclosure.
    InfoSoft,
    /// On a picture.
    Glass,
}

/// A badge: at most eight Chinese characters.
#[component]
pub fn Badge(
    /// What it states.
    #[prop(optional)]
    kind: BadgeKind,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let kind = match kind {
        BadgeKind::Plain => None,
        BadgeKind::Sun => Some(style::sun),
        BadgeKind::SunSoft => Some(style::sun_soft),
        BadgeKind::BrandSoft => Some(style::brand_soft),
        BadgeKind::JadeSoft => Some(style::jade_soft),
        BadgeKind::DangerSoft => Some(style::danger_soft),
        BadgeKind::InfoSoft => Some(style::info_soft),
        BadgeKind::Glass => Some(style::glass),
    };
    view! { <span class=stylance::classes!(style::badge, kind)>{children()}</span> }
}

/// The number on the corner of a control: nothing at 0, "99+" above 99. Not spoken.
#[component]
pub fn CountBadge(
    /// How many.
    count: Signal<u64>,
) -> impl IntoView {
    move || {
        let count = count.get();
        let text = if count > 99 {
            "99+".to_owned()
        } else {
            number(count)
        };
        (count > 0).then(|| view! { <span class=style::count aria-hidden="true">{text}</span> })
    }
}
