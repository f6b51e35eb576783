//! What is typed into the editor: signals, one a field; `terms` reads them.

use contract::campaigns::{CampaignScope, CampaignTerms};
use contract::promotions::PromotionKind;
use contract::{CommunityId, Timestamp};
use leptos::prelude::*;
use storefront::platform::local_time;

use super::rows::{PartRow, PriceRow, SlotRow, TierRow};
use super::terms;

/// A moment as it is typed. A field of the browser knows minutes alone: what nobody touched stays as it was.
#[derive(Clone, Copy)]
pub struct Moment {
    /// What stands in the field.
    pub typed: RwSignal<String>,
    known: StoredValue<Timestamp>,
}

impl Moment {
    fn new() -> Self {
        Self {
            typed: RwSignal::default(),
            known: StoredValue::new(Timestamp(0)),
        }
    }

    /// Puts a moment into it.
    pub fn put(self, at: Timestamp) {
        self.known.set_value(at);
        self.typed.set(local_time::written(at.0));
    }

    /// The moment; none while it is incomplete.
    pub fn read(self) -> Option<Timestamp> {
        let known = self.known.get_value();
        let typed = self.typed.read();
        match *typed == local_time::written(known.0) {
            true => Some(known),
            false => local_time::read(&typed).map(Timestamp),
        }
    }
}

/// A field, for what is wrong with it and for the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    TitleZh,
    TitleEn,
    Starts,
    Ends,
    Slots,
    Level,
    Funding,
    PerCustomer,
    Spend,
    Uses,
    Goods,
    Price(String),
    Quota(String),
    Tiers,
    Off,
    Cap,
    Threshold,
    ClaimTotal,
    ClaimEach,
    Term,
}

impl Spot {
    /// Its word in the page.
    pub fn word(&self) -> String {
        match self {
            Self::Price(sku) => format!("price-{sku}"),
            Self::Quota(sku) => format!("quota-{sku}"),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

/// The fields of a promotion.
#[derive(Clone, Copy)]
pub struct Draft {
    pub kind: PromotionKind,
    pub title_zh: RwSignal<String>,
    pub title_en: RwSignal<String>,
    pub starts: Moment,
    pub ends: Moment,
    pub slots: RwSignal<Vec<SlotRow>>,
    pub new_only: RwSignal<bool>,
    pub level: RwSignal<String>,
    pub communities: RwSignal<Vec<CommunityId>>,
    pub funding: RwSignal<Vec<PartRow>>,
    pub per_customer: RwSignal<String>,
    pub spend: RwSignal<String>,
    pub uses: RwSignal<String>,
    pub scope: RwSignal<CampaignScope>,
    pub prices: RwSignal<Vec<PriceRow>>,
    pub tiers: RwSignal<Vec<TierRow>>,
    /// Whether a coupon takes off a share.
    pub by_share: RwSignal<bool>,
    /// An amount, or percent.
    pub off: RwSignal<String>,
    pub cap: RwSignal<String>,
    pub threshold: RwSignal<String>,
    pub alone: RwSignal<bool>,
    pub claim_total: RwSignal<String>,
    pub claim_each: RwSignal<String>,
    pub term: RwSignal<String>,
    owner: StoredValue<Owner>,
}

impl Draft {
    /// The fields of a promotion with these terms.
    pub fn new(kind: PromotionKind, of: &CampaignTerms) -> Self {
        let draft = Self {
            kind,
            title_zh: RwSignal::default(),
            title_en: RwSignal::default(),
            starts: Moment::new(),
            ends: Moment::new(),
            slots: RwSignal::default(),
            new_only: RwSignal::default(),
            level: RwSignal::default(),
            communities: RwSignal::default(),
            funding: RwSignal::default(),
            per_customer: RwSignal::default(),
            spend: RwSignal::default(),
            uses: RwSignal::default(),
            scope: RwSignal::new(CampaignScope::All),
            prices: RwSignal::default(),
            tiers: RwSignal::default(),
            by_share: RwSignal::default(),
            off: RwSignal::default(),
            cap: RwSignal::default(),
            threshold: RwSignal::default(),
            alone: RwSignal::default(),
            claim_total: RwSignal::default(),
            claim_each: RwSignal::default(),
            term: RwSignal::default(),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        draft.fill(of);
        draft
    }

    /// Puts other terms into the fields.
    pub fn fill(self, terms: &CampaignTerms) {
        self.keeping(|| terms::fill(self, terms));
    }

    /// Makes rows that live as long as the draft, whoever adds them.
    pub fn keeping<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// The terms, or the first field that says nothing that could be kept.
    pub fn read(self) -> Result<CampaignTerms, Spot> {
        terms::read(self)
    }
}
