//! The ways to pass a link on, and what each of them does.

use contract::shares::ShareChannel;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::poster;
use super::desk::{Desk, Drawing};
use super::state::{self, Offer};
use crate::api::failure_words;
use crate::platform::hand_over::{self, Shared};
use crate::t;
use crate::ui::{Glyph, Icon, Toaster, toast};

stylance::import_crate_style!(style, "src/features/shares/sheet/channels.module.css");

/// What the presses share.
#[derive(Clone, Copy)]
struct Hands {
    desk: Desk,
    toaster: Toaster,
    busy: RwSignal<Option<ShareChannel>>,
    /// A link that the browser would not copy, to be taken by hand.
    by_hand: RwSignal<Option<String>>,
}

/// The channels. In WeChat its own menu does what its two buttons would.
#[component]
pub fn Channels(desk: Desk) -> impl IntoView {
    let hands = Hands {
        desk,
        toaster: toast(),
        busy: RwSignal::new(None),
        by_hand: RwSignal::new(None),
    };
    let in_wechat = hand_over::is_in_wechat();
    let can_draw = move || desk.drawing.get() != Drawing::Failed;
    view! {
        <ul class=style::channels aria-label=t!(shares.channels)>
            {(!in_wechat)
                .then(|| {
                    view! {
                        <Channel
                            hands
                            channel=ShareChannel::Chat
                            glyph=Glyph::Wechat
                            words=t!(shares.to_chat)
                            main=true
                        />
                        <Channel
                            hands
                            channel=ShareChannel::Moments
                            glyph=Glyph::Moments
                            words=t!(shares.to_moments)
                        />
                        <Show when=can_draw>
                            <Channel
                                hands
                                channel=ShareChannel::Poster
                                glyph=Glyph::Image
                                words=t!(shares.to_poster)
                            />
                        </Show>
                    }
                })}
            <Channel hands channel=ShareChannel::Copy glyph=Glyph::Link words=t!(shares.to_copy) />
            {(!in_wechat && hand_over::can_share())
                .then(|| {
                    view! {
                        <Channel
                            hands
                            channel=ShareChannel::System
                            glyph=Glyph::More
                            words=t!(shares.to_system)
                        />
                    }
                })}
        </ul>
        <ByHand link=hands.by_hand />
    }
}

#[component]
fn Channel(
    hands: Hands,
    channel: ShareChannel,
    glyph: Glyph,
    words: &'static str,
    #[prop(optional)] main: bool,
) -> impl IntoView {
    let press = move |_| {
        if hands.busy.get_untracked().is_some() {
            return;
        }
        let Some(offer) = hands.desk.offer.ready() else {
            return;
        };
        hands.busy.set(Some(channel));
        spawn_local(async move {
            hands.pass(channel, offer).await;
            hands.busy.try_set(None);
        });
    };
    view! {
        <li>
            <button
                class=main.then_some(style::main)
                type="button"
                aria-busy=move || (hands.busy.get() == Some(channel)).then_some("true")
                on:click=press
            >
                <span>
                    <Icon glyph />
                </span>
                <span>{words}</span>
            </button>
        </li>
    }
}

impl Hands {
    async fn pass(self, channel: ShareChannel, offer: Offer) {
        let link = match self.desk.link(channel, &offer).await {
            Ok(link) => link,
            Err(error) => return self.say(failure_words(&error).1),
        };
        match channel {
            ShareChannel::Chat => self.copy(link, t!(shares.copied_chat)).await,
            ShareChannel::Copy => self.copy(link, t!(shares.copied)).await,
            ShareChannel::Poster => self.save_shown(&offer),
            ShareChannel::Moments => self.save_for(&offer, &link).await,
            ShareChannel::System => match hand_over::share(&offer.card.title, &link).await {
                Shared::Done => self.close(),
                Shared::Cancelled => {}
                Shared::Refused => self.say(t!(shares.press_again).to_owned()),
            },
        }
    }

    async fn copy(self, link: String, done: &'static str) {
        if hand_over::copy(&link).await {
            self.finish(done);
        } else {
            self.by_hand.try_set(Some(link));
        }
    }

    fn save_shown(self, offer: &Offer) {
        let saved = self.desk.poster.try_with_value(|poster| {
            let name = state::file_name(&offer.card);
            let poster = poster.as_ref();
            poster.is_some_and(|poster| poster.picture.save(&name))
        });
        match (saved, self.desk.drawing.try_get_untracked()) {
            (Some(true), _) => self.finish(t!(shares.saved)),
            (_, Some(Drawing::Waiting)) => self.say(t!(shares.poster_waits).to_owned()),
            _ => self.say(t!(shares.no_poster).to_owned()),
        }
    }

    /// A poster of its own, so that the numbers of the channel are its own.
    async fn save_for(self, offer: &Offer, link: &str) {
        let drawn = poster::draw(&offer.card, offer.sharer.as_deref(), link, false).await;
        let name = state::file_name(&offer.card);
        match drawn.is_some_and(|poster| poster.picture.save(&name)) {
            true => self.finish(t!(shares.saved_moments)),
            false => self.say(t!(shares.no_poster).to_owned()),
        }
    }

    /// Within the sheet: a toast would lie behind it.
    fn say(self, words: String) {
        self.desk.said.try_set(Some(words));
    }

    fn finish(self, words: &'static str) {
        self.close();
        self.toaster.show(words);
    }

    fn close(self) {
        self.desk.open.try_set(false);
    }
}

/// The link itself, where the browser would not copy it.
#[component]
fn ByHand(link: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        link.get().map(|link| {
            view! {
                <label class=style::by_hand>
                    <span role="alert">{t!(shares.copy_by_hand)}</span>
                    <input readonly value=link />
                </label>
            }
        })
    }
}
