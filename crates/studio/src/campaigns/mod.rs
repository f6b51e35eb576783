//! Promotions as their editors write them: the list and the calendar, the editor that saves by itself, readiness, and
//! the preview of the shop at a moment.

mod api;
mod as_of;
mod bar;
mod benefit;
mod calendar;
mod catalogue;
mod create;
mod desk;
mod draft;
mod editor;
mod fields;
mod fresh;
mod funding;
mod goods;
mod limits;
mod list;
mod phone;
mod preview;
mod progress;
mod ready;
mod rows;
mod scope;
mod slider;
mod terms;
mod typed;
mod weeks;
mod when;
mod words;

pub use create::NewCampaignPage;
pub use editor::CampaignPage;
pub use list::CampaignsPage;
