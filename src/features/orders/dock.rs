//! The one thing to do with an order now: pay it, fill its group, say that it has come.

use contract::orders::{OrderAction, OrderDetail};
use contract::shares::ShareTarget;
use leptos::prelude::*;

use super::pay::PayButton;
use super::receipt::ReceiptButton;
use super::state::{Statement, statement};
use crate::stores::share::use_share;
use crate::t;
use crate::ui::{Button, ButtonKind, Dock, Glyph, Icon, IconSize};

/// The dock; nothing where there is nothing to do.
#[component]
pub(super) fn OrderDock(
    order: OrderDetail,
    /// Gets the order as it is afterwards.
    on_change: Callback<OrderDetail>,
) -> impl IntoView {
    let can = |action| order.actions.contains(&action);
    if can(OrderAction::Pay) {
        return view! { <Dock><PayButton id=order.card.id /></Dock> }.into_any();
    }
    let group = order.group.as_ref().and_then(|group| group.group.clone());
    if let (Statement::Forming, Some(id)) = (statement(&order), group) {
        let share = use_share();
        let invite = move |()| share.open(ShareTarget::Group { id: id.clone() });
        return view! {
            <Dock>
                <Button kind=ButtonKind::Primary on_press=invite>
                    <Icon glyph=Glyph::Share size=IconSize::Small />
                    {t!(groups.invite)}
                </Button>
            </Dock>
        }
        .into_any();
    }
    if can(OrderAction::ConfirmReceipt) {
        return view! { <Dock><ReceiptButton order on_change /></Dock> }.into_any();
    }
    ().into_any()
}
