//! SQL of pricing: what the catalogue says of one SKU, one pick-up point, one address.

use std::collections::BTreeMap;

use contract::fulfilment::FulfilmentKind;
use contract::reviews::Rating;
use contract::{AddressId, Currency, Money, MoneyError, PickupPointId, SkuId, UserId};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::basket::{Goods, Packer};
use super::geo::Geo;
use super::shipping::{LocalTerms, PointTerms};
use crate::AppError;
use crate::db::columns::picture;
use crate::db::{Conn, markers};

use crate::words::{Both, from_word};

const GOODS: &str = "
    SELECT k.id AS sku, p.id AS product, p.slug, p.title_zh, p.title_en, p.currency, p.storage, p.category,
           k.label_zh, k.label_en, k.price, k.list_price, k.cost, k.floor, k.order_limit, k.on_sale * p.on_sale AS on_sale,
           s.on_hand - s.reserved - s.sold AS available,
           m.src AS picture_src, m.width AS picture_width, m.height AS picture_height,
           m.tint AS picture_tint, m.widths AS picture_widths,
           b.id AS brand, b.name_zh AS brand_zh, b.name_en AS brand_en,
           st.id AS store, st.name_zh AS store_zh, st.name_en AS store_en, st.lat_e6, st.lng_e6,
           st.rating_tenths, st.rating_count, st.delivery_radius_m, st.delivery_eta_min,
           st.delivery_min_order, st.delivery_fee, st.delivery_free_from,
           a.src AS avatar_src, a.width AS avatar_width, a.height AS avatar_height,
           a.tint AS avatar_tint, a.widths AS avatar_widths,
           (SELECT COUNT(*) FROM product_fulfilment f
             WHERE f.product = p.id AND f.kind = 'pickup') AS by_pickup,
           (SELECT COUNT(*) FROM product_fulfilment f
             WHERE f.product = p.id AND f.kind = 'local_delivery') AS by_local,
           (SELECT COUNT(*) FROM product_fulfilment f
             WHERE f.product = p.id AND f.kind = 'ship') AS by_ship
    FROM sku k
    JOIN product p ON p.id = k.product
    JOIN stock s ON s.sku = k.id
    JOIN brand b ON b.id = p.brand
    LEFT JOIN product_store ps ON ps.product = p.id
         AND ps.position = (SELECT MIN(position) FROM product_store WHERE product = p.id)
    LEFT JOIN store st ON st.id = ps.store
    LEFT JOIN media a ON a.src = st.avatar
    LEFT JOIN media m ON m.src = COALESCE(k.image,
         (SELECT src FROM product_picture WHERE product = p.id ORDER BY position LIMIT 1))
    WHERE k.id";

/// SKUs of one statement: far fewer values than either database takes.
const AT_ONCE: usize = 64;

const PICKUP_POINT: &str = "
    SELECT p.name_zh, p.name_en, p.address_zh, p.address_en, p.storage, c.arrives_zh, c.arrives_en
    FROM pickup_point p JOIN community c ON c.id = p.community
    WHERE p.id = $1";

const ADDRESS: &str = "
    SELECT a.name, a.phone, a.region, a.detail, c.lat_e6, c.lng_e6
    FROM address a LEFT JOIN community c ON c.id = a.community
    WHERE a.id = $1 AND a.owner = $2";

const EARLIEST_ARRIVAL: &str =
    "SELECT arrives_zh, arrives_en FROM community ORDER BY position LIMIT 1";

/// A pick-up point as an order needs it.
#[derive(Clone, Debug)]
pub struct PointRow {
    /// Its name.
    pub name: Both,
    /// Where it is.
    pub address: Both,
    /// What it can keep and when goods arrive.
    pub terms: PointTerms,
}

/// An entry of the address book as an order needs it.
#[derive(Clone, Debug)]
pub struct AddressRow {
    /// Recipient's name.
    pub name: String,
    /// Recipient's phone number.
    pub phone: String,
    /// Province, city, district, street and door in one line.
    pub line: String,
    /// Where its neighbourhood is, when the shop serves it.
    pub community: Option<Geo>,
}

/// What the shop knows of a SKU now; `None` when it does not know it.
pub async fn goods(conn: &mut Conn, sku: &SkuId) -> Result<Option<Goods>, AppError> {
    let found = goods_of(conn, &[sku]).await?;
    Ok(found.into_values().next())
}

/// What the shop knows now of each of these SKUs, without those that it does not know.
pub async fn goods_of(
    conn: &mut Conn,
    skus: &[&SkuId],
) -> Result<BTreeMap<SkuId, Goods>, AppError> {
    let mut found = BTreeMap::new();
    for some in skus.chunks(AT_ONCE) {
        let sql = format!("{GOODS} IN {}", markers(1, some.len()));
        let query = some
            .iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |query, sku| {
                query.bind(sku.as_str())
            });
        for row in query.fetch_all(&mut *conn).await? {
            found.insert(row.try_get::<String, _>("sku")?.into(), read_goods(&row)?);
        }
    }
    Ok(found)
}

/// A pick-up point.
pub async fn pickup_point(
    conn: &mut Conn,
    id: &PickupPointId,
) -> Result<Option<PointRow>, AppError> {
    let row = sqlx::query(PICKUP_POINT)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let storage: String = row.try_get("storage")?;
        Ok(PointRow {
            name: both(&row, "name_zh", "name_en")?,
            address: both(&row, "address_zh", "address_en")?,
            terms: PointTerms {
                storage: serde_json::from_str(&storage).map_err(AppError::internal)?,
                arrives: both(&row, "arrives_zh", "arrives_en")?,
            },
        })
    })
    .transpose()
}

/// An entry of this buyer's address book; another's looks like none.
pub async fn address(
    conn: &mut Conn,
    id: &AddressId,
    owner: &UserId,
) -> Result<Option<AddressRow>, AppError> {
    let row = sqlx::query(ADDRESS)
        .bind(id.as_str())
        .bind(owner.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let (region, detail): (String, String) = (row.try_get("region")?, row.try_get("detail")?);
        Ok(AddressRow {
            name: row.try_get("name")?,
            phone: row.try_get("phone")?,
            line: format!("{region} {detail}").trim().to_owned(),
            community: geo(&row)?,
        })
    })
    .transpose()
}

/// When goods ordered now arrive at the first neighbourhood's point; empty in a shop without any.
pub async fn earliest_arrival(conn: &mut Conn) -> Result<Both, AppError> {
    match sqlx::query(EARLIEST_ARRIVAL).fetch_optional(conn).await? {
        Some(row) => Ok(both(&row, "arrives_zh", "arrives_en")?),
        None => Ok(Both::new("", "")),
    }
}

fn read_goods(row: &AnyRow) -> Result<Goods, AppError> {
    let currency: Currency = row
        .try_get::<String, _>("currency")?
        .parse()
        .map_err(|error: MoneyError| AppError::internal(error))?;
    let money = |column: &str| Ok::<_, sqlx::Error>(Money::new(row.try_get(column)?, currency));
    let (unit_price, list_price) = (money("price")?, money("list_price")?);
    Ok(Goods {
        product: row.try_get::<String, _>("product")?.into(),
        category: row.try_get::<String, _>("category")?.into(),
        cost: row.try_get("cost")?,
        floor: row.try_get("floor")?,
        slug: row.try_get("slug")?,
        title: both(row, "title_zh", "title_en")?,
        label: both(row, "label_zh", "label_en")?,
        picture: picture(row, "picture")?,
        packer: packer(row)?,
        unit_price,
        list_price: (list_price.minor > unit_price.minor).then_some(list_price),
        available: count(row, "available")?,
        limit: count(row, "order_limit")?,
        on_sale: row.try_get::<i64, _>("on_sale")? == 1,
        storage: from_word(row.try_get("storage")?)?,
        kinds: kinds(row)?,
        local: local_terms(row, currency)?,
    })
}

fn packer(row: &AnyRow) -> Result<Packer, AppError> {
    let Some(store) = row.try_get::<Option<String>, _>("store")? else {
        return Ok(Packer {
            id: row.try_get::<String, _>("brand")?.into(),
            name: both(row, "brand_zh", "brand_en")?,
            avatar: None,
            rating: None,
        });
    };
    let stars = u64::from(count(row, "rating_count")?);
    Ok(Packer {
        id: store.into(),
        name: both(row, "store_zh", "store_en")?,
        avatar: picture(row, "avatar")?,
        rating: (stars > 0)
            .then(|| {
                Ok::<_, sqlx::Error>(Rating {
                    tenths: count(row, "rating_tenths")?,
                    count: stars,
                })
            })
            .transpose()?,
    })
}

fn local_terms(row: &AnyRow, currency: Currency) -> Result<Option<LocalTerms>, AppError> {
    let (Some(store), Some(place)) = (row.try_get::<Option<String>, _>("store")?, geo(row)?) else {
        return Ok(None);
    };
    let money = |column: &str| Ok::<_, sqlx::Error>(Money::new(row.try_get(column)?, currency));
    Ok(Some(LocalTerms {
        store: store.into(),
        place,
        radius_m: row.try_get("delivery_radius_m")?,
        eta_min: row.try_get("delivery_eta_min")?,
        min_order: money("delivery_min_order")?,
        fee: money("delivery_fee")?,
        free_from: money("delivery_free_from")?,
    }))
}

fn kinds(row: &AnyRow) -> Result<Vec<FulfilmentKind>, sqlx::Error> {
    let mut kinds = Vec::new();
    for (column, kind) in [
        ("by_pickup", FulfilmentKind::Pickup),
        ("by_local", FulfilmentKind::LocalDelivery),
        ("by_ship", FulfilmentKind::Ship),
    ] {
        if row.try_get::<i64, _>(column)? > 0 {
            kinds.push(kind);
        }
    }
    Ok(kinds)
}

fn geo(row: &AnyRow) -> Result<Option<Geo>, sqlx::Error> {
    let (lat, lng): (Option<i64>, Option<i64>) = (row.try_get("lat_e6")?, row.try_get("lng_e6")?);
    Ok(lat.zip(lng).map(|(lat_e6, lng_e6)| Geo { lat_e6, lng_e6 }))
}

fn both(row: &AnyRow, zh: &str, en: &str) -> Result<Both, sqlx::Error> {
    Ok(Both {
        zh: row.try_get(zh)?,
        en: row.try_get(en)?,
    })
}

/// A count that the tables keep from being negative; what is beyond 32 bits counts as that many.
fn count(row: &AnyRow, column: &str) -> Result<u32, sqlx::Error> {
    let n: i64 = row.try_get(column)?;
    Ok(u32::try_from(n.max(0)).unwrap_or(u32::MAX))
}
