//! Every link with what came of it, by channel and label.

use contract::shares::{ShareChannel, ShareStats};
use leptos::prelude::*;

use super::super::api::list_shares;
use super::filter::{self, Filter};
use super::link::{Link, RevokeSheet, channel_words};
use crate::api::{PagesEnd, PagesOf, use_pages};
use crate::platform::page::monotonic_ms;
use crate::routes;
use crate::t;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Empty, Glyph, Icon, Panel, Skeleton, SkeletonKind, text,
};

stylance::import_crate_style!(style, "src/features/shares/page/links.module.css");

/// What the rows share.
#[derive(Clone, Copy)]
pub struct Rows {
    /// The link that is about to be turned off.
    pub revoking: RwSignal<Option<ShareStats>>,
    /// Turned off since the list was read.
    pub revoked: RwSignal<Vec<contract::ShareToken>>,
}

/// The panel of links.
#[component]
pub fn Links() -> impl IntoView {
    // Read anew on every visit: the numbers are what one comes for.
    let visit = format!("shares:{}", monotonic_ms());
    let id = |link: &ShareStats| link.token.as_str().to_owned();
    let links = use_pages(move || visit.clone(), id, list_shares);
    let rows = Rows {
        revoking: RwSignal::new(None),
        revoked: RwSignal::new(Vec::new()),
    };
    let wanted = RwSignal::new(Filter::default());
    let shown = Memo::new(move |_| {
        let list = links.list.read();
        let fitting = list.items().iter().filter(|link| wanted.read().fits(link));
        fitting.cloned().collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| links.list.read().is_empty());
    let none_fits = Memo::new(move |_| {
        shown.read().is_empty() && !is_empty.get() && links.list.read().is_complete()
    });
    view! {
        <Panel
            title=t!(shares.links)
            more=|| {
                view! {
                    <a href=routes::search("?sort=sales") class=style::more>
                        {t!(shares.find)}
                        <Icon glyph=Glyph::Next />
                    </a>
                }
            }
        >
            <Chips links wanted />
            <ul class=style::list>
                <For
                    each=move || shown.get()
                    key=|link| link.token.as_str().to_owned()
                    children=move |link| view! { <Link link rows /> }
                />
            </ul>
            {move || is_empty.get().then(|| view! { <NoLinks /> })}
            {move || {
                none_fits
                    .get()
                    .then(|| {
                        view! {
                            <p class=stylance::classes!(text::row, text::small, text::muted)>
                                {t!(shares.none_fits)}
                                <Button
                                    kind=ButtonKind::Outline
                                    small=true
                                    on_press=move |()| wanted.set(Filter::default())
                                >
                                    {t!(shares.show_all)}
                                </Button>
                            </p>
                        }
                    })
            }}
            <PagesEnd pages=links skeleton=skeleton />
        </Panel>
        <RevokeSheet rows />
    }
}

/// Channels and labels to choose from, once there are two of either.
#[component]
fn Chips(links: PagesOf<ShareStats, ()>, wanted: RwSignal<Filter>) -> impl IntoView {
    let choices = Memo::new(move |_| filter::choices(links.list.read().items()));
    let channel = move |channel: Option<ShareChannel>| {
        let words = channel.map_or(t!(shares.all), channel_words);
        view! {
            <Chip
                words=words.to_owned()
                on=move || wanted.read().channel == channel
                press=move || wanted.update(|wanted| wanted.channel = channel)
            />
        }
    };
    let label = move |label: Option<String>| {
        let words = label
            .clone()
            .unwrap_or_else(|| t!(shares.all_sub_ids).to_owned());
        let mine = label.clone();
        view! {
            <Chip
                words
                on=move || wanted.read().label == mine
                press=move || wanted.update(|wanted| wanted.label = label.clone())
            />
        }
    };
    move || {
        let (channels, labels) = choices.get();
        let all_channels = std::iter::once(None).chain(channels.into_iter().map(Some));
        let all_channels: Vec<_> = all_channels.collect();
        let all_labels = std::iter::once(None).chain(labels.into_iter().map(Some));
        let all_labels: Vec<_> = all_labels.collect();
        let by_channel = (all_channels.len() > 2).then(|| {
            view! {
                <div class=style::chips role="group" aria-label=t!(shares.channel)>
                    {all_channels.into_iter().map(channel).collect_view()}
                </div>
            }
        });
        let by_label = (all_labels.len() > 1).then(|| {
            view! {
                <div class=style::chips role="group" aria-label=t!(shares.sub_id)>
                    {all_labels.into_iter().map(label).collect_view()}
                </div>
            }
        });
        view! {
            {by_channel}
            {by_label}
        }
    }
}

#[component]
fn Chip(
    words: String,
    on: impl Fn() -> bool + Send + Sync + 'static,
    press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            class=style::chip
            type="button"
            aria-pressed=move || if on() { "true" } else { "false" }
            on:click=move |_| press()
        >
            {words}
        </button>
    }
}

#[component]
fn NoLinks() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Share title=t!(shares.empty_title) text=t!(shares.empty_text)>
            <ButtonLink href=routes::search("?sort=sales") kind=ButtonKind::Tonal>
                {t!(shares.empty_action)}
            </ButtonLink>
        </Empty>
    }
}

fn skeleton() -> AnyView {
    view! {
        <div class=style::waiting>
            <Skeleton kind=SkeletonKind::Block />
            <Skeleton kind=SkeletonKind::Block />
        </div>
    }
    .into_any()
}
