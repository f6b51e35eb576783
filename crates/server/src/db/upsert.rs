//! Inserting a row or bringing it up to date, written as columns with their values.

use super::Tx;
use super::rows::{Value, execute, markers};

/// Rows of one statement: far fewer values than either database takes.
const AT_ONCE: usize = 64;

struct Column {
    name: String,
    value: Value,
    /// Kept as it is when the row is there already.
    given_once: bool,
}

/// A row to be there after [`Upsert::run`]. Table and column names are the program's own words.
pub struct Upsert {
    table: &'static str,
    columns: Vec<Column>,
}

impl Upsert {
    /// A row of `table` with this primary key.
    pub fn of(table: &'static str, key: &'static str, value: &str) -> Self {
        let keyed = Self {
            table,
            columns: Vec::new(),
        };
        keyed.text(key, value)
    }

    /// A column of text.
    pub fn text(self, name: &str, value: &str) -> Self {
        self.with(name, Value::Text(value.to_owned()), false)
    }

    /// A column of text that may hold nothing.
    pub fn optional(self, name: &str, value: Option<&str>) -> Self {
        let value = value.map_or(Value::Nothing, |text| Value::Text(text.to_owned()));
        self.with(name, value, false)
    }

    /// The columns `<name>_zh` and `<name>_en`.
    pub fn both(self, name: &str, zh: &str, en: &str) -> Self {
        self.text(&format!("{name}_zh"), zh)
            .text(&format!("{name}_en"), en)
    }

    /// A column of a number.
    pub fn number(self, name: &str, value: i64) -> Self {
        self.with(name, Value::Number(value), false)
    }

    /// A number that a row is given once and keeps.
    pub fn number_once(self, name: &str, value: i64) -> Self {
        self.with(name, Value::Number(value), true)
    }

    /// A text that a row is given once and keeps.
    pub fn text_once(self, name: &str, value: &str) -> Self {
        self.with(name, Value::Text(value.to_owned()), true)
    }

    /// The columns `<name>_zh` and `<name>_en`, given once and kept.
    pub fn both_once(self, name: &str, zh: &str, en: &str) -> Self {
        self.text_once(&format!("{name}_zh"), zh)
            .text_once(&format!("{name}_en"), en)
    }

    /// Makes the row be there.
    pub async fn run(self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        let sql = self.sql(1);
        let values = self.columns.into_iter().map(|column| column.value);
        execute(tx, sql, values).await
    }

    /// Makes all rows be there, by as few statements as can be. They are of one table, have the same columns,
    /// and no two have the same key.
    pub async fn run_all(rows: Vec<Self>, tx: &mut Tx) -> Result<(), sqlx::Error> {
        let mut rows = rows.into_iter();
        loop {
            let some: Vec<Self> = rows.by_ref().take(AT_ONCE).collect();
            let Some(first) = some.first() else {
                return Ok(());
            };
            let sql = first.sql(some.len());
            let columns = some.into_iter().flat_map(|row| row.columns);
            execute(tx, sql, columns.map(|column| column.value)).await?;
        }
    }

    fn with(mut self, name: &str, value: Value, given_once: bool) -> Self {
        self.columns.push(Column {
            name: name.to_owned(),
            value,
            given_once,
        });
        self
    }

    fn sql(&self, rows: usize) -> String {
        let table = self.table;
        let names: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
        let changes: Vec<String> = self
            .columns
            .iter()
            .skip(1)
            .filter(|column| !column.given_once)
            .map(|column| format!("{0} = excluded.{0}", column.name))
            .collect();
        let key = names.first().copied().unwrap_or_default();
        let action = if changes.is_empty() {
            "NOTHING".to_owned()
        } else {
            format!("UPDATE SET {}", changes.join(", "))
        };
        format!(
            "INSERT INTO {table} ({}) VALUES {} ON CONFLICT ({key}) DO {action}",
            names.join(", "),
            markers(rows, names.len()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_once_is_not_changed_again() {
        let row = Upsert::of("product", "id", "p1")
            .number_once("feed_rank", 7)
            .both("title", "茶", "tea");
        assert_eq!(
            row.sql(1),
            "INSERT INTO product (id, feed_rank, title_zh, title_en) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET title_zh = excluded.title_zh, title_en = excluded.title_en"
        );
    }
}
