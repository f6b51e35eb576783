//! What an order remembers of the catalogue, as JSON beside it, in both languages.
//!
//! An order never changes with the catalogue, and yet its buyer may read it in either language later: so
//! the shop's words are kept in both, the buyer's own as written.

use contract::catalog::{Picture, StoreCard};
use contract::fulfilment::{Contact, FulfilmentKind};
use contract::orders::{Destination, OrderLine};
use contract::reviews::Rating;
use contract::{Money, ProductId, SkuId, StoreId};
use serde::{Deserialize, Serialize};

use crate::http::language::Lang;
use crate::pricing::basket::Goods;
use crate::words::Both;

/// What was sold on one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LineSnapshot {
    product: ProductId,
    slug: String,
    title: Both,
    label: Both,
    picture: Option<Picture>,
    store: StoreId,
    store_name: Both,
    store_avatar: Option<Picture>,
    store_rating: Option<Rating>,
}

/// One line of an order.
#[derive(Clone, Debug)]
pub struct Line {
    /// What.
    pub sku: SkuId,
    /// How many.
    pub quantity: u32,
    /// Price of one.
    pub unit_price: Money,
    /// Price of all of it.
    pub total: Money,
    /// What is paid for it after all discounts (rules.md 3.0-8).
    pub pay: Money,
    /// All of it at the shop's own price.
    pub list: Money,
    /// What the goods cost the shop, minor units.
    pub cost_minor: i64,
    /// What it was when it was sold.
    pub snapshot: LineSnapshot,
}

/// Where an order goes, as it stood at submit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DestinationSnapshot {
    /// Which way.
    pub kind: FulfilmentKind,
    /// Name of the pick-up point, or empty.
    pub place: Both,
    /// Street address of the point or of the buyer.
    pub address: Both,
    /// Whom to call.
    pub contact: Contact,
    /// When it comes.
    pub promise: Both,
}

impl LineSnapshot {
    /// Remembers goods as they are now.
    pub fn of(goods: &Goods) -> Self {
        Self {
            product: goods.product.clone(),
            slug: goods.slug.clone(),
            title: goods.title.clone(),
            label: goods.label.clone(),
            picture: goods.picture.clone(),
            store: goods.packer.id.clone(),
            store_name: goods.packer.name.clone(),
            store_avatar: goods.packer.avatar.clone(),
            store_rating: goods.packer.rating,
        }
    }

    /// The product.
    pub fn product(&self) -> &ProductId {
        &self.product
    }

    /// Who packed it.
    pub fn store(&self) -> &StoreId {
        &self.store
    }

    /// The title in both languages.
    pub fn titles(&self) -> &Both {
        &self.title
    }

    /// The title in a language.
    pub fn title(&self, lang: Lang) -> String {
        self.title.pick(lang)
    }
}

impl Line {
    /// The line as its buyer sees it.
    pub fn to_order_line(&self, lang: Lang) -> OrderLine {
        let snapshot = &self.snapshot;
        OrderLine {
            sku: self.sku.clone(),
            product: snapshot.product.clone(),
            slug: snapshot.slug.clone(),
            title: snapshot.title.pick(lang),
            label: snapshot.label.pick(lang),
            picture: snapshot.picture.clone(),
            store: StoreCard {
                id: snapshot.store.clone(),
                name: snapshot.store_name.pick(lang),
                avatar: snapshot.store_avatar.clone(),
                rating: snapshot.store_rating,
            },
            unit_price: self.unit_price,
            quantity: self.quantity,
            line_total: self.total,
        }
    }
}

impl DestinationSnapshot {
    /// The destination as its buyer sees it.
    pub fn to_destination(&self, lang: Lang) -> Destination {
        Destination {
            kind: self.kind,
            place: self.place.pick(lang),
            address: self.address.pick(lang),
            contact: self.contact.clone(),
            promise: self.promise.pick(lang),
        }
    }
}
