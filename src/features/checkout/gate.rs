//! A checkout needs a customer: a guest signs in first and comes back.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

use crate::api::{ApiError, Failure};
use crate::platform::page::path_and_query;
use crate::routes;
use crate::stores::session::Who;
use crate::stores::use_session;
use crate::t;
use crate::ui::{Panel, Skeleton, SkeletonKind, text};

stylance::import_crate_style!(style, "src/features/checkout/gate.module.css");

/// Its content, for customers.
#[component]
pub(super) fn Gate(children: ChildrenFn) -> impl IntoView {
    let session = use_session();
    let stage = Memo::new(move |_| match session.who() {
        Who::Unknown => Stage::Waiting,
        Who::Guest => Stage::Guest,
        Who::Customer(_) => Stage::Open,
        Who::Unreachable(error) => Stage::Failed(error),
    });
    let children = StoredValue::new(children);
    move || match stage.get() {
        Stage::Waiting => view! { <Waiting /> }.into_any(),
        Stage::Guest => {
            view! { <Redirect path=routes::sign_in(Some(&path_and_query())) options=replacing() /> }
                .into_any()
        }
        Stage::Open => children.with_value(|children| children()).into_any(),
        Stage::Failed(error) => {
            view! { <Failure error on_retry=move || session.refresh() /> }.into_any()
        }
    }
}

#[derive(Clone, PartialEq)]
enum Stage {
    Waiting,
    Guest,
    Open,
    Failed(ApiError),
}

fn replacing() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    }
}

/// The boxes of a checkout on its way.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let panel = || view! { <Panel><Skeleton kind=SkeletonKind::Block /></Panel> };
    view! {
        <main class=stylance::classes!(text::narrow, text::panels, style::waiting) aria-busy="true" aria-label=t!(app.loading)>
            {panel()} {panel()} {panel()}
        </main>
    }
}
