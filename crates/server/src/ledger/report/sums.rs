//! Summing entries into reports. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::store::EntryRow;
use crate::ledger::Dimensions;

/// What a promotion made and cost, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pnl {
    /// Sales at the shop's own prices.
    pub revenue: i64,
    /// Discounts of this promotion that the shop bears.
    pub discount_store: i64,
    /// Discounts of this promotion that suppliers owe.
    pub discount_supplier: i64,
    /// Discounts of this promotion that the platform owes.
    pub discount_platform: i64,
    /// Discounts of other promotions on the same lines that the shop bears.
    pub other_discounts: i64,
    /// Commission of those lines.
    pub commission: i64,
    /// Losses of this promotion.
    pub losses: i64,
}

impl Pnl {
    /// What is left of the revenue: without what the goods cost.
    pub fn contribution(&self) -> i64 {
        self.revenue - self.discount_store - self.other_discounts - self.commission - self.losses
    }
}

/// The result of a promotion whose lines these are (M7). Discounts that others pay for are receivables and cost the
/// shop nothing.
pub fn pnl(entries: &[EntryRow], campaign: &str, lines: &BTreeSet<(String, i64)>) -> Pnl {
    let mut sum = Pnl::default();
    for entry in entries {
        let is_own = entry.about.campaign.as_deref() == Some(campaign);
        let on_line = entry
            .about
            .line
            .is_some_and(|line| lines.contains(&(entry.biz_id.clone(), line)));
        let minor = entry.minor;
        match entry.account.as_str() {
            "REVENUE" if on_line => sum.revenue -= minor,
            "DISCOUNT_STORE" if is_own => sum.discount_store += minor,
            "DISCOUNT_STORE" if on_line => sum.other_discounts += minor,
            "DISCOUNT_SUPPLIER_RECV" if is_own => sum.discount_supplier += minor,
            "DISCOUNT_PLATFORM_RECV" if is_own => sum.discount_platform += minor,
            "COMMISSION_EXPENSE" if on_line => sum.commission += minor,
            "PROMO_LOSS" if is_own => sum.losses += minor,
            _ => {}
        }
    }
    sum
}

/// Discounts by a word that each entry has: its promotion, or who pays for it.
pub fn discounts_by(
    entries: &[EntryRow],
    word: impl Fn(&EntryRow) -> Option<String>,
) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        if entry.account.starts_with("DISCOUNT_")
            && let Some(word) = word(entry)
        {
            *sums.entry(word).or_default() += entry.minor;
        }
    }
    sums.retain(|_, minor| *minor != 0);
    sums
}

/// Who pays for a discount, in a word: `store`, `platform`, or `supplier:NAME`.
pub fn funder(entry: &EntryRow) -> Option<String> {
    let party = entry.about.party.as_deref().unwrap_or_default();
    let kind = match entry.account.as_str() {
        "DISCOUNT_STORE" => "store",
        "DISCOUNT_SUPPLIER_RECV" => "supplier",
        "DISCOUNT_PLATFORM_RECV" => "platform",
        _ => return None,
    };
    Some(match party {
        "" => kind.to_owned(),
        party => format!("{kind}:{party}"),
    })
}

/// Sales at the shop's own prices less all discounts that it bears, by whom or what brought them (M7).
pub fn by_dimension(
    entries: &[EntryRow],
    dimension: impl Fn(&Dimensions) -> Option<String>,
) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        let counts = matches!(entry.account.as_str(), "REVENUE" | "DISCOUNT_STORE");
        if counts && let Some(word) = dimension(&entry.about) {
            *sums.entry(word).or_default() -= entry.minor;
        }
    }
    sums.retain(|_, minor| *minor != 0);
    sums
}
