//! The looks of fields that the shop's own components do not have: choices and moments.

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/live/form.module.css"
);

pub use style::*;
