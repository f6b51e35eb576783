//! Placing the order and going to the cashier.

use contract::groups::{GroupState, Seat, SeatRequest};
use contract::live::FlashRequest;
use contract::orders::{OrderDetail, OrderRequest};
use contract::{FlashId, GroupId, LiveId, SkuId};
use leptos::prelude::*;

use super::api;
use super::desk::Desk;
use super::errand::{flash_request, seat_request};
use super::state::{Missing, price_moves};
use super::trouble::{Refusal, Trouble};
use crate::platform::page;
use crate::routes;
use crate::stores::cart::Edit;

/// Goes on to another page of the app, `true` in place of this one.
pub(super) type Go = Callback<(String, bool)>;

/// What is sent to the shop.
enum Request {
    Order(OrderRequest),
    Seat(SeatRequest),
    Flash((LiveId, FlashId, FlashRequest)),
}

impl Desk {
    /// Places the order, or asks for the first thing that it still needs.
    pub(super) async fn pay(self, go: Go) {
        let basket = self.basket.get_untracked().unwrap_or_default();
        let order = self.quote.with_untracked(|quote| {
            let quote = quote.as_ref().ok_or(Missing::Goods)?;
            self.draft
                .with_untracked(|draft| draft.order(&basket, quote))
        });
        let coupons = self.coupons.get_untracked().unwrap_or_default();
        let order = order.map(|order| OrderRequest { coupons, ..order });
        let request = order.and_then(|order| match (self.seat(), self.flash()) {
            (None, None) => Ok(Request::Order(OrderRequest {
                live: self.live.get_value(),
                ..order
            })),
            (None, Some((live, flash))) => flash_request(self.ticket.get_value(), order)
                .map(|request| Request::Flash((live, flash, request)))
                .ok_or(Missing::Goods),
            (Some(seat), _) => seat_request(seat, self.on_overflow.get_untracked(), order)
                .map(Request::Seat)
                .ok_or(Missing::Goods),
        });
        match request {
            Ok(request) => {
                self.busy.set(true);
                self.submit(request, go).await;
                self.busy.try_set(false);
            }
            Err(Missing::Point) => self.sheets.point.set(true),
            Err(Missing::Contact) => self.sheets.contact.set(true),
            Err(Missing::Address) => self.sheets.address.set(true),
            Err(Missing::Way) => self.fail(Trouble::WayClosed),
            Err(Missing::Goods) => self.fail(Trouble::Unsold),
        }
    }

    /// The seat that is taken, when it is one.
    fn seat(self) -> Option<Seat> {
        self.errand.with_value(|errand| errand.seat().cloned())
    }

    /// The room and the flash price in it, when it is one.
    pub(super) fn flash(self) -> Option<(LiveId, FlashId)> {
        self.errand.with_value(|errand| {
            let (live, flash) = errand.flash()?;
            Some((live.clone(), flash.clone()))
        })
    }

    /// The group of the seat, when one is joined.
    pub(super) fn group(self) -> Option<GroupId> {
        match self.seat()? {
            Seat::Join { group } => Some(group),
            Seat::Open { .. } => None,
        }
    }

    async fn submit(self, request: Request, go: Go) {
        let attempts = self.attempts;
        let answer = match request {
            Request::Order(order) => {
                attempts
                    .once("submit_order", order, api::submit_order)
                    .await
            }
            Request::Seat(seat) => attempts.once("take_seat", seat, api::take_seat).await,
            Request::Flash(flash) => attempts.once("buy_flash", flash, api::buy_flash).await,
        };
        if let Ok(order) = &answer {
            self.clear_away(order);
        }
        // The shopper may have left meanwhile; an order placed then waits among the orders.
        if self.busy.try_get_untracked().is_none() {
            return;
        }
        match answer {
            Ok(order) => self.go_to_cashier(order, go).await,
            Err(error) => match Refusal::from(&error) {
                Refusal::Reprice(quote) => {
                    let moves = self.quote.with_untracked(|seen| {
                        seen.as_ref()
                            .map(|seen| price_moves(seen, &quote, true))
                            .unwrap_or_default()
                    });
                    self.ordering.set(true);
                    self.ask_to_accept(moves, *quote);
                }
                Refusal::SignIn => {
                    self.session.ended();
                    let here = page::path_and_query();
                    go.run((routes::sign_in(Some(&here)), true));
                }
                Refusal::Say(trouble) => {
                    if trouble.changes_goods() {
                        self.ask_again();
                    }
                    let trouble = self.with_next(trouble).await;
                    if self.busy.try_get_untracked().is_some() {
                        self.fail(trouble);
                    }
                }
            },
        }
    }

    /// What the shopper is told of a seat that is gone: whether the group filled or its time was up, and
    /// another one to join (features.md 52). Without an answer the group's own page is offered.
    pub(super) async fn with_next(self, trouble: Trouble) -> Trouble {
        let is_gone = matches!(trouble, Trouble::Full { .. } | Trouble::GroupOver { .. });
        let line = self.errand.with_value(|errand| errand.line().cloned());
        let (true, Some(group), Some(line)) = (is_gone, self.group(), line) else {
            return trouble;
        };
        let Ok(group) = api::get_group(&group).await else {
            return trouble;
        };
        let next = group.others.first().map(|other| {
            let group = other.id.clone();
            routes::seat(&Seat::Join { group }, &line.sku, line.quantity)
        });
        match group.state {
            GroupState::Failed => Trouble::GroupOver { next },
            GroupState::Forming | GroupState::Succeeded => Trouble::Full { next },
        }
    }

    /// Takes what was ordered out of the cart, and the note out of the draft.
    fn clear_away(self, order: &OrderDetail) {
        self.draft.try_update(|draft| {
            draft.remark = String::new();
            self.preferences.set_contact(draft.contact.clone());
        });
        if !self.past_cart {
            let ordered: Vec<SkuId> = order
                .card
                .lines
                .iter()
                .map(|line| line.sku.clone())
                .collect();
            // Only an added line can be refused.
            let _ = self.cart.edit(&Edit::Remove(ordered));
        }
    }

    async fn go_to_cashier(self, order: OrderDetail, go: Go) {
        let id = order.card.id;
        let started = self.attempts.start_payment(id.clone()).await;
        if self.busy.try_get_untracked().is_none() {
            return;
        }
        match started {
            Ok(started) => {
                // Coming back from the cashier leads to the order, not to a checkout that is over.
                go.run((routes::order(&id), true));
                // An address that cannot be gone to leaves the shopper at the order, which can be paid.
                let _ = page::leave_for(&started.cashier_url);
            }
            Err(_) => self.fail(Trouble::Unpaid(id)),
        }
    }
}
