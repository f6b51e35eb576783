//! The page of `/flash`: the slot that is open with what is left, and those that come.

use contract::promotions::{FlashGoods, FlashSales, FlashSlot, FlashSlotGoods};
use leptos::prelude::*;

use super::api;
use super::coupons::waiting;
use crate::api::{Loading, use_load};
use crate::i18n::{clock, day_and_time, number, percent};
use crate::routes;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{
    Badge, BadgeKind, ButtonKind, ButtonLink, Countdown, CountdownLook, Empty, Glyph, OldPrice,
    Panel, Picture, PictureKind, Price, PriceSize, Topbar, text,
};

stylance::import_crate_style!(style, "src/features/promotions/flash.module.css");

/// The flash sales.
#[component]
pub fn FlashSalesPage() -> impl IntoView {
    let time = use_server_time();
    let load = use_load(move || time.timed(api::list_flash_sales(), |sales| sales.server_now));
    let children =
        move |sales: FlashSales| view! { <Slots sales again=move || load.retry() /> }.into_any();
    view! {
        <Topbar title=t!(promotions.flash) back=routes::home() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Loading load skeleton=waiting children />
        </main>
    }
}

#[component]
fn Slots(sales: FlashSales, #[prop(into)] again: Callback<()>) -> impl IntoView {
    if sales.slots.is_empty() {
        return view! {
            <Empty
                glyph=Glyph::Flash
                title=t!(promotions.empty_flash_title)
                text=t!(promotions.empty_flash_text)
            />
        }
        .into_any();
    }
    let now = sales.server_now;
    let slots = sales.slots.into_iter();
    slots
        .map(|of| {
            let is_open = of.slot.from <= now;
            view! { <Slot of is_open again /> }
        })
        .collect_view()
        .into_any()
}

/// One slot. When its time comes, or is over, the page asks anew.
#[component]
fn Slot(of: FlashSlotGoods, is_open: bool, again: Callback<()>) -> impl IntoView {
    let FlashSlot { from, until } = of.slot;
    let next = if is_open { until } else { from };
    let left = use_server_time().seconds_until(move || Some(next));
    Effect::new(move || {
        if left.get() == Some(0) {
            again.run(());
        }
    });
    let (badge, kind, label) = match is_open {
        true => (
            t!(promotions.flash_now),
            BadgeKind::Sun,
            t!(promotions.flash_until),
        ),
        false => (
            t!(promotions.flash),
            BadgeKind::Plain,
            t!(promotions.flash_wait),
        ),
    };
    let goods = of.goods.into_iter();
    view! {
        <Panel label=day_and_time(from)>
            <div class=style::head>
                <h2>{day_and_time(from)} " – " {clock(until)}</h2>
                <Badge kind>{badge}</Badge>
                <span class=style::time>
                    {label} " " <Countdown left label look=CountdownLook::Boxed silent=true />
                </span>
            </div>
            <ul class=style::goods>
                {goods.map(|one| view! { <li><Goods one is_open /></li> }).collect_view()}
            </ul>
        </Panel>
    }
}

#[component]
fn Goods(one: FlashGoods, is_open: bool) -> impl IntoView {
    let href = routes::product(&one.slug, Some(&one.sku));
    let sold = one.quota.saturating_sub(one.left);
    let share = u64::from(sold) * 10_000 / u64::from(one.quota.max(1));
    let share = u32::try_from(share).unwrap_or(10_000);
    let is_there = one.left > 0;
    let (words, kind) = match (is_open, is_there) {
        (true, true) => (t!(promotions.flash_buy), ButtonKind::Primary),
        (true, false) => (t!(promotions.sold_out), ButtonKind::Quiet),
        (false, _) => (t!(promotions.flash_see), ButtonKind::Tonal),
    };
    let limit = one
        .per_customer
        .map(|n| t!(promotions.flash_limit, n = number(n.into())));
    let left = t!(promotions.flash_left, left = number(one.left.into()));
    let progress = t!(promotions.flash_sold, percent = percent(share / 100 * 100));
    view! {
        <article class=style::one>
            <a href=href.clone() class=style::picture tabindex="-1" aria-hidden="true">
                <Picture picture=one.picture kind=PictureKind::Thumb />
            </a>
            <div class=text::grow>
                <h3><a href=href.clone()>{one.title}</a></h3>
                <p class=stylance::classes!(text::caption, text::muted)>
                    {[Some(one.label).filter(|label| !label.is_empty()), limit]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" · ")}
                </p>
                {is_open
                    .then(|| {
                        view! {
                            <div class=style::sold>
                                <progress max="10000" value=share aria-label=progress.clone()></progress>
                                <span>{progress.clone()} " · " {left}</span>
                            </div>
                        }
                    })}
                <div class=style::buy>
                    <span class=style::price>
                        <Price amount=one.price size=PriceSize::Large label=t!(promotions.flash) />
                        <OldPrice amount=one.usual />
                    </span>
                    <ButtonLink href kind small=true>{words}</ButtonLink>
                </div>
            </div>
        </article>
    }
}
