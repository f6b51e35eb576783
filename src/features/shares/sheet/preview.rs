//! The poster as it will be saved, over the page.

use leptos::prelude::*;

use super::super::poster::SCALE;
use super::desk::{Desk, Drawing};
use crate::t;

stylance::import_crate_style!(style, "src/features/shares/sheet/preview.module.css");

/// The poster, or its box.
#[component]
pub fn Preview(desk: Desk) -> impl IntoView {
    let shown = move || match desk.drawing.get() {
        Drawing::Waiting => view! {
            <div class=style::waiting role="img" aria-label=t!(shares.poster_waits)></div>
        }
        .into_any(),
        Drawing::Failed => ().into_any(),
        Drawing::Done => {
            let title = desk.offer.ready().map(|offer| offer.card.title);
            let picture = desk.poster.with_value(|poster| {
                let poster = poster.as_ref()?;
                let address = poster.data_url.clone();
                let address = address.unwrap_or_else(|| poster.picture.url().to_owned());
                Some((address, poster.size))
            });
            picture
                .map(|(src, (width, height))| {
                    view! {
                        <img
                            class=style::poster
                            src=src
                            width=width / SCALE
                            height=height / SCALE
                            alt=t!(shares.poster_of, title = title.unwrap_or_default())
                        />
                    }
                })
                .into_any()
        }
    };
    view! { <figure class=style::frame>{shown}</figure> }
}
