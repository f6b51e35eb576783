//! Other groups of the same offer, and starting one.

use contract::groups::{GroupProgress, GroupState, OpenGroup};
use leptos::prelude::*;

use crate::routes;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Glyph, Icon, LineLink, OpenGroupRow, OpenGroups, Panel};

stylance::import_crate_style!(style, "src/features/groups/others.module.css");

/// The panel; nothing for those who are in, or where there is neither.
#[component]
pub(super) fn Others(group: Signal<GroupProgress>) -> impl IntoView {
    let is_in = Memo::new(move |_| {
        group.with(|group| group.mine.is_some() && group.state != GroupState::Failed)
    });
    let others = Memo::new(move |_| group.with(|group| group.others.clone()));
    let start = Memo::new(move |_| {
        group.with(|group| {
            group
                .can_open
                .then(|| routes::product_seat(&group.product.slug, None))
        })
    });
    move || match (is_in.get(), others.get(), start.get()) {
        (false, others, Some(href)) if others.is_empty() => view! {
            <Panel rows=true label=t!(groups.open_own)>
                <LineLink label=t!(groups.open_own) href glyph=Glyph::Group />
            </Panel>
        }
        .into_any(),
        (false, others, start) if !others.is_empty() => {
            let more = move || {
                start.map(|href| {
                    view! {
                        <a href=href class=style::more>
                            {t!(groups.open_own)}
                            <Icon glyph=Glyph::Next />
                        </a>
                    }
                })
            };
            view! {
                <Panel title=t!(groups.others) more>
                    <OpenGroups>{others.into_iter().map(row).collect_view()}</OpenGroups>
                </Panel>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

fn row(group: OpenGroup) -> impl IntoView {
    let expires_at = group.expires_at;
    let left = use_server_time().seconds_until(move || Some(expires_at));
    let href = routes::group(&group.id);
    view! { <OpenGroupRow group left href /> }
}
