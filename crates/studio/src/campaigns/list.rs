//! The page of `/studio/campaigns`: every promotion, as a list or in a calendar.

use contract::campaigns::{CampaignList, CampaignSummary};
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::i18n::{day_and_time, money_to_pay, number};
use storefront::stores::use_server_time;
use storefront::t;
use storefront::ui::{
    Badge, ButtonKind, ButtonLink, Empty, Glyph, Icon, IconSize, Segmented, Skeleton, SkeletonKind,
    page_name, text,
};

use super::calendar::Calendar;
use super::{api, words};
use crate::address;

stylance::import_crate_style!(style, "src/campaigns/list.module.css");

/// The two ways of looking at them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    List,
    Calendar,
}

/// Every promotion.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    page_name(Signal::derive(|| t!(campaigns.name).to_owned()));
    let time = use_server_time();
    let load = use_load(move || time.timed(api::list_campaigns(), |list| list.server_now));
    let shown = RwSignal::new(Shown::List);
    let content = move |list: CampaignList| {
        if list.items.is_empty() {
            return view! {
                <Empty glyph=Glyph::Campaign title=t!(campaigns.none) text=t!(campaigns.none_text)>
                    <ButtonLink href=address::new_campaign() kind=ButtonKind::Tonal>{t!(campaigns.new)}</ButtonLink>
                </Empty>
            }
            .into_any();
        }
        let today = list.server_now;
        let items = StoredValue::new(list.items);
        (move || match shown.get() {
            Shown::List => view! { <List items=items.get_value() /> }.into_any(),
            Shown::Calendar => view! { <Calendar items=items.get_value() today /> }.into_any(),
        })
        .into_any()
    };
    view! {
        <header class=style::bar>
            <h1 tabindex="-1">{t!(campaigns.name)}</h1>
            <div class=style::ways>
                <Segmented
                    label=t!(campaigns.view)
                    name="shown"
                    options=vec![Shown::List, Shown::Calendar]
                    words=|shown: Shown| match shown {
                        Shown::List => t!(campaigns.list).to_owned(),
                        Shown::Calendar => t!(campaigns.calendar).to_owned(),
                    }
                    chosen=shown
                    on_choose=move |way| shown.set(way)
                />
            </div>
            <ButtonLink href=address::new_campaign() kind=ButtonKind::Primary>
                <Icon glyph=Glyph::Plus size=IconSize::Small />
                {t!(campaigns.new)}
            </ButtonLink>
        </header>
        <main class=style::main>
            <Loading load skeleton=waiting children=content />
        </main>
    }
}

#[component]
fn List(items: Vec<CampaignSummary>) -> impl IntoView {
    let rows = items
        .into_iter()
        .map(|item| view! { <li><Row item /></li> });
    view! { <ul class=style::rows>{rows.collect_view()}</ul> }
}

#[component]
fn Row(item: CampaignSummary) -> impl IntoView {
    let (badge, state) = words::state(item.state);
    let (glyph, kind) = words::kind(item.kind);
    let dates = format!(
        "{} – {}",
        day_and_time(item.starts_at),
        day_and_time(item.ends_at)
    );
    view! {
        <a class=style::row href=address::campaign(&item.id)>
            <span class=style::kind><Icon glyph /></span>
            <span class=style::what>
                <b>{words::title(&item.title)}</b>
                <span class=stylance::classes!(text::caption, text::muted)>{kind}" · "{dates}</span>
            </span>
            <span class=style::state><Badge kind=badge>{state}</Badge></span>
            <span class=style::cost>
                <b>{money_to_pay(item.spent)}</b>
                <span class=stylance::classes!(text::caption, text::muted)>{t!(campaigns.of_orders, n = number(item.uses.unsigned_abs()))}</span>
            </span>
            <Icon glyph=Glyph::Next size=IconSize::Small />
        </a>
    }
}

fn waiting() -> AnyView {
    view! {
        <div class=text::stack aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </div>
    }
    .into_any()
}
