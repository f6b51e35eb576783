//! Who comes in: the shop's staff. Others sign in, or are told so.

use contract::ErrorCode;
use contract::account::Me;
use contract::live_studio::Staff;
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::{self, ApiError, Failure, Loaded, failure_words, use_load};
use storefront::features::account::{LookChoices, SignInForm};
use storefront::stores::session::Who;
use storefront::stores::use_session;
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Empty, Glyph, IconButton, Panel, Sheet, Skeleton, SkeletonKind, text, toast,
};

async fn get_staff() -> Result<Staff, ApiError> {
    api::get("/api/studio/staff").await
}

/// What stands behind it is drawn for staff alone; each of them anew.
#[component]
pub fn Gate(
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = use_session();
    let who = Memo::new(move |_| session.who());
    let children = StoredValue::new(children);
    move || {
        match who.get() {
        Who::Unknown => view! { <Waiting /> }.into_any(),
        Who::Guest => view! {
            <main class=text::narrow>
                <Empty glyph=Glyph::Lock title=t!(studio.sign_in_title) text=t!(studio.sign_in_text) />
                <SignInForm />
            </main>
        }
        .into_any(),
        Who::Customer(me) => view! { <Inside me children=children.get_value() /> }.into_any(),
        Who::Unreachable(error) => {
            view! { <Failure error on_retry=move || session.refresh() /> }.into_any()
        }
    }
    }
}

#[component]
fn Inside(me: Me, children: ChildrenFn) -> impl IntoView {
    let staff = use_load(get_staff);
    let children = StoredValue::new(children);
    move || match staff.state.get() {
        Loaded::Waiting | Loaded::Slow => view! { <Waiting /> }.into_any(),
        Loaded::Ready(staff) => {
            provide_context(staff);
            children.with_value(|children| children()).into_any()
        }
        Loaded::Failed(error) if error.code() == Some(ErrorCode::StaffOnly) => {
            view! { <Stranger phone=me.phone_masked.clone() /> }.into_any()
        }
        Loaded::Failed(error) => {
            view! { <Failure error on_retry=move || staff.retry() /> }.into_any()
        }
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <main class=stylance::classes!(text::narrow, text::panels) aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
        </main>
    }
}

/// Signed in, but not of the staff.
#[component]
fn Stranger(phone: String) -> impl IntoView {
    view! {
        <main class=text::narrow>
            <Empty
                glyph=Glyph::Lock
                title=t!(studio.stranger_title)
                text=t!(studio.stranger_text, phone = phone)
                alert=true
            >
                <SignOut />
            </Empty>
        </main>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let (session, toaster) = (use_session(), toast());
    let busy = RwSignal::new(false);
    let press = move |()| {
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = session.sign_out().await {
                toaster.show(failure_words(&error).1);
            }
            busy.try_set(false);
        });
    };
    view! { <Button kind=ButtonKind::Tonal busy on_press=press>{t!(account.sign_out)}</Button> }
}

/// Who is signed in, and how the studio looks to them.
#[component]
pub fn Oneself() -> impl IntoView {
    let open = RwSignal::new(false);
    let session = use_session();
    let who = move || {
        session.me().map(|me| {
            view! {
                <Panel label=me.name.clone()>
                    <div class=stylance::classes!(text::row, text::between, text::wrap)>
                        <span>
                            <b>{me.name}</b>
                            " "
                            <span class=text::muted>{me.phone_masked}</span>
                        </span>
                        <SignOut />
                    </div>
                </Panel>
            }
        })
    };
    view! {
        <IconButton label=t!(account.settings).to_owned() glyph=Glyph::Settings on_press=move |()| open.set(true) />
        <Sheet open title=t!(account.settings).to_owned()>
            {who}
            <LookChoices />
        </Sheet>
    }
}
