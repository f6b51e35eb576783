//! Reading columns that belong together: a text in two languages, a picture, a count, stars.

use contract::catalog::Picture;
use contract::reviews::Rating;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::http::language::Lang;

impl Lang {
    /// The text of `<name>_zh` or `<name>_en` in this language.
    pub fn column(self, row: &AnyRow, name: &str) -> Result<String, sqlx::Error> {
        let zh: String = row.try_get(format!("{name}_zh").as_str())?;
        let en: String = row.try_get(format!("{name}_en").as_str())?;
        Ok(self.pick(&zh, &en).to_owned())
    }
}

/// The picture of `<name>_src`, `_width`, `_height`, `_tint` and `_widths`, if there is one.
pub fn picture(row: &AnyRow, name: &str) -> Result<Option<Picture>, sqlx::Error> {
    let column = |part: &str| format!("{name}_{part}");
    let Some(src) = row.try_get::<Option<String>, _>(column("src").as_str())? else {
        return Ok(None);
    };
    Ok(Some(Picture {
        src,
        width: count(row, &column("width"))?,
        height: count(row, &column("height"))?,
        tint: row.try_get(column("tint").as_str())?,
        widths: match row.try_get::<String, _>(column("widths").as_str()) {
            // A query may not ask for them.
            Err(sqlx::Error::ColumnNotFound(_)) => Vec::new(),
            text => widths(&text?),
        },
    }))
}

/// Widths written with commas between.
pub fn widths(text: &str) -> Vec<u32> {
    text.split(',')
        .filter_map(|width| width.parse().ok())
        .collect()
}

/// A count that the tables keep from being negative; what is beyond 32 bits counts as that many.
pub fn count(row: &AnyRow, column: &str) -> Result<u32, sqlx::Error> {
    let n: i64 = row.try_get(column)?;
    Ok(u32::try_from(n.max(0)).unwrap_or(u32::MAX))
}

/// The stars of `rating_tenths` and `rating_count`; none when nobody gave any.
pub fn rating(row: &AnyRow) -> Result<Option<Rating>, sqlx::Error> {
    let rating = Rating {
        tenths: count(row, "rating_tenths")?,
        count: u64::from(count(row, "rating_count")?),
    };
    Ok((rating.count > 0).then_some(rating))
}
