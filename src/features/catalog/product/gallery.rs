//! The product's pictures, swiped sideways, and which of them is in sight.

use contract::catalog::Picture as Source;
use leptos::html;
use leptos::prelude::*;

use crate::t;
use crate::ui::{Picture, SCREEN, text};

stylance::import_crate_style!(style, "src/features/catalog/product/gallery.module.css");

/// The gallery.
#[component]
pub fn Gallery(
    /// All pictures; `first` comes before them when it is none of them.
    pictures: Vec<Source>,
    /// The chosen SKU's own picture.
    first: Signal<Option<Source>>,
    /// What they show.
    alt: String,
) -> impl IntoView {
    let strip = NodeRef::<html::Div>::new();
    let shown = RwSignal::new(0_usize);
    let on_scroll = move |_| {
        if let Some(strip) = strip.get_untracked() {
            let width = f64::from(strip.client_width()).max(1.0);
            // A small whole number: pictures scrolled past.
            shown.set((f64::from(strip.scroll_left()) / width).round() as usize);
        }
    };
    let pictures = Memo::new(move |_| {
        let own = first
            .get()
            .filter(|own| pictures.iter().all(|picture| picture.src != own.src));
        own.into_iter()
            .chain(pictures.iter().cloned())
            .collect::<Vec<_>>()
    });
    let count = move || pictures.read().len();
    let slides = move || {
        let pictures = pictures.get();
        if pictures.is_empty() {
            return view! { <Picture picture=None /> }.into_any();
        }
        let total = pictures.len();
        pictures
            .into_iter()
            .enumerate()
            .map(|(index, picture)| {
                let alt = if total > 1 {
                    t!(catalog.picture_of, title = alt, n = index + 1)
                } else {
                    alt.clone()
                };
                view! { <Picture picture=Some(picture) alt sizes=SCREEN hero={index == 0} /> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class=style::gallery>
            // Scrolled by keys when it has the focus.
            <div class=style::strip node_ref=strip tabindex="0" role="group" aria-label=t!(catalog.pictures) on:scroll=on_scroll>
                {slides}
            </div>
            {move || {
                (count() > 1)
                    .then(|| {
                        view! {
                            <span class=style::count aria-hidden="true">
                                {move || format!("{} / {}", shown.get() + 1, count())}
                            </span>
                            <span class=text::hidden>{t!(catalog.picture_count, count = count() as u64)}</span>
                        }
                    })
            }}
        </div>
    }
}
