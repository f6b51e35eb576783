//! Reading texts that are stored in two languages: the columns `name_zh` and `name_en` are one `name`.

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
