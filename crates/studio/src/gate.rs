//! Who comes in: the shop's staff. Others sign in, or are told so.

use contract::ErrorCode;
use contract::account::Me;
use contract::live_studio::Staff;
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::{self, ApiError, Failure, Loaded, failure_words, use_load};
use storefront::features::account::SignInForm;
use storefront::i18n::{Lang, lang, set_lang};
use storefront::stores::preferences::Theme;
use storefront::stores::session::Who;
use storefront::stores::{use_preferences, use_session};
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Empty, Glyph, IconButton, Panel, Segmented, Sheet, Skeleton, SkeletonKind,
    text, toast,
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
    let preferences = use_preferences();
    let theme = Signal::derive(move || preferences.theme());
    let theme_words = |theme: Theme| {
        let words = match theme {
            Theme::System => t!(account.theme_system),
            Theme::Light => t!(account.theme_light),
            Theme::Dark => t!(account.theme_dark),
        };
        words.to_owned()
    };
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
            <div class=text::stack>
                <p class=stylance::classes!(text::small, text::muted)>{t!(account.language)}</p>
                <Segmented
                    label=t!(account.language)
                    name="language"
                    options=Lang::ALL.to_vec()
                    words=|lang: Lang| lang.name().to_owned()
                    chosen=Signal::stored(lang())
                    on_choose=set_lang
                />
                <p class=stylance::classes!(text::small, text::muted)>{t!(account.theme)}</p>
                <Segmented
                    label=t!(account.theme)
                    name="theme"
                    options=Theme::ALL.to_vec()
                    words=theme_words
                    chosen=theme
                    on_choose=move |theme| preferences.set_theme(theme)
                />
            </div>
        </Sheet>
    }
}
