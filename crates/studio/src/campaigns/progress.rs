//! What a published promotion has done so far.

use contract::Money;
use contract::campaigns::CampaignState;
use contract::promotions::PromotionKind;
use leptos::prelude::*;
use storefront::i18n::{money_to_pay, number};
use storefront::t;
use storefront::ui::Panel;

use super::desk::Desk;

stylance::import_crate_style!(style, "src/campaigns/progress.module.css");

/// The panel; nothing of a draft.
#[component]
pub fn ProgressPanel(desk: Desk) -> impl IntoView {
    let is_published = Memo::new(move |_| desk.state() != CampaignState::Draft);
    let count = |n: i64| number(n.unsigned_abs());
    let of = move |part: fn(&contract::campaigns::Campaign) -> i64| desk.saved.with(part);
    move || {
        is_published.get().then(|| {
            let is_coupon = desk.draft.kind == PromotionKind::Coupon;
            view! {
                <Panel title=t!(campaigns.progress).to_owned()>
                    <dl class=style::figures>
                        <div>
                            <dt>{t!(campaigns.spent)}</dt>
                            <dd>{move || desk.saved.with(|it| money_to_pay(Money::new(it.spent, it.currency)))}</dd>
                        </div>
                        <div>
                            <dt>{t!(campaigns.orders)}</dt>
                            <dd>{move || count(of(|it| it.uses))}</dd>
                        </div>
                        {is_coupon.then(|| view! {
                            <div>
                                <dt>{t!(campaigns.claimed)}</dt>
                                <dd>{move || count(of(|it| it.claimed))}</dd>
                            </div>
                        })}
                    </dl>
                </Panel>
            }
        })
    }
}
