//! My shares: what can be withdrawn, how the last days went, and what each link brought; every
//! commission; payouts.

mod amount;
mod chart;
mod earn;
mod earnings;
mod filter;
mod geometry;
mod ledger;
mod link;
mod links;
mod rules;
mod withdraw;

use leptos::prelude::*;

use self::chart::Days;
use self::earn::{Earn, EarnSkeleton};
use self::links::Links;
use self::rules::Rules;
use super::api;
use crate::api::{Loading, use_load};
use crate::routes;
use crate::stores::use_session;
use crate::t;
use crate::ui::{Glyph, IconButton, LineLink, Panel, Topbar, text};

pub use earnings::EarningsPage;
pub use withdraw::WithdrawPage;

/// The page of `/shares`.
#[component]
pub fn SharesPage() -> impl IntoView {
    let session = use_session();
    let me = Memo::new(move |_| session.me().map(|me| me.id));
    // Read again when somebody signs in; a guest is told by the server to do so.
    let earnings = use_load(move || {
        me.track();
        api::get_earnings()
    });
    let rules = RwSignal::new(false);
    let freeze_days = Signal::derive(move || earnings.ready().map_or(7, |it| it.freeze_days));
    let day_max = Signal::derive(move || earnings.ready().map(|it| it.day_max));
    view! {
        <Topbar title=t!(shares.title) back=routes::account()>
            <IconButton
                label=t!(shares.rules).to_owned()
                glyph=Glyph::Info
                on_press=move |()| rules.set(true)
            />
        </Topbar>
        <main class=stylance::classes!(text::narrow, text::panels)>
            <Loading
                load=earnings
                skeleton=|| view! { <EarnSkeleton /> }.into_any()
                children=|earnings| {
                    view! {
                        <Earn earnings=earnings.clone() />
                        <Days days=earnings.days />
                        <Panel rows=true label=t!(shares.details)>
                            <LineLink
                                label=t!(shares.details)
                                href=routes::earnings()
                                glyph=Glyph::List
                            />
                        </Panel>
                        <Links />
                    }
                        .into_any()
                }
            />
        </main>
        <Rules open=rules freeze_days day_max />
    }
}
