//! Small classes for text and rows that many views share: `text::hidden`, `text::muted`, `text::row`.

stylance::import_crate_style!(
    #[allow(dead_code)]
    #[allow(missing_docs)]
    style,
    "src/ui/text.module.css"
);

pub use style::*;
