//! Several rows by one statement: where the database is a server, a round trip costs more than a row.

use sqlx::{Any, AssertSqlSafe, query::Query};

use super::Tx;

/// Rows of one statement: far fewer values than either database takes.
const AT_ONCE: usize = 64;

/// What a column of a row holds.
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(i64),
    /// Nothing.
    Nothing,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Rows to be inserted. The words of the statement are the program's own.
pub struct Rows<const WIDTH: usize> {
    insert: &'static str,
    conflict: &'static str,
    rows: Vec<[Value; WIDTH]>,
}

impl<const WIDTH: usize> Rows<WIDTH> {
    /// No rows yet. `insert` names table and columns, `conflict` says what becomes of rows that are there.
    pub fn new(insert: &'static str, conflict: &'static str) -> Self {
        Self {
            insert,
            conflict,
            rows: Vec::new(),
        }
    }

    /// One more row.
    pub fn push(&mut self, row: [Value; WIDTH]) {
        self.rows.push(row);
    }

    /// Inserts them all.
    pub async fn run(self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        let mut rows = self.rows.into_iter();
        loop {
            let some: Vec<[Value; WIDTH]> = rows.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                return Ok(());
            }
            let markers = markers(some.len(), WIDTH);
            let sql = format!("{} VALUES {markers} {}", self.insert, self.conflict);
            execute(tx, sql, some.into_iter().flatten()).await?;
        }
    }
}

/// `($1, $2), ($3, $4)`.
pub fn markers(rows: usize, width: usize) -> String {
    let row = |row: usize| {
        let markers: Vec<String> = (1..=width)
            .map(|n| format!("${}", row * width + n))
            .collect();
        format!("({})", markers.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Runs a statement of the program's own words.
pub(super) async fn execute(
    tx: &mut Tx,
    sql: String,
    values: impl Iterator<Item = Value>,
) -> Result<(), sqlx::Error> {
    let query = values.fold(sqlx::query(AssertSqlSafe(sql)), bind);
    query.execute(tx.conn()).await?;
    Ok(())
}

fn bind<'q>(
    query: Query<'q, Any, <Any as sqlx::Database>::Arguments>,
    value: Value,
) -> Query<'q, Any, <Any as sqlx::Database>::Arguments> {
    match value {
        Value::Text(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
        Value::Nothing => query.bind(None::<String>),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_count_through_all_rows() {
        assert_eq!(markers(1, 3), "($1, $2, $3)");
        assert_eq!(markers(2, 2), "($1, $2), ($3, $4)");
    }
}
