//! The checkout's state while its page is open: the basket, what is decided, what it costs.

use contract::LiveId;
use contract::address::Address;
use contract::fulfilment::{FulfilmentChoice, FulfilmentOption, PickupPoint};
use contract::groups::{OnOverflow, SeatQuoteRequest};
use contract::live::FlashQuoteRequest;
use contract::quote::{BasketLine, Quote, QuoteRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::errand::Errand;
use super::state::{Draft, PriceMove, price_moves};
use super::trouble::Trouble;
use crate::api::ApiError;
use crate::stores::cart::{Edit, create_quote};
use crate::stores::{
    AddressBook, CartStore, OpenAttempts, Preferences, ServerTime, SessionStore, use_address_book,
    use_attempts, use_cart, use_preferences, use_server_time, use_session,
};

thread_local! {
    /// The draft outlives the page: leaving it for a moment loses nothing.
    static DRAFT: ArcRwSignal<Draft> = ArcRwSignal::new(Draft::default());
}

/// What lies over the page.
#[derive(Clone, Copy)]
pub(super) struct Sheets {
    pub point: RwSignal<bool>,
    pub contact: RwSignal<bool>,
    pub address: RwSignal<bool>,
    pub remark: RwSignal<bool>,
    pub moves: RwSignal<bool>,
    pub trouble: RwSignal<bool>,
}

/// The checkout; a copyable handle.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// What is bought; absent until the cart was held against today's prices.
    pub basket: RwSignal<Option<Vec<BasketLine>>>,
    /// What the checkout was asked for.
    pub errand: StoredValue<Errand>,
    /// It is bought past the cart.
    pub past_cart: bool,
    /// The live room that the shopper comes from.
    pub live: StoredValue<Option<LiveId>>,
    /// Shows that a flash price was quoted in time.
    pub ticket: StoredValue<String>,
    /// What to do with money that comes when a group's seat is gone.
    pub on_overflow: RwSignal<OnOverflow>,
    pub draft: RwSignal<Draft>,
    /// What the shopper has seen and takes.
    pub quote: RwSignal<Option<Quote>>,
    /// The last question for prices failed.
    pub failure: RwSignal<Option<ApiError>>,
    /// Prices that moved since, and the quote that has them.
    pub moved: RwSignal<Option<(Vec<PriceMove>, Quote)>>,
    /// The prices moved while the order was placed: taking them goes on with it.
    pub ordering: RwSignal<bool>,
    pub trouble: RwSignal<Option<Trouble>>,
    pub points: RwSignal<Vec<PickupPoint>>,
    pub busy: RwSignal<bool>,
    pub sheets: Sheets,
    pub cart: CartStore,
    pub book: AddressBook,
    pub attempts: OpenAttempts,
    pub preferences: Preferences,
    pub session: SessionStore,
    time: ServerTime,
    question: RwSignal<u32>,
    /// The way that the last answer was for.
    quoted_way: StoredValue<Option<FulfilmentChoice>>,
}

impl Desk {
    /// Sets the desk up for what the checkout was asked for.
    pub(super) fn set_up(errand: Errand) -> Self {
        let closed = || RwSignal::new(false);
        let line = errand.line().cloned();
        let desk = Self {
            past_cart: line.is_some(),
            live: StoredValue::new(None),
            ticket: StoredValue::default(),
            basket: RwSignal::new(line.map(|line| vec![line])),
            errand: StoredValue::new(errand),
            on_overflow: RwSignal::new(OnOverflow::default()),
            draft: RwSignal::from(DRAFT.with(Clone::clone)),
            quote: RwSignal::new(None),
            failure: RwSignal::new(None),
            moved: RwSignal::new(None),
            ordering: closed(),
            trouble: RwSignal::new(None),
            points: RwSignal::new(Vec::new()),
            busy: closed(),
            sheets: Sheets {
                point: closed(),
                contact: closed(),
                address: closed(),
                remark: closed(),
                moves: closed(),
                trouble: closed(),
            },
            cart: use_cart(),
            book: use_address_book(),
            attempts: use_attempts(),
            preferences: use_preferences(),
            session: use_session(),
            time: use_server_time(),
            question: RwSignal::new(0),
            quoted_way: StoredValue::new(None),
        };
        desk.remember();
        desk.take_basket_from_cart();
        desk.quote_when_asked();
        desk
    }

    /// Ways offered for the basket; tracked.
    pub(super) fn options(self) -> Vec<FulfilmentOption> {
        self.quote
            .with(|quote| quote.as_ref().map(|quote| quote.options.clone()))
            .unwrap_or_default()
    }

    /// The pick-up point chosen; tracked.
    pub(super) fn point(self) -> Option<PickupPoint> {
        let id = self.draft.with(|draft| draft.point.clone())?;
        self.points
            .with(|points| points.iter().find(|point| point.id == id).cloned())
    }

    /// The address chosen; tracked.
    pub(super) fn address(self) -> Option<Address> {
        let id = self.draft.with(|draft| draft.address.clone())?;
        self.book.entries().with(|entries| {
            entries
                .iter()
                .flatten()
                .find(|entry| entry.id == id)
                .cloned()
        })
    }

    /// Shows what went wrong.
    pub(super) fn fail(self, trouble: Trouble) {
        self.trouble.set(Some(trouble));
        self.sheets.trouble.set(true);
    }

    /// Asks for prices again as things stand.
    pub(super) fn ask_again(self) {
        self.question.update(|n| *n = n.wrapping_add(1));
    }

    /// Takes new prices: the shopper has seen them.
    pub(super) fn accept(self, quote: Quote) {
        if !self.past_cart {
            for line in &quote.lines {
                if let Some(item) = &line.item {
                    // Only an added line can be refused.
                    let _ = self
                        .cart
                        .edit(&Edit::AcceptPrice(line.sku.clone(), item.unit_price));
                }
            }
        }
        self.quote.set(Some(quote));
        self.moved.set(None);
        self.sheets.moves.set(false);
    }

    /// Shows prices that moved, to be accepted.
    pub(super) fn ask_to_accept(self, moves: Vec<PriceMove>, quote: Quote) {
        self.moved.set(Some((moves, quote)));
        self.sheets.moves.set(true);
    }

    /// Fills the draft with what is remembered and with the address book.
    fn remember(self) {
        let (point, contact) = untrack(|| (self.preferences.point(), self.preferences.contact()));
        self.draft.update(|draft| {
            draft.point = draft.point.take().or(point);
            draft.contact = draft.contact.take().or(contact);
        });
        spawn_local(async move {
            // Without the book the page offers to write an address.
            let Ok(entries) = self.book.load().await else {
                return;
            };
            self.draft.try_update(|draft| {
                let known = |id| entries.iter().any(|entry| entry.id == id);
                draft.address = draft.address.take().filter(|id| known(id.clone()));
                if let Some(first) = entries.first() {
                    draft.address.get_or_insert_with(|| first.id.clone());
                    let contact = || super::state::contact(&first.input.name, &first.input.phone);
                    draft.contact = draft.contact.take().or_else(contact);
                }
            });
        });
        spawn_local(async move {
            if let Ok(points) = super::api::list_pickup_points().await {
                self.points.try_set(points);
            }
        });
    }

    /// Holds the cart against today's prices once; what counts then is the basket.
    fn take_basket_from_cart(self) {
        if self.past_cart {
            return;
        }
        spawn_local(async move {
            self.cart.refresh().await;
            let failure = match self.cart.quoting().try_get_untracked() {
                Some(crate::stores::cart::store::Quoting::Failed(error)) => Some(error),
                _ => None,
            };
            if failure.is_none() {
                let basket = self
                    .cart
                    .review()
                    .try_with_untracked(|review| review.basket());
                self.basket.try_set(basket);
            }
            self.failure.try_set(failure);
        });
    }

    /// Asks for prices whenever the basket or the way changes, or it is asked again.
    fn quote_when_asked(self) {
        let choice = Memo::new(move |_| {
            let options = self.options();
            self.draft
                .with(|draft| draft.choice(&options))
                .map(without_contact)
        });
        let run = StoredValue::new(0_u32);
        Effect::new(move || {
            let asked = self.question.get();
            let fulfilment = choice.get();
            let this = run.get_value().wrapping_add(1);
            run.set_value(this);
            match self.basket.get() {
                None if asked > 0 => self.take_basket_from_cart(),
                Some(lines) if !lines.is_empty() => spawn_local(async move {
                    let asking = self.quote(lines, fulfilment.clone());
                    let answer = self.time.timed(asking, |quote| quote.server_now).await;
                    // A late answer to an earlier question is nobody's any more.
                    if run.try_get_value() == Some(this) {
                        self.hear(fulfilment, answer);
                    }
                }),
                _ => {}
            }
        });
    }

    /// Asks for prices: alone, of a group's seat, or of a flash price.
    async fn quote(
        self,
        lines: Vec<BasketLine>,
        fulfilment: Option<FulfilmentChoice>,
    ) -> Result<Quote, ApiError> {
        let seat = self.errand.with_value(|errand| errand.seat().cloned());
        if let (Some((live, flash)), [line]) = (self.flash(), lines.as_slice()) {
            let quantity = line.quantity;
            let request = FlashQuoteRequest {
                quantity,
                fulfilment,
            };
            let quoted = super::api::quote_flash(&live, &flash, &request).await?;
            self.ticket.try_set_value(quoted.ticket);
            return Ok(quoted.quote);
        }
        match (seat, lines.as_slice()) {
            (Some(seat), [line]) => {
                let request = SeatQuoteRequest {
                    seat,
                    sku: line.sku.clone(),
                    quantity: line.quantity,
                    fulfilment,
                    coupons: Vec::new(),
                };
                super::api::quote_seat(&request).await
            }
            _ => {
                let coupons = Vec::new();
                let request = QuoteRequest {
                    lines,
                    fulfilment,
                    coupons,
                };
                create_quote(&request).await
            }
        }
    }

    fn hear(self, fulfilment: Option<FulfilmentChoice>, answer: Result<Quote, ApiError>) {
        let quote = match answer {
            Ok(quote) => quote,
            Err(error) => return self.failure.set(Some(error)),
        };
        self.failure.set(None);
        let same_way = self.quoted_way.with_value(|way| *way == fulfilment);
        self.quoted_way.set_value(fulfilment);
        let moves = self.quote.with_untracked(|seen| {
            seen.as_ref()
                .map(|seen| price_moves(seen, &quote, same_way))
                .unwrap_or_default()
        });
        match moves.is_empty() {
            true => self.quote.set(Some(quote)),
            false => self.ask_to_accept(moves, quote),
        }
    }
}

/// What a quote depends on: who collects makes no difference to it.
fn without_contact(choice: FulfilmentChoice) -> FulfilmentChoice {
    match choice {
        FulfilmentChoice::Pickup { point, .. } => FulfilmentChoice::Pickup {
            point,
            contact: None,
        },
        other => other,
    }
}
