//! What is pinned: one white card over the picture, with its flash price while there is one.

use contract::live::{FlashOffer, FlashState, LiveRoom, ShelfItem};
use leptos::prelude::*;

use super::flash::{FlashLine, Taken, standing};
use super::state;
use crate::i18n::number;
use crate::t;
use crate::ui::{Button, ButtonKind, OldPrice, Picture, PictureKind, Price, PriceSize, text};

stylance::import_crate_style!(style, "src/features/live/pinned.module.css");

/// The pinned card; nothing while nothing is pinned.
#[component]
pub(super) fn Pinned(
    room: Signal<LiveRoom>,
    /// Wants to buy what has this number.
    on_buy: Callback<u32>,
) -> impl IntoView {
    let pinned = Memo::new(move |_| {
        room.with(|room| {
            let number = room.pinned?;
            let item = room.shelf.iter().find(|item| item.number == number)?;
            Some((item.clone(), state::offer_of(room, number).cloned()))
        })
    });
    move || {
        pinned
            .get()
            .map(|(item, offer)| view! { <Card item offer on_buy /> })
    }
}

#[component]
fn Card(item: ShelfItem, offer: Option<FlashOffer>, on_buy: Callback<u32>) -> impl IntoView {
    let ShelfItem {
        number: place,
        product,
        ..
    } = item;
    let sold_out = product.sold_out;
    let price = product.price;
    let price_from = product.price_from;
    let list_price = product.list_price;
    let buy = move |()| on_buy.run(place);
    let usual = move || {
        view! {
            <div class=style::end>
                <span class=text::row>
                    <Price amount=price from=price_from size=PriceSize::Large label=t!(app.price) />
                    {list_price.map(|amount| view! { <OldPrice amount /> })}
                </span>
                <Button kind=ButtonKind::Primary small=true disabled=sold_out on_press=buy>
                    {if sold_out { t!(app.sold_out) } else { t!(live.buy) }}
                </Button>
            </div>
        }
        .into_any()
    };
    let (head, end) = match offer {
        None => (None, usual()),
        Some(offer) => {
            let (stands, left) = standing(offer.clone());
            let units = number(offer.left.into());
            let at = offer.price;
            let end = move || match stands.get() {
                FlashState::Countdown | FlashState::Active => {
                    let soon = stands.get() == FlashState::Countdown;
                    view! {
                        <div class=style::end>
                            <span class=stylance::classes!(text::row, text::wrap)>
                                <Price amount=at size=PriceSize::Large label=t!(live.flash) />
                                <span class=stylance::classes!(text::caption, style::faint)>
                                    {t!(live.left, n = units.clone())}
                                </span>
                            </span>
                            <Button kind=ButtonKind::Primary small=true disabled=soon on_press=buy>
                                {t!(live.grab)}
                            </Button>
                        </div>
                    }
                    .into_any()
                }
                _ => usual(),
            };
            let runs = move || matches!(stands.get(), FlashState::Countdown | FlashState::Active);
            let shown = offer.clone();
            let head = move || {
                let offer = shown.clone();
                runs().then(|| view! { <FlashLine stands left /> <Taken offer /> })
            };
            (Some(head), end.into_any())
        }
    };
    view! {
        <article class=style::card>
            <div class=style::picture>
                <Picture picture=product.picture kind=PictureKind::Thumb />
                <span class=style::number>{t!(live.number, n = place)}</span>
            </div>
            <div class=style::main>
                {head}
                <h2 class=style::title>{product.title}</h2>
                {end}
            </div>
        </article>
    }
}
