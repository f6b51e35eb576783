//! One row of the cart.

use contract::{Quantity, SkuId};
use leptos::prelude::*;

use super::page::Mode;
use crate::i18n::{money, number};
use crate::routes;
use crate::stores::cart::{Concern, Edit, Row};
use crate::stores::use_cart;
use crate::t;
use crate::ui::{Button, ButtonKind, Check, Glyph, Item, Notice, NoticeKind, Price, Stepper, text};

stylance::import_crate_style!(style, "src/features/cart/row.module.css");

/// A row: its tick, the goods, and what the shopper must decide about them.
#[component]
pub(super) fn CartRow(sku: SkuId, mode: Mode) -> impl IntoView {
    let review = use_cart().review();
    let row = Memo::new(move |before: Option<&Option<Row>>| {
        let now = review.with(|review| review.rows().find(|row| row.sku == sku).cloned());
        // The row leaves the list in the same turn in which it leaves the cart.
        now.or_else(|| before.cloned().flatten())
    });
    // Everything but quantity and tick makes the row another one; those two change in place.
    let shape =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| (row.item.clone(), row.concern))));
    move || {
        // Read, not tracked: a memo that nobody reads never wakes up.
        shape.with(|_| ());
        let now = row.get_untracked()?;
        Some(view! {
            <li>
                <div class=style::row>
                    <Tick row=now.clone() rows=row mode />
                    <div class=style::goods>
                        <Goods row=now.clone() rows=row />
                    </div>
                </div>
                {now.concern.map(|concern| view! { <Decision row=now.clone() concern /> })}
            </li>
        })
    }
}

/// What a row calls its goods.
fn name(row: &Row) -> String {
    let title = row.item.as_ref().map(|item| item.title.clone());
    title.unwrap_or_else(|| t!(cart.gone_title).to_owned())
}

#[component]
fn Tick(row: Row, rows: Memo<Option<Row>>, mode: Mode) -> impl IntoView {
    let cart = use_cart();
    let sku = StoredValue::new(row.sku.clone());
    let can_count = row.can_count();
    let is_marked = move || {
        mode.marked
            .with(|marked| sku.with_value(|sku| marked.contains(sku)))
    };
    let is_chosen =
        move || can_count && rows.with(|row| row.as_ref().is_some_and(|row| row.chosen));
    let label = match row.concern {
        Some(_) => t!(cart.choose_pending, what = name(&row)),
        None => t!(cart.choose, what = name(&row)),
    };
    let change = move |on: bool| {
        let sku = sku.get_value();
        if mode.managing.get_untracked() {
            mode.marked.update(|marked| {
                let _ = if on {
                    marked.insert(sku)
                } else {
                    marked.remove(&sku)
                };
            });
        } else {
            // Only an added line can be refused.
            let _ = cart.edit(&Edit::Choose(vec![sku], on));
        }
    };
    view! {
        <Check
            checked=Signal::derive(move || if mode.managing.get() { is_marked() } else { is_chosen() })
            disabled=Signal::derive(move || !mode.managing.get() && !can_count)
            label
            on_change=change
        />
    }
}

#[component]
fn Goods(row: Row, rows: Memo<Option<Row>>) -> impl IntoView {
    let cart = use_cart();
    let Some(item) = row.item.clone() else {
        let remove = Edit::Remove(vec![row.sku.clone()]);
        return view! {
            <Item picture=None title=t!(cart.gone_title) veil=t!(cart.gone).to_owned()>
                <RemoveButton remove />
            </Item>
        }
        .into_any();
    };
    let href = routes::product(&item.slug, Some(&row.sku));
    if row.concern == Some(Concern::SoldOut) {
        let remove = Edit::Remove(vec![row.sku.clone()]);
        return view! {
            <Item
                picture=item.picture
                title=item.title
                href
                sub=t!(cart.sold_out_text)
                veil=t!(cart.sold_out).to_owned()
            >
                <RemoveButton remove />
            </Item>
        }
        .into_any();
    }
    let quantity =
        Signal::derive(move || rows.with(|row| row.as_ref().map_or(1, |row| row.quantity.get())));
    let most = row.most().map_or(Quantity::MAX, Quantity::get);
    let sku = row.sku.clone();
    let set = move |count: u32| {
        if let Ok(quantity) = Quantity::try_from(count) {
            // Only an added line can be refused.
            let _ = cart.edit(&Edit::SetQuantity(sku.clone(), quantity));
        }
    };
    let end = if item.limit <= item.available {
        t!(cart.limit, n = number(most.into()))
    } else {
        t!(cart.left, n = number(most.into()))
    };
    let at_end = Memo::new(move |_| quantity.get() >= most);
    view! {
        <Item picture=item.picture.clone() title=item.title.clone() href sub=sub_line(&row)>
            <Price amount=item.unit_price label=t!(app.price) />
            <span class=style::many>
                <Show when=move || at_end.get() && row.concern.is_none()>
                    <span class=stylance::classes!(text::caption, text::faint)>{end.clone()}</span>
                </Show>
                <Stepper
                    value=quantity
                    max=Signal::stored(most)
                    small=true
                    label=t!(cart.quantity_of, what = item.title)
                    on_change=set
                />
            </span>
        </Item>
    }
    .into_any()
}

/// Which of the goods, and the price when they were put in if that was another.
fn sub_line(row: &Row) -> String {
    let label = row
        .item
        .as_ref()
        .map(|item| item.label.clone())
        .unwrap_or_default();
    let was = match row.concern {
        Some(
            Concern::Dearer { was, .. } | Concern::Cheaper { was, .. } | Concern::Repriced { was },
        ) => was,
        _ => return label,
    };
    match label.is_empty() {
        true => t!(cart.seen_only, price = money(was)),
        false => t!(cart.seen, label = label, price = money(was)),
    }
}

#[component]
fn RemoveButton(remove: Edit) -> impl IntoView {
    let cart = use_cart();
    let press = move |()| {
        // Only an added line can be refused.
        let _ = cart.edit(&remove);
    };
    view! {
        <Button kind=ButtonKind::Outline small=true on_press=press>
            {t!(cart.remove)}
        </Button>
    }
}

/// What changed about a row, and the button that takes it as it is now.
#[component]
fn Decision(row: Row, concern: Concern) -> impl IntoView {
    let cart = use_cart();
    let acceptance = concern.acceptance(&row)?;
    let (words, accept) = match concern {
        Concern::Gone | Concern::SoldOut => return None,
        Concern::Dearer { by, .. } => (
            t!(cart.dearer, by = money(by)),
            t!(cart.accept_price).to_owned(),
        ),
        Concern::Cheaper { by, .. } => (
            t!(cart.cheaper, by = money(by)),
            t!(cart.accept_price).to_owned(),
        ),
        Concern::Repriced { .. } => (
            t!(cart.repriced).to_owned(),
            t!(cart.accept_price).to_owned(),
        ),
        Concern::OnlyLeft(n) => (
            t!(cart.only_left, n = n.get()),
            t!(cart.accept_count, n = n.get()),
        ),
        Concern::OverLimit(n) => (
            t!(cart.over_limit, n = n.get()),
            t!(cart.accept_count, n = n.get()),
        ),
    };
    let is_good = matches!(concern, Concern::Cheaper { .. });
    let (kind, glyph) = if is_good {
        (NoticeKind::Safe, Glyph::Ok)
    } else {
        (NoticeKind::Warn, Glyph::Warn)
    };
    let press = move |()| {
        // Only an added line can be refused.
        let _ = cart.edit(&acceptance);
    };
    let action = move || {
        view! {
            <Button kind=ButtonKind::Sun small=true on_press=press>
                {accept}
            </Button>
        }
    };
    Some(view! {
        <div class=style::decision>
            <Notice kind glyph action>
                {words}
            </Notice>
        </div>
    })
}
