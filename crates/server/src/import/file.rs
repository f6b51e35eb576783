//! The catalogue file, field by field (demo/catalogue.schema.json). Unknown fields are refused; what a
//! later feature will read is passed over.

use contract::catalog::{Storage, TagKind};
use contract::fulfilment::FulfilmentKind;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

/// The file's lists, each entry already read; the order is the shop's.
#[derive(Debug)]
pub struct CatalogueFile {
    pub shop: Shop,
    pub currency: Currency,
    pub categories: Vec<Category>,
    pub brands: Vec<Brand>,
    pub tags: Vec<Tag>,
    pub products: Vec<Product>,
    pub stores: Vec<Store>,
    pub communities: Vec<Community>,
    pub creators: Vec<Creator>,
    pub members: Vec<Member>,
    pub banners: Vec<Banner>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shop {
    pub name: Text,
    pub area: Text,
    #[serde(rename = "centre")]
    _centre: IgnoredAny,
    #[serde(rename = "fictional")]
    _fictional: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    pub code: contract::Currency,
    #[serde(rename = "minor_digits")]
    _minor_digits: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: String,
    pub name: Text,
    pub text: Text,
    pub icon: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    pub id: String,
    pub name: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    pub id: String,
    pub name: Text,
    pub kind: TagKind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub id: String,
    pub slug: String,
    pub category: String,
    pub title: Text,
    pub summary: Text,
    pub images: Vec<String>,
    pub tint: String,
    #[serde(rename = "price")]
    _price: IgnoredAny,
    #[serde(rename = "list_price")]
    _list_price: IgnoredAny,
    #[serde(rename = "stock")]
    _stock: IgnoredAny,
    pub sold: i64,
    pub unit: Text,
    pub brand: String,
    pub origin: Text,
    #[serde(rename = "weight_g")]
    _weight_g: IgnoredAny,
    pub options: Vec<ProductOption>,
    pub skus: Vec<Sku>,
    pub tags: Vec<String>,
    pub fulfilment: Vec<FulfilmentKind>,
    pub storage: Storage,
    pub stores: Vec<String>,
    pub rating: Rating,
    pub listed_days_ago: i64,
    pub creator: Option<String>,
    /// What a sale pays its sharer, in basis points; the shop's usual rate unless said.
    pub commission_bp: Option<u32>,
    #[serde(default)]
    pub group_buy: Option<GroupBuy>,
    #[serde(default)]
    pub reviews: Vec<Review>,
}

impl Product {
    /// A product of which nothing is known yet but its name: sent by carrier, without stars.
    pub fn named(id: String, title: Text) -> Self {
        Self {
            slug: id.clone(),
            id,
            category: String::new(),
            title,
            summary: Text::default(),
            images: Vec::new(),
            tint: String::new(),
            _price: IgnoredAny,
            _list_price: IgnoredAny,
            _stock: IgnoredAny,
            sold: 0,
            unit: Text::default(),
            brand: String::new(),
            origin: Text::default(),
            _weight_g: IgnoredAny,
            options: Vec::new(),
            skus: Vec::new(),
            tags: Vec::new(),
            fulfilment: vec![FulfilmentKind::Ship],
            storage: Storage::Ambient,
            stores: Vec::new(),
            rating: Rating {
                average: 0.0,
                count: 0,
            },
            listed_days_ago: 0,
            creator: None,
            commission_bp: None,
            group_buy: None,
            reviews: Vec::new(),
        }
    }
}

/// A product's group-buy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupBuy {
    pub size: i64,
    pub price: i64,
    pub ttl_hours: i64,
    pub per_user_limit: i64,
    /// What a complete group pays its leader, in basis points of the leader's goods.
    #[serde(default)]
    pub leader_reward_bp: i64,
    pub offers: Vec<GroupOffer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupOffer {
    pub sku: String,
    pub price: i64,
    pub quota: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductOption {
    pub id: String,
    pub name: Text,
    pub values: Vec<OptionValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionValue {
    pub id: String,
    pub label: Text,
    pub image: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sku {
    pub code: String,
    pub attributes: Vec<Attribute>,
    pub label: Text,
    pub price: i64,
    pub list_price: i64,
    pub stock: i64,
    pub weight_g: i64,
    pub image: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub id: String,
    pub value: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    pub average: f64,
    pub count: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub id: String,
    pub member: String,
    pub stars: i64,
    pub text: Text,
    pub lang: Language,
    pub sku: String,
    pub days_ago: i64,
    pub likes: i64,
}

/// A language of the file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Zh,
    En,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Geo {
    pub lat: f64,
    pub lng: f64,
}

#[derive(Debug, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub days: Vec<u8>,
    pub open: String,
    pub close: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    pub radius_m: i64,
    pub eta_min: i64,
    pub min_order: i64,
    pub fee: i64,
    pub free_from: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    pub id: String,
    pub name: Text,
    pub text: Text,
    pub avatar: String,
    pub address: Text,
    pub geo: Geo,
    pub hours: Vec<Hours>,
    pub delivery: Delivery,
    pub rating: Rating,
    #[serde(rename = "products")]
    _products: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    pub id: String,
    pub name: Text,
    #[serde(rename = "homes")]
    _homes: IgnoredAny,
    #[serde(rename = "members")]
    _members: IgnoredAny,
    pub store: String,
    #[serde(rename = "scene")]
    _scene: IgnoredAny,
    pub geo: Geo,
    #[serde(rename = "leader")]
    _leader: IgnoredAny,
    pub pickup_point: PickupPoint,
    pub cutoff: String,
    pub arrives: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PickupPoint {
    pub name: Text,
    pub address: Text,
    pub geo: Geo,
    pub open: String,
    pub close: String,
    pub storage: Vec<Storage>,
    pub capacity_parcels: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Creator {
    pub handle: String,
    pub name: Text,
    pub avatar: String,
    pub bio: Text,
    pub city: Text,
    pub followers: i64,
    #[serde(rename = "since")]
    _since: IgnoredAny,
    #[serde(rename = "categories")]
    _categories: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub id: String,
    pub name: Text,
    pub avatar: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Banner {
    pub id: String,
    pub image: String,
    #[serde(rename = "width")]
    _width: IgnoredAny,
    #[serde(rename = "height")]
    _height: IgnoredAny,
    pub title: Text,
    pub subtitle: Text,
    pub link: String,
    pub ink: String,
    #[serde(rename = "tone")]
    _tone: IgnoredAny,
    #[serde(rename = "text_area")]
    _text_area: IgnoredAny,
}
