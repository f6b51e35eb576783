//! SQL of the names of those whom the books know by their ids.

use crate::AppError;
use crate::attribution::store::links;
use crate::db::Conn;
use crate::http::language::Lang;
use crate::words::neighbour;

/// What an id is of.
#[derive(Clone, Copy)]
pub(super) enum Named {
    /// A customer or somebody of the staff.
    Account,
    /// A store.
    Store,
    /// A live room.
    Room,
}

/// The name of an id; the id itself for what is gone.
pub(super) async fn name(
    conn: &mut Conn,
    kind: Named,
    id: &str,
    lang: Lang,
) -> Result<String, AppError> {
    let sql = match kind {
        Named::Account => {
            let found = links::name(conn, &id.into()).await?;
            return Ok(found.map_or_else(
                || id.to_owned(),
                |(own, number)| own.unwrap_or_else(|| neighbour(lang, number)),
            ));
        }
        Named::Store => "SELECT name_zh AS word_zh, name_en AS word_en FROM store WHERE id = $1",
        Named::Room => {
            "SELECT title_zh AS word_zh, title_en AS word_en FROM live_session WHERE id = $1"
        }
    };
    word(conn, sql, id, lang).await
}

/// The name of a price that is no promotion's: that of the product of a group-buy or a live flash price.
pub(super) async fn of_offer(conn: &mut Conn, id: &str, lang: Lang) -> Result<String, AppError> {
    let sql = "SELECT p.title_zh AS word_zh, p.title_en AS word_en FROM product p WHERE p.id IN \
                 (SELECT a.product FROM activity a WHERE a.id = $1 UNION \
                  SELECT k.product FROM live_flash f JOIN sku k ON k.id = f.sku WHERE f.id = $1)";
    word(conn, sql, id, lang).await
}

async fn word(
    conn: &mut Conn,
    sql: &'static str,
    id: &str,
    lang: Lang,
) -> Result<String, AppError> {
    let row = sqlx::query(sql).bind(id).fetch_optional(conn).await?;
    Ok(match row {
        Some(row) => lang.column(&row, "word")?,
        None => id.to_owned(),
    })
}
