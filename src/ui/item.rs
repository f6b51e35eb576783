//! Goods in a row: the picture, what they are, and at the end price and quantity.

use contract::catalog::Picture as Source;
use leptos::prelude::*;

use super::{Picture, PictureKind};

stylance::import_crate_style!(style, "src/ui/item.module.css");

/// Goods in a row.
#[component]
pub fn Item(
    /// What they look like.
    picture: Option<Source>,
    /// Their title.
    #[prop(into)]
    title: String,
    /// Where the title leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// Which of them, in words.
    #[prop(optional, into)]
    sub: String,
    /// They cannot be had: the words over the greyed picture.
    #[prop(optional, into)]
    veil: Option<String>,
    /// In the first screenful: fetch its picture at once.
    #[prop(optional)]
    eager: bool,
    /// Price and quantity.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let out = veil.is_some();
    let name = match href {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! {
        <div class=stylance::classes!(style::item, out.then_some(style::out))>
            <Picture picture eager kind=PictureKind::Thumb>
                {veil.map(|words| view! { <span class=style::veil><span>{words}</span></span> })}
            </Picture>
            <div class=style::main>
                <h3 class=style::title>{name}</h3>
                {(!sub.is_empty()).then(|| view! { <p class=style::sub>{sub}</p> })}
                <div class=style::end>{children.map(|children| children())}</div>
            </div>
        </div>
    }
}
