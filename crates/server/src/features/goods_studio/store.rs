//! SQL of goods for staff.

use contract::goods_studio::{SkuStock, StudioProduct, StudioSku};
use contract::{Currency, Money, MoneyError, ProductId};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::list::Place;
use crate::AppError;
use crate::db::Conn;
use crate::db::columns::picture;
use crate::http::language::Lang;

/// Products in the shop's order, at most `limit` after `after`; their SKUs are read apart.
pub(super) async fn page(
    conn: &mut Conn,
    lang: Lang,
    words: &str,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<(Place, StudioProduct)>, AppError> {
    let (position, id) = after.map_or((i64::MIN, ""), |place| (place.position, place.id.as_str()));
    sqlx::query(
        "SELECT p.id, p.slug, p.position, p.on_sale, p.title_zh, p.title_en, m.src AS picture_src, \
           m.width AS picture_width, m.height AS picture_height, m.tint AS picture_tint, m.widths AS picture_widths \
         FROM product p LEFT JOIN product_picture pp ON pp.product = p.id AND pp.position = 0 \
         LEFT JOIN media m ON m.src = pp.src \
         WHERE ($1 = '' OR LOWER(p.title_zh) LIKE $2 OR LOWER(p.title_en) LIKE $2 \
             OR EXISTS (SELECT 1 FROM sku k WHERE k.product = p.id AND LOWER(k.id) LIKE $2)) \
           AND (p.position > $3 OR (p.position = $3 AND p.id > $4)) \
         ORDER BY p.position, p.id LIMIT $5",
    )
    .bind(words)
    .bind(format!("%{words}%"))
    .bind(position)
    .bind(id)
    .bind(i64::try_from(limit).map_err(AppError::internal)?)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let id: String = row.try_get("id")?;
        let place = Place {
            position: row.try_get("position")?,
            id: id.clone(),
        };
        let product = StudioProduct {
            id: id.into(),
            slug: row.try_get("slug")?,
            title: lang.column(row, "title")?,
            picture: picture(row, "picture")?,
            on_sale: row.try_get::<i64, _>("on_sale")? == 1,
            skus: Vec::new(),
        };
        Ok((place, product))
    })
    .collect()
}

/// The SKUs of a product.
pub(super) async fn skus(
    conn: &mut Conn,
    lang: Lang,
    product: &ProductId,
) -> Result<Vec<StudioSku>, AppError> {
    sqlx::query(
        "SELECT k.id, k.label_zh, k.label_en, k.on_sale, k.price, k.cost, k.floor, p.currency, \
           COALESCE(s.on_hand, 0) AS on_hand, COALESCE(s.reserved, 0) AS reserved, COALESCE(s.sold, 0) AS sold \
         FROM sku k JOIN product p ON p.id = k.product LEFT JOIN stock s ON s.sku = k.id \
         WHERE k.product = $1 ORDER BY k.position, k.id",
    )
    .bind(product.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| read_sku(row, lang))
    .collect()
}

fn read_sku(row: &AnyRow, lang: Lang) -> Result<StudioSku, AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    let money = |column: &str| Ok::<_, sqlx::Error>(Money::new(row.try_get(column)?, currency));
    Ok(StudioSku {
        id: row.try_get::<String, _>("id")?.into(),
        label: lang.column(row, "label")?,
        on_sale: row.try_get::<i64, _>("on_sale")? == 1,
        price: money("price")?,
        cost: money("cost")?,
        floor: money("floor")?,
        stock: SkuStock::of(
            row.try_get("on_hand")?,
            row.try_get("reserved")?,
            row.try_get("sold")?,
        ),
    })
}
