//! Signing in: the phone number, then the code.

use contract::account::{CodeRequest, CodeSent, SignIn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::api;
use super::state::{CODE_LENGTH, Trouble, code_digits, safe_next};
use crate::api::IdempotencyKey;
use crate::i18n::number;
use crate::routes;
use crate::stores::{ServerTime, phone, use_server_time, use_session};
use crate::t;
use crate::ui::{Button, ButtonKind, Field, FieldKind, Panel, Topbar, text, toast};

stylance::import_crate_style!(style, "src/features/account/sign_in.module.css");

/// What both steps share.
#[derive(Clone, Copy)]
struct Steps {
    phone: RwSignal<String>,
    sent: RwSignal<Option<CodeSent>>,
    trouble: RwSignal<Option<Trouble>>,
    busy: RwSignal<bool>,
    time: ServerTime,
}

/// The page of `/sign-in?next=…`. Whoever is signed in goes on to `next`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let navigate = use_navigate();
    Effect::new(move || {
        if session.me().is_some() {
            let next = safe_next(&next).unwrap_or(routes::account());
            navigate(
                next,
                NavigateOptions {
                    replace: true,
                    ..NavigateOptions::default()
                },
            );
        }
    });
    view! {
        <Topbar title=t!(account.sign_in_title) back=routes::account() />
        <main class=stylance::classes!(text::narrow, text::panels)>
            <SignInForm />
        </main>
    }
}

/// Both steps; whoever shows it sees in the session when they are done.
#[component]
pub fn SignInForm() -> impl IntoView {
    let steps = Steps {
        phone: RwSignal::new(String::new()),
        sent: RwSignal::new(None),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
        time: use_server_time(),
    };
    let has_sent = Memo::new(move |_| steps.sent.with(Option::is_some));
    view! {
        <Panel label=t!(account.sign_in_title)>
            {move || match has_sent.get() {
                false => view! { <PhoneStep steps /> }.into_any(),
                true => view! { <CodeStep steps /> }.into_any(),
            }}
        </Panel>
    }
}

impl Steps {
    /// Sends a code to the number that was typed.
    async fn send(self) -> bool {
        let Some(phone) = phone::normalise(&self.phone.get_untracked()) else {
            self.trouble.set(Some(Trouble::NotAPhone));
            return false;
        };
        self.busy.set(true);
        self.trouble.set(None);
        // Every press asks for a new code: the shop limits how often.
        let asking = api::request_code(IdempotencyKey::new(), CodeRequest { phone });
        let answer = self.time.timed(asking, |sent| sent.server_now).await;
        self.busy.try_set(false);
        match answer {
            Ok(sent) => {
                self.sent.try_set(Some(sent));
                true
            }
            Err(error) => {
                self.trouble.try_set(Some(Trouble::from(&error)));
                false
            }
        }
    }

    /// What is wrong, in words.
    fn error(self) -> Signal<Option<String>> {
        Signal::derive(move || self.trouble.get().map(words))
    }
}

fn words(trouble: Trouble) -> String {
    match trouble {
        Trouble::NotAPhone => t!(account.not_a_phone).to_owned(),
        Trouble::NotACode => t!(account.not_a_code).to_owned(),
        Trouble::WrongCode(Some(left)) => t!(account.wrong_code_left, count = left.into()),
        Trouble::WrongCode(None) => t!(account.wrong_code).to_owned(),
        Trouble::OldCode => t!(account.old_code).to_owned(),
        Trouble::Busy(Some(seconds)) => t!(account.busy_in, n = number(seconds)),
        Trouble::Busy(None) => t!(account.busy).to_owned(),
        Trouble::Offline => t!(account.offline).to_owned(),
        Trouble::NoAnswer => t!(account.no_answer).to_owned(),
        Trouble::Fault => t!(account.fault).to_owned(),
    }
}

#[component]
fn PhoneStep(steps: Steps) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !steps.busy.get_untracked() {
            spawn_local(async move {
                steps.send().await;
            });
        }
    };
    view! {
        <form class=style::form on:submit=submit novalidate>
            <p class=text::muted>{t!(account.sign_in_text)}</p>
            <Field
                label=t!(account.phone)
                kind=FieldKind::Phone
                value=steps.phone
                longest=24
                error=steps.error()
                focus=true
            />
            <Button kind=ButtonKind::Primary wide=true submit=true busy=steps.busy>
                {t!(account.get_code)}
            </Button>
        </form>
    }
}

#[component]
fn CodeStep(steps: Steps) -> impl IntoView {
    let session = use_session();
    let toaster = toast();
    let code = RwSignal::new(String::new());
    let enter = move || {
        let digits = code_digits(&code.get_untracked());
        let Some(request) = steps
            .sent
            .with_untracked(|sent| sent.as_ref().map(|sent| sent.request.clone()))
        else {
            return;
        };
        if digits.len() < CODE_LENGTH {
            return steps.trouble.set(Some(Trouble::NotACode));
        }
        if steps.busy.get_untracked() {
            return;
        }
        steps.busy.set(true);
        steps.trouble.set(None);
        spawn_local(async move {
            match api::sign_in(
                IdempotencyKey::new(),
                SignIn {
                    request,
                    code: digits,
                },
            )
            .await
            {
                Ok(signed_in) => {
                    toaster.show(t!(account.welcome));
                    session.take(signed_in);
                }
                Err(error) => {
                    steps.trouble.try_set(Some(Trouble::from(&error)));
                }
            }
            steps.busy.try_set(false);
        });
    };
    // The last digit, or the keyboard's offer to fill the code in, is the press.
    Effect::new(move |before: Option<String>| {
        let digits = code.with(|code| code_digits(code));
        if digits.len() == CODE_LENGTH && before.is_some_and(|before| before != digits) {
            enter();
        }
        digits
    });
    let resend_at = move || {
        steps
            .sent
            .with(|sent| sent.as_ref().map(|sent| sent.resend_at))
    };
    let wait = steps.time.seconds_until(resend_at);
    let resend = move |()| {
        spawn_local(async move {
            if steps.send().await {
                code.try_set(String::new());
                toaster.show(t!(account.resent));
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        enter();
    };
    let number_shown =
        phone::masked(&phone::normalise(&steps.phone.get_untracked()).unwrap_or_default());
    view! {
        <form class=style::form on:submit=submit novalidate>
            <p class=text::muted>{t!(account.code_sent, phone = number_shown)}</p>
            <div class=style::code>
                <Field
                    label=t!(account.code)
                    kind=FieldKind::OneTimeCode
                    value=code
                    longest=40
                    error=steps.error()
                    focus=true
                />
            </div>
            <Button kind=ButtonKind::Primary wide=true submit=true busy=steps.busy>
                {t!(account.enter)}
            </Button>
            <div class=stylance::classes!(text::row, text::between, text::wrap)>
                <Button
                    kind=ButtonKind::Quiet
                    on_press=move |()| {
                        steps.trouble.set(None);
                        steps.sent.set(None);
                    }
                >
                    {t!(account.change_phone)}
                </Button>
                <Button
                    kind=ButtonKind::Quiet
                    disabled=Signal::derive(move || wait.get().is_some_and(|left| left > 0))
                    on_press=resend
                >
                    {move || match wait.get() {
                        Some(left) if left > 0 => t!(account.resend_in, n = number(left)),
                        _ => t!(account.resend).to_owned(),
                    }}
                </Button>
            </div>
        </form>
    }
}
