//! A group that can be joined, in a list: who opened it, how many are missing, how long it stays open.

use contract::groups::OpenGroup;
use leptos::prelude::*;

use super::{ButtonKind, ButtonLink, Countdown, Face, text};
use crate::t;

stylance::import_crate_style!(style, "src/ui/open_group.module.css");

/// The list that the rows stand in.
#[component]
pub fn OpenGroups(
    /// [`OpenGroupRow`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class=style::list>{children()}</ul> }
}

/// One group.
#[component]
pub fn OpenGroupRow(
    /// Which.
    group: OpenGroup,
    /// Whole seconds until it ends; a group whose time is up is not drawn.
    left: Signal<Option<u64>>,
    /// Its page.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let is_over = Memo::new(move |_| left.get() == Some(0));
    let group = StoredValue::new(group);
    let href = StoredValue::new(href);
    move || {
        (!is_over.get()).then(|| {
            let OpenGroup { leader, need, .. } = group.get_value();
            view! {
                <li class=style::row>
                    <Face name=leader.name.clone() />
                    <span class=style::who>
                        <span class=text::strong>
                            {leader.name}" "
                            <span class=style::need>{t!(groups.need_short, count = u64::from(need))}</span>
                        </span>
                        <span class=stylance::classes!(text::caption, text::faint)>
                            <span aria-hidden="true">{t!(groups.time_short)}" "</span>
                            <Countdown left label=t!(groups.time_left) silent=true />
                        </span>
                    </span>
                    <ButtonLink href=href.get_value() kind=ButtonKind::Tonal small=true>
                        {t!(groups.go_join)}
                    </ButtonLink>
                </li>
            }
        })
    }
}
