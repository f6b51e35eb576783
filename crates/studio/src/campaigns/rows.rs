//! Rows that an editor adds and removes: hours of a day, who pays, goods with prices, steps.

use std::sync::atomic::{AtomicU32, Ordering};

use contract::SkuId;
use contract::campaigns::{CampaignPrice, CampaignTier, DailySlot};
use contract::promotions::{Funder, FunderKind, FundingPart};
use leptos::prelude::*;

use super::typed;

/// Tells rows apart while they are edited.
pub fn key() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Hours of every day.
#[derive(Clone, Copy, PartialEq)]
pub struct SlotRow {
    pub key: u32,
    pub from: RwSignal<String>,
    pub to: RwSignal<String>,
}

impl SlotRow {
    pub fn new(slot: DailySlot) -> Self {
        Self {
            key: key(),
            from: RwSignal::new(typed::clock_text(slot.from)),
            to: RwSignal::new(typed::clock_text(slot.to)),
        }
    }

    pub fn read(self) -> Option<DailySlot> {
        typed::slot(&self.from.read(), &self.to.read())
    }
}

/// Who pays which share.
#[derive(Clone, Copy, PartialEq)]
pub struct PartRow {
    pub key: u32,
    pub kind: RwSignal<FunderKind>,
    pub party: RwSignal<String>,
    pub share: RwSignal<String>,
}

impl PartRow {
    pub fn new(part: &FundingPart) -> Self {
        Self {
            key: key(),
            kind: RwSignal::new(part.funder.kind),
            party: RwSignal::new(part.funder.party.clone()),
            share: RwSignal::new(typed::share_text(part.share_bp)),
        }
    }

    pub fn read(self) -> Option<FundingPart> {
        let kind = self.kind.get();
        let party = match kind {
            FunderKind::Supplier => self.party.read().trim().to_owned(),
            _ => String::new(),
        };
        let share_bp = typed::share(&self.share.read())?;
        // A supplier is somebody: what is owed is owed to them.
        let named = kind != FunderKind::Supplier || !party.is_empty();
        named.then_some(FundingPart {
            funder: Funder { kind, party },
            share_bp,
        })
    }
}

/// Goods of a flash sale.
#[derive(Clone, PartialEq)]
pub struct PriceRow {
    pub key: u32,
    pub sku: SkuId,
    pub price: RwSignal<String>,
    pub quota: RwSignal<String>,
}

impl PriceRow {
    pub fn new(price: &CampaignPrice) -> Self {
        Self {
            key: key(),
            sku: price.sku.clone(),
            price: RwSignal::new(typed::amount_text(price.price)),
            quota: RwSignal::new(price.quota.to_string()),
        }
    }

    pub fn price(&self) -> Option<i64> {
        typed::amount(&self.price.read())
    }

    pub fn quota(&self) -> Option<u32> {
        self.quota.read().trim().parse().ok()
    }

    pub fn read(&self) -> Option<CampaignPrice> {
        Some(CampaignPrice {
            sku: self.sku.clone(),
            price: self.price()?,
            quota: self.quota()?,
        })
    }
}

/// A step of a full-reduction.
#[derive(Clone, Copy, PartialEq)]
pub struct TierRow {
    pub key: u32,
    pub from: RwSignal<String>,
    pub off: RwSignal<String>,
}

impl TierRow {
    pub fn new(tier: CampaignTier) -> Self {
        Self {
            key: key(),
            from: RwSignal::new(typed::amount_text(tier.from)),
            off: RwSignal::new(typed::amount_text(tier.off)),
        }
    }

    pub fn read(self) -> Option<CampaignTier> {
        let (from, off) = (
            typed::amount(&self.from.read())?,
            typed::amount(&self.off.read())?,
        );
        (off <= from).then_some(CampaignTier { from, off })
    }
}
