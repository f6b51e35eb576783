//! The account's page: who is signed in, orders, addresses, language and appearance.

use contract::account::Me;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::look::LookChoices;
use super::name::ChangeName;
use crate::api::{Failure, failure_words};
use crate::i18n::number;
use crate::routes;
use crate::stores::session::Who;
use crate::stores::{use_notices, use_session};
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Glyph, Icon, IconLink, LineLink, Panel, Skeleton, SkeletonKind,
    Topbar, text, toast,
};

stylance::import_crate_style!(style, "src/features/account/page.module.css");

/// The account's page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let session = use_session();
    let who = Memo::new(move |_| session.who());
    let unread = use_notices().watch();
    let bell_label = Signal::derive(move || match unread.get() {
        0 => t!(app.notifications).to_owned(),
        n => t!(app.notifications_count, n = number(n)),
    });
    view! {
        <Topbar title=t!(account.title)>
            <IconLink href=routes::notifications() label=bell_label glyph=Glyph::Bell count=unread />
        </Topbar>
        <main class=stylance::classes!(text::narrow, text::panels)>
            {move || match who.get() {
                Who::Unknown => view! { <Waiting /> }.into_any(),
                Who::Guest => view! { <Guest /> }.into_any(),
                Who::Customer(me) => view! { <Customer me /> }.into_any(),
                Who::Unreachable(error) => view! {
                    <Panel><Failure error on_retry=move || session.refresh() /></Panel>
                }
                .into_any(),
            }}
            <Settings />
            <About />
            {move || matches!(who.get(), Who::Customer(_)).then(|| view! { <SignOut /> })}
        </main>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <Panel label=t!(app.loading)>
            <div class=style::waiting aria-busy="true">
                <Skeleton kind=SkeletonKind::Block />
            </div>
        </Panel>
    }
}

#[component]
fn Guest() -> impl IntoView {
    view! {
        <Panel label=t!(account.sign_in)>
            <div class=text::stack>
                <div class=style::who>
                    <span class=style::face>
                        <Icon glyph=Glyph::User />
                    </span>
                    <div>
                        <h2>{t!(account.guest)}</h2>
                        <p>{t!(account.guest_text)}</p>
                    </div>
                </div>
                <ButtonLink href=routes::sign_in(Some(routes::account())) kind=ButtonKind::Primary wide=true>
                    {t!(account.sign_in)}
                </ButtonLink>
            </div>
        </Panel>
    }
}

#[component]
fn Customer(me: Me) -> impl IntoView {
    view! {
        <Panel>
            <div class=style::who>
                <span class=style::face>
                    <Icon glyph=Glyph::User />
                </span>
                <div class=text::grow>
                    <h2>{me.name.clone()}</h2>
                    <p class=text::number>{me.phone_masked}</p>
                </div>
                <ChangeName name=me.name />
            </div>
        </Panel>
        <Panel title=t!(account.orders)>
            <nav class=style::shortcuts aria-label=t!(account.orders)>
                <Shortcut state=Some("pending_payment") glyph=Glyph::Wallet words=t!(account.to_pay) />
                <Shortcut state=Some("paid") glyph=Glyph::Package words=t!(account.paid) />
                <Shortcut state=Some("refunded") glyph=Glyph::Refund words=t!(account.refunded) />
                <Shortcut state=None glyph=Glyph::List words=t!(account.all_orders) />
            </nav>
        </Panel>
        <Panel rows=true label=t!(account.addresses)>
            <LineLink label=t!(account.addresses) href=routes::addresses() glyph=Glyph::Place />
            <LineLink label=t!(promotions.coupons) href=routes::coupons() glyph=Glyph::Coupon />
            <LineLink label=t!(account.shares) href=routes::shares() glyph=Glyph::Chart />
            {me.creator.map(|_| view! {
                <LineLink label=t!(account.videos) href=routes::publish() glyph=Glyph::Play />
            })}
        </Panel>
    }
}

#[component]
fn Shortcut(state: Option<&'static str>, glyph: Glyph, words: &'static str) -> impl IntoView {
    view! {
        <a href=routes::orders(state)>
            <Icon glyph />
            {words}
        </a>
    }
}

#[component]
fn Settings() -> impl IntoView {
    view! {
        <Panel title=t!(account.settings)>
            <LookChoices />
        </Panel>
    }
}

#[component]
fn About() -> impl IntoView {
    view! {
        <Panel title=t!(account.about)>
            <p class=stylance::classes!(text::small, text::muted)>{t!(account.about_text)}</p>
            <p class=stylance::classes!(text::caption, text::faint)>
                {t!(account.version, version = env!("CARGO_PKG_VERSION"))}
            </p>
        </Panel>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let session = use_session();
    let toaster = toast();
    let busy = RwSignal::new(false);
    let press = move |()| {
        busy.set(true);
        spawn_local(async move {
            match session.sign_out().await {
                Ok(()) => toaster.show(t!(account.signed_out)),
                Err(error) => toaster.show(failure_words(&error).1),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button wide=true busy on_press=press>
            {t!(account.sign_out)}
        </Button>
    }
}
