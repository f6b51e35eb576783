//! SQL of the catalogue's words that promotions are told in.

use contract::{Currency, MoneyError};
use promotions::Scope;

use crate::AppError;
use crate::db::Conn;
use crate::http::language::Lang;

/// The currency of the shop's prices.
pub async fn currency(conn: &mut Conn) -> Result<Currency, AppError> {
    let code: Option<String> = sqlx::query_scalar("SELECT currency FROM product LIMIT 1")
        .fetch_optional(conn)
        .await?;
    match code {
        Some(code) => code
            .parse()
            .map_err(|error: MoneyError| AppError::internal(error)),
        None => Ok(Currency::CNY),
    }
}

/// The names of a scope's categories or products.
pub async fn names(conn: &mut Conn, scope: &Scope, lang: Lang) -> Result<Vec<String>, AppError> {
    let (sql, ids): (_, Vec<&str>) = match scope {
        Scope::All => return Ok(Vec::new()),
        Scope::Categories(ids) => (
            "SELECT name_zh, name_en FROM category WHERE id = $1",
            ids.iter().map(|id| id.as_str()).collect(),
        ),
        Scope::Products(ids) => (
            "SELECT title_zh AS name_zh, title_en AS name_en FROM product WHERE id = $1",
            ids.iter().map(|id| id.as_str()).collect(),
        ),
    };
    let mut names = Vec::with_capacity(ids.len());
    for id in ids {
        let row = sqlx::query(sql).bind(id).fetch_optional(&mut *conn).await?;
        if let Some(row) = row {
            names.push(lang.column(&row, "name")?);
        }
    }
    Ok(names)
}

/// Sets what a SKU costs and its floor; answers what they were. None for a SKU that is not there.
pub async fn set_cost(
    conn: &mut Conn,
    sku: &contract::SkuId,
    cost: i64,
    floor: i64,
) -> Result<Option<(i64, i64)>, AppError> {
    let before: Option<(i64, i64)> = sqlx::query_as("SELECT cost, floor FROM sku WHERE id = $1")
        .bind(sku.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    sqlx::query("UPDATE sku SET cost = $1, floor = $2 WHERE id = $3")
        .bind(cost)
        .bind(floor)
        .bind(sku.as_str())
        .execute(conn)
        .await?;
    Ok(before)
}

/// The SKUs on sale of a product that is, by its id or its word in URLs.
pub async fn skus_of(conn: &mut Conn, product: &str) -> Result<Vec<contract::SkuId>, AppError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT k.id FROM sku k JOIN product p ON p.id = k.product \
         WHERE (p.id = $1 OR p.slug = $1) AND p.on_sale = 1 AND k.on_sale = 1 ORDER BY k.position, k.id",
    )
    .bind(product)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(contract::SkuId).collect())
}
