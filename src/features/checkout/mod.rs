//! The checkout of the cart, of one thing past it, of a group's seat and of a flash price, and the page that the payment gateway sends the buyer back to.

mod address_sheet;
mod amounts;
mod api;
mod contact_sheet;
mod coupons;
mod desk;
mod errand;
mod flash_page;
mod foot;
mod gate;
mod goods;
mod moves_sheet;
mod overflow;
mod page;
mod pay;
mod pay_dock;
mod pay_page;
mod pay_state;
mod point_sheet;
mod remark;
mod seat_page;
mod state;
mod trouble;
mod trouble_sheet;
mod way;

pub use flash_page::FlashPage;
pub use page::CheckoutPage;
pub use pay_page::PayPage;
pub use seat_page::SeatPage;
