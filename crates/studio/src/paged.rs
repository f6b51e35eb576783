//! A list that is read a page at a time, with the way to the next.

use std::future::Future;

use contract::{Cursor, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::ApiError;
use storefront::t;
use storefront::ui::{Button, ButtonKind, Skeleton, SkeletonKind, text, toast};

use crate::refusal;

/// The entries so far, and a button for more of them.
#[component]
pub fn Paged<T, F>(
    /// The first page.
    page: Page<T>,
    /// How an entry looks.
    draw: fn(T) -> AnyView,
    /// How the list looks.
    class: &'static str,
    /// Reads the page that begins there.
    more: impl Fn(Cursor) -> F + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Page<T>, ApiError>> + 'static,
{
    let pages = RwSignal::new(vec![page.items]);
    let next = RwSignal::new(page.next);
    let busy = RwSignal::new(false);
    let toaster = toast();
    let press = move |cursor: Cursor| {
        busy.set(true);
        spawn_local(async move {
            match more(cursor).await {
                Ok(page) => {
                    pages.try_update(|pages| pages.push(page.items));
                    next.try_set(page.next);
                }
                Err(error) => toaster.show(refusal::words(&error)),
            }
            busy.try_set(false);
        });
    };
    let entries = move |at: usize| {
        let items = pages.with_untracked(|pages| pages.get(at).cloned());
        let items = items.unwrap_or_default().into_iter();
        items
            .map(|item| view! { <li>{draw(item)}</li> })
            .collect_view()
    };
    view! {
        <ul class=class>
            <For each=move || 0..pages.with(Vec::len) key=|at| *at children=entries />
        </ul>
        {move || next.get().map(|cursor| view! {
            <Button kind=ButtonKind::Quiet wide=true busy on_press=move |()| press(cursor.clone())>
                {t!(orders.more)}
            </Button>
        })}
    }
}

/// The boxes of a few entries.
pub fn waiting() -> AnyView {
    view! {
        <div class=text::stack aria-busy="true" aria-label=t!(app.loading)>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </div>
    }
    .into_any()
}
