//! SQL of promotions.

use contract::campaigns::CampaignState;
use contract::promotions::{FundingPart, PromotionKind};
use contract::{PromotionId, SkuId, Timestamp, UserId};
use promotions::{Audience, Budget, Funding, Promotion, Rule, Schedule, Slot, Stage, UnitPrice};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::{Both, from_word, to_word};

const COLUMNS: &str = "p.id, p.kind, p.state, p.version, p.title_zh, p.title_en, p.starts_at, p.ends_at, p.slots, \
    p.audience, p.funding, p.rule, p.per_customer, p.budget_spend, p.budget_uses, p.spent, p.uses, p.claim_total, \
    p.claim_each, p.claimed, p.term_ms, p.created_by, p.created_at";

/// What holds, is announced or paused; what the buyer has coupons of; drafts where they are asked for.
const OFFERED: &str = "(p.state IN ('scheduled', 'running', 'paused') AND p.ends_at > $1) \
    OR ($2 = 1 AND p.state = 'draft') \
    OR p.id IN (SELECT c.promotion FROM coupon c WHERE c.owner = $3 AND c.order_id IS NULL)";

/// A promotion as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct PromotionRow {
    /// Its id.
    pub id: PromotionId,
    /// What it is.
    pub kind: PromotionKind,
    /// Where it stands.
    pub state: CampaignState,
    /// Grows with every change.
    pub version: i64,
    /// Its name.
    pub title: Both,
    /// Holds from then on.
    pub starts_at: Timestamp,
    /// Holds until then.
    pub ends_at: Timestamp,
    /// Parts of each day.
    pub slots: Vec<Slot>,
    /// Whom it is for.
    pub audience: Audience,
    /// Who pays for it.
    pub funding: Vec<FundingPart>,
    /// What it does; without the goods of a flash sale.
    pub rule: Rule,
    /// Goods of a flash sale.
    pub prices: Vec<SkuRow>,
    /// What one customer may have.
    pub per_customer: Option<i64>,
    /// Minor units that it may cost.
    pub budget_spend: Option<i64>,
    /// Orders that may use it.
    pub budget_uses: Option<i64>,
    /// What it has cost.
    pub spent: i64,
    /// Orders that used it.
    pub uses: i64,
    /// Coupons that may be claimed.
    pub claim_total: Option<i64>,
    /// Coupons that one may claim.
    pub claim_each: i64,
    /// Coupons that were claimed.
    pub claimed: i64,
    /// How long a claimed coupon holds.
    pub term_ms: Option<i64>,
    /// Who wrote it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
}

/// A SKU of a flash sale, with its bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkuRow {
    /// What.
    pub sku: SkuId,
    /// Price of one.
    pub price: i64,
    /// How many are planned.
    pub quota: i64,
    /// How many are carved out of the stock.
    pub on_hand: i64,
    /// How many unpaid orders have.
    pub reserved: i64,
    /// How many are sold.
    pub sold: i64,
}

impl SkuRow {
    /// How many can be had.
    pub fn left(&self) -> i64 {
        self.on_hand - self.reserved - self.sold
    }
}

impl PromotionRow {
    /// How many of a SKU can be had in the sale; as planned while it is a draft.
    pub fn left_of(&self, sku: &SkuId) -> Option<u32> {
        let row = self.prices.iter().find(|row| row.sku == *sku)?;
        let left = match self.state {
            CampaignState::Draft => row.quota,
            _ => row.left(),
        };
        Some(u32::try_from(left.max(0)).unwrap_or(u32::MAX))
    }

    /// As the engine wants it; a draft holds by its dates where a preview shows it.
    pub fn to_engine(&self, shows_draft: bool) -> Result<Promotion, AppError> {
        let left = |budget: Option<i64>, used: i64| budget.map(|budget| (budget - used).max(0));
        let rule = match &self.rule {
            Rule::FlashSale { .. } => Rule::FlashSale {
                prices: self
                    .prices
                    .iter()
                    .map(|row| UnitPrice {
                        sku: row.sku.clone(),
                        price: row.price,
                        left: self.left_of(&row.sku).unwrap_or(0),
                    })
                    .collect(),
            },
            rule => rule.clone(),
        };
        let funding = Funding::new(self.funding.clone());
        Ok(Promotion {
            id: self.id.clone(),
            stage: match self.state {
                CampaignState::Draft if shows_draft => Stage::Live,
                CampaignState::Draft => Stage::Draft,
                CampaignState::Scheduled | CampaignState::Running => Stage::Live,
                CampaignState::Paused => Stage::Paused,
                CampaignState::Ended => Stage::Ended,
            },
            schedule: self.schedule(),
            audience: self.audience.clone(),
            funding: funding.map_err(|error| AppError::internal(format!("{error:?}")))?,
            budget: Budget {
                spend_left: left(self.budget_spend, self.spent),
                uses_left: left(self.budget_uses, self.uses),
            },
            per_customer: self
                .per_customer
                .map(|limit| u32::try_from(limit).unwrap_or(u32::MAX)),
            rule,
        })
    }

    /// When it holds.
    pub fn schedule(&self) -> Schedule {
        Schedule {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            slots: self.slots.clone(),
        }
    }
}

/// What there is for somebody.
pub async fn offered(
    conn: &mut Conn,
    owner: &str,
    drafts: bool,
    now: Timestamp,
) -> Result<Vec<PromotionRow>, AppError> {
    let sql = format!("SELECT {COLUMNS} FROM promotion p WHERE {OFFERED} ORDER BY p.id");
    let mut rows: Vec<PromotionRow> = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(now.0)
        .bind(i64::from(drafts))
        .bind(owner)
        .fetch_all(&mut *conn)
        .await?
        .iter()
        .map(read)
        .collect::<Result<_, _>>()?;
    if rows.iter().any(|row| row.kind == PromotionKind::FlashSale) {
        let sql = format!(
            "SELECT s.promotion, s.sku, s.price, s.quota, s.on_hand, s.reserved, s.sold FROM promotion_sku s \
             JOIN promotion p ON p.id = s.promotion WHERE {OFFERED} ORDER BY s.promotion, s.sku"
        );
        let prices = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(now.0)
            .bind(i64::from(drafts))
            .bind(owner)
            .fetch_all(conn)
            .await?;
        for price in &prices {
            let of: String = price.try_get("promotion")?;
            if let Some(row) = rows.iter_mut().find(|row| row.id.0 == of) {
                row.prices.push(read_sku(price)?);
            }
        }
    }
    Ok(rows)
}

/// One promotion with its goods.
pub async fn find(conn: &mut Conn, id: &PromotionId) -> Result<Option<PromotionRow>, AppError> {
    let sql = format!("SELECT {COLUMNS} FROM promotion p WHERE p.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut found = read(&row)?;
    found.prices = prices(conn, id).await?;
    Ok(Some(found))
}

/// Every promotion, newest first, without goods.
pub async fn all(conn: &mut Conn) -> Result<Vec<PromotionRow>, AppError> {
    let sql = format!("SELECT {COLUMNS} FROM promotion p ORDER BY p.id DESC LIMIT 500");
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Goods of a flash sale with their buckets.
pub async fn prices(conn: &mut Conn, id: &PromotionId) -> Result<Vec<SkuRow>, AppError> {
    sqlx::query(
        "SELECT sku, price, quota, on_hand, reserved, sold FROM promotion_sku \
         WHERE promotion = $1 ORDER BY sku",
    )
    .bind(id.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(read_sku)
    .collect()
}

/// Writes a new promotion.
pub async fn insert(conn: &mut Conn, row: &PromotionRow) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO promotion (id, kind, state, title_zh, title_en, starts_at, ends_at, slots, audience, funding, \
           rule, created_by, created_at) \
         VALUES ($1, $2, 'draft', '', '', $3, $4, '[]', '{}', '[]', '{}', $5, $6)",
    )
    .bind(row.id.as_str())
    .bind(to_word(row.kind)?)
    .bind(row.starts_at.0)
    .bind(row.ends_at.0)
    .bind(row.created_by.as_str())
    .bind(row.created_at.0)
    .execute(&mut *conn)
    .await?;
    match write(conn, row).await? {
        true => Ok(()),
        false => Err(AppError::internal("a new promotion is not there")),
    }
}

/// Writes the terms of a promotion over the version that was read; false when another came first (3.0-3).
pub async fn write(conn: &mut Conn, row: &PromotionRow) -> Result<bool, AppError> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(AppError::internal);
    let done = sqlx::query(
        "UPDATE promotion SET version = version + 1, title_zh = $1, title_en = $2, starts_at = $3, ends_at = $4, \
           slots = $5, audience = $6, funding = $7, rule = $8, per_customer = $9, budget_spend = $10, \
           budget_uses = $11, claim_total = $12, claim_each = $13, term_ms = $14 \
         WHERE id = $15 AND version = $16",
    )
    .bind(&row.title.zh)
    .bind(&row.title.en)
    .bind(row.starts_at.0)
    .bind(row.ends_at.0)
    .bind(json(serde_json::to_string(&row.slots))?)
    .bind(json(serde_json::to_string(&row.audience))?)
    .bind(json(serde_json::to_string(&row.funding))?)
    .bind(json(serde_json::to_string(&row.rule))?)
    .bind(row.per_customer)
    .bind(row.budget_spend)
    .bind(row.budget_uses)
    .bind(row.claim_total)
    .bind(row.claim_each)
    .bind(row.term_ms)
    .bind(row.id.as_str())
    .bind(row.version)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    super::sku::write(conn, &row.id, &row.prices).await?;
    Ok(true)
}

/// Takes a promotion from the state and version that were read to the next; false when another came first (3.0-3).
pub async fn transition(
    conn: &mut Conn,
    row: &PromotionRow,
    to: CampaignState,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE promotion SET state = $1, version = version + 1 WHERE id = $2 AND state = $3 AND version = $4",
    )
    .bind(to_word(to)?)
    .bind(row.id.as_str())
    .bind(to_word(row.state)?)
    .bind(row.version)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the clock has to begin or end.
pub async fn due(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<PromotionId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM promotion WHERE (state = 'scheduled' AND starts_at <= $1) \
           OR (state IN ('scheduled', 'running', 'paused') AND ends_at <= $1) ORDER BY ends_at, id LIMIT $2",
    )
    .bind(now.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PromotionId).collect())
}

/// An order uses a promotion, within its budget; false when that is not enough, or it was stopped (M8).
pub async fn spend(conn: &mut Conn, id: &PromotionId, minor: i64) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE promotion SET spent = spent + $1, uses = uses + 1 \
         WHERE id = $2 AND state IN ('scheduled', 'running') \
           AND (budget_spend IS NULL OR spent + $1 <= budget_spend) \
           AND (budget_uses IS NULL OR uses + 1 <= budget_uses)",
    )
    .bind(minor)
    .bind(id.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An order no longer uses a promotion; with a negative amount one that was revived does again.
pub async fn unspend(conn: &mut Conn, id: &PromotionId, minor: i64) -> Result<(), AppError> {
    sqlx::query("UPDATE promotion SET spent = spent - $1, uses = uses - $2 WHERE id = $3")
        .bind(minor)
        .bind(minor.signum())
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts what a customer has of a promotion, within the limit; false beyond it (F2).
pub async fn count_for(
    conn: &mut Conn,
    id: &PromotionId,
    customer: &UserId,
    had: i64,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "INSERT INTO promotion_customer (promotion, customer, had) \
         SELECT id, $2, $3 FROM promotion WHERE id = $1 AND (per_customer IS NULL OR per_customer >= $3) \
         ON CONFLICT (promotion, customer) DO UPDATE SET had = promotion_customer.had + excluded.had \
         WHERE promotion_customer.had + excluded.had <= \
           (SELECT COALESCE(p.per_customer, 9223372036854775807) FROM promotion p WHERE p.id = $1)",
    )
    .bind(id.as_str())
    .bind(customer.as_str())
    .bind(had)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts up or down what a customer has, whatever the limit.
pub async fn recount(
    conn: &mut Conn,
    id: &PromotionId,
    customer: &UserId,
    by: i64,
) -> Result<(), AppError> {
    sqlx::query(
        "UPDATE promotion_customer SET had = had + $1 WHERE promotion = $2 AND customer = $3",
    )
    .bind(by)
    .bind(id.as_str())
    .bind(customer.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether goods that come back go to the sale: it is not over. Its row stays as it is until the transaction ends, so
/// that it does not end meanwhile.
pub async fn keeps_goods(
    conn: &mut Conn,
    id: &PromotionId,
    now: Timestamp,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE promotion SET version = version WHERE id = $1 AND state IN ('scheduled', 'running', 'paused') \
           AND ends_at > $2",
    )
    .bind(id.as_str())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn read(row: &AnyRow) -> Result<PromotionRow, AppError> {
    let json = |column: &str| row.try_get::<String, _>(column);
    Ok(PromotionRow {
        id: row.try_get::<String, _>("id")?.into(),
        kind: from_word(row.try_get("kind")?)?,
        state: from_word(row.try_get("state")?)?,
        version: row.try_get("version")?,
        title: Both::new(json("title_zh")?, json("title_en")?),
        starts_at: Timestamp(row.try_get("starts_at")?),
        ends_at: Timestamp(row.try_get("ends_at")?),
        slots: serde_json::from_str(&json("slots")?).map_err(AppError::internal)?,
        audience: serde_json::from_str(&json("audience")?).map_err(AppError::internal)?,
        funding: serde_json::from_str(&json("funding")?).map_err(AppError::internal)?,
        rule: serde_json::from_str(&json("rule")?).map_err(AppError::internal)?,
        prices: Vec::new(),
        per_customer: row.try_get("per_customer")?,
        budget_spend: row.try_get("budget_spend")?,
        budget_uses: row.try_get("budget_uses")?,
        spent: row.try_get("spent")?,
        uses: row.try_get("uses")?,
        claim_total: row.try_get("claim_total")?,
        claim_each: row.try_get("claim_each")?,
        claimed: row.try_get("claimed")?,
        term_ms: row.try_get("term_ms")?,
        created_by: row.try_get::<String, _>("created_by")?.into(),
        created_at: Timestamp(row.try_get("created_at")?),
    })
}

fn read_sku(row: &AnyRow) -> Result<SkuRow, AppError> {
    Ok(SkuRow {
        sku: row.try_get::<String, _>("sku")?.into(),
        price: row.try_get("price")?,
        quota: row.try_get("quota")?,
        on_hand: row.try_get("on_hand")?,
        reserved: row.try_get("reserved")?,
        sold: row.try_get("sold")?,
    })
}
