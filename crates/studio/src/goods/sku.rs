//! A SKU in the list, and which one is being changed.

use contract::goods_studio::StudioSku;
use leptos::prelude::*;
use storefront::i18n::money_to_pay;
use storefront::t;
use storefront::ui::{Badge, BadgeKind, Button, ButtonKind, text};

stylance::import_crate_style!(style, "src/goods/sku.module.css");

/// The SKU that is being changed, and what of it; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// Which one.
    pub sku: RwSignal<Option<RwSignal<StudioSku>>>,
    /// Its stock.
    pub stock: RwSignal<bool>,
    /// Its cost.
    pub cost: RwSignal<bool>,
}

impl Editing {
    /// Makes it known to every row below.
    pub fn provide() -> Self {
        let editing = Self {
            sku: RwSignal::new(None),
            stock: RwSignal::new(false),
            cost: RwSignal::new(false),
        };
        provide_context(editing);
        editing
    }
}

/// A SKU.
#[component]
pub(super) fn Row(sku: StudioSku) -> impl IntoView {
    let editing = use_context::<Editing>().unwrap_or_else(Editing::provide);
    let id = sku.id.0.clone();
    let name = sku.label.clone();
    let (of_stock, of_cost) = (name.clone(), name.clone());
    let on_sale = sku.on_sale;
    let sku = RwSignal::new(sku);
    let count = move |of: fn(&StudioSku) -> i64| move || sku.with(of).to_string();
    let money = move |of: fn(&StudioSku) -> contract::Money| move || money_to_pay(sku.with(of));
    let open = move |what: RwSignal<bool>| {
        move |()| {
            editing.sku.set(Some(sku));
            what.set(true);
        }
    };
    let is_out = Memo::new(move |_| sku.with(|sku| sku.stock.available <= 0));
    view! {
        <li class=style::sku>
            <div class=style::name>
                <b>{name}</b>
                " "
                <span class=stylance::classes!(text::caption, text::muted)>{id}</span>
                {(!on_sale).then(|| view! { " "<Badge>{t!(goods_studio.off_sale)}</Badge> })}
                {move || is_out.get().then(|| view! { " "<Badge kind=BadgeKind::DangerSoft>{t!(goods_studio.out)}</Badge> })}
            </div>
            <dl class=style::facts>
                <div><dt>{t!(goods_studio.available)}</dt><dd><b>{count(|sku| sku.stock.available)}</b></dd></div>
                <div><dt>{t!(goods_studio.reserved)}</dt><dd>{count(|sku| sku.stock.reserved)}</dd></div>
                <div><dt>{t!(goods_studio.sold)}</dt><dd>{count(|sku| sku.stock.sold)}</dd></div>
                <div><dt>{t!(goods_studio.price)}</dt><dd>{money(|sku| sku.price)}</dd></div>
                <div><dt>{t!(goods_studio.cost)}</dt><dd>{money(|sku| sku.cost)}</dd></div>
                <div><dt>{t!(goods_studio.floor)}</dt><dd>{money(|sku| sku.floor)}</dd></div>
            </dl>
            <div class=style::acts>
                <Button kind=ButtonKind::Outline small=true on_press=open(editing.stock)>
                    {t!(goods_studio.change_stock)}<span class=text::hidden>" "{of_stock}</span>
                </Button>
                <Button kind=ButtonKind::Outline small=true on_press=open(editing.cost)>
                    {t!(goods_studio.change_cost)}<span class=text::hidden>" "{of_cost}</span>
                </Button>
            </div>
        </li>
    }
}
