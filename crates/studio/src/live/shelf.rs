//! The shelf in a host's hands: what is shown now, at which price, in which order.

use contract::catalog::ProductCard;
use contract::live::{LiveState, ShelfItem};
use leptos::prelude::*;
use storefront::i18n::number as written;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Glyph, Icon, IconButton, IconSize, Panel, Picture,
    PictureKind, Price, PriceInk, PriceSize, Sheet, text,
};

use super::desk::Desk;
use super::flash::{FlashRow, FlashSheet};
use super::picker::Picker;
use super::{api, state};

stylance::import_crate_style!(style, "src/live/shelf.module.css");

/// The shelf.
#[component]
pub fn ShelfPane(desk: Desk) -> impl IntoView {
    let shelf = desk.part(|room| room.room.shelf.clone(), Vec::new());
    let adding = RwSignal::new(false);
    let pricing = RwSignal::new(None::<u32>);
    let is_over = desk.part(|room| state::is_over(room.room.state), false);
    let more = move || {
        view! {
            <Button kind=ButtonKind::Quiet small=true disabled=is_over on_press=move |()| adding.set(true)>
                <Icon glyph=Glyph::Plus size=IconSize::Small />
                {t!(studio.put_on)}
            </Button>
        }
    };
    let add = move |card: ProductCard| {
        let id = desk.id();
        desk.then(
            async move { api::put_on_shelf(&id, card.slug).await },
            move |put| {
                desk.tell(t!(studio.put_on_as, n = put.number));
                adding.set(false);
            },
        );
    };
    view! {
        <Panel title=t!(studio.shelf).to_owned() more>
            {move || shelf.with(Vec::is_empty).then(|| view! { <p class=text::muted>{t!(studio.shelf_empty)}</p> })}
            <ol class=style::shelf>
                // A row is drawn anew when its product changes, not when its price or its pin does.
                <For
                    each=move || shelf.get()
                    key=|item| (item.number, item.product.title.clone(), item.product.sold_out)
                    let:item
                >
                    <Row desk item pricing />
                </For>
            </ol>
        </Panel>
        <Sheet open=adding title=t!(studio.put_on).to_owned()>
            <Picker on_pick=add />
        </Sheet>
        <FlashSheet desk number=pricing />
    }
}

#[component]
fn Row(desk: Desk, item: ShelfItem, pricing: RwSignal<Option<u32>>) -> impl IntoView {
    let number = item.number;
    let product = item.product;
    let title = StoredValue::new(product.title.clone());
    let pinned = desk.part(move |room| room.room.pinned == Some(number), false);
    let stand = desk.part(|room| room.room.state, LiveState::Draft);
    let alarm = desk.part(move |room| state::alarm_of(room, number), None);
    let offer = desk.part(move |room| state::offer_of(room, number).cloned(), None);
    let pin = move |()| {
        let (id, to) = (desk.id(), (!pinned.get_untracked()).then_some(number));
        desk.act(async move { api::pin_product(&id, to).await });
    };
    let take_off = move |()| {
        let id = desk.id();
        desk.act(async move { api::take_off_shelf(&id, number).await });
    };
    let go = move |up: bool| {
        let numbers: Vec<u32> = desk.room.with_untracked(|room| {
            let shelf = room.as_ref().map(|room| room.room.shelf.iter());
            shelf
                .into_iter()
                .flatten()
                .map(|item| item.number)
                .collect()
        });
        if let Some(numbers) = state::moved(&numbers, number, up) {
            let id = desk.id();
            desk.act(async move { api::order_shelf(&id, numbers).await });
        }
    };
    let words = move || match pinned.get() {
        true => t!(studio.unpin),
        false => t!(studio.pin),
    };
    let open = move || !state::is_over(stand.get());
    view! {
        <li class=style::row data-pinned=move || pinned.get().then_some("") data-number=number>
            <span class=style::number aria-hidden="true">{number}</span>
            <Picture picture=product.picture kind=PictureKind::Thumb />
            <div class=style::main>
                <p class=style::title><span class=text::hidden>{t!(live.number, n = number)}" "</span>{product.title}</p>
                <p class=stylance::classes!(text::row, text::wrap)>
                    <Price amount=product.price size=PriceSize::Small ink=PriceInk::Plain />
                    {move || pinned.get().then(|| view! { <Badge kind=BadgeKind::BrandSoft>{t!(live.shown_now)}</Badge> })}
                    {move || alarm.get().map(|left| view! {
                        <Badge kind=BadgeKind::DangerSoft>
                            {match left {
                                0 => t!(app.sold_out).to_owned(),
                                left => t!(live.left, n = written(left)),
                            }}
                        </Badge>
                    })}
                </p>
            </div>
            {move || open().then(|| view! {
                <div class=style::acts>
                    {move || state::on_air(stand.get()).then(|| view! {
                        <Button kind=ButtonKind::Tonal small=true busy=desk.busy on_press=pin>
                            {words}
                            <span class=text::hidden>" "{title.get_value()}</span>
                        </Button>
                    })}
                    <Button kind=ButtonKind::Sun small=true on_press=move |()| pricing.set(Some(number))>
                        {t!(studio.flash)}
                        <span class=text::hidden>" "{title.get_value()}</span>
                    </Button>
                    <span class=style::moves>
                        <IconButton label=t!(studio.up, what = title.get_value()) glyph=Glyph::Back size=IconSize::Small
                            on_press=move |()| go(true) />
                        <IconButton label=t!(studio.down, what = title.get_value()) glyph=Glyph::Next size=IconSize::Small
                            on_press=move |()| go(false) />
                        <IconButton label=t!(studio.take_off, what = title.get_value()) glyph=Glyph::Trash size=IconSize::Small
                            on_press=take_off />
                    </span>
                </div>
            })}
            {move || offer.get().map(|offer| view! { <FlashRow desk offer /> })}
        </li>
    }
}
