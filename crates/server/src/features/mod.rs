//! What the shop can do, one folder a word. A feature never imports another.

pub mod account;
pub mod address;
pub mod books;
pub mod campaigns;
pub mod cart;
pub mod catalog;
pub mod creators;
pub mod earnings;
pub mod events;
pub mod feed;
pub mod goods_studio;
pub mod groups;
pub mod home;
pub mod live;
pub mod notifications;
pub mod orders;
pub mod orders_studio;
pub mod payment;
pub mod pickup;
pub mod promotions;
pub mod quote;
pub mod reviews;
pub mod shares;
pub mod videos;
