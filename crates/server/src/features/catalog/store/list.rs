//! SQL of listing products: one statement in three parts, for a list without words and for each database's
//! full-text index. All orders are made ascending, so that one comparison finds the next page.

use contract::catalog::{ProductCard, Sort};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, Row};

use crate::AppError;
use crate::db::{Db, Kind};
use crate::features::catalog::list::Place;
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;

/// What to look for; an empty text asks for nothing.
pub(in crate::features::catalog) struct Filter {
    /// In the language of the database's index.
    pub words: Option<String>,
    pub sort: Sort,
    pub category: String,
    pub tag: String,
    pub fulfilment: String,
    pub price_min: i64,
    pub price_max: i64,
    /// 1 to leave out what is sold out.
    pub in_stock: i64,
}

/// Without words the shop's own order stands for the best match.
macro_rules! all {
    () => {
        "SELECT id AS product, position AS rank FROM product WHERE $1 = ''"
    };
}

/// The title weighs ten times the rest; bm25 is best when lowest.
macro_rules! sqlite_hits {
    () => {
        "SELECT product, CAST(bm25(product_search, 0.0, 10.0, 1.0) * 1000000 AS BIGINT) AS rank
         FROM product_search WHERE product_search MATCH $1"
    };
}

/// Weights of D, C, B and A: titles are A, the rest is D. ts_rank is best when highest.
macro_rules! postgres_hits {
    () => {
        "SELECT product, CAST(-1000000 * ts_rank('{0.1, 0.1, 0.1, 1.0}', document, CAST($1 AS TSQUERY)) AS BIGINT) AS rank
         FROM product_search WHERE document @@ CAST($1 AS TSQUERY)"
    };
}

macro_rules! listed {
    ($hits:ident) => {
        concat!("WITH hit AS (", $hits!(), "), listed AS (
            SELECT p.id, CASE $2 WHEN 'sales' THEN -(p.sold_before + (SELECT CAST(COALESCE(SUM(s.sold), 0) AS BIGINT)
                                    FROM sku k JOIN stock s ON s.sku = k.id WHERE k.product = p.id))
                                 WHEN 'price_up' THEN p.price
                                 WHEN 'price_down' THEN -p.price
                                 WHEN 'newest' THEN -p.listed_at
                                 ELSE hit.rank END AS sort_key
            FROM hit JOIN product p ON p.id = hit.product
            WHERE p.on_sale = 1 AND p.price BETWEEN $6 AND $7
              AND ($3 = '' OR p.category = $3)
              AND ($4 = '' OR EXISTS (SELECT 1 FROM product_tag pt WHERE pt.product = p.id AND pt.tag = $4))
              AND ($5 = '' OR EXISTS (SELECT 1 FROM product_fulfilment f WHERE f.product = p.id AND f.kind = $5))
              AND ($8 = 0 OR EXISTS (SELECT 1 FROM sku k JOIN stock s ON s.sku = k.id
                    WHERE k.product = p.id AND k.on_sale = 1 AND s.on_hand - s.reserved - s.sold > 0))) ")
    };
}

macro_rules! statements {
    ($hits:ident) => {
        Statements {
            page: concat!(listed!($hits), "SELECT l.sort_key, ", card_columns!(),
                " FROM listed l JOIN product p ON p.id = l.id ", card_joins!(),
                " WHERE l.sort_key > $9 OR (l.sort_key = $9 AND l.id > $10)
                  ORDER BY l.sort_key, l.id LIMIT $11"),
            total: concat!(listed!($hits), "SELECT COUNT(*) FROM listed"),
            tags: concat!(listed!($hits), "
                SELECT t.id FROM listed l JOIN product_tag pt ON pt.product = l.id JOIN tag t ON t.id = pt.tag
                WHERE t.id <> $4
                GROUP BY t.id, t.position HAVING COUNT(*) < (SELECT COUNT(*) FROM listed)
                ORDER BY COUNT(*) DESC, t.position LIMIT 10"),
        }
    };
}

struct Statements {
    page: &'static str,
    total: &'static str,
    tags: &'static str,
}

const ALL: Statements = statements!(all);
const SQLITE: Statements = statements!(sqlite_hits);
const POSTGRES: Statements = statements!(postgres_hits);

impl Filter {
    fn statements(&self, kind: Kind) -> Statements {
        match (&self.words, kind) {
            (None, _) => ALL,
            (Some(_), Kind::Sqlite) => SQLITE,
            (Some(_), Kind::Postgres) => POSTGRES,
        }
    }

    /// The statement with `$1` to `$8`.
    fn bind(&self, sql: &'static str) -> Result<Query<'static, Any, AnyArguments>, AppError> {
        Ok(sqlx::query(sql)
            .bind(self.words.clone().unwrap_or_default())
            .bind(crate::words::to_word(self.sort)?)
            .bind(self.category.clone())
            .bind(self.tag.clone())
            .bind(self.fulfilment.clone())
            .bind(self.price_min)
            .bind(self.price_max)
            .bind(self.in_stock))
    }
}

/// Up to `limit` products after a place, each with its key in the chosen order.
pub(in crate::features::catalog) async fn page(
    db: &Db,
    lang: Lang,
    shelf: &Shelf,
    filter: &Filter,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<(i64, ProductCard)>, AppError> {
    let (key, id) = after.map_or((i64::MIN, ""), |place| (place.key, place.id.as_str()));
    let rows = filter
        .bind(filter.statements(db.kind()).page)?
        .bind(key)
        .bind(id.to_owned())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("sort_key")?, read_card(row, lang, shelf)?)))
        .collect()
}

/// How many products match in all.
pub(in crate::features::catalog) async fn total(db: &Db, filter: &Filter) -> Result<u64, AppError> {
    let query = filter.bind(filter.statements(db.kind()).total)?;
    let count: i64 = query.fetch_one(db.reader()).await?.try_get(0)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Ids, with commas between, of the labels that some but not all of the matching products have.
pub(in crate::features::catalog) async fn narrowing_tags(
    db: &Db,
    filter: &Filter,
) -> Result<String, AppError> {
    let query = filter.bind(filter.statements(db.kind()).tags)?;
    let rows = query.fetch_all(db.reader()).await?;
    let ids = rows.iter().map(|row| row.try_get::<String, _>("id"));
    Ok(ids.collect::<Result<Vec<_>, _>>()?.join(","))
}
