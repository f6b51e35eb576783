//! The boxes of content that is on its way; they appear after 200 ms and shimmer four times.

use leptos::prelude::*;

use super::Panel;
use super::text;
use crate::t;

stylance::import_crate_style!(style, "src/ui/skeleton.module.css");

/// Which box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SkeletonKind {
    /// A line of text.
    #[default]
    Line,
    /// A shorter line.
    Short,
    /// A square picture.
    Picture,
    /// A control or a whole row, `--skeleton-h` high.
    Block,
}

/// One box. Hidden from assistive technology: the page says once that it loads.
#[component]
pub fn Skeleton(
    /// Which box.
    #[prop(optional)]
    kind: SkeletonKind,
) -> impl IntoView {
    let kind = match kind {
        SkeletonKind::Line => style::line,
        SkeletonKind::Short => style::short,
        SkeletonKind::Picture => style::picture,
        SkeletonKind::Block => style::block,
    };
    view! { <span class=stylance::classes!(style::skeleton, kind) aria-hidden="true"></span> }
}

/// A page of which nothing is known yet.
#[component]
pub fn PageSkeleton() -> impl IntoView {
    view! {
        <main aria-busy="true">
            <Panel label=t!(app.loading)>
                <div class=text::stack>
                    <Skeleton kind=SkeletonKind::Block />
                    <Skeleton />
                    <Skeleton kind=SkeletonKind::Short />
                </div>
            </Panel>
        </main>
    }
}
