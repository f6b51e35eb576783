//! Whom a promotion is for, what one may have of it, and what it may cost.

use contract::CommunityId;
use contract::catalog::Community;
use contract::promotions::PromotionKind;
use leptos::prelude::*;
use storefront::api::use_load;
use storefront::t;
use storefront::ui::{Field, FieldKind, Panel, text};

use super::api;
use super::desk::Desk;
use super::draft::Spot;
use super::fields::{self, At, Tick};
use crate::form;

/// The panel.
#[component]
pub fn LimitsPanel(desk: Desk) -> impl IntoView {
    let draft = desk.draft;
    let new_only = draft.new_only;
    let wrong = move |spot| desk.wrong(spot, t!(campaigns.wrong_count));
    let each = match draft.kind {
        PromotionKind::FlashSale => t!(campaigns.per_customer_pieces),
        _ => t!(campaigns.per_customer_uses),
    };
    view! {
        <Panel title=t!(campaigns.limits).to_owned()>
            <div class=text::stack>
                <fieldset disabled=move || !desk.is_open()>
                    <div class=text::stack>
                        <Tick
                            label=t!(campaigns.new_only)
                            more=t!(campaigns.new_only_text)
                            checked=new_only
                            on_change=move |on| new_only.set(on)
                        />
                        <At spot=Spot::Level>
                            <Field label=t!(campaigns.level) kind=FieldKind::Amount value=draft.level longest=2 error=desk.wrong(Spot::Level, t!(campaigns.wrong_level)) hint=t!(campaigns.level_text) />
                        </At>
                        <Communities desk />
                    </div>
                </fieldset>
                <fieldset disabled=move || !desk.is_editable() class=fields::fields>
                    <At spot=Spot::PerCustomer>
                        <Field label=each kind=FieldKind::Amount value=draft.per_customer longest=7 error=wrong(Spot::PerCustomer) hint=t!(campaigns.no_end) />
                    </At>
                    <At spot=Spot::Spend>
                        <Field label=t!(campaigns.spend) kind=FieldKind::Amount value=draft.spend longest=12 error=desk.wrong(Spot::Spend, t!(campaigns.wrong_amount)) hint=t!(campaigns.no_end) />
                    </At>
                    <At spot=Spot::Uses>
                        <Field label=t!(campaigns.uses) kind=FieldKind::Amount value=draft.uses longest=7 error=wrong(Spot::Uses) hint=t!(campaigns.no_end) />
                    </At>
                </fieldset>
            </div>
        </Panel>
    }
}

#[component]
fn Communities(desk: Desk) -> impl IntoView {
    let chosen = desk.draft.communities;
    let all = use_load(api::list_communities);
    let turn = move |id: CommunityId, on: bool| {
        chosen.update(|ids| {
            ids.retain(|it| *it != id);
            ids.extend(on.then_some(id));
        });
    };
    let tick = move |community: Community| {
        let (id, of) = (community.id.clone(), community.id);
        view! {
            <label class=form::choice>
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|ids| ids.contains(&id))
                    on:change=move |event| turn(of.clone(), event_target_checked(&event))
                />
                <span>{community.name}</span>
            </label>
        }
    };
    view! {
        <span class=stylance::classes!(text::small, text::muted)>{t!(campaigns.communities)}</span>
        <div class=form::fields role="group" aria-label=t!(campaigns.communities)>
            {move || all.ready().map(|all| all.items.into_iter().map(tick).collect_view())}
        </div>
        {move || chosen.with(Vec::is_empty).then(|| view! { <span class=stylance::classes!(text::caption, text::muted)>{t!(campaigns.communities_all)}</span> })}
    }
}
