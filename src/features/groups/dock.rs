//! The one thing that the viewer can do now, always in the same place.

use contract::Quantity;
use contract::groups::{GroupProgress, Seat, SeatState};
use contract::shares::ShareTarget;
use leptos::prelude::*;

use super::live::Live;
use super::state::{self, Action};
use crate::routes;
use crate::stores::share::use_share;
use crate::t;
use crate::ui::{Button, ButtonKind, ButtonLink, Dock, Glyph, Icon, IconSize, Price, PriceInk};

/// The dock.
#[component]
pub(super) fn GroupDock(group: Signal<GroupProgress>, live: Live) -> impl IntoView {
    let actions = Memo::new(move |_| {
        group.with(|group| {
            let first = state::action(group, live.time_is_up.get());
            let second = state::second_action(group, &first);
            (first, second)
        })
    });
    move || {
        let (first, second) = actions.get();
        let group = group.get_untracked();
        let second = second.map(|action| view! { <Act group=group.clone() action second=true /> });
        view! {
            <Dock>
                {second}
                <Act group=group.clone() action=first />
            </Dock>
        }
    }
}

/// One action as a button or a link.
#[component]
fn Act(
    group: GroupProgress,
    action: Action,
    /// Beside the primary one.
    #[prop(optional)]
    second: bool,
) -> impl IntoView {
    let kind = if second {
        ButtonKind::Plain
    } else {
        ButtonKind::Primary
    };
    let was_in = group
        .mine
        .as_ref()
        .is_some_and(|seat| seat.state == SeatState::Released);
    let join_words = if was_in {
        t!(groups.join_again)
    } else {
        t!(groups.join)
    };
    let price = state::price(&group)
        .map(|(amount, from)| view! { <Price amount from ink=PriceInk::Inherit /> " " });
    let link = move |href: String, words: &'static str| {
        view! { <ButtonLink href kind>{words}</ButtonLink> }.into_any()
    };
    match action {
        Action::Join(sku) => {
            let href = match sku {
                Some(sku) => {
                    let seat = Seat::Join { group: group.id };
                    routes::seat(&seat, &sku, Quantity::ONE)
                }
                None => routes::product_seat(&group.product.slug, Some(&group.id)),
            };
            view! { <ButtonLink href kind>{price} {join_words}</ButtonLink> }.into_any()
        }
        Action::SignIn => {
            let href = routes::sign_in(Some(&routes::group(&group.id)));
            view! { <ButtonLink href kind>{price} {t!(groups.login)}</ButtonLink> }.into_any()
        }
        Action::Invite => {
            let share = use_share();
            let invite = move |()| {
                share.open(ShareTarget::Group {
                    id: group.id.clone(),
                })
            };
            view! {
                <Button kind on_press=invite>
                    <Icon glyph=Glyph::Share size=IconSize::Small />
                    {t!(groups.invite)}
                </Button>
            }
            .into_any()
        }
        Action::Pay(order) => link(routes::order(&order), t!(groups.pay)),
        Action::ViewOrder(order) => link(routes::order(&order), t!(groups.view_order)),
        Action::JoinNext(next) => link(routes::group(&next), t!(groups.join_next)),
        Action::OpenNew => link(
            routes::product_seat(&group.product.slug, None),
            t!(groups.open_new),
        ),
        Action::SeeProduct => link(
            routes::product(&group.product.slug, None),
            t!(groups.see_product),
        ),
        Action::Wait => view! { <Button kind disabled=true>{t!(groups.wait)}</Button> }.into_any(),
    }
}
