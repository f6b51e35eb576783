//! What an order takes of promotions when it is placed: budget, the customer's limit, coupons, pieces out of a flash
//! sale's bucket, each by one conditional update (F1, F2, M8). Whoever comes too late asks the engine again.

use contract::SkuId;
use contract::promotions::PromotionKind;

use super::reckon::Reckoned;
use super::store::order::{self as orders, OrderPromotion, Piece};
use super::store::{coupon, promotion, share, sku};
use crate::AppError;
use crate::db::Conn;
use crate::pricing::Priced;
use crate::trade::store::OrderRow;

/// Where the goods of a line come from.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// SKUs that come out of a flash sale's bucket: they were reserved when it was published.
    pub carved: Vec<SkuId>,
}

/// SKUs of a basket that come out of buckets of their own.
pub fn carved(reckoned: &Reckoned) -> Taken {
    let skus = reckoned.lines.keys();
    Taken {
        carved: skus
            .filter(|sku| reckoned.flash_of(sku).is_some())
            .cloned()
            .collect(),
    }
}

/// Makes a new order, already written, count for its promotions and freezes what they take off it, and who pays
/// (M1). [`AppError::Raced`] when somebody was faster: the caller begins again.
pub async fn take(conn: &mut Conn, order: &OrderRow, priced: &Priced) -> Result<(), AppError> {
    let reckoned = &priced.basket.reckoned;
    let mut applied: Vec<_> = (0_i64..).zip(&reckoned.applied).collect();
    applied.sort_by(|(_, a), (_, b)| a.promotion.cmp(&b.promotion));
    for (position, one) in applied {
        let is_ours = reckoned.known.rows.contains_key(&one.promotion);
        let had = match one.kind {
            PromotionKind::FlashSale => pieces(reckoned, &one.promotion),
            _ => 1,
        };
        if is_ours {
            let counted = promotion::spend(conn, &one.promotion, one.minor).await?
                && promotion::count_for(conn, &one.promotion, &order.owner, had).await?;
            if !counted {
                return Err(AppError::Raced);
            }
        }
        if let Some(coupon) = &one.coupon
            && !coupon::use_once(conn, coupon, &order.owner, &order.id).await?
        {
            return Err(AppError::Raced);
        }
        let row = OrderPromotion {
            promotion: one.promotion.clone(),
            kind: one.kind,
            title: reckoned.title(&one.promotion),
            coupon: one.coupon.clone(),
            minor: one.minor,
            had,
            is_apart: !is_ours,
        };
        orders::insert(conn, &order.id, position, &row).await?;
    }
    for (position, (line, _)) in (0_i64..).zip(priced.basket.bought()) {
        if let Some(sale) = reckoned.flash_of(&line.wanted.sku) {
            let piece = Piece {
                promotion: sale.clone(),
                sku: line.wanted.sku.clone(),
                quantity: i64::from(line.wanted.quantity),
            };
            if !sku::reserve(conn, &piece).await? {
                return Err(AppError::Raced);
            }
            orders::insert_piece(conn, &order.id, &piece).await?;
        }
        if let Some(priced) = reckoned.lines.get(&line.wanted.sku) {
            share::freeze(conn, &order.id, position, &priced.shares).await?;
        }
    }
    Ok(())
}

fn pieces(reckoned: &Reckoned, promotion: &contract::PromotionId) -> i64 {
    reckoned
        .lines
        .values()
        .filter(|line| {
            line.shares
                .iter()
                .any(|share| share.promotion == *promotion)
        })
        .map(|line| i64::from(line.quantity))
        .sum()
}
