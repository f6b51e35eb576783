//! The checkout, and the page that the payment gateway sends the buyer back to.

mod address_sheet;
mod amounts;
mod api;
mod contact_sheet;
mod desk;
mod goods;
mod moves_sheet;
mod page;
mod pay;
mod pay_page;
mod pay_state;
mod point_sheet;
mod remark;
mod state;
mod trouble;
mod way;

pub use page::CheckoutPage;
pub use pay_page::PayPage;
