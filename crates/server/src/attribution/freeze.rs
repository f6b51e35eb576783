//! Freezing who brought an order, on which terms, when the order is made (A4 to A7, A11).

use contract::fulfilment::FulfilmentKind;
use contract::{GroupId, LiveId, Timestamp, UserId};

use super::rules::{self, Refusal, Touch};
use super::store::frozen::{self, Frozen, FrozenLine};
use super::store::links::{self, LinkRow};
use super::store::{touches, traits};
use super::{goods_of, kin};
use crate::AppError;
use crate::commission::rates;
use crate::config::Config;
use crate::db::Conn;
use crate::trade::snapshot::Line;
use crate::trade::store::{self as orders, OrderRow};

/// Writes down who brought an order and on which terms; nothing when nobody did. Called in the transaction that
/// makes the order, once its lines are written: later touches, rates and suspensions change nothing of it (A5).
pub async fn freeze(conn: &mut Conn, config: &Config, making: Making<'_>) -> Result<(), AppError> {
    let order = making.order;
    let now = order.placed_at;
    let lines = orders::lines(conn, &order.id, order.total.currency).await?;
    let goods = goods_of(lines.iter().map(|line| &line.sku));
    let began = touches::end_checkout(conn, &order.owner, &goods, now).await?;
    let touched = touches::read(conn, order.owner.as_str(), making.place).await?;
    let window = config.sharing.window_ms;
    let Some(touch) = rules::choose(&touched, began, now, window) else {
        return Ok(());
    };
    let Some(link) = links::find(conn, &touch.token).await? else {
        return Ok(());
    };
    let lines = frozen_lines(conn, &lines, now).await?;
    let refusal = refusal(conn, config, making, &link, &lines).await?;
    let payee_l2 = second_level(conn, config, making, &link).await?;
    let frozen = terms(order, touch, link.owner, payee_l2, refusal, config);
    frozen::insert(conn, &frozen, &lines).await
}

/// An order that is being made, and how.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// The order, already written.
    pub order: &'a OrderRow,
    /// The browser that it is made in, when that has a name.
    pub device: Option<&'a str>,
    /// Where it is made: an invitation there wins (A4).
    pub place: Option<Invited<'a>>,
    /// Whether the offer that it is bought by pays commission.
    pub pays: bool,
}

/// Where somebody can be invited to.
#[derive(Clone, Copy, Debug)]
pub enum Invited<'a> {
    /// Into a group.
    Group(&'a GroupId),
    /// Into a live session.
    Live(&'a LiveId),
}

fn terms(
    order: &OrderRow,
    touch: &Touch,
    payee_l1: UserId,
    payee_l2: Option<UserId>,
    refusal: Option<Refusal>,
    config: &Config,
) -> Frozen {
    Frozen {
        order: order.id.clone(),
        buyer: order.owner.clone(),
        token: touch.token.clone(),
        touch_at: touch.at,
        frozen_at: order.placed_at,
        payee_l1,
        payee_l2,
        share_l2_bp: config.sharing.share_l2_bp,
        freeze_ms: config.sharing.freeze_ms,
        day_max: config.sharing.day_max,
        refusal,
        paid: false,
    }
}

async fn frozen_lines(
    conn: &mut Conn,
    lines: &[Line],
    now: Timestamp,
) -> Result<Vec<FrozenLine>, AppError> {
    let mut frozen = Vec::with_capacity(lines.len());
    for (position, line) in (0_i64..).zip(lines) {
        let rate_bp = rates::current(conn, line.snapshot.product(), now).await?;
        let fixed = rates::fixed(conn, &line.sku).await?;
        let fixed_minor = fixed.map(|minor| {
            let all = minor.saturating_mul(i64::from(line.quantity));
            all.min(line.pay.minor)
        });
        frozen.push(FrozenLine {
            position,
            sku: line.sku.clone(),
            base: line.pay,
            rate_bp,
            fixed_minor,
            refunded_minor: 0,
        });
    }
    Ok(frozen)
}

/// Why the order pays its sharer nothing (A6); what only its payment can tell is asked then.
async fn refusal(
    conn: &mut Conn,
    config: &Config,
    making: Making<'_>,
    link: &LinkRow,
    lines: &[FrozenLine],
) -> Result<Option<Refusal>, AppError> {
    if link.owner == making.order.owner {
        return Ok(Some(Refusal::Own));
    }
    if traits::is_suspended(conn, &link.owner).await? {
        return Ok(Some(Refusal::Suspended));
    }
    let pays_nothing = lines.iter().all(|line| {
        line.fixed_minor
            .map_or(line.rate_bp == 0, |minor| minor == 0)
    });
    if pays_nothing || !making.pays {
        return Ok(Some(Refusal::Off));
    }
    let household = household_of_buyer(conn, config, making, &link.owner).await?;
    Ok(household
        .contains(link.owner.as_str())
        .then_some(Refusal::Household))
}

async fn household_of_buyer(
    conn: &mut Conn,
    config: &Config,
    making: Making<'_>,
    sharer: &UserId,
) -> Result<std::collections::BTreeSet<String>, AppError> {
    let (order, now) = (making.order, making.order.placed_at);
    if let Some(device) = making.device {
        kin::note_device(conn, config, &order.owner, device, now).await?;
    }
    for account in [&order.owner, sharer] {
        kin::note_account(conn, config, account, now).await?;
    }
    let to = &order.destination;
    let mut shown = vec![kin::phone(config, &to.contact.phone)?];
    if to.kind != FulfilmentKind::Pickup {
        shown.push(kin::address(config, &to.address.zh)?);
    }
    kin::household(conn, &order.owner, &shown).await
}

/// Who brought the sharer to the shop: the owner of the link that the sharer first came by, before there was an
/// account. Paid on sales alone, out of the sale's own commission; there is no third level (A7).
async fn second_level(
    conn: &mut Conn,
    config: &Config,
    making: Making<'_>,
    link: &LinkRow,
) -> Result<Option<UserId>, AppError> {
    if config.sharing.share_l2_bp == 0 {
        return Ok(None);
    }
    let first = touches::read(conn, link.owner.as_str(), None).await?.first;
    let born = traits::born(conn, &link.owner).await?;
    let (Some(first), Some(born)) = (first, born) else {
        return Ok(None);
    };
    if first.at > born || born.since(first.at) >= config.sharing.window_ms {
        return Ok(None);
    }
    let upline = links::find(conn, &first.token)
        .await?
        .map(|link| link.owner);
    let Some(upline) = upline.filter(|id| *id != link.owner && *id != making.order.owner) else {
        return Ok(None);
    };
    if traits::is_suspended(conn, &upline).await? {
        return Ok(None);
    }
    let household = household_of_buyer(conn, config, making, &upline).await?;
    Ok((!household.contains(upline.as_str())).then_some(upline))
}
