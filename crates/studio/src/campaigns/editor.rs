//! The page of `/studio/campaigns/{id}`: writing a promotion, what stands in its way, and the shop as it would be.

use contract::PromotionId;
use contract::campaigns::Campaign;
use contract::promotions::PromotionKind;
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::t;
use storefront::ui::{Skeleton, SkeletonKind, page_name, text};

use super::api;
use super::bar::Bar;
use super::benefit::BenefitPanel;
use super::catalogue::Catalogue;
use super::desk;
use super::funding::FundingPanel;
use super::goods::GoodsPanel;
use super::limits::LimitsPanel;
use super::preview::PreviewPanel;
use super::progress::ProgressPanel;
use super::ready::ReadyPanel;
use super::when::WhenPanel;

stylance::import_crate_style!(style, "src/campaigns/editor.module.css");

/// A promotion.
#[component]
pub fn CampaignPage(id: PromotionId) -> impl IntoView {
    page_name(Signal::derive(|| t!(campaigns.name).to_owned()));
    let id = StoredValue::new(id);
    let load = use_load(move || {
        let id = id.get_value();
        async move { api::get_campaign(&id).await }
    });
    view! {
        <Loading load skeleton=waiting children=|campaign| view! { <Editor campaign /> }.into_any() />
    }
}

#[component]
fn Editor(campaign: Campaign) -> impl IntoView {
    let desk = desk::take(campaign);
    let catalogue = Catalogue::new();
    let is_sale = desk.draft.kind == PromotionKind::FlashSale;
    view! {
        <Bar desk />
        <main class=style::main>
            <div class=style::form>
                <ProgressPanel desk />
                <ReadyPanel desk catalogue />
                <WhenPanel desk />
                {match is_sale {
                    true => view! { <GoodsPanel desk catalogue /> }.into_any(),
                    false => view! { <BenefitPanel desk catalogue /> }.into_any(),
                }}
                <LimitsPanel desk />
                <FundingPanel desk catalogue />
            </div>
            {desk.may_write.then(|| view! {
                <div class=style::side>
                    <PreviewPanel desk catalogue />
                </div>
            })}
        </main>
    }
}

fn waiting() -> AnyView {
    view! {
        <main class=stylance::classes!(style::main) aria-busy="true" aria-label=t!(app.loading)>
            <div class=text::stack>
                <Skeleton kind=SkeletonKind::Block />
                <Skeleton kind=SkeletonKind::Block />
            </div>
        </main>
    }
    .into_any()
}
