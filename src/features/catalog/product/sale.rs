//! What promotions do to the price of the chosen SKU: a sale that is on and how long, one that comes, or a price for
//! members.

use contract::Timestamp;
use contract::catalog::Sku;
use contract::promotions::{PromotionKind, PromotionReason, SkuOffer};
use leptos::prelude::*;

use crate::i18n::day_and_time;
use crate::platform::page;
use crate::routes;
use crate::stores::use_server_time;
use crate::t;
use crate::ui::{Badge, BadgeKind, Countdown, CountdownLook, Glyph, Icon, IconSize};

stylance::import_crate_style!(style, "src/features/catalog/product/sale.module.css");

/// What is said of a price.
#[derive(Clone, Debug, PartialEq)]
enum Sale {
    /// A flash sale is on.
    On(Option<Timestamp>),
    /// A flash sale begins then.
    Soon(Timestamp),
    /// The price is the members', under this name.
    Member(String),
}

fn sale(offer: &SkuOffer) -> Option<Sale> {
    let by = |kind| offer.applied.iter().find(move |one| one.kind == kind);
    if by(PromotionKind::FlashSale).is_some() {
        return Some(Sale::On(offer.until));
    }
    if let Some(one) = by(PromotionKind::MemberPrice) {
        return Some(Sale::Member(one.title.clone()));
    }
    let flash = offer.rejected.iter();
    let mut flash = flash.filter(|one| one.kind == PromotionKind::FlashSale);
    flash.find_map(|one| match one.reason {
        PromotionReason::NotYet { starts_at } => Some(Sale::Soon(starts_at)),
        _ => None,
    })
}

/// The line above the price; nothing where no promotion is about it.
#[component]
pub(super) fn SaleLine(sku: Memo<Option<Sku>>) -> impl IntoView {
    let what = Memo::new(move |_| sku.read().as_ref()?.offer.as_ref().and_then(sale));
    move || {
        Some(match what.get()? {
            Sale::On(until) => {
                let left = until.map(|until| use_server_time().seconds_until(move || Some(until)));
                // The price ends with it: the page is asked for anew rather than shown a moment longer.
                if let Some(left) = left {
                    Effect::new(move || {
                        if left.get() == Some(0) {
                            page::reload();
                        }
                    });
                }
                view! {
                    <a href=routes::flash_sales() class=style::sale>
                        <Icon glyph=Glyph::Flash size=IconSize::Small filled=true />
                        <b>{t!(promotions.flash)}</b>
                        {left.map(|left| view! {
                            <span class=style::time>
                                {t!(promotions.flash_until)}
                                " "
                                <Countdown left label=t!(promotions.flash_until) look=CountdownLook::Boxed />
                            </span>
                        })}
                    </a>
                }
                .into_any()
            }
            Sale::Soon(at) => view! {
                <a href=routes::flash_sales() class=style::soon>
                    <Icon glyph=Glyph::Flash size=IconSize::Small />
                    <b>{t!(promotions.flash)}</b>
                    <span class=style::time>{t!(promotions.flash_at, at = day_and_time(at))}</span>
                </a>
            }
            .into_any(),
            Sale::Member(title) => view! {
                <p class=style::member>
                    <Badge kind=BadgeKind::Sun>{t!(promotions.member_price)}</Badge>
                    {title}
                </p>
            }
            .into_any(),
        })
    }
}
