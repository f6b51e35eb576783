//! The shop's labels: few enough to be read whole and looked up by name.

use contract::catalog::{Tag, TagKind};
use sqlx::Row;

use crate::AppError;
use crate::db::Db;
use crate::http::language::Lang;
use crate::words::{Both, from_word};

const TAGS: &str = "SELECT id, name_zh, name_en, kind FROM tag ORDER BY position";

/// Every label, most useful first.
pub struct Tags(Vec<(String, Both, TagKind)>);

impl Tags {
    /// Reads them.
    pub async fn read(db: &Db) -> Result<Self, AppError> {
        let rows = sqlx::query(TAGS).fetch_all(db.reader()).await?;
        let tags = rows.iter().map(|row| {
            let name = Both::new(
                row.try_get::<String, _>("name_zh")?,
                row.try_get::<String, _>("name_en")?,
            );
            Ok((row.try_get("id")?, name, from_word(row.try_get("kind")?)?))
        });
        tags.collect::<Result<_, AppError>>().map(Self)
    }

    /// The labels of a list of ids with commas between, most useful first.
    pub fn named(&self, ids: &str, lang: Lang) -> Vec<Tag> {
        let listed = |id: &str| ids.split(',').any(|listed| listed == id);
        let known = self.0.iter().filter(|(id, _, _)| listed(id));
        known
            .map(|(id, name, kind)| Tag {
                id: id.as_str().into(),
                name: name.pick(lang),
                kind: *kind,
            })
            .collect()
    }
}
