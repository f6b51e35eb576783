//! Where the encoder sends the picture, and the secret that lets it in: hidden until it is asked for, for consoles are
//! shown on screens that are filmed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront::platform::hand_over;
use storefront::t;
use storefront::ui::{
    Badge, BadgeKind, Button, ButtonKind, Glyph, IconButton, IconSize, Panel, Sheet, text,
};

use super::desk::Desk;
use super::{api, state};

stylance::import_crate_style!(style, "src/live/ingest.module.css");

/// Address and key, while the room can still take a picture in.
#[component]
pub fn Ingest(desk: Desk) -> impl IntoView {
    let address = desk.part(
        |room| {
            room.ingest_url
                .clone()
                .filter(|_| !state::is_over(room.room.state))
        },
        None,
    );
    let key = desk.part(
        |room| room.stream_key.clone().unwrap_or_default(),
        String::new(),
    );
    let comes = desk.part(|room| room.ingest, false);
    let shown = RwSignal::new(false);
    let renewing = RwSignal::new(false);
    let badge = move || {
        move || match comes.get() {
            true => view! { <Badge kind=BadgeKind::JadeSoft>{t!(studio.picture_in)}</Badge> },
            false => view! { <Badge kind=BadgeKind::Plain>{t!(studio.picture_out)}</Badge> },
        }
    };
    let written = move || match shown.get() {
        true => key.get(),
        false => "•".repeat(16),
    };
    let copy = move |text: String| {
        spawn_local(async move {
            match hand_over::copy(&text).await {
                true => desk.tell(t!(studio.copied)),
                false => desk.tell(t!(studio.not_copied)),
            }
        });
    };
    let renew = move |()| {
        renewing.set(false);
        let id = desk.id();
        desk.then(async move { api::renew_stream_key(&id).await }, move |_| {
            desk.tell(t!(studio.renewed));
        });
    };
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Primary wide=true on_press=renew>{t!(studio.renew_key)}</Button>
            <Button kind=ButtonKind::Quiet wide=true on_press=move |()| renewing.set(false)>{t!(studio.not_now)}</Button>
        }
    };
    view! {
        {move || address.get().map(|address| {
            let url = address.clone();
            view! {
                <Panel title=t!(studio.ingest).to_owned() more=badge>
                    <dl class=style::facts>
                        <dt>{t!(studio.ingest_url)}</dt>
                        <dd>
                            <code>{address}</code>
                            <IconButton label=t!(studio.copy_url).to_owned() glyph=Glyph::Copy size=IconSize::Small
                                on_press=move |()| copy(url.clone()) />
                        </dd>
                        <dt>{t!(studio.stream_key)}</dt>
                        <dd>
                            <code data-key=move || shown.get().then_some("")>{written}</code>
                            <IconButton
                                label=Signal::derive(move || match shown.get() {
                                    true => t!(studio.hide_key).to_owned(),
                                    false => t!(studio.show_key).to_owned(),
                                })
                                glyph=Glyph::Eye
                                size=IconSize::Small
                                on_press=move |()| shown.update(|shown| *shown = !*shown)
                            />
                            <IconButton label=t!(studio.copy_key).to_owned() glyph=Glyph::Copy size=IconSize::Small
                                on_press=move |()| copy(key.get_untracked()) />
                        </dd>
                    </dl>
                    <p class=stylance::classes!(text::caption, text::muted)>{t!(studio.ingest_text)}</p>
                    <Button kind=ButtonKind::Quiet small=true on_press=move |()| renewing.set(true)>
                        {t!(studio.renew_key)}
                    </Button>
                </Panel>
            }
        })}
        <Sheet open=renewing title=t!(studio.renew_key).to_owned() foot>
            <p>{t!(studio.renew_text)}</p>
        </Sheet>
    }
}
