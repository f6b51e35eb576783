//! The entries of a [`PagesOf`] list as a list of the page, however long it becomes.

use leptos::prelude::*;

use super::PagesOf;
use crate::ui::LongList;

/// Draws what has arrived, and of that what is near the visible part.
#[component]
pub fn PagesList<T, H, D>(
    /// The list.
    pages: PagesOf<T, H>,
    /// Tells entries apart.
    key: fn(&T) -> String,
    /// Draws an entry at its place, counted from 0.
    draw: D,
    /// How the list looks.
    class: &'static str,
    /// How an entry's place looks.
    #[prop(optional)]
    cell: &'static str,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    H: Send + Sync + 'static,
    D: Fn(usize, T) -> AnyView + Send + Sync + 'static,
{
    let list = pages.list;
    let key = move |at: usize| list.read().items().get(at).map(key).unwrap_or_default();
    let draw = move |at: usize| {
        let item = list.read_untracked().items().get(at).cloned();
        item.map_or_else(|| ().into_any(), |item| draw(at, item))
    };
    view! {
        <LongList
            count=Memo::new(move |_| list.read().items().len()).into()
            complete=Memo::new(move |_| list.read().is_complete()).into()
            measured=Signal::derive(move || list.read().measured())
            key=Callback::new(key)
            draw=Callback::new(draw)
            class
            cell
        />
    }
}
