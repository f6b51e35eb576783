//! A sheet over the page: the browser's own modal `<dialog>`, so that the page behind is inert, the
//! focus stays inside and returns, and Esc closes it. The back button and the scrim close it too.

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::{Glyph, IconButton};
use crate::platform::back::BackEntry;
use crate::platform::dialog::Modal;
use crate::platform::events;
use crate::t;

stylance::import_crate_style!(style, "src/ui/sheet.module.css");

/// A bottom sheet while `open` is true; closing it sets `open` to false. A link or action inside that
/// leaves the page should navigate with `replace`, so that back leads to the page and not to the sheet.
#[component]
pub fn Sheet(
    /// Whether it is there.
    open: RwSignal<bool>,
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// What stands below its scrolling part: the primary action.
    #[prop(optional, into)]
    foot: ViewFn,
    /// What hangs above it, over the page, as high as there is room.
    #[prop(optional, into)]
    above: Option<ViewFn>,
    /// Its content; built anew every time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let foot = StoredValue::new(foot);
    let above = StoredValue::new(above);
    move || {
        open.get().then(|| {
            let children = children.get_value();
            let foot = foot.get_value();
            let above = above.get_value();
            view! {
                <OpenSheet open title foot above>
                    {children()}
                </OpenSheet>
            }
        })
    }
}

#[component]
fn OpenSheet(
    open: RwSignal<bool>,
    title: Signal<String>,
    foot: ViewFn,
    above: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let entry = StoredValue::new(Some(SendWrapper::new(BackEntry::push())));
    let modal = StoredValue::new(None);
    dialog.on_load(move |dialog| {
        modal.try_set_value(Some(Modal::show(dialog)));
    });
    events::on_window("popstate", move |_| {
        let left =
            entry.with_value(|entry| entry.as_ref().is_some_and(|entry| !entry.is_current()));
        if left {
            open.set(false);
        }
    });
    on_cleanup(move || {
        drop(modal.try_update_value(Option::take));
        if let Some(entry) = entry.try_update_value(Option::take).flatten() {
            entry.take().pop();
        }
    });
    let close = move || open.set(false);
    let class = stylance::classes!(style::sheet, above.is_some().then_some(style::full));
    view! {
        <dialog
            class=class
            node_ref=dialog
            aria-label=move || title.get()
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                close();
            }
            // The dialog's own box is the scrim: its content lies in the box inside.
            on:click=move |event| {
                if event.target() == event.current_target() {
                    close();
                }
            }
        >
            {above.map(|above| view! { <div class=style::above>{above.run()}</div> })}
            <div class=style::paper>
                <header class=style::head>
                    <h2 tabindex="-1" autofocus>
                        {move || title.get()}
                    </h2>
                    <IconButton label=t!(app.close) glyph=Glyph::Close on_press=move |()| close() />
                </header>
                <div class=style::body>{children()}</div>
                <footer class=style::foot>{foot.run()}</footer>
            </div>
        </dialog>
    }
}
