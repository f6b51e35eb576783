//! The entries of a time as a file: everything, or what one party owes.

use contract::books::NamedSum;
use leptos::prelude::*;
use storefront::t;
use storefront::ui::{Glyph, Icon, IconSize, Panel, text};

use super::api;
use super::report::funder;
use super::span::Span;
use crate::form;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/books/report.module.css"
);

/// Whose, and the file.
#[component]
pub(super) fn Statement(
    span: RwSignal<Span>,
    /// Who paid for something in that time.
    funders: Signal<Vec<NamedSum>>,
) -> impl IntoView {
    let party = RwSignal::new(String::new());
    let others = move || {
        let funders = funders.get().into_iter().filter(|sum| sum.name != "store");
        funders.map(|sum| sum.name)
    };
    view! {
        <Panel title=t!(books.statement).to_owned()>
            <div class=style::statement>
                <label class=form::field>
                    <span>{t!(books.party)}</span>
                    <select on:change=move |event| party.set(event_target_value(&event))>
                        <option value="">{t!(books.every_entry)}</option>
                        {move || others().map(|word| {
                            let chosen = party.with_untracked(|party| *party == word);
                            view! { <option value=word.clone() selected=chosen>{funder(&word)}</option> }
                        }).collect_view()}
                    </select>
                </label>
                <a
                    class=style::download
                    href=move || api::export_statement(span.get(), &party.get())
                    download
                    rel="external"
                >
                    <Icon glyph=Glyph::Download size=IconSize::Small />
                    {t!(books.download)}
                </a>
            </div>
            <p class=stylance::classes!(text::caption, text::muted)>{t!(books.statement_text)}</p>
        </Panel>
    }
}
