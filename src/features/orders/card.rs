//! An order in the list.

use contract::orders::{OrderCard as Card, OrderState};
use leptos::prelude::*;

use super::pay::PayButton;
use crate::i18n::day_and_time;
use crate::routes;
use crate::t;
use crate::ui::{Badge, BadgeKind, Item, Panel, Picture, PictureKind, Price, PriceInk, text};

stylance::import_crate_style!(style, "src/features/orders/card.module.css");

/// The word for where an order stands, and how it sounds.
pub(super) fn state_badge(card: &Card) -> (BadgeKind, &'static str) {
    match card.state {
        // Nothing is packed before the group is complete (rules.md G11).
        OrderState::Paid if card.waits_for_group => (BadgeKind::SunSoft, t!(orders.state_waits)),
        OrderState::PendingPayment => (BadgeKind::SunSoft, t!(orders.state_pending)),
        OrderState::Paid => (BadgeKind::JadeSoft, t!(orders.state_paid)),
        OrderState::Received => (BadgeKind::Plain, t!(orders.state_received)),
        OrderState::Closed => (BadgeKind::Plain, t!(orders.state_closed)),
        OrderState::Refunding => (BadgeKind::InfoSoft, t!(orders.state_refunding)),
        OrderState::Refunded => (BadgeKind::Plain, t!(orders.state_refunded)),
    }
}

/// The card. All of it leads to the order; paying is one press away.
#[component]
pub(super) fn OrderCard(card: Card) -> impl IntoView {
    let href = routes::order(&card.id);
    let (kind, words) = state_badge(&card);
    let pieces: u64 = card.lines.iter().map(|line| u64::from(line.quantity)).sum();
    let placed = day_and_time(card.placed_at);
    let can_pay = card.state == OrderState::PendingPayment;
    let goods = match card.lines.as_slice() {
        [only] => {
            let only = only.clone();
            view! { <Item picture=only.picture title=only.title sub=only.label /> }.into_any()
        }
        lines => {
            let names = lines
                .iter()
                .map(|line| line.title.as_str())
                .collect::<Vec<_>>()
                .join("、");
            let pictures = lines.iter().take(4).cloned().map(|line| {
                view! { <Picture picture=line.picture kind=PictureKind::Thumb /> }
            });
            view! {
                <div class=style::pictures>{pictures.collect_view()}</div>
                <p class=text::hidden>{names}</p>
            }
            .into_any()
        }
    };
    view! {
        <Panel label=words.to_owned()>
            <h2 class=text::hidden>{words}</h2>
            <a href=href class=style::card>
                <span class=style::head>
                    <time class=stylance::classes!(text::caption, text::faint)>{placed}</time>
                    <Badge kind>{words}</Badge>
                </span>
                {goods}
            </a>
            <div class=style::foot>
                <span class=stylance::classes!(text::small, text::muted)>{t!(orders.count, count = pieces)}</span>
                <span class=style::sum>
                    <span class=text::small>{t!(orders.total)}</span>
                    <Price amount=card.total ink=PriceInk::Plain to_pay=true />
                    {can_pay.then(|| view! { <PayButton id=card.id small=true /> })}
                </span>
            </div>
        </Panel>
    }
}
