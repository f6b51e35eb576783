//! SQL of importing group-buys. Groups that are open keep what they were opened with (rules.md G6): only
//! the offers change.

use super::Import;
use crate::db::{Tx, Upsert};
use crate::import::ImportError;
use crate::import::file::Product;

const HOUR_MS: i64 = 60 * 60 * 1000;
/// The file names no end: an offer lasts a year from the import that last named it.
const OFFERED_FOR_MS: i64 = 365 * 24 * HOUR_MS;

const WITHDRAW_ALL: &str = "UPDATE activity SET offered = 0";
const WITHDRAW_SKUS: &str = "UPDATE activity_sku SET offered = 0 WHERE activity = $1";

/// A quota is never lowered below what is held and sold (rules.md F8).
const PUT_SKU: &str = "
    INSERT INTO activity_sku (activity, sku, price, offered, quota) VALUES ($1, $2, $3, 1, $4)
    ON CONFLICT (activity, sku) DO UPDATE SET
        price = excluded.price,
        offered = 1,
        quota = CASE WHEN excluded.quota < activity_sku.reserved + activity_sku.sold
                     THEN activity_sku.reserved + activity_sku.sold ELSE excluded.quota END";

/// No offer is open any more but those that the file names again.
pub(super) async fn withdraw_all(tx: &mut Tx) -> Result<(), ImportError> {
    sqlx::query(WITHDRAW_ALL).execute(tx.conn()).await?;
    Ok(())
}

impl Import<'_> {
    pub(super) async fn group_buy(
        &self,
        tx: &mut Tx,
        product: &Product,
    ) -> Result<(), ImportError> {
        let Some(group_buy) = &product.group_buy else {
            return Ok(());
        };
        let id = format!("group-{}", product.id);
        Upsert::of("activity", "id", &id)
            .text("product", &product.id)
            .number("size", group_buy.size)
            .number("ttl_ms", group_buy.ttl_hours.saturating_mul(HOUR_MS))
            .number_once("starts_at", self.now.0)
            .number("ends_at", self.now.plus_ms(OFFERED_FOR_MS).0)
            .number("offered", 1)
            .number("per_order_limit", group_buy.per_user_limit)
            .number("per_user_limit", group_buy.per_user_limit)
            .number("leader_reward_bp", group_buy.leader_reward_bp)
            .text("join_policy", "any")
            .run(tx)
            .await?;
        let withdraw = sqlx::query(WITHDRAW_SKUS).bind(&id);
        withdraw.execute(tx.conn()).await?;
        for offer in &group_buy.offers {
            let put = sqlx::query(PUT_SKU).bind(&id).bind(&offer.sku);
            let put = put.bind(offer.price).bind(offer.quota);
            put.execute(tx.conn()).await?;
        }
        Ok(())
    }
}
