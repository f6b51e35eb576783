//! The shelf: everything that is sold in the room, by number. What is sold out stays, greyed.

use contract::live::{FlashOffer, FlashState, LiveRoom, LiveState, ShelfItem};
use leptos::prelude::*;

use super::flash::standing;
use super::state;
use crate::i18n::{clock, number};
use crate::routes;
use crate::t;
use crate::ui::{
    Badge, BadgeKind, Button, ButtonKind, Countdown, OldPrice, Picture, PictureKind, Price, Sheet,
    text,
};

stylance::import_crate_style!(style, "src/features/live/shelf.module.css");

/// The shelf as a sheet over the room.
#[component]
pub(super) fn ShelfSheet(
    room: Signal<LiveRoom>,
    open: RwSignal<bool>,
    /// Wants to buy what has this number.
    on_buy: Callback<u32>,
    /// Wants to see where this was shown, in a recording.
    on_seek: Option<Callback<i64>>,
) -> impl IntoView {
    let title = Signal::derive(move || {
        let count = room.with(|room| room.shelf.len());
        let count = u64::try_from(count).unwrap_or_default();
        format!("{} {}", t!(live.shelf), t!(live.shelf_count, count = count))
    });
    view! {
        <Sheet open title>
            <Shelf room on_buy on_seek />
        </Sheet>
    }
}

/// The shelf itself.
#[component]
pub(super) fn Shelf(
    room: Signal<LiveRoom>,
    on_buy: Callback<u32>,
    on_seek: Option<Callback<i64>>,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        room.with(|room| {
            let row = |item: &ShelfItem| {
                let offer = state::offer_of(room, item.number).cloned();
                let is_pinned = room.pinned == Some(item.number);
                (item.clone(), offer, is_pinned)
            };
            room.shelf.iter().map(row).collect::<Vec<_>>()
        })
    });
    let has_replay = Memo::new(move |_| room.with(|room| room.state == LiveState::ReplayReady));
    view! {
        <ul class=style::shelf>
            {move || {
                let on_seek = on_seek.filter(|_| has_replay.get());
                rows.get()
                    .into_iter()
                    .map(|(item, offer, pinned)| view! { <Row item offer pinned on_buy on_seek /> })
                    .collect_view()
            }}
        </ul>
    }
}

#[component]
fn Row(
    item: ShelfItem,
    offer: Option<FlashOffer>,
    pinned: bool,
    on_buy: Callback<u32>,
    on_seek: Option<Callback<i64>>,
) -> impl IntoView {
    let ShelfItem {
        number: place,
        product,
        shown_at,
    } = item;
    let href = routes::product(&product.slug, None);
    let out = product.sold_out;
    let told = match (pinned, shown_at) {
        (true, _) => Some(view! { <Badge kind=BadgeKind::BrandSoft>{t!(live.shown_now)}</Badge> }.into_any()),
        (false, Some(at)) => Some(
            view! { <span class=stylance::classes!(text::caption, text::faint)>{t!(live.shown_before, time = clock(at))}</span> }
                .into_any(),
        ),
        (false, None) => None,
    };
    let watch = on_seek.zip(shown_at).map(|(on_seek, at)| {
        view! {
            <Button kind=ButtonKind::Quiet small=true on_press=move |()| on_seek.run(at.0)>
                {t!(live.watch_it)}
            </Button>
        }
    });
    let (price, from, list_price) = (product.price, product.price_from, product.list_price);
    let usual_price = move || {
        view! {
            <Price amount=price from=from label=t!(app.price) />
            {list_price.map(|amount| view! { <OldPrice amount /> })}
        }
        .into_any()
    };
    let words = move || if out { t!(app.sold_out) } else { t!(live.buy) };
    let (flash, shown_price, button) = match offer {
        None => (None, usual_price(), view! {
            <Button kind=ButtonKind::Tonal small=true disabled=out on_press=move |()| on_buy.run(place)>
                {words()}
            </Button>
        }
        .into_any()),
        Some(offer) => {
            let (stands, left) = standing(offer.clone());
            let units = number(offer.left.into());
            let runs = Signal::derive(move || {
                matches!(stands.get(), FlashState::Countdown | FlashState::Active)
            });
            let line = move || {
                let units = units.clone();
                runs.get().then(|| view! {
                    <Badge kind=BadgeKind::SunSoft>
                        {t!(live.flash)}" "<Countdown left label=t!(live.flash_left) silent=true />" · "
                        {t!(live.left, n = units)}
                    </Badge>
                })
            };
            let at = offer.price;
            let usual = offer.usual;
            let shown = move || match runs.get() {
                true => view! {
                    <Price amount=at label=t!(live.flash) />
                    <OldPrice amount=usual />
                }
                .into_any(),
                false => usual_price(),
            };
            let button = move || {
                let active = stands.get() == FlashState::Active;
                let kind = if active { ButtonKind::Primary } else { ButtonKind::Tonal };
                view! {
                    <Button kind small=true disabled=out && !active on_press=move |()| on_buy.run(place)>
                        {if active { t!(live.grab) } else { words() }}
                    </Button>
                }
            };
            (Some(line), shown.into_any(), button.into_any())
        }
    };
    view! {
        <li data-state=out.then_some("out")>
            <a href=href class=style::picture aria-label=format!("{} {}", t!(live.number, n = place), product.title)>
                <Picture picture=product.picture.clone() kind=PictureKind::Thumb />
                <span class=stylance::classes!(style::number, pinned.then_some(style::pinned))>{place}</span>
            </a>
            <div class=style::main>
                <p class=style::title>{product.title.clone()}</p>
                <div class=stylance::classes!(text::row, text::wrap)>{told}{flash}</div>
                <div class=style::end>
                    <span class=text::row>{shown_price}</span>
                    <span class=text::row>{watch}{button}</span>
                </div>
            </div>
        </li>
    }
}
