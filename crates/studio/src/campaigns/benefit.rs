//! What a coupon, a full-reduction or a member price takes off, of what.

use contract::campaigns::CampaignTier;
use contract::promotions::PromotionKind;
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconButton, IconSize, Panel, Segmented, text,
};

use super::catalogue::Catalogue;
use super::desk::Desk;
use super::draft::Spot;
use super::fields::{self, At, Help};
use super::rows::TierRow;
use super::scope::{Alone, ScopeFields};

/// The longest amount.
const AMOUNT: usize = 12;
/// The longest count.
const COUNT: usize = 7;

/// The panel.
#[component]
pub fn BenefitPanel(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    view! {
        <Panel title=t!(campaigns.benefit).to_owned()>
            <div class=text::stack>
                <fieldset disabled=move || !desk.is_open()>
                    <div class=text::stack>
                        {match desk.draft.kind {
                            PromotionKind::Coupon => view! { <CouponFields desk /> }.into_any(),
                            PromotionKind::FullReduction => view! { <Tiers desk /> }.into_any(),
                            _ => view! { <Percent desk /> }.into_any(),
                        }}
                        <ScopeFields desk catalogue />
                    </div>
                </fieldset>
                {(desk.draft.kind == PromotionKind::Coupon).then(|| view! { <Claims desk /> })}
            </div>
        </Panel>
    }
}

#[component]
fn Percent(desk: Desk) -> impl IntoView {
    view! {
        <At spot=Spot::Off>
            <Field
                label=t!(campaigns.off_percent)
                kind=FieldKind::Amount
                value=desk.draft.off
                longest=6
                error=desk.wrong(Spot::Off, t!(campaigns.wrong_share))
            />
        </At>
    }
}

#[component]
fn CouponFields(desk: Desk) -> impl IntoView {
    let draft = desk.draft;
    let wrong = move |spot| desk.wrong(spot, t!(campaigns.wrong_amount));
    let choose = move |by_share: bool| {
        draft.by_share.set(by_share);
        // An amount is no share.
        draft.off.set(String::new());
    };
    view! {
        <Segmented
            label=t!(campaigns.benefit)
            name="benefit"
            options=vec![false, true]
            words=|by_share: bool| {
                if by_share { t!(campaigns.by_share) } else { t!(campaigns.by_amount) }.to_owned()
            }
            chosen=draft.by_share
            on_choose=choose
        />
        <div class=fields::fields>
            {move || match draft.by_share.get() {
                true => view! {
                    <Percent desk />
                    <At spot=Spot::Cap>
                        <Field label=t!(campaigns.cap) kind=FieldKind::Amount value=draft.cap longest=AMOUNT error=wrong(Spot::Cap) hint=t!(campaigns.no_end) />
                    </At>
                }.into_any(),
                false => view! {
                    <At spot=Spot::Off>
                        <Field label=t!(campaigns.off_amount) kind=FieldKind::Amount value=draft.off longest=AMOUNT error=wrong(Spot::Off) />
                    </At>
                }.into_any(),
            }}
            <At spot=Spot::Threshold>
                <Field label=t!(campaigns.threshold) kind=FieldKind::Amount value=draft.threshold longest=AMOUNT error=wrong(Spot::Threshold) />
            </At>
        </div>
        <Alone desk />
    }
}

/// How coupons are given out; may change while it runs.
#[component]
fn Claims(desk: Desk) -> impl IntoView {
    let draft = desk.draft;
    let wrong = move |spot| desk.wrong(spot, t!(campaigns.wrong_count));
    view! {
        <fieldset disabled=move || !desk.is_editable() class=fields::fields>
            <At spot=Spot::ClaimTotal>
                <Field label=t!(campaigns.claim_total) kind=FieldKind::Amount value=draft.claim_total longest=COUNT error=wrong(Spot::ClaimTotal) hint=t!(campaigns.no_end) />
            </At>
            <At spot=Spot::ClaimEach>
                <Field label=t!(campaigns.claim_each) kind=FieldKind::Amount value=draft.claim_each longest=COUNT error=wrong(Spot::ClaimEach) />
            </At>
            <At spot=Spot::Term>
                <Field label=t!(campaigns.term) kind=FieldKind::Amount value=draft.term longest=COUNT error=wrong(Spot::Term) hint=t!(campaigns.term_text) />
            </At>
        </fieldset>
    }
}

#[component]
fn Tiers(desk: Desk) -> impl IntoView {
    let tiers = desk.draft.tiers;
    let add = move |()| {
        let last = tiers.with_untracked(|rows| rows.last().and_then(|row| row.read()));
        let last = last.unwrap_or(CampaignTier { from: 0, off: 0 });
        let tier = CampaignTier {
            from: last.from + 10_000,
            off: last.off + 1000,
        };
        let row = desk.draft.keeping(|| TierRow::new(tier));
        tiers.update(|rows| rows.push(row));
    };
    let wrong = desk.wrong(Spot::Tiers, t!(campaigns.wrong_tiers));
    view! {
        <At spot=Spot::Tiers>
            <ul class=fields::rows>
                <For each=move || tiers.get() key=|row| row.key let:row>
                    <li class=fields::row>
                        <div class=fields::narrow><Field label=t!(campaigns.tier_from) kind=FieldKind::Amount value=row.from longest=AMOUNT /></div>
                        <div class=fields::narrow><Field label=t!(campaigns.tier_off) kind=FieldKind::Amount value=row.off longest=AMOUNT /></div>
                        <IconButton
                            label=t!(campaigns.tier_drop).to_owned()
                            glyph=Glyph::Trash
                            size=IconSize::Small
                            on_press=move |()| tiers.update(|rows| rows.retain(|it| it.key != row.key))
                        />
                    </li>
                </For>
            </ul>
        </At>
        {move || match wrong.get() {
            Some(words) => view! { <p class=stylance::classes!(text::caption, fields::wrong) role="alert">{words}</p> }.into_any(),
            None => view! { <Help words=t!(campaigns.tiers_text) /> }.into_any(),
        }}
        <div class=fields::actions>
            <Button kind=ButtonKind::Plain small=true on_press=add>
                <Icon glyph=Glyph::Plus size=IconSize::Small />
                {t!(campaigns.tier_add)}
            </Button>
        </div>
    }
}
