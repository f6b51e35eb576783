//! The panel that says whether a promotion can be published, and leads to what has to be mended.

use contract::PromotionId;
use contract::campaigns::{CheckKind, ReadinessCheck};
use leptos::prelude::*;
use storefront::platform::focus;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, ButtonLink, Glyph, Icon, Panel, Skeleton, SkeletonKind,
    text,
};

use super::catalogue::Catalogue;
use super::desk::Desk;
use super::draft::Spot;
use super::words;
use crate::address;

stylance::import_crate_style!(style, "src/campaigns/ready.module.css");

/// How grave a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Block,
    Warn,
    Pass,
}

impl Level {
    fn of(check: &ReadinessCheck) -> Self {
        match (check.fine, check.blocks) {
            (true, _) => Self::Pass,
            (false, true) => Self::Block,
            (false, false) => Self::Warn,
        }
    }

    /// Its word for the style sheet, its drawing, and what is spoken before the heading.
    fn look(self) -> (&'static str, Glyph, &'static str) {
        match self {
            Self::Block => ("block", Glyph::Blocked, t!(campaigns.blocks)),
            Self::Warn => ("warn", Glyph::Warn, t!(campaigns.warns)),
            Self::Pass => ("pass", Glyph::Ok, t!(campaigns.passes)),
        }
    }
}

/// The panel; only drafts are checked.
#[component]
pub fn ReadyPanel(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let open = Memo::new(move |_| desk.is_open());
    let sum = move || {
        desk.readiness.get().map(|readiness| {
            let level = |wanted| {
                readiness
                    .checks
                    .iter()
                    .filter(|it| Level::of(it) == wanted)
                    .count() as u64
            };
            let (kind, words) = match (level(Level::Block), level(Level::Warn)) {
                (0, 0) => (BadgeKind::JadeSoft, t!(campaigns.ready).to_owned()),
                (0, n) => (BadgeKind::SunSoft, t!(campaigns.to_heed, n = n)),
                (n, _) => (BadgeKind::DangerSoft, t!(campaigns.to_mend, n = n)),
            };
            view! { <Badge kind>{words}</Badge> }
        })
    };
    let checks = move || match desk.readiness.get() {
        None => view! { <Skeleton kind=SkeletonKind::Block /> }.into_any(),
        Some(readiness) => {
            let currency = desk.saved.with_untracked(|saved| saved.currency);
            let mut checks = readiness.checks;
            // The gravest first.
            checks.sort_by_key(Level::of);
            let rows = checks.into_iter().map(|check| {
                let advice = if check.fine {
                    String::new()
                } else {
                    words::advice(&check, currency)
                };
                view! { <Row check catalogue advice /> }
            });
            view! { <ul class=style::ready>{rows.collect_view()}</ul> }.into_any()
        }
    };
    move || {
        open.get().then(|| view! {
            <Panel title=t!(campaigns.readiness).to_owned() more=move || view! { <span id="ready" aria-live="polite">{sum}</span> }>
                {checks}
            </Panel>
        })
    }
}

#[component]
fn Row(check: ReadinessCheck, catalogue: Catalogue, advice: String) -> impl IntoView {
    let (word, glyph, spoken) = Level::of(&check).look();
    let heading = words::check(&check);
    let about = check.about.clone();
    let named = move || {
        // Goods by their names; fields and promotions need none.
        let names = about
            .iter()
            .filter_map(|sku| catalogue.sku(&sku.as_str().into()));
        let names: Vec<_> = names
            .map(|known| format!("{} {}", known.title, known.label))
            .collect();
        (!names.is_empty()).then(|| format!("{}: ", names.join(", ")))
    };
    let kind = check.kind;
    let way = (!check.fine).then(|| way_of(&check)).flatten();
    view! {
        <li data-level=word data-check=format!("{kind:?}")>
            <Icon glyph />
            <span class=(!check.fine).then_some(text::strong)><span class=text::hidden>{spoken}</span>{heading}</span>
            {(!advice.is_empty()).then(|| view! { <p>{named}{advice}</p> })}
            {way.map(|way| match way {
                Way::Field(spot) => {
                    let go = move |()| {
                        focus::show_first(&format!("[data-field='{}'] :is(input, select, button)", spot.word()));
                    };
                    let button = if word == "block" { ButtonKind::Tonal } else { ButtonKind::Plain };
                    view! { <Button kind=button small=true on_press=go>{t!(campaigns.mend)}</Button> }.into_any()
                }
                Way::Promotion(id) => view! {
                    <ButtonLink href=address::campaign(&id) small=true>{t!(campaigns.see)}</ButtonLink>
                }.into_any(),
            })}
        </li>
    }
}

/// Where something is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Field(Spot),
    Promotion(PromotionId),
}

fn way_of(check: &ReadinessCheck) -> Option<Way> {
    let first = check.about.first()?;
    let spot = match (check.kind, first.as_str()) {
        (CheckKind::Overlap, id) => return Some(Way::Promotion(id.into())),
        (CheckKind::Translations, "title.zh") => Spot::TitleZh,
        (CheckKind::Translations, "title.en") => Spot::TitleEn,
        (CheckKind::Stock | CheckKind::PointCapacity, sku) => Spot::Quota(sku.to_owned()),
        (CheckKind::Margin | CheckKind::Pictures | CheckKind::Translations, sku) => {
            Spot::Price(sku.to_owned())
        }
        (CheckKind::Dates, _) => Spot::Ends,
        (CheckKind::CutOff, _) => Spot::Slots,
        (CheckKind::Terms, _) => Spot::Goods,
        (CheckKind::Other, _) => return None,
    };
    Some(Way::Field(spot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_135_every_check_leads_to_what_mends_it() {
        let check = |kind, about: &str| ReadinessCheck {
            kind,
            fine: false,
            blocks: true,
            about: vec![about.to_owned()],
            figure: None,
            advice: String::new(),
        };
        let way = |kind, about| way_of(&check(kind, about));
        assert_eq!(
            way(CheckKind::Stock, "A"),
            Some(Way::Field(Spot::Quota("A".to_owned())))
        );
        assert_eq!(
            way(CheckKind::Margin, "A"),
            Some(Way::Field(Spot::Price("A".to_owned())))
        );
        assert_eq!(
            way(CheckKind::Translations, "title.en"),
            Some(Way::Field(Spot::TitleEn))
        );
        assert_eq!(
            way(CheckKind::Overlap, "p1"),
            Some(Way::Promotion("p1".into()))
        );
        assert_eq!(way(CheckKind::Other, "x"), None);
        assert_eq!(Spot::Quota("A".to_owned()).word(), "quota-A");
        assert_eq!(Spot::TitleZh.word(), "titlezh");
    }
}
