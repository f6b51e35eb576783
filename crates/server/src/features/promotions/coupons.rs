//! Coupons: which there are, claiming them, and what somebody has (F2, features.md 60).

use axum::http::StatusCode;
use contract::promotions::{
    CouponCard, CouponList, CouponState, PromotionKind, Wallet, WalletCoupon,
};
use contract::{CouponId, ErrorCode, PromotionId, Timestamp, UserId};
use promotions::Held;
use uuid::Uuid;

use crate::campaigns::store::promotion::{self, PromotionRow};
use crate::campaigns::store::{coupon, words};
use crate::campaigns::{load, view};
use crate::db::{self, Conn};
use crate::http::language::Lang;
use crate::idempotency::{Answer, Begun, Ticket};
use crate::preview::Moment;
use crate::{AppError, AppState};

/// Coupons that can be claimed at a moment.
pub(super) async fn list(
    state: &AppState,
    viewer: Option<&UserId>,
    moment: &Moment,
    lang: Lang,
) -> Result<CouponList, AppError> {
    let mut conn = state.db.reader().acquire().await?;
    let viewer = viewer.filter(|_| moment.preview.is_none());
    let known = load(&mut conn, viewer, moment.preview.as_ref(), moment.now).await?;
    let mut items = Vec::new();
    for engine in &known.promotions {
        let Some(row) = known.rows.get(&engine.id) else {
            continue;
        };
        let is_live = engine.stage == promotions::Stage::Live;
        let left = row.claim_total.map(|total| (total - row.claimed).max(0));
        if row.kind != PromotionKind::Coupon || !is_live || !claimable(row, moment.now) {
            continue;
        }
        let Some(offer) = offer(&mut conn, row, lang).await? else {
            continue;
        };
        let mine = match viewer {
            Some(viewer) => coupon::claimed_by(&mut conn, &row.id, viewer).await?,
            None => 0,
        };
        let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
        items.push(CouponCard {
            offer,
            left: left.map(count),
            mine: count(mine),
            per_customer: count(row.claim_each),
            ends_at: row.ends_at,
        });
    }
    Ok(CouponList {
        items,
        server_now: moment.now,
    })
}

fn claimable(row: &PromotionRow, now: Timestamp) -> bool {
    row.starts_at <= now && now < row.ends_at
}

/// Puts one into a wallet: counted in all and for its owner by conditional updates.
pub(super) async fn claim(
    state: &AppState,
    owner: &UserId,
    lang: Lang,
    ticket: &Ticket,
    id: &PromotionId,
) -> Result<Answer, AppError> {
    db::retrying(|| async {
        let mut work = match ticket.begin(state).await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Fresh(work) => work,
        };
        let now = state.clock.now();
        let conn = work.conn();
        let row = promotion::find(conn, id)
            .await?
            .filter(|row| row.kind == PromotionKind::Coupon && claimable(row, now))
            .ok_or_else(|| AppError::not_found("coupon"))?;
        let is_open = matches!(
            row.state,
            contract::campaigns::CampaignState::Scheduled
                | contract::campaigns::CampaignState::Running
        );
        if !is_open {
            return Err(AppError::not_found("coupon"));
        }
        if !coupon::count_claim(conn, id, owner).await? {
            return Err(AppError::refused(
                ErrorCode::CouponGone,
                "All of these coupons were claimed, or you have as many as one may.",
            ));
        }
        let held = Held {
            coupon: CouponId(Uuid::now_v7().simple().to_string()),
            promotion: id.clone(),
            from: now,
            until: row
                .term_ms
                .map_or(row.ends_at, |term| now.plus_ms(term).min(row.ends_at)),
            used: false,
        };
        coupon::insert(conn, &held, owner, now).await?;
        let shown = shown(conn, &row, &held, lang, now)
            .await?
            .ok_or_else(|| AppError::internal("a coupon of no coupon"))?;
        work.finish(StatusCode::CREATED, &shown).await
    })
    .await
}

/// What somebody has.
pub(super) async fn wallet(
    state: &AppState,
    owner: &UserId,
    lang: Lang,
) -> Result<Wallet, AppError> {
    let now = state.clock.now();
    let mut conn = state.db.reader().acquire().await?;
    let mut items = Vec::new();
    for held in coupon::held(&mut conn, owner).await? {
        if let Some(row) = promotion::find(&mut conn, &held.promotion).await? {
            items.extend(shown(&mut conn, &row, &held, lang, now).await?);
        }
    }
    Ok(Wallet {
        items,
        server_now: now,
    })
}

async fn shown(
    conn: &mut Conn,
    row: &PromotionRow,
    held: &Held,
    lang: Lang,
    now: Timestamp,
) -> Result<Option<WalletCoupon>, AppError> {
    let is_over = now >= held.until || row.state == contract::campaigns::CampaignState::Ended;
    let state = match (held.used, is_over) {
        (true, _) => CouponState::Used,
        (false, true) => CouponState::Expired,
        (false, false) => CouponState::Unused,
    };
    let offer = offer(conn, row, lang).await?;
    Ok(offer.map(|offer| WalletCoupon {
        id: held.coupon.clone(),
        offer,
        state,
        from: held.from,
        until: held.until,
    }))
}

async fn offer(
    conn: &mut Conn,
    row: &PromotionRow,
    lang: Lang,
) -> Result<Option<contract::promotions::CouponOffer>, AppError> {
    let names = match &row.rule {
        promotions::Rule::Coupon { scope, .. } => words::names(conn, scope, lang).await?,
        _ => Vec::new(),
    };
    let currency = words::currency(conn).await?;
    Ok(view::offer(row, currency, lang, &names))
}
