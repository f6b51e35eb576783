//! The goods of a flash sale: what, at which price, how many.

use contract::SkuId;
use contract::campaigns::CampaignPrice;
use contract::catalog::{ProductCard, ProductDetail, Sku};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::i18n::{money, number};
use storefront::t;
use storefront::ui::{Field, FieldKind, Glyph, Icon, IconButton, IconSize, Panel, text, toast};

use super::catalogue::Catalogue;
use super::desk::Desk;
use super::draft::Spot;
use super::fields::At;
use super::rows::PriceRow;
use super::words;
use crate::picker::{self, Picker};

stylance::import_crate_style!(style, "src/campaigns/goods.module.css");

/// Pieces of a row that was just added, when there are as many.
const FIRST_QUOTA: u32 = 10;

/// The panel.
#[component]
pub fn GoodsPanel(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let prices = desk.draft.prices;
    Effect::new(move || {
        catalogue.learn_skus(prices.with(|rows| rows.iter().map(|row| row.sku.clone()).collect()));
    });
    view! {
        <Panel title=t!(campaigns.goods).to_owned()>
            <At spot=Spot::Goods>
                <div class=text::stack>
                    <ul class=style::goods>
                        <For each=move || prices.get() key=|row| row.key let:row>
                            <Row desk catalogue row />
                        </For>
                    </ul>
                    {move || desk.is_open().then(|| view! { <Adding desk catalogue /> })}
                </div>
            </At>
        </Panel>
    }
}

#[component]
fn Row(desk: Desk, catalogue: Catalogue, row: PriceRow) -> impl IntoView {
    let sku = StoredValue::new(row.sku.clone());
    let known = Memo::new(move |_| sku.with_value(|sku| catalogue.sku(sku)));
    let name = move || match known.get() {
        Some(known) => format!("{} {}", known.title, known.label),
        None => sku.with_value(SkuId::to_string),
    };
    let usual = move || {
        known.get().map(|known| {
            t!(
                campaigns.usual,
                price = money(known.usual),
                n = number(known.available.into())
            )
        })
    };
    let sold = move || {
        let counted = desk.saved.with(|saved| {
            let mut of_it = saved.progress.iter();
            of_it
                .find(|it| sku.with_value(|sku| it.sku == *sku))
                .cloned()
        });
        counted
            .filter(|it| it.on_hand > 0 || it.sold > 0)
            .map(|it| {
                let n = |count: i64| number(count.unsigned_abs());
                t!(
                    campaigns.sold,
                    sold = n(it.sold),
                    held = n(it.reserved),
                    all = n(it.on_hand)
                )
            })
    };
    let word = row.sku.0.clone();
    let (price, quota) = (Spot::Price(word.clone()), Spot::Quota(word));
    view! {
        <li class=style::row>
            <div class=style::name>
                <b>{name}</b>
                <span class=stylance::classes!(text::caption, text::muted)>{usual}</span>
                <span class=stylance::classes!(text::caption, text::saving)>{sold}</span>
            </div>
            <fieldset disabled=move || !desk.is_open()>
                <At spot=price.clone()>
                    <Field
                        label=t!(campaigns.price)
                        kind=FieldKind::Amount
                        value=row.price
                        longest=12
                        error=desk.wrong(price, t!(campaigns.wrong_amount))
                    />
                </At>
            </fieldset>
            <fieldset disabled=move || !desk.is_editable()>
                <At spot=quota.clone()>
                    <Field
                        label=t!(campaigns.quota)
                        kind=FieldKind::Amount
                        value=row.quota
                        longest=7
                        error=desk.wrong(quota, t!(campaigns.wrong_count))
                    />
                </At>
            </fieldset>
            {move || desk.is_open().then(|| {
                let label = Signal::derive(move || t!(campaigns.goods_drop, what = name()));
                let drop = move |()| {
                    let gone = sku.get_value();
                    desk.draft.prices.update(|rows| rows.retain(|row| row.sku != gone));
                };
                view! { <IconButton label glyph=Glyph::Trash size=IconSize::Small on_press=drop /> }
            })}
        </li>
    }
}

/// Finding a product, then which of its SKUs.
#[component]
fn Adding(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let product = RwSignal::new(None::<ProductDetail>);
    let toaster = toast();
    let pick = move |card: ProductCard| {
        spawn_local(async move {
            match picker::get_product(&card.slug).await {
                Ok(found) => {
                    catalogue.add(found.clone());
                    product.try_set(Some(found));
                }
                Err(error) => toaster.show(words::refused(&error)),
            }
        });
    };
    let add = move |sku: &Sku| {
        let price = CampaignPrice {
            sku: sku.id.clone(),
            price: sku.price.minor,
            quota: sku.available.min(FIRST_QUOTA),
        };
        let is_there = |rows: &Vec<PriceRow>| rows.iter().any(|row| row.sku == price.sku);
        if !desk.draft.prices.with_untracked(is_there) {
            let row = desk.draft.keeping(|| PriceRow::new(&price));
            desk.draft.prices.update(|rows| rows.push(row));
        }
    };
    let choice = move |sku: Sku| {
        let words = t!(
            studio.sku_line,
            what = sku.label.clone(),
            price = money(sku.price),
            n = number(sku.available.into())
        );
        view! {
            <li>
                <button type="button" on:click=move |_| add(&sku)>
                    <span class=text::grow>{words}</span>
                    <Icon glyph=Glyph::Plus size=IconSize::Small />
                    <span class=text::hidden>{t!(campaigns.goods_add)}</span>
                </button>
            </li>
        }
    };
    view! {
        <Picker on_pick=pick verb=t!(campaigns.choose_sku) />
        {move || product.get().map(|product| view! {
            <div class=style::skus role="group" aria-label=product.card.title.clone()>
                <b class=text::small>{product.card.title.clone()}</b>
                <ul>{product.skus.into_iter().map(choice).collect_view()}</ul>
            </div>
        })}
    }
}
