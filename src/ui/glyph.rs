//! Icons out of the one sprite `/icons.svg`, by what they mean.

use leptos::prelude::*;

stylance::import_crate_style!(style, "src/ui/glyph.module.css");

macro_rules! glyphs {
    ($($(#[$meta:meta])* $name:ident = $id:literal),+ $(,)?) => {
        /// A drawing of the sprite; `xtask` draws the sprite from the same words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $($(#[$meta])* #[doc = $id] $name),+ }

        impl Glyph {
            /// Address of the drawing.
            pub const fn href(self) -> &'static str {
                match self { $(Self::$name => concat!("/icons.svg#i-", $id)),+ }
            }
        }
    };
}

glyphs! {
    Home = "home", Search = "search", Grid = "grid", Cart = "cart", User = "user", Back = "back",
    Next = "next", Down = "down", Close = "close", Store = "store", Clock = "clock", Check = "check",
    Ok = "ok", Alert = "alert", Warn = "warn", Info = "info", Shield = "shield", Truck = "truck",
    Refund = "refund", Place = "place", Plus = "plus", Minus = "minus", Trash = "trash",
    Filter = "filter", Sort = "sort", Star = "star", Copy = "copy", Image = "image", Wallet = "wallet",
    Edit = "edit", Eye = "eye", Phone = "phone", Package = "package", Offline = "offline",
    Refresh = "refresh", More = "more", Settings = "settings", Lock = "lock", Bag = "bag",
    Cash = "cash", Blocked = "blocked", List = "list", External = "external", Share = "share", Link = "link", Moments = "moments",
    Wechat = "wechat", Chart = "chart", Group = "group", Bell = "bell", Live = "live", Flash = "flash", Coupon = "coupon", Heart = "heart", Pip = "pip", Send = "send", Play = "play", Sound = "mute", Calendar = "calendar",
    Pause = "pause", Download = "download", Gift = "gift", Comment = "comment", Trend = "trend", Campaign = "campaign",
    Captions = "captions", Loud = "sound", Up = "up",
}

/// How large an icon is drawn; its stroke keeps its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum IconSize {
    /// 24 px.
    #[default]
    Medium,
    /// 18 px.
    Small,
    /// 14 px.
    Tiny,
}

/// An icon. It says nothing to assistive technology: the label is on the control around it.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
    /// How large.
    #[prop(optional)]
    size: IconSize,
    /// Filled instead of drawn: "selected".
    #[prop(optional)]
    filled: bool,
) -> impl IntoView {
    let size = match size {
        IconSize::Medium => None,
        IconSize::Small => Some(style::small),
        IconSize::Tiny => Some(style::tiny),
    };
    let class = stylance::classes!(style::icon, size, filled.then_some(style::filled));
    view! {
        <svg class=class aria-hidden="true">
            <use href=glyph.href()></use>
        </svg>
    }
}
