//! Whether a promotion can be published, and what to do where it cannot (features.md 135, rules.md 3.9).

use contract::PromotionId;
use contract::Timestamp;
use contract::campaigns::{CampaignState, CheckKind, Readiness, ReadinessCheck};
use promotions::Rule;

use super::delivery;
use super::store::{self, Neighbourhood};
use crate::campaigns::lifecycle::keeps_goods;
use crate::campaigns::store::promotion::{self, PromotionRow, SkuRow};
use crate::db::Conn;
use crate::pricing::basket::Goods;
use crate::pricing::goods_of;
use crate::{AppError, AppState};

/// Looks at a promotion.
pub(super) async fn check(state: &AppState, id: &PromotionId) -> Result<Readiness, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let row = promotion::find(&mut conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("promotion"))?;
    look(&mut conn, state, &row, state.clock.now()).await
}

/// Refuses SKUs that the shop does not know.
pub(super) async fn must_know(conn: &mut Conn, row: &PromotionRow) -> Result<(), AppError> {
    let skus: Vec<_> = row.prices.iter().map(|price| &price.sku).collect();
    let known = goods_of(conn, &skus).await?;
    for price in &row.prices {
        if !known.contains_key(&price.sku) {
            let reason = format!("the shop has no {}", price.sku);
            return Err(AppError::field("rule.prices", reason));
        }
    }
    Ok(())
}

/// Looks at a promotion within a transaction.
pub(super) async fn look(
    conn: &mut Conn,
    state: &AppState,
    row: &PromotionRow,
    now: Timestamp,
) -> Result<Readiness, AppError> {
    let skus: Vec<_> = row.prices.iter().map(|price| &price.sku).collect();
    let mut known = goods_of(conn, &skus).await?;
    let mut goods = Vec::with_capacity(row.prices.len());
    for price in &row.prices {
        goods.extend(known.remove(&price.sku).map(|found| (price, found)));
    }
    let others = promotion::offered(conn, "", false, now).await?;
    let mut checks = vec![terms(row), dates(row, now), translations(row, &goods)];
    if matches!(row.rule, Rule::FlashSale { .. }) {
        checks.extend([stock(row, &goods), margin(&goods), pictures(&goods)]);
        let served = served(row, store::neighbourhoods(conn).await?);
        checks.extend(delivery::checks(row, &served, &state.config.zone, now));
    }
    checks.push(overlap(row, &others));
    Ok(Readiness {
        ready: checks.iter().all(|check| check.fine || !check.blocks),
        checks,
    })
}

/// The neighbourhoods whose people it is for.
fn served(row: &PromotionRow, all: Vec<Neighbourhood>) -> Vec<Neighbourhood> {
    let communities = &row.audience.communities;
    let of_it = |one: &Neighbourhood| communities.is_empty() || communities.contains(&one.id);
    all.into_iter().filter(of_it).collect()
}

pub(super) fn found(
    kind: CheckKind,
    about: Vec<String>,
    blocks: bool,
    advice: &str,
) -> ReadinessCheck {
    let fine = about.is_empty();
    ReadinessCheck {
        kind,
        fine,
        blocks,
        about,
        figure: None,
        advice: if fine {
            String::new()
        } else {
            advice.to_owned()
        },
    }
}

fn terms(row: &PromotionRow) -> ReadinessCheck {
    let without_goods = matches!(row.rule, Rule::FlashSale { .. })
        && (row.prices.is_empty() || row.prices.iter().any(|price| price.quota == 0));
    let about = without_goods.then(|| "rule.prices".to_owned());
    let advice = "Name at least one SKU, each with a quota above 0.";
    found(CheckKind::Terms, about.into_iter().collect(), true, advice)
}

fn dates(row: &PromotionRow, now: Timestamp) -> ReadinessCheck {
    let about = (row.ends_at <= now).then(|| "ends_at".to_owned());
    let advice = "It would be over before it begins. Choose a later end.";
    found(CheckKind::Dates, about.into_iter().collect(), true, advice)
}

fn translations(row: &PromotionRow, goods: &[(&SkuRow, Goods)]) -> ReadinessCheck {
    let mut about = Vec::new();
    let empty = |text: &str| text.trim().is_empty();
    if empty(&row.title.zh) {
        about.push("title.zh".to_owned());
    }
    if empty(&row.title.en) {
        about.push("title.en".to_owned());
    }
    let untold = goods
        .iter()
        .filter(|(_, goods)| empty(&goods.title.zh) || empty(&goods.title.en));
    about.extend(untold.map(|(price, _)| price.sku.0.clone()));
    let advice = "Write these in both languages.";
    found(CheckKind::Translations, about, true, advice)
}

/// F1: what is promised must be there to be carved out.
fn stock(row: &PromotionRow, goods: &[(&SkuRow, Goods)]) -> ReadinessCheck {
    let carved = |price: &SkuRow| {
        if keeps_goods(row.state) {
            price.on_hand
        } else {
            0
        }
    };
    let short: Vec<_> = goods
        .iter()
        .filter(|(price, goods)| price.quota > i64::from(goods.available) + carved(price))
        .collect();
    let advice = "There are fewer in stock than the quota. Lower it, or stock up.";
    let about = short.iter().map(|(price, _)| price.sku.0.clone()).collect();
    ReadinessCheck {
        figure: short
            .iter()
            .map(|(price, goods)| i64::from(goods.available) + carved(price))
            .min(),
        ..found(CheckKind::Stock, about, true, advice)
    }
}

/// features.md 67: no price below the floor; below cost is advice.
fn margin(goods: &[(&SkuRow, Goods)]) -> ReadinessCheck {
    let below: Vec<_> = goods
        .iter()
        .filter(|(price, goods)| price.price < goods.floor || price.price >= goods.unit_price.minor)
        .collect();
    if below.is_empty() {
        let loss = goods
            .iter()
            .filter(|(price, goods)| price.price < goods.cost)
            .map(|(price, _)| price.sku.0.clone())
            .collect();
        let advice = "Each piece is sold below what it costs. See that this is meant.";
        return found(CheckKind::Margin, loss, false, advice);
    }
    let about = below.iter().map(|(price, _)| price.sku.0.clone()).collect();
    ReadinessCheck {
        figure: below.iter().map(|(_, goods)| goods.floor).max(),
        ..found(
            CheckKind::Margin,
            about,
            true,
            "The price is below the floor, or no lower than the usual one. Choose one between.",
        )
    }
}

/// Feed, sale page and shared links show a picture of each.
fn pictures(goods: &[(&SkuRow, Goods)]) -> ReadinessCheck {
    let about = goods
        .iter()
        .filter(|(_, goods)| goods.picture.is_none())
        .map(|(price, _)| price.sku.0.clone())
        .collect();
    found(
        CheckKind::Pictures,
        about,
        true,
        "These have no picture for the sale page and shared links. Add one.",
    )
}

/// Two sales of one SKU at a time; other promotions of one kind at a time are worth a thought.
fn overlap(row: &PromotionRow, others: &[PromotionRow]) -> ReadinessCheck {
    let clashing: Vec<&PromotionRow> = others
        .iter()
        .filter(|other| {
            other.id != row.id && other.kind == row.kind && other.state != CampaignState::Ended
        })
        .filter(|other| other.starts_at < row.ends_at && row.starts_at < other.ends_at)
        .filter(|other| {
            let shares = |price: &SkuRow| other.prices.iter().any(|it| it.sku == price.sku);
            row.prices.is_empty() || row.prices.iter().any(shares)
        })
        .filter(|other| slots_meet(row, other))
        .collect();
    let about = clashing.iter().map(|other| other.id.0.clone()).collect();
    let blocks = matches!(row.rule, Rule::FlashSale { .. });
    let advice = "Another promotion of its kind holds at the same time. Change one of them.";
    found(CheckKind::Overlap, about, blocks, advice)
}

fn slots_meet(one: &PromotionRow, other: &PromotionRow) -> bool {
    if one.slots.is_empty() || other.slots.is_empty() {
        return true;
    }
    let day = 24 * 60;
    one.slots.iter().any(|a| {
        other.slots.iter().any(|b| {
            [-day, 0, day].into_iter().any(|shift: i64| {
                let (from, to) = (i64::from(b.from) + shift, i64::from(b.to) + shift);
                i64::from(a.from) < to && from < i64::from(a.to)
            })
        })
    })
}
