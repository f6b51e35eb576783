//! The design's components. They know no API and no store: signals and callbacks in, markup out.
//! One component a file, its style sheet beside it.

mod announce;
mod badge;
mod button;
mod check;
mod dock;
mod empty;
mod glyph;
mod icon_button;
mod notice;
mod panel;
mod picture;
mod price;
mod sheet;
mod skeleton;
mod stepper;
pub mod text;
mod toast;
mod topbar;

pub use announce::{Announcer, LiveRegion, announce};
pub use badge::{Badge, BadgeKind, CountBadge};
pub use button::{Button, ButtonKind, ButtonLink};
pub use check::Check;
pub use dock::{Dock, DockPlace};
pub use empty::Empty;
pub use glyph::{Glyph, Icon, IconSize};
pub use icon_button::{IconButton, IconLink};
pub use notice::{Notice, NoticeKind};
pub use panel::Panel;
pub use picture::{Picture, PictureKind};
pub use price::{Amount, OldPrice, Price, PriceInk, PriceSize};
pub use sheet::Sheet;
pub use skeleton::{Skeleton, SkeletonKind};
pub use stepper::Stepper;
pub use toast::{Toast, ToastHost, Toaster, toast};
pub use topbar::Topbar;
