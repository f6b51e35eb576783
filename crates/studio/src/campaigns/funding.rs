//! Who pays for what a promotion takes off (rules.md M1), and what that comes to at most.

use contract::promotions::{Funder, FunderKind, FundingPart};
use contract::{Currency, Money};
use leptos::prelude::*;
use storefront::i18n::money_to_pay;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconButton, IconSize,
    Panel, text,
};

use super::catalogue::Catalogue;
use super::desk::Desk;
use super::draft::Spot;
use super::fields::{self, At, Choice};
use super::rows::PartRow;
use super::{typed, words};

stylance::import_crate_style!(style, "src/campaigns/funding.module.css");

const FUNDERS: [FunderKind; 3] = [
    FunderKind::Store,
    FunderKind::Supplier,
    FunderKind::Platform,
];

/// The panel.
#[component]
pub fn FundingPanel(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let parts = desk.draft.funding;
    let sum = Memo::new(move |_| {
        let shares = parts.with(|parts| {
            parts
                .iter()
                .map(|row| typed::share(&row.share.read()))
                .sum::<Option<u32>>()
        });
        shares.unwrap_or_default()
    });
    let add = move |()| {
        let left = 10_000_u32.saturating_sub(sum.get_untracked());
        let kind = match parts.with_untracked(Vec::is_empty) {
            true => FunderKind::Store,
            false => FunderKind::Supplier,
        };
        let part = FundingPart {
            funder: Funder {
                kind,
                party: String::new(),
            },
            share_bp: left,
        };
        let row = desk.draft.keeping(|| PartRow::new(&part));
        parts.update(|parts| parts.push(row));
    };
    let more = move || view! { <Sum sum /> };
    let wrong = desk.wrong(Spot::Funding, t!(campaigns.wrong_funding));
    view! {
        <Panel title=t!(campaigns.funding).to_owned() more>
            <fieldset disabled=move || !desk.is_open()>
                <At spot=Spot::Funding>
                    <div class=text::stack>
                        <ul class=fields::rows>
                            <For each=move || parts.get() key=|row| row.key let:row>
                                <Part desk row />
                            </For>
                        </ul>
                        {move || wrong.get().map(|words| view! { <p class=stylance::classes!(text::caption, fields::wrong) role="alert">{words}</p> })}
                        <div class=fields::actions>
                            <Button kind=ButtonKind::Plain small=true on_press=add>
                                <Icon glyph=Glyph::Plus size=IconSize::Small />
                                {t!(campaigns.part_add)}
                            </Button>
                        </div>
                    </div>
                </At>
            </fieldset>
            <AtMost desk catalogue />
        </Panel>
    }
}

/// What the shares come to.
#[component]
fn Sum(sum: Memo<u32>) -> impl IntoView {
    move || {
        let sum = sum.get();
        let kind = match sum {
            10_000 => BadgeKind::JadeSoft,
            _ => BadgeKind::DangerSoft,
        };
        view! { <Badge kind>{t!(campaigns.shares_sum, n = typed::share_text(sum))}</Badge> }
    }
}

#[component]
fn Part(desk: Desk, row: PartRow) -> impl IntoView {
    let parts = desk.draft.funding;
    let is_named = move || row.kind.get() == FunderKind::Supplier;
    view! {
        <li class=fields::row>
            <div class=fields::grow>
                <Choice
                    label=t!(campaigns.funder)
                    options=Signal::stored(FUNDERS.to_vec())
                    words=|kind: &FunderKind| words::funder(*kind).to_owned()
                    chosen=row.kind
                    on_choose=move |kind| row.kind.set(kind)
                />
            </div>
            {move || is_named().then(|| view! {
                <div class=fields::grow>
                    <Field label=t!(campaigns.party) kind=FieldKind::Text value=row.party longest=40 />
                </div>
            })}
            <div class=fields::narrow>
                <Field label=t!(campaigns.share) kind=FieldKind::Amount value=row.share longest=6 />
            </div>
            <IconButton
                label=t!(campaigns.part_drop).to_owned()
                glyph=Glyph::Trash
                size=IconSize::Small
                on_press=move |()| parts.update(|parts| parts.retain(|it| it.key != row.key))
            />
        </li>
    }
}

/// What it costs each when all of a flash sale is sold.
#[component]
fn AtMost(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let rows = move || {
        let currency = desk.saved.with(|saved| saved.currency);
        let off = desk.draft.prices.with(|rows| {
            let of_row = |row: &super::rows::PriceRow| {
                let usual = catalogue.sku(&row.sku)?.usual.minor;
                Some((usual - row.price()?).max(0) * i64::from(row.quota()?))
            };
            rows.iter().map(of_row).sum::<Option<i64>>()
        });
        let parts: Option<Vec<FundingPart>> = desk
            .draft
            .funding
            .with(|rows| rows.iter().map(|row| row.read()).collect());
        let (off, parts) = (off.filter(|off| *off > 0)?, parts?);
        Some((off, split(off, &parts), currency))
    };
    let line = |(part, minor): (FundingPart, i64), currency: Currency| {
        let name = match part.funder.party.as_str() {
            "" => words::funder(part.funder.kind).to_owned(),
            party => format!("{} {party}", words::funder(part.funder.kind)),
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{money_to_pay(Money::new(minor, currency))}</td>
                <td>{typed::share_text(part.share_bp)}"%"</td>
            </tr>
        }
    };
    move || {
        rows().map(|(off, parts, currency)| {
            view! {
                <table class=style::sum>
                    <caption>{t!(campaigns.at_most)}</caption>
                    <tbody>
                        {parts.into_iter().map(|part| line(part, currency)).collect_view()}
                        <tr class=style::total>
                            <th scope="row">{t!(campaigns.together)}</th>
                            <td>{money_to_pay(Money::new(off, currency))}</td>
                            <td></td>
                        </tr>
                    </tbody>
                </table>
            }
        })
    }
}

/// M1: by shares, rounded down; what is left over is the first one's.
fn split(off: i64, parts: &[FundingPart]) -> Vec<(FundingPart, i64)> {
    let mut split: Vec<_> = parts
        .iter()
        .map(|part| (part.clone(), off * i64::from(part.share_bp) / 10_000))
        .collect();
    let rest = off - split.iter().map(|(_, minor)| minor).sum::<i64>();
    if let Some((_, first)) = split.first_mut() {
        *first += rest;
    }
    split
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m1_all_of_it_is_paid_for_and_the_first_pays_what_is_left_over() {
        let part = |share_bp| FundingPart {
            funder: Funder::store(),
            share_bp,
        };
        let minor = |off, shares: &[u32]| {
            let parts: Vec<_> = shares.iter().map(|share| part(*share)).collect();
            split(off, &parts)
                .into_iter()
                .map(|(_, minor)| minor)
                .collect::<Vec<_>>()
        };
        assert_eq!(minor(1000, &[6000, 4000]), [600, 400]);
        assert_eq!(minor(1001, &[3333, 3333, 3334]), [335, 333, 333]);
    }
}
