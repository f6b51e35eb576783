//! Where the group of an order's seat stands, and the way to it.

use contract::groups::{GroupState, OrderGroup};
use leptos::prelude::*;

use crate::routes;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Countdown, Glyph, LineLink, Panel, text};

stylance::import_crate_style!(style, "src/features/orders/group.module.css");

/// The panel.
#[component]
pub(super) fn GroupPanel(group: OrderGroup) -> impl IntoView {
    let Some(id) = group.group else {
        return view! {
            <Panel label=t!(orders.group)>
                <p class=stylance::classes!(text::small, text::muted)>{t!(orders.group_opens)}</p>
            </Panel>
        }
        .into_any();
    };
    let words = match group.state {
        Some(GroupState::Succeeded) => t!(orders.group_complete).into_any(),
        Some(GroupState::Failed) => t!(orders.group_failed).into_any(),
        Some(GroupState::Forming) | None => {
            view! { <Forming need=group.need expires_at=group.expires_at /> }.into_any()
        }
    };
    view! {
        <Panel rows=true label=t!(orders.group)>
            <LineLink label=t!(groups.of, n = group.size) href=routes::group(&id) glyph=Glyph::Group>
                {words}
            </LineLink>
        </Panel>
    }
    .into_any()
}

#[component]
fn Forming(need: u32, expires_at: Option<contract::Timestamp>) -> impl IntoView {
    let left = use_server_time().seconds_until(move || expires_at);
    view! {
        <span class=style::need>{t!(groups.need, count = need.into())}</span>
        {expires_at
            .map(|_| {
                view! {
                    <span class=style::left>
                        <span aria-hidden="true">{t!(groups.time_short)}" "</span>
                        <Countdown left label=t!(groups.time_left) />
                    </span>
                }
            })}
    }
}
