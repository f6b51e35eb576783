//! The page of `/studio/books`: what the books say of a time, and what is done to them.

use contract::books::{AuditResult, NamedSum, Report};
use contract::live_studio::StaffRole;
use leptos::prelude::*;
use storefront::api::{Loading, use_load};
use storefront::t;
use storefront::ui::{Button, ButtonKind, ButtonLink, Glyph, Notice, NoticeKind, toast};

use super::api;
use super::loss::LossSheet;
use super::period::PeriodSheet;
use super::span::{SpanChoice, use_span};
use super::statement::Statement;
use crate::address;
use crate::bars::{Bar, Bars};
use crate::deed::{Deed, Trouble};
use crate::gate::use_role;
use crate::head::{self, Head};
use crate::paged::waiting;

stylance::import_crate_style!(
    #[allow(dead_code)]
    style,
    "src/books/report.module.css"
);

/// The books.
#[component]
pub fn BooksPage() -> impl IntoView {
    let span = use_span();
    let load = use_load(move || api::get_report(span.get()));
    let (losing, closing) = (RwSignal::new(false), RwSignal::new(false));
    let audit = Deed::new();
    let faults = RwSignal::new(Vec::<String>::new());
    let role = use_role();
    let toaster = toast();
    let look = move |()| {
        audit.run(api::audit_books, move |found: AuditResult| {
            if found.faults.is_empty() {
                toaster.show(t!(books.fits));
            }
            faults.set(found.faults);
            load.retry();
        });
    };
    let promotions = Signal::derive(move || {
        let report = load.ready();
        report.map(|report| report.by_promotion).unwrap_or_default()
    });
    let funders = Signal::derive(move || {
        let report = load.ready();
        report.map(|report| report.by_funder).unwrap_or_default()
    });
    view! {
        <Head title=Signal::derive(|| t!(books.name).to_owned())>
            {move || (role.get() == Some(StaffRole::Owner)).then(|| view! {
                <ButtonLink href=address::record() kind=ButtonKind::Quiet>{t!(books.record)}</ButtonLink>
            })}
            <Button kind=ButtonKind::Outline on_press=move |()| losing.set(true)>{t!(books.loss)}</Button>
            <Button kind=ButtonKind::Outline on_press=move |()| closing.set(true)>{t!(books.close)}</Button>
            <Button kind=ButtonKind::Tonal busy=audit.busy on_press=look>{t!(books.audit)}</Button>
        </Head>
        <main class=head::main>
            <Trouble deed=audit />
            {move || load.ready().and_then(|report| report.halted).map(|why| view! { <Halted why /> })}
            {move || faults.get().into_iter().map(|fault| view! {
                <Notice kind=NoticeKind::Warn glyph=Glyph::Alert>{fault}</Notice>
            }).collect_view()}
            <SpanChoice span />
            <Loading load skeleton=waiting children=|report| view! { <Sums report /> }.into_any() />
            <Statement span funders />
        </main>
        <LossSheet open=losing promotions on_done=move |()| load.retry() />
        <PeriodSheet open=closing />
    }
}

/// Nothing is sold until somebody has looked.
#[component]
fn Halted(why: String) -> impl IntoView {
    view! {
        <div role="alert">
            <Notice kind=NoticeKind::Bad glyph=Glyph::Blocked>
                <b>{t!(books.halted)}</b>
                " "
                {t!(books.halted_text, why = why)}
            </Notice>
        </div>
    }
}

#[component]
fn Sums(report: Report) -> impl IntoView {
    let promotions = report.by_promotion.into_iter().map(|sum| Bar {
        href: sum.id.map(|id| address::result(&id.into())),
        name: sum.name,
        amount: sum.amount,
    });
    let funders = report.by_funder.into_iter().map(|sum| Bar {
        name: funder(&sum.name),
        amount: sum.amount,
        href: None,
    });
    let (promotions, funders): (Vec<_>, Vec<_>) = (promotions.collect(), funders.collect());
    view! {
        <div class=style::sums>
            <Bars title=t!(books.by_promotion) bars=promotions />
            <Bars title=t!(books.by_funder) bars=funders />
            <Bars title=t!(books.by_staff) bars=plain(report.by_staff) />
            <Bars title=t!(books.by_creator) bars=plain(report.by_creator) />
            <Bars title=t!(books.by_store) bars=plain(report.by_store) />
            <Bars title=t!(books.by_live) bars=plain(report.by_live) />
        </div>
    }
}

fn plain(sums: Vec<NamedSum>) -> Vec<Bar> {
    let bar = |sum: NamedSum| Bar {
        name: sum.name,
        amount: sum.amount,
        href: None,
    };
    sums.into_iter().map(bar).collect()
}

/// Who pays for a discount, in words.
pub(super) fn funder(word: &str) -> String {
    match word.split_once(':') {
        Some((kind, party)) => format!("{} · {party}", funder(kind)),
        None => match word {
            "store" => t!(books.store).to_owned(),
            "platform" => t!(books.platform).to_owned(),
            "supplier" => t!(books.supplier).to_owned(),
            other => other.to_owned(),
        },
    }
}
