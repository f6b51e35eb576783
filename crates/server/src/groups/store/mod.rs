//! SQL of group-buy: offers and their quotas, groups, seats, rewards, and what pages show of them.

pub mod activity;
pub mod group;
pub mod people;
pub mod quota;
pub mod reward;
pub mod seat;
pub mod shown;
