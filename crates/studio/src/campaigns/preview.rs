//! The preview beside the editor (rules.md 3.9): the real shop in a phone's frame, at a moment, for somebody of a kind,
//! with this draft in it.

use contract::campaigns::{CampaignScope, NewPreview, Persona, PreviewGiven};
use contract::{CommunityId, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::use_load;
use storefront::platform::timers;
use storefront::routes::query;
use storefront::stores::use_server_time;
use storefront::t;
use storefront::ui::{
    Button, ButtonKind, Field, FieldKind, Glyph, Icon, IconSize, Notice, NoticeKind, Panel,
    Segmented, text,
};

use super::as_of::AsOf;
use super::catalogue::Catalogue;
use super::desk::Desk;
use super::fields::Choice;
use super::phone::PhoneSheet;
use super::slider::Line;
use super::{api, typed, words};

stylance::import_crate_style!(style, "src/campaigns/preview.module.css");

/// A slider that rests this long is looked at, in milliseconds.
const REST_MS: u32 = 400;
/// Minutes that a preview holds.
const MINUTES: u32 = 60;
/// The start page.
const START: &str = "/";

/// Who is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    New,
    Member,
    Guest,
}

impl Who {
    const ALL: [Self; 3] = [Self::New, Self::Member, Self::Guest];

    fn words(self) -> String {
        let words = match self {
            Self::New => t!(campaigns.persona_new),
            Self::Member => t!(campaigns.persona_member),
            Self::Guest => t!(campaigns.persona_guest),
        };
        words.to_owned()
    }
}

/// What is looked at, when, as whom.
#[derive(Clone, Copy)]
struct Look {
    desk: Desk,
    as_of: RwSignal<Timestamp>,
    who: RwSignal<Who>,
    level: RwSignal<String>,
    community: RwSignal<Option<CommunityId>>,
    page: RwSignal<Option<String>>,
    given: RwSignal<Option<PreviewGiven>>,
    trouble: RwSignal<Option<String>>,
}

impl Look {
    fn asked(self) -> NewPreview {
        let who = self.who.get();
        let level = self.level.with(|level| typed::count(level)).unwrap_or(1);
        NewPreview {
            as_of: self.as_of.get(),
            persona: Persona {
                guest: who == Who::Guest,
                is_new: who == Who::New,
                tier: if who == Who::Member { level } else { 0 },
                community: self.community.get().filter(|_| who != Who::Guest),
            },
            drafts: vec![self.desk.id()],
            minutes: MINUTES,
        }
    }
}

/// The panel; only who may write promotions previews them.
#[component]
pub fn PreviewPanel(desk: Desk, catalogue: Catalogue) -> impl IntoView {
    let time = use_server_time();
    let line = Memo::new(move |_| desk.saved.with(|saved| Line::of(saved, time.now())));
    let look = Look {
        desk,
        as_of: RwSignal::new(line.with_untracked(Line::first_look)),
        who: RwSignal::new(Who::New),
        level: RwSignal::new("1".to_owned()),
        community: RwSignal::new(None),
        page: RwSignal::new(None),
        given: RwSignal::new(None),
        trouble: RwSignal::new(None),
    };
    follow(look);
    // Other dates are looked at from their beginning on.
    Effect::new(move |before: Option<Timestamp>| {
        let starts_at = desk.saved.with(|saved| saved.terms.starts_at);
        if before.is_some_and(|before| before != starts_at) {
            look.as_of.set(line.with_untracked(Line::first_look));
        }
        starts_at
    });
    let sheet = RwSignal::new(false);
    let pages = Memo::new(move |_| pages(desk, catalogue));
    // Goods before the start page.
    let page = Memo::new(move |_| {
        let pages = pages.get();
        let chosen = look
            .page
            .get()
            .filter(|page| pages.iter().any(|(path, _)| path == page));
        chosen
            .or_else(|| pages.first().map(|(path, _)| path.clone()))
            .unwrap_or_else(|| START.to_owned())
    });
    let address = Memo::new(move |_| {
        let given = look.given.get()?;
        let word = query(&[("preview", &given.token)]);
        let page = page.get();
        Some(match page.contains('?') {
            true => page + &word.replacen('?', "&", 1),
            false => page + &word,
        })
    });
    let choose_page = move |(path, _): (String, String)| look.page.set(Some(path));
    let current = Signal::derive(move || {
        let page = page.get();
        pages
            .with(|pages| pages.iter().find(|(path, _)| *path == page).cloned())
            .unwrap_or_default()
    });
    let more = move || {
        view! {
            <div class=style::who><Segmented
                label=t!(campaigns.persona)
                name="persona"
                options=Who::ALL.to_vec()
                words=Who::words
                chosen=look.who
                on_choose=move |who| look.who.set(who)
            /></div>
        }
    };
    view! {
        <Panel title=t!(campaigns.preview).to_owned() more>
            <div class=text::stack>
                <AsOf line as_of=look.as_of />
                {move || look.trouble.get().map(|words| view! {
                    <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{words}</Notice>
                })}
                <div class=style::phone>
                    <div class=style::screen>
                        {move || address.get().map(|address| view! {
                            <iframe src=address title=t!(campaigns.preview_frame) class=style::frame></iframe>
                        })}
                    </div>
                </div>
                <div class=style::choices>
                    {move || (look.who.get() == Who::Member).then(|| view! {
                        <Field label=t!(campaigns.persona_level) kind=FieldKind::Amount value=look.level longest=2 />
                    })}
                    {move || (look.who.get() != Who::Guest).then(|| view! { <Neighbourhood look /> })}
                    <Choice
                        label=t!(campaigns.preview_page)
                        options=pages
                        words=|(_, name): &(String, String)| name.clone()
                        chosen=current
                        on_choose=choose_page
                    />
                </div>
                <Button kind=ButtonKind::Plain wide=true disabled=Signal::derive(move || address.with(Option::is_none)) on_press=move |()| sheet.set(true)>
                    <Icon glyph=Glyph::Phone size=IconSize::Small />
                    {t!(campaigns.on_phone)}
                </Button>
            </div>
            <PhoneSheet open=sheet address />
        </Panel>
    }
}

/// Asks for a preview whenever what is looked at rests, and when the draft was kept.
fn follow(look: Look) {
    let run = StoredValue::new(0_u32);
    let version = Memo::new(move |_| look.desk.saved.with(|saved| saved.version));
    Effect::new(move || {
        version.track();
        let asked = look.asked();
        let this = run.get_value().wrapping_add(1);
        run.set_value(this);
        timers::after(REST_MS, move || {
            spawn_local(async move {
                let answer = api::create_preview(&asked).await;
                if run.try_get_value() != Some(this) {
                    return;
                }
                match answer {
                    Ok(given) => {
                        look.trouble.try_set(None);
                        look.given.try_set(Some(given));
                    }
                    Err(error) => drop(look.trouble.try_set(Some(words::refused(&error)))),
                }
            });
        });
    });
}

/// What can be looked at: the goods, the start page, the cart.
fn pages(desk: Desk, catalogue: Catalogue) -> Vec<(String, String)> {
    let skus = desk
        .draft
        .prices
        .with(|rows| rows.iter().map(|row| row.sku.clone()).collect::<Vec<_>>());
    let scope = desk.draft.scope.get();
    let mut pages: Vec<(String, String)> = catalogue.products.with(|known| {
        let shown = |product: &&contract::catalog::ProductDetail| {
            let of_sale = product.skus.iter().any(|sku| skus.contains(&sku.id));
            of_sale
                || matches!(&scope, CampaignScope::Products(ids) if ids.contains(&product.card.id))
        };
        let page = |product: &contract::catalog::ProductDetail| {
            let sku = product.skus.iter().find(|sku| skus.contains(&sku.id));
            let path = storefront::routes::product(&product.card.slug, sku.map(|sku| &sku.id));
            (path, product.card.title.clone())
        };
        known.iter().filter(shown).map(page).collect()
    });
    pages.push((START.to_owned(), t!(campaigns.page_start).to_owned()));
    pages.push(("/cart".to_owned(), t!(campaigns.page_cart).to_owned()));
    pages
}

#[component]
fn Neighbourhood(look: Look) -> impl IntoView {
    let all = use_load(api::list_communities);
    let options = Signal::derive(move || {
        let known = all.ready().map(|all| all.items).unwrap_or_default();
        let known = known.into_iter().map(|it| (Some(it.id), it.name));
        std::iter::once((None, t!(campaigns.persona_anywhere).to_owned()))
            .chain(known)
            .collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let wanted = look.community.get();
        let found = options.with(|all| all.iter().find(|(id, _)| *id == wanted).cloned());
        found.unwrap_or_default()
    });
    view! {
        <Choice
            label=t!(campaigns.persona_community)
            options
            words=|(_, name): &(Option<CommunityId>, String)| name.clone()
            chosen
            on_choose=move |(id, _)| look.community.set(id)
        />
    }
}
