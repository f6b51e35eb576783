//! Reports out of the books alone (rules.md M7), and statements as CSV (M9).

use std::collections::BTreeMap;

use contract::books::{CampaignResult, NamedSum, Report, ResultLine};
use contract::{Currency, Money, PromotionId, Timestamp};

use crate::campaigns::store::{promotion, words};
use crate::http::language::Lang;
use crate::ledger::audit;
use crate::ledger::report::store::{self, EntryRow};
use crate::ledger::report::sums::{self, by_dimension, discounts_by};
use crate::{AppError, AppState};

/// All time.
const EVER: (Timestamp, Timestamp) = (Timestamp(i64::MIN), Timestamp(i64::MAX));

/// What a promotion made and cost. What goods cost is taken from their lines in the share that is sold.
pub(super) async fn result(state: &AppState, id: &PromotionId) -> Result<CampaignResult, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    if promotion::find(&mut conn, id).await?.is_none() {
        return Err(AppError::not_found("promotion"));
    }
    let currency = words::currency(&mut conn).await?;
    let entries = store::entries(&mut conn, EVER.0, EVER.1).await?;
    let lines = store::lines_of(&mut conn, id).await?;
    let sum = sums::pnl(&entries, id.as_str(), &lines);
    let money = |minor| Money::new(minor, currency);
    let mut per_line: BTreeMap<(String, i64), (String, i64, i64)> = BTreeMap::new();
    for entry in &entries {
        let Some(place) = entry.about.line.map(|line| (entry.biz_id.clone(), line)) else {
            continue;
        };
        if !lines.contains(&place) {
            continue;
        }
        let line = per_line.entry(place).or_default();
        line.0 = entry.about.sku.clone().unwrap_or_default();
        if entry.account == "REVENUE" {
            line.1 -= entry.minor;
        }
        if entry.account.starts_with("DISCOUNT_")
            && entry.about.campaign.as_deref() == Some(id.as_str())
        {
            line.2 += entry.minor;
        }
    }
    let mut cost = 0;
    for (order, line, cost_minor, list_minor) in store::costs_of(&mut conn, id).await? {
        let sold = per_line
            .get(&(order, line))
            .map_or(0, |(_, revenue, _)| *revenue);
        cost += promotions::part_of(cost_minor, sold, list_minor.max(1));
    }
    Ok(CampaignResult {
        promotion: id.clone(),
        revenue: money(sum.revenue),
        discount_store: money(sum.discount_store),
        discount_supplier: money(sum.discount_supplier),
        discount_platform: money(sum.discount_platform),
        other_discounts: money(sum.other_discounts),
        commission: money(sum.commission),
        losses: money(sum.losses),
        cost: money(cost),
        result: money(sum.contribution() - cost),
        lines: per_line
            .into_iter()
            .filter(|(_, (_, revenue, discount))| *revenue != 0 || *discount != 0)
            .map(|((order, line), (sku, revenue, discount))| ResultLine {
                order,
                line,
                sku: sku.into(),
                revenue: money(revenue),
                discount: money(discount),
            })
            .collect(),
    })
}

/// What the books say of a time.
pub(super) async fn report(
    state: &AppState,
    lang: Lang,
    (from, until): (Timestamp, Timestamp),
) -> Result<Report, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let currency = words::currency(&mut conn).await?;
    let entries = store::entries(&mut conn, from, until).await?;
    let titles: BTreeMap<String, String> = promotion::all(&mut conn)
        .await?
        .into_iter()
        .map(|row| (row.id.0, row.title.pick(lang)))
        .collect();
    let by_promotion = discounts_by(&entries, |entry| {
        let id = entry.about.campaign.clone()?;
        Some(titles.get(&id).cloned().unwrap_or(id))
    });
    let named = |sums| named(sums, currency);
    Ok(Report {
        from,
        until,
        by_promotion: named(by_promotion),
        by_funder: named(discounts_by(&entries, sums::funder)),
        by_staff: named(by_dimension(&entries, |about| about.staff.clone())),
        by_creator: named(by_dimension(&entries, |about| about.creator.clone())),
        by_store: named(by_dimension(&entries, |about| about.store.clone())),
        by_live: named(by_dimension(&entries, |about| about.live.clone())),
        halted: audit::halted(&mut conn).await?,
    })
}

fn named(sums: BTreeMap<String, i64>, currency: Currency) -> Vec<NamedSum> {
    let sum = |(name, minor)| NamedSum {
        name,
        amount: Money::new(minor, currency),
    };
    sums.into_iter().map(sum).collect()
}

/// Entries of a time, of one party where it is named, a line each.
pub(super) async fn statement(
    state: &AppState,
    (from, until): (Timestamp, Timestamp),
    party: Option<&str>,
) -> Result<String, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    let head = [
        "document", "at", "biz", "id", "event", "account", "minor", "currency", "campaign", "sku",
        "line", "party", "staff", "creator", "store", "live", "cause", "owner",
    ];
    csv.write_record(head).map_err(AppError::internal)?;
    for entry in store::entries(&mut conn, from, until).await? {
        if party.is_none_or(|party| sums::funder(&entry).as_deref() == Some(party)) {
            csv.write_record(record(&entry))
                .map_err(AppError::internal)?;
        }
    }
    let bytes = csv.into_inner().map_err(AppError::internal)?;
    String::from_utf8(bytes).map_err(AppError::internal)
}

fn record(entry: &EntryRow) -> [String; 18] {
    let about = &entry.about;
    let word = |word: &Option<String>| harmless(word.as_deref().unwrap_or_default());
    [
        entry.seq.to_string(),
        entry.at.0.to_string(),
        entry.biz.clone(),
        entry.biz_id.clone(),
        entry.event.clone(),
        entry.account.clone(),
        entry.minor.to_string(),
        entry.currency.clone(),
        word(&about.campaign),
        word(&about.sku),
        about.line.map(|line| line.to_string()).unwrap_or_default(),
        word(&about.party),
        word(&about.staff),
        word(&about.creator),
        word(&about.store),
        word(&about.live),
        word(&about.cause),
        word(&about.owner),
    ]
}

/// A word that a spreadsheet does not take for a formula.
fn harmless(word: &str) -> String {
    match word.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{word}"),
        false => word.to_owned(),
    }
}
