//! SQL of creators.

use contract::creators::CreatorPage;

use crate::db::columns::{count, picture};
use crate::goods::{Shelf, card_columns, card_joins, read_card};
use crate::http::language::Lang;
use crate::preview::Moment;
use crate::{AppError, AppState};

const CREATOR: &str = "
    SELECT c.name_zh, c.name_en, c.bio_zh, c.bio_en, c.city_zh, c.city_en, c.followers,
           m.src AS avatar_src, m.width AS avatar_width, m.height AS avatar_height, m.tint AS avatar_tint, m.widths AS avatar_widths
    FROM creator c LEFT JOIN media m ON m.src = c.avatar WHERE c.handle = $1";

const PRODUCTS: &str = concat!(
    "SELECT ",
    card_columns!(),
    " FROM product p JOIN product_creator pc ON pc.product = p.id ",
    card_joins!(),
    " WHERE pc.creator = $1 AND p.on_sale = 1 ORDER BY sold DESC, p.position LIMIT 100"
);

/// A creator's page.
pub(super) async fn page(
    state: &AppState,
    moment: &Moment,
    lang: Lang,
    handle: &str,
) -> Result<Option<CreatorPage>, AppError> {
    let db = &state.db;
    let row = sqlx::query(CREATOR)
        .bind(handle)
        .fetch_optional(db.reader())
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let shelf = Shelf::read(state, moment).await?;
    let products = sqlx::query(PRODUCTS)
        .bind(handle)
        .fetch_all(db.reader())
        .await?;
    Ok(Some(CreatorPage {
        handle: handle.to_owned(),
        name: lang.column(&row, "name")?,
        avatar: picture(&row, "avatar")?,
        bio: lang.column(&row, "bio")?,
        city: lang.column(&row, "city")?,
        followers: u64::from(count(&row, "followers")?),
        products: products
            .iter()
            .map(|row| read_card(row, lang, &shelf))
            .collect::<Result<_, _>>()?,
    }))
}
