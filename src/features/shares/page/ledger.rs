//! Amounts one below the other, as the lists of commissions and payouts share them.

use leptos::prelude::*;

use crate::ui::{Skeleton, SkeletonKind};

stylance::import_crate_style!(style, "src/features/shares/page/ledger.module.css");

pub use style::{end, main, rows};

/// The boxes of a few rows.
pub fn skeleton() -> AnyView {
    view! {
        <div class=style::waiting>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </div>
    }
    .into_any()
}
