//! What a seat is offered at and to whom: the questions that a quote and an order of it both ask, and the
//! hold that the order makes (G2 to G5, G13).

use contract::groups::{GroupRole, JoinObstacle, OnOverflow, Seat, SeatState};
use contract::promotions::PromotionKind;
use contract::quote::BasketLine;
use contract::{ErrorCode, Money, SkuId, Timestamp, UserId};

use super::lifecycle::{Move, Refusal, after};
use super::seat::{NoSeat, sit};
use super::store::activity::{self, ActivityRow};
use super::store::group::{self, GroupRow};
use super::store::seat::{self as seats, SeatRow};
use super::store::{people, quota};
use super::told::Told;
use super::{rules, view};
use crate::AppError;
use crate::config::Sharing;
use crate::db::Conn;
use crate::outbox::Draft;
use crate::pricing::{self, Special};
use crate::trade::place;
use crate::trade::store::OrderRow;

/// A seat that somebody asks for.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Of which offer.
    pub activity: ActivityRow,
    /// Of which group; a new one without.
    pub group: Option<GroupRow>,
    /// How many the asker has of the offer.
    had: i64,
}

impl Offered {
    /// Finds what is asked for.
    pub async fn find(
        conn: &mut Conn,
        seat: &Seat,
        who: Option<&UserId>,
    ) -> Result<Self, AppError> {
        match seat {
            Seat::Join { group } => {
                let group = group::find(conn, group)
                    .await?
                    .ok_or_else(|| AppError::not_found("group"))?;
                Self::of_group(conn, group, who).await
            }
            Seat::Open { activity } => {
                let activity = activity::find(conn, activity)
                    .await?
                    .ok_or_else(|| AppError::not_found("group-buy"))?;
                Self::with(conn, activity, None, who).await
            }
        }
    }

    /// A seat of this group.
    pub async fn of_group(
        conn: &mut Conn,
        group: GroupRow,
        who: Option<&UserId>,
    ) -> Result<Self, AppError> {
        let activity = activity::find(conn, &group.activity)
            .await?
            .ok_or_else(|| AppError::internal("a group of no offer"))?;
        Self::with(conn, activity, Some(group), who).await
    }

    async fn with(
        conn: &mut Conn,
        activity: ActivityRow,
        group: Option<GroupRow>,
        who: Option<&UserId>,
    ) -> Result<Self, AppError> {
        let had = match who {
            Some(who) => quota::had_by(conn, &activity.id, who).await?,
            None => 0,
        };
        Ok(Self {
            activity,
            group,
            had,
        })
    }

    /// How many the asker may have in one more order.
    pub fn limit_left(&self) -> u32 {
        let left = self.activity.per_user_limit - self.had;
        u32::try_from(left.min(self.activity.per_order_limit).max(0)).unwrap_or(u32::MAX)
    }

    /// Refuses an asker who cannot have the seat now: `ALREADY_MEMBER`, `GROUP_ENDED`, `NOT_ELIGIBLE`,
    /// `GROUP_FULL` or `ACTIVITY_ENDED`. Nothing is held by this.
    pub async fn check(
        &self,
        conn: &mut Conn,
        who: Option<&UserId>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let Some(group) = &self.group else {
            return match self.activity.open_at(now) {
                true => Ok(()),
                false => Err(AppError::refused(
                    ErrorCode::ActivityEnded,
                    "This group-buy is not open. Buy alone, or look for another.",
                )),
            };
        };
        if let Some(who) = who {
            let seat = seats::of_owner(conn, &group.id, who).await?;
            view::already_member(group, seat.as_ref())?;
        }
        match group.tally.open_at(now) {
            Ok(()) => {}
            Err(refusal) => return Err(refused(refusal)),
        }
        let kept_out = match who {
            Some(who) => kept_out(conn, group, who, now).await?,
            None => None,
        };
        kept_out.map_or(Ok(()), |obstacle| Err(not_eligible(obstacle)))
    }

    /// The terms at which the basket's one line is priced: the group's own price, what is left of the
    /// quota, what the asker may still have. `UNKNOWN_SKU` for what is not bought in the group,
    /// `LIMIT_EXCEEDED` for somebody who has as many as one may (G4, G6).
    pub async fn special(&self, conn: &mut Conn, line: &BasketLine) -> Result<Special, AppError> {
        let price = match &self.group {
            Some(group) => group.price_of(&line.sku),
            None => self.price_now(conn, &line.sku).await?,
        };
        let price = price.ok_or_else(|| place::unknown_sku(&line.sku))?;
        let limit = self.limit_left();
        if limit == 0 {
            return Err(place::over_limit(&line.sku, 0));
        }
        let left = quota::left(conn, &self.activity.id, &line.sku).await?;
        Ok(Special {
            price: Money::new(price, self.activity.currency),
            available: u32::try_from(left).unwrap_or(u32::MAX),
            limit,
            apart: false,
            activity: pricing::activity(
                self.activity.id.as_str(),
                PromotionKind::GroupBuy,
                self.activity.funding.clone(),
                self.activity.coupons,
            ),
        })
    }

    async fn price_now(&self, conn: &mut Conn, sku: &SkuId) -> Result<Option<i64>, AppError> {
        let prices = activity::prices(conn, &self.activity.id).await?;
        let price = prices.into_iter().find(|price| price.sku == *sku);
        Ok(price.map(|price| price.price))
    }
}

/// What the policy of a group says against somebody.
pub async fn kept_out(
    conn: &mut Conn,
    group: &GroupRow,
    who: &UserId,
    now: Timestamp,
) -> Result<Option<JoinObstacle>, AppError> {
    if group.terms.join_policy == contract::groups::JoinPolicy::Any {
        return Ok(None);
    }
    let newcomer = people::newcomer(conn, who, &group.leader_order).await?;
    Ok(rules::kept_out(group.terms.join_policy, &newcomer, now))
}

/// Takes the group's row and holds one of its seats (G2); a new group has no row yet. To be done before the
/// order is written, so that every change of a group takes its row first.
pub async fn hold(
    conn: &mut Conn,
    offered: &Offered,
    who: &UserId,
    now: Timestamp,
) -> Result<Option<GroupRow>, AppError> {
    let Some(group) = &offered.group else {
        return Ok(None);
    };
    let mut group = group::take(conn, &group.id)
        .await?
        .ok_or_else(|| AppError::not_found("group"))?;
    let seat = seats::of_owner(conn, &group.id, who).await?;
    view::already_member(&group, seat.as_ref())?;
    group.tally = after(group.tally, Move::Hold, now).map_err(refused)?;
    if !group::write(conn, &group, now).await? {
        return Err(AppError::Raced);
    }
    Ok(Some(group))
}

/// What a seat is taken with besides its place.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// What to do with money that comes too late (G8).
    pub on_overflow: OnOverflow,
    /// On which terms a leader is paid the reward; they stand with the seat (G6).
    pub sharing: &'a Sharing,
}

/// Writes the seat of a new order; answers what is to be told (G4, G13).
pub async fn sit_down(
    conn: &mut Conn,
    offered: &Offered,
    group: Option<&GroupRow>,
    order: &OrderRow,
    (line, special): (&BasketLine, &Special),
    wish: Wish<'_>,
) -> Result<Vec<Draft>, AppError> {
    let role = match group {
        Some(_) => GroupRole::Member,
        None => GroupRole::Leader,
    };
    let seat = SeatRow {
        order: order.id.clone(),
        activity: offered.activity.id.clone(),
        group: group.map(|group| group.id.clone()),
        owner: order.owner.clone(),
        sku: line.sku.clone(),
        quantity: i64::from(line.quantity.get()),
        unit_minor: special.price.minor,
        role,
        state: SeatState::Held,
        on_overflow: wish.on_overflow,
        taken_at: order.placed_at,
        paid_at: None,
        freeze_ms: wish.sharing.freeze_ms,
        day_max: wish.sharing.day_max,
    };
    match sit(conn, &seat).await? {
        Ok(()) => {}
        Err(NoSeat::Quota) => {
            let sku = seat.sku;
            let available = quota::left(conn, &seat.activity, &sku).await?;
            return Err(place::sold_out(crate::stock::Shortage { sku, available }));
        }
        Err(NoSeat::Limit) => return Err(place::over_limit(&seat.sku, offered.limit_left())),
    }
    let mut told = Told::default();
    if let Some(group) = group {
        told.group(group, order.placed_at);
    }
    let done = told.finish(conn, order.state, order.placed_at).await?;
    Ok(done.told)
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::Full => AppError::refused(
            ErrorCode::GroupFull,
            "Every seat of this group is taken. Nothing was charged; join another, or open one.",
        ),
        Refusal::Ended => AppError::refused(
            ErrorCode::GroupEnded,
            "This group is complete or its time is up. Nothing was charged; join another, or open one.",
        ),
        Refusal::NotYet | Refusal::NoSuchSeat => AppError::Raced,
    }
}

fn not_eligible(obstacle: JoinObstacle) -> AppError {
    let why = match obstacle {
        JoinObstacle::NewUsersOnly => "people who are new to the shop",
        _ => "neighbours of its leader",
    };
    AppError::refused(
        ErrorCode::NotEligible,
        format!("This group is for {why}. Open one of your own."),
    )
}
