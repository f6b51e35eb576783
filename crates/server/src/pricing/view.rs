//! A priced basket in the words of the API.

use contract::catalog::StoreCard;
use contract::fulfilment::FulfilmentOption;
use contract::quote::{Quote, QuoteItem, QuoteLine};
use contract::{Money, Timestamp};

use super::Priced;
use super::basket::{Goods, Packer, PricedLine};
use super::shipping::Way;
use crate::http::language::Lang;

impl Priced {
    /// The quote that the buyer sees.
    pub fn to_quote(&self, lang: Lang, now: Timestamp) -> Quote {
        Quote {
            lines: self.basket.lines.iter().map(|l| line(l, lang)).collect(),
            goods_total: self.basket.goods_total,
            saved: self.basket.saved,
            shipping_fee: self.chosen.as_ref().map(|(way, _)| way.fee),
            total: self.total,
            promotions: self.basket.reckoned.to_quote(self.basket.discount, lang),
            options: self.ways.iter().map(|way| option(way, lang)).collect(),
            orderable: self.orderable(),
            server_now: now,
        }
    }
}

impl Packer {
    /// The packer as pages show it.
    pub fn card(&self, lang: Lang) -> StoreCard {
        StoreCard {
            id: self.id.clone(),
            name: self.name.pick(lang),
            avatar: self.avatar.clone(),
            rating: self.rating,
        }
    }
}

fn line(line: &PricedLine, lang: Lang) -> QuoteLine {
    QuoteLine {
        sku: line.wanted.sku.clone(),
        quantity: line.wanted.quantity,
        item: line
            .goods
            .as_ref()
            .map(|goods| item(goods, line.total, lang)),
        issue: line.issue.clone(),
    }
}

fn item(goods: &Goods, line_total: Money, lang: Lang) -> QuoteItem {
    QuoteItem {
        product: goods.product.clone(),
        slug: goods.slug.clone(),
        title: goods.title.pick(lang),
        label: goods.label.pick(lang),
        picture: goods.picture.clone(),
        store: goods.packer.card(lang),
        unit_price: goods.unit_price,
        list_price: goods.list_price,
        line_total,
        available: goods.available,
        limit: goods.limit,
    }
}

fn option(way: &Way, lang: Lang) -> FulfilmentOption {
    FulfilmentOption {
        kind: way.kind,
        fee: way.fee,
        promise: way.promise.pick(lang),
        obstacle: way.obstacle,
    }
}
