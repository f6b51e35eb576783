//! What the parts of the share sheet share: the offer, the poster, and a link for each channel, made
//! when it is first wanted.

use contract::shares::{ShareChannel, ShareRequest, ShareTarget};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;

use super::super::{api, poster};
use super::state::{self, Offer};
use crate::api::{ApiError, Load, Loaded, use_load};
use crate::platform::{hand_over, page};
use crate::stores::session::Who;
use crate::stores::{OpenAttempts, SessionStore, use_attempts, use_session};

/// How far the poster is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// Being drawn.
    Waiting,
    /// There.
    Done,
    /// This browser cannot.
    Failed,
}

/// What the sheet's parts share; a copyable handle.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What can be shared.
    pub offer: Load<Offer>,
    /// How far the poster is.
    pub drawing: RwSignal<Drawing>,
    /// The poster.
    pub poster: StoredValue<Option<SendWrapper<poster::Poster>>>,
    /// Whether the sheet is there.
    pub open: RwSignal<bool>,
    /// What the sheet says of the last press.
    pub said: RwSignal<Option<String>>,
    /// The sharer's own word for the links.
    pub label: RwSignal<Option<String>>,
    target: StoredValue<ShareTarget>,
    links: StoredValue<Vec<(ShareChannel, String)>>,
    session: SessionStore,
    attempts: OpenAttempts,
}

impl Desk {
    /// Makes the offer for a target, again whenever the label changes or somebody signs in.
    pub fn open(target: ShareTarget) -> Self {
        let session = use_session();
        let attempts = use_attempts();
        let label = RwSignal::new(None);
        let who = Memo::new(move |_| session.who());
        let offer = use_load({
            let target = target.clone();
            move || {
                let (who, label, target) = (who.get(), label.get(), target.clone());
                async move {
                    match who {
                        // The answer is on its way and will start this anew.
                        Who::Unknown => std::future::pending().await,
                        Who::Customer(_) => {
                            let request = ShareRequest {
                                target: target.clone(),
                                channel: ShareChannel::Poster,
                                sub_id: label,
                            };
                            match make(attempts, request).await {
                                Err(error) if error.needs_sign_in() => guest_offer(&target).await,
                                share => share.map(|share| state::of_member(&share)),
                            }
                        }
                        Who::Guest | Who::Unreachable(_) => guest_offer(&target).await,
                    }
                }
            }
        });
        let desk = Self {
            offer,
            drawing: RwSignal::new(Drawing::Waiting),
            poster: StoredValue::new(None),
            open: RwSignal::new(true),
            said: RwSignal::new(None),
            label,
            target: StoredValue::new(target),
            links: StoredValue::new(Vec::new()),
            session,
            attempts,
        };
        Effect::new(move || {
            if let Loaded::Ready(offer) = offer.state.get() {
                desk.links.set_value(Vec::new());
                desk.offered(offer);
            }
        });
        desk
    }

    fn offered(self, offer: Offer) {
        let in_wechat = hand_over::is_in_wechat();
        if in_wechat && let Some(path) = &offer.path {
            // WeChat's own menu shares what stands in the address; the sheet's step back undoes it.
            page::set_address(path);
        }
        self.drawing.set(Drawing::Waiting);
        spawn_local(async move {
            let drawn =
                poster::draw(&offer.card, offer.sharer.as_deref(), &offer.url, in_wechat).await;
            let state = match drawn {
                Some(_) => Drawing::Done,
                None => Drawing::Failed,
            };
            self.poster.try_set_value(drawn.map(SendWrapper::new));
            self.drawing.try_set(state);
        });
    }

    /// The link for a channel, made now when it was not wanted before.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn link(self, channel: ShareChannel, offer: &Offer) -> Result<String, ApiError> {
        if offer.is_guest || channel == ShareChannel::Poster {
            return Ok(offer.url.clone());
        }
        if let Some(link) = self.made(channel) {
            return Ok(link);
        }
        let request = ShareRequest {
            target: self.target.get_value(),
            channel,
            sub_id: self.label.get_untracked(),
        };
        let share = make(self.attempts, request).await;
        if share.as_ref().is_err_and(ApiError::needs_sign_in) {
            self.session.ended();
        }
        let url = share?.url;
        self.links
            .try_update_value(|links| links.push((channel, url.clone())));
        Ok(url)
    }

    /// The link for a channel, if it is there already.
    pub fn made(self, channel: ShareChannel) -> Option<String> {
        self.links
            .try_with_value(|links| {
                let link = links.iter().find(|(made, _)| *made == channel);
                link.map(|(_, url)| url.clone())
            })
            .flatten()
    }
}

async fn make(
    attempts: OpenAttempts,
    request: ShareRequest,
) -> Result<contract::shares::Share, ApiError> {
    // Two channels may be under way at once.
    let what = format!("create_share:{:?}", request.channel);
    attempts.once(&what, request, api::create_share).await
}

async fn guest_offer(target: &ShareTarget) -> Result<Offer, ApiError> {
    let card = match target {
        ShareTarget::Product { slug } => state::product_card(api::get_product(slug).await?.card),
        ShareTarget::Group { id } => state::group_card(api::get_group(id).await?),
        ShareTarget::Creator { handle } => state::creator_card(api::get_creator(handle).await?),
        ShareTarget::Live { .. } | ShareTarget::Video { .. } | ShareTarget::Page { .. } => {
            state::page_card(target)
        }
    };
    Ok(state::of_guest(card, page::absolute))
}
