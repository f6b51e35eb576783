//! Flash prices in a host's hands (L3): preparing one, starting it, how long it lasts and how many are left, stopping
//! it.

use contract::catalog::{ProductDetail, Sku};
use contract::live::{FlashOffer, FlashState};
use contract::live_studio::NewFlash;
use contract::{FlashId, Money, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::api::{ApiError, IdempotencyKey};
use storefront::i18n::{minor_units, money, number};
use storefront::stores::live;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Countdown, CountdownLook, Field, FieldKind, Glyph, Icon,
    IconSize, Notice, NoticeKind, Sheet, text,
};

use super::desk::Desk;
use super::{api, form, state, words};

stylance::import_crate_style!(style, "src/live/flash.module.css");

/// Seconds from the word to the price (L3).
const COUNTDOWNS: [u32; 5] = [0, 10, 30, 60, 300];
/// How long it lasts, in seconds (L3).
const DURATIONS: [u32; 5] = [60, 180, 300, 600, 1200];

/// A flash price as it stands.
#[component]
pub fn FlashRow(desk: Desk, offer: FlashOffer) -> impl IntoView {
    let time = desk.time;
    let (starts_at, ends_at) = (offer.starts_at, offer.ends_at);
    let to_start = time.seconds_until(move || starts_at);
    let to_end = time.seconds_until(move || ends_at);
    let of = offer.clone();
    let stands = Signal::derive(move || {
        // Looked at anew with every second.
        to_start.track();
        to_end.track();
        live::stands(&of, time.now())
    });
    let left = Signal::derive(move || match stands.get() {
        FlashState::Countdown => to_start.get(),
        _ => to_end.get(),
    });
    let taken = offer.quota.saturating_sub(offer.left);
    let id = StoredValue::new(offer.id.clone());
    let turn = move |on: bool| {
        let (room, flash): (_, FlashId) = (desk.id(), id.get_value());
        desk.act(async move {
            match on {
                true => api::start_flash(&room, &flash).await,
                false => api::stop_flash(&room, &flash).await,
            }
        });
    };
    let button = move || {
        match stands.get() {
        FlashState::Armed => view! {
            <Button kind=ButtonKind::Sun small=true busy=desk.busy on_press=move |()| turn(true)>
                {t!(studio.flash_start)}
            </Button>
        }
        .into_any(),
        FlashState::Countdown | FlashState::Active => view! {
            <Button kind=ButtonKind::Outline small=true busy=desk.busy on_press=move |()| turn(false)>
                {t!(studio.flash_stop)}
            </Button>
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    let badge = move || {
        let (kind, words) = match stands.get() {
            FlashState::Armed => (BadgeKind::Plain, t!(studio.flash_armed)),
            FlashState::Countdown => (BadgeKind::SunSoft, t!(live.flash_soon)),
            FlashState::Active => (BadgeKind::Sun, t!(live.flash)),
            _ => (BadgeKind::Plain, t!(studio.flash_over)),
        };
        view! { <Badge kind>{words}</Badge> }
    };
    let runs = move || matches!(stands.get(), FlashState::Countdown | FlashState::Active);
    let told = t!(
        studio.flash_taken,
        taken = number(taken.into()),
        all = number(offer.quota.into())
    );
    view! {
        <div class=style::flash data-flash=move || format!("{:?}", stands.get())>
            <div class=stylance::classes!(text::row, text::wrap)>
                <Icon glyph=Glyph::Flash size=IconSize::Small />
                {badge}
                <b>{money(offer.price)}</b>
                <del>{money(offer.usual)}</del>
                {move || runs().then(|| view! {
                    <span class=style::left><Countdown left label=t!(live.flash_left) look=CountdownLook::Plain /></span>
                })}
            </div>
            <div class=stylance::classes!(text::row, text::wrap, text::between)>
                <span class=style::taken>
                    <progress max=offer.quota.to_string() value=taken.to_string() aria-label=told.clone()></progress>
                    <span aria-hidden="true">{told.clone()}</span>
                </span>
                {button}
            </div>
        </div>
    }
}

/// What was filled in.
#[derive(Clone, Copy)]
struct Terms {
    sku: RwSignal<Option<SkuId>>,
    price: RwSignal<String>,
    quota: RwSignal<String>,
    per_user: RwSignal<String>,
    countdown: RwSignal<u32>,
    duration: RwSignal<u32>,
}

impl Terms {
    fn new(product: &ProductDetail) -> Self {
        Self {
            sku: RwSignal::new(product.skus.first().map(|sku| sku.id.clone())),
            price: RwSignal::default(),
            quota: RwSignal::new("10".to_owned()),
            per_user: RwSignal::new("1".to_owned()),
            countdown: RwSignal::new(10),
            duration: RwSignal::new(300),
        }
    }

    fn read(self, product: &ProductDetail) -> Option<NewFlash> {
        let sku = self.sku.get_untracked()?;
        let currency = product.skus.iter().find(|it| it.id == sku)?.price.currency;
        let whole = |typed: RwSignal<String>| typed.get_untracked().trim().parse::<u32>().ok();
        Some(NewFlash {
            price: Money::new(minor_units(&self.price.get_untracked())?, currency),
            quota: whole(self.quota)?,
            per_user: whole(self.per_user)?,
            countdown_s: self.countdown.get_untracked(),
            duration_s: self.duration.get_untracked(),
            sku,
        })
    }
}

/// Prepares a flash price of a number of the shelf, and starts it if wanted.
#[component]
pub fn FlashSheet(desk: Desk, number: RwSignal<Option<u32>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let product = RwSignal::new(None::<ProductDetail>);
    let terms = RwSignal::new(None::<Terms>);
    let trouble = RwSignal::new(None::<String>);
    let key = StoredValue::new(IdempotencyKey::new());
    let on_air = desk.part(|room| state::on_air(room.room.state), false);
    Effect::new(move || {
        let Some(wanted) = number.get() else { return };
        number.set(None);
        let slug = desk.room.with_untracked(|room| {
            let item = room
                .as_ref()?
                .room
                .shelf
                .iter()
                .find(|item| item.number == wanted)?;
            Some(item.product.slug.clone())
        });
        let Some(slug) = slug else { return };
        spawn_local(async move {
            // Stock and prices as they are now.
            match api::get_product(&slug).await {
                Ok(found) => {
                    key.try_set_value(IdempotencyKey::new());
                    trouble.try_set(None);
                    terms.try_set(Some(Terms::new(&found)));
                    product.try_set(Some(found));
                    open.try_set(true);
                }
                Err(error) => desk.tell(words::refused(&error)),
            }
        });
    });
    let send = move |start: bool| {
        let (Some(terms), Some(found)) = (terms.get_untracked(), product.get_untracked()) else {
            return;
        };
        let Some(new) = terms.read(&found) else {
            return trouble.set(Some(t!(studio.wrong_terms).to_owned()));
        };
        if desk.busy.get_untracked() {
            return;
        }
        desk.busy.set(true);
        trouble.set(None);
        let id = desk.id();
        spawn_local(async move {
            let mut answer = api::arm_flash(&id, &key.get_value(), &new).await;
            if answer.as_ref().err().is_none_or(ApiError::is_definite) {
                key.try_set_value(IdempotencyKey::new());
            }
            if let (Ok(offer), true) = (&answer, start) {
                answer = api::start_flash(&id, &offer.id).await;
            }
            if desk.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => drop(open.try_set(false)),
                Err(error) => drop(trouble.try_set(Some(words::refused(&error)))),
            }
            desk.refresh();
        });
    };
    let foot = move || {
        view! {
            {move || trouble.get().map(|words| view! {
                <Notice kind=NoticeKind::Bad glyph=Glyph::Alert>{words}</Notice>
            })}
            {move || on_air.get().then(|| view! {
                <Button kind=ButtonKind::Primary wide=true busy=desk.busy on_press=move |()| send(true)>
                    {t!(studio.flash_now)}
                </Button>
            })}
            <Button kind=ButtonKind::Tonal wide=true busy=desk.busy on_press=move |()| send(false)>
                {t!(studio.flash_arm)}
            </Button>
        }
    };
    view! {
        <Sheet open title=t!(studio.flash_title).to_owned() foot>
            {move || terms.get().zip(product.get()).map(|(terms, product)| view! { <TermsForm terms product /> })}
        </Sheet>
    }
}

#[component]
fn TermsForm(terms: Terms, product: ProductDetail) -> impl IntoView {
    let option = move |sku: Sku| {
        let id = sku.id.clone();
        let chosen = move || terms.sku.with(|chosen| chosen.as_ref() == Some(&id));
        let words = t!(
            studio.sku_line,
            what = sku.label,
            price = money(sku.price),
            n = number(sku.available.into())
        );
        view! { <option value=sku.id.to_string() selected=chosen>{words}</option> }
    };
    view! {
        <div class=text::stack>
            <p><b>{product.card.title.clone()}</b></p>
            <label class=form::field>
                <span>{t!(studio.sku)}</span>
                <select on:change=move |event| terms.sku.set(Some(SkuId(event_target_value(&event))))>
                    {product.skus.into_iter().map(option).collect_view()}
                </select>
            </label>
            <div class=form::fields>
                <Field label=t!(studio.flash_price) kind=FieldKind::Amount value=terms.price longest=12 focus=true />
                <Field label=t!(studio.quota) kind=FieldKind::Amount value=terms.quota longest=7 />
                <Field label=t!(studio.per_user) kind=FieldKind::Amount value=terms.per_user longest=7 />
            </div>
            <div class=form::fields>
                <Seconds label=t!(studio.countdown) options=COUNTDOWNS value=terms.countdown />
                <Seconds label=t!(studio.duration) options=DURATIONS value=terms.duration />
            </div>
            <p class=stylance::classes!(text::caption, text::muted)>{t!(studio.flash_text)}</p>
        </div>
    }
}

#[component]
fn Seconds(label: &'static str, options: [u32; 5], value: RwSignal<u32>) -> impl IntoView {
    let words = |seconds: u32| match seconds {
        0 => t!(studio.at_once).to_owned(),
        seconds if seconds < 60 => t!(studio.seconds, n = seconds),
        seconds => t!(studio.minutes, n = seconds / 60),
    };
    view! {
        <label class=form::field>
            <span>{label}</span>
            <select on:change=move |event| {
                if let Ok(seconds) = event_target_value(&event).parse() {
                    value.set(seconds);
                }
            }>
                {options.map(|seconds| view! {
                    <option value=seconds.to_string() selected=move || value.get() == seconds>{words(seconds)}</option>
                }).into_iter().collect_view()}
            </select>
        </label>
    }
}
