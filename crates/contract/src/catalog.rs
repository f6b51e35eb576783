//! The catalogue as a shopper reads it. Texts come in the language of the request (`Accept-Language`),
//! in the other one where a translation is missing.

use crate::fulfilment::FulfilmentKind;
use crate::groups::{GroupOffer, GroupPrice};
use crate::macros::wire;
use crate::page::Cursor;
use crate::promotions::SkuOffer;
use crate::reviews::{Rating, Review};
use crate::{CategoryId, CommunityId, Money, ProductId, SkuId, StoreId, TagId};

wire! {
    /// A picture and what to show before its bytes arrive.
    pub struct Picture {
        /// Address below the shop's origin, hashed and cacheable for ever.
        pub src: String,
        /// Its own width in pixels.
        pub width: u32,
        /// Its own height in pixels.
        pub height: u32,
        /// Dominant colour, `#rrggbb`.
        pub tint: String,
        /// Smaller widths in pixels that it also comes in, as WebP: [`in_width`] is the address of one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub widths: Vec<u32>,
    }

    /// A category of the catalogue.
    pub struct Category {
        /// Its id, also its word in URLs.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// One sentence about it.
        pub text: String,
        /// A small picture of it; absent for categories that have none.
        pub icon: Option<Picture>,
    }

    /// What a tag speaks of.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum TagKind {
        /// A promise of service, such as a refund for damaged fruit.
        Service,
        /// Where the goods come from.
        Origin,
        /// A property of the goods.
        Quality,
        /// A reason to look now.
        Promo,
    }

    /// A label on a product.
    pub struct Tag {
        /// Its id, also its word in filters.
        pub id: TagId,
        /// Its words, at most a few.
        pub name: String,
        /// What it speaks of.
        pub kind: TagKind,
    }

    /// A product as lists show it.
    pub struct ProductCard {
        /// Its id.
        pub id: ProductId,
        /// Its word in URLs.
        pub slug: String,
        /// Its title.
        pub title: String,
        /// Main picture; absent for products that have none.
        pub picture: Option<Picture>,
        /// Price of the cheapest SKU on sale.
        pub price: Money,
        /// Whether other SKUs cost more than `price`.
        pub price_from: bool,
        /// Former or reference price, when higher.
        pub list_price: Option<Money>,
        /// Units sold so far.
        pub sold: u64,
        /// Average stars, when anyone reviewed it.
        pub rating: Option<Rating>,
        /// At most four labels, most useful first.
        pub tags: Vec<Tag>,
        /// Nothing of it can be bought now.
        pub sold_out: bool,
        /// What it costs in a group, where that is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub group: Option<GroupPrice>,
    }

    /// One value of an option, such as "1.5 kg".
    pub struct OptionValue {
        /// Its id within the option.
        pub id: String,
        /// Its words.
        pub label: String,
        /// What the product looks like with it, when that differs.
        pub picture: Option<Picture>,
    }

    /// Something to choose, such as size or colour.
    pub struct ProductOption {
        /// Its id within the product.
        pub id: String,
        /// Its name.
        pub name: String,
        /// What can be chosen, in the shop's order.
        pub values: Vec<OptionValue>,
    }

    /// One chosen value of one option.
    #[derive(Eq)]
    pub struct Attribute {
        /// The option's id.
        pub option: String,
        /// The value's id.
        pub value: String,
    }

    /// A sellable unit: one combination of option values.
    pub struct Sku {
        /// Its id.
        pub id: SkuId,
        /// Its attributes; combinations that no SKU has cannot be bought.
        pub attributes: Vec<Attribute>,
        /// The attributes in words.
        pub label: String,
        /// Price of one for the viewer, by promotions that hold now.
        pub price: Money,
        /// Former, usual or reference price, when higher.
        pub list_price: Option<Money>,
        /// Promotions that make the price, or would; absent where there are none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub offer: Option<SkuOffer>,
        /// How many can be bought now (on hand less reserved), never negative.
        pub available: u32,
        /// The most that one order may hold of it.
        pub limit: u32,
        /// Weight of one with its packing, in grams.
        pub weight_g: Option<u32>,
        /// Its own picture, when it looks different.
        pub picture: Option<Picture>,
    }

    /// How goods must be kept.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Storage {
        /// Room temperature.
        Ambient,
        /// Refrigerated.
        Chill,
        /// Deep-frozen.
        Frozen,
    }

    /// A shop of the business, as product pages and carts show it.
    pub struct StoreCard {
        /// Its id.
        pub id: StoreId,
        /// Its name.
        pub name: String,
        /// Its picture.
        pub avatar: Option<Picture>,
        /// Average stars.
        pub rating: Option<Rating>,
    }

    /// A way to get a product, as its page promises it.
    pub struct DeliveryPromise {
        /// Which way.
        pub kind: FulfilmentKind,
        /// The promise in one short sentence, such as "16:30 next day".
        pub promise: String,
        /// What it costs at least.
        pub fee: Money,
    }

    /// A product as its own page shows it.
    pub struct ProductDetail {
        /// What lists show of it.
        pub card: ProductCard,
        /// Two or three sentences about it.
        pub summary: String,
        /// Its category.
        pub category: CategoryId,
        /// All pictures, main one first.
        pub pictures: Vec<Picture>,
        /// What can be chosen; empty for a product with a single SKU and nothing to choose.
        pub options: Vec<ProductOption>,
        /// Every SKU on sale, sold-out ones included.
        pub skus: Vec<Sku>,
        /// Who makes it.
        pub brand: Option<String>,
        /// Where it comes from.
        pub origin: Option<String>,
        /// What one is called, such as "box".
        pub unit: Option<String>,
        /// How to keep it.
        pub storage: Storage,
        /// Who packs it.
        pub store: StoreCard,
        /// Ways to get it, cheapest first.
        pub delivery: Vec<DeliveryPromise>,
        /// All labels.
        pub tags: Vec<Tag>,
        /// The first reviews.
        pub reviews: Vec<Review>,
        /// Its group-buy, where that is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub group: Option<GroupOffer>,
    }

    /// A picture on top of the feed that leads somewhere.
    pub struct Banner {
        /// Its id.
        pub id: String,
        /// The picture; it holds no words.
        pub picture: Picture,
        /// Its statement.
        pub title: String,
        /// A line below.
        pub subtitle: String,
        /// Where it leads: a path of the app.
        pub href: String,
        /// Colour of the words on it, `#rrggbb`.
        pub ink: String,
    }

    /// A neighbourhood that the shop serves.
    pub struct Community {
        /// Its id.
        pub id: CommunityId,
        /// Its name.
        pub name: String,
    }

    /// What the start page shows around the feed.
    pub struct Home {
        /// The shop's name.
        pub shop: String,
        /// The area it serves.
        pub area: String,
        /// Pictures on top.
        pub banners: Vec<Banner>,
        /// Categories in the shop's order.
        pub categories: Vec<Category>,
        /// Words that people search for, to offer in an empty search.
        pub hot_words: Vec<String>,
    }

    /// In which order products are listed.
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum Sort {
        /// Best match for a search; the shop's own order without one.
        #[default]
        Relevance,
        /// Most sold first.
        Sales,
        /// Cheapest first.
        PriceUp,
        /// Dearest first.
        PriceDown,
        /// Newest first.
        Newest,
    }

    /// What to list (`GET /api/products`). Everything is optional and joined by "and".
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct ProductQuery {
        /// Words in Chinese or English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub q: Option<String>,
        /// Only this category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub category: Option<CategoryId>,
        /// Only products with this tag.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tag: Option<TagId>,
        /// Only this way of getting it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fulfilment: Option<FulfilmentKind>,
        /// At least this price, minor units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub price_min: Option<i64>,
        /// At most this price, minor units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub price_max: Option<i64>,
        /// Leave out what is sold out.
        #[serde(default)]
        pub in_stock: bool,
        /// The order.
        #[serde(default)]
        pub sort: Sort,
        /// Where to go on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cursor: Option<Cursor>,
        /// Page size, 1 to 50; 20 unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub limit: Option<u32>,
    }

    /// One page of listed products.
    pub struct ProductList {
        /// The products.
        pub items: Vec<ProductCard>,
        /// Where to go on; absent on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<Cursor>,
        /// How many match in all.
        pub total: u64,
        /// Tags that narrow this result, most frequent first.
        pub tags: Vec<Tag>,
    }
}

/// The address of a picture in one of its smaller widths: `/media/apple.0123.png` in 400 pixels is
/// `/media/apple.0123.400.webp`.
pub fn in_width(src: &str, width: u32) -> String {
    let stem = src.rsplit_once('.').map_or(src, |(stem, _)| stem);
    format!("{stem}.{width}.webp")
}

impl Picture {
    /// Everything that it comes in, as `srcset` wants it; nothing when there is only the original.
    pub fn srcset(&self) -> Option<String> {
        if self.widths.is_empty() {
            return None;
        }
        let smaller = self.widths.iter();
        let mut set: Vec<String> = smaller
            .map(|width| format!("{} {width}w", in_width(&self.src, *width)))
            .collect();
        set.push(format!("{} {}w", self.src, self.width));
        Some(set.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_names_every_width_that_it_comes_in() {
        let mut picture = Picture {
            src: "/media/a.01.png".to_owned(),
            width: 500,
            height: 500,
            tint: "#ffffff".to_owned(),
            widths: vec![180, 400],
        };
        assert_eq!(
            picture.srcset().as_deref(),
            Some("/media/a.01.180.webp 180w, /media/a.01.400.webp 400w, /media/a.01.png 500w")
        );
        picture.widths.clear();
        assert_eq!(picture.srcset(), None);
    }
}
