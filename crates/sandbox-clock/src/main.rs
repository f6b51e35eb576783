//! `jishi-sandbox-clock DATABASE group|by-store|order|commission|promotion ID`: lets the time go by that a group may
//! take, that an order has to be paid in, in which a received order can be returned, or until a scheduled promotion
//! begins, in the database of a shop under test; `by-store` lets the time of a group go by whose rest the store fills.
//! The browser suite cannot wait for days; the shop's own jobs do the rest.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use server::clock::{Clock, SystemClock};
use server::db::Db;

/// All end a second ago.
const GROUP: &str = "UPDATE buy_group SET expires_at = $1 WHERE id = $2 AND state = 'forming'";
const BY_STORE: &str = "UPDATE buy_group SET expires_at = $1, virtual_min_real = 1 WHERE id = $2 AND state = 'forming'";
const ORDER: &str = "UPDATE orders SET pay_by = $1 WHERE id = $2 AND state = 'pending_payment'";
const COMMISSION: &str =
    "UPDATE commission SET available_at = $1 WHERE order_id = $2 AND state = 'frozen'";
/// The week turns: its dates move until it begins, and what it would be in slots is there at once.
const PROMOTION: &str = "UPDATE promotion SET ends_at = ends_at - (starts_at - $1), starts_at = $1, slots = '[]' \
     WHERE id = $2 AND state = 'scheduled'";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jishi-sandbox-clock: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [database, what, id] = words.as_slice() else {
        return Err(
            "name the database, `group`, `by-store`, `order`, `commission` or `promotion`, and an id"
                .into(),
        );
    };
    let sql = match what.as_str() {
        "group" => GROUP,
        "by-store" => BY_STORE,
        "order" => ORDER,
        "commission" => COMMISSION,
        "promotion" => PROMOTION,
        other => return Err(format!("{other} is nothing that time passes for").into()),
    };
    let db = Db::open(database).await?;
    let mut tx = db.begin().await?;
    let past = SystemClock.now().plus_ms(-1000);
    let changed = sqlx::query(sql)
        .bind(past.0)
        .bind(id)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    db.close().await;
    match changed.rows_affected() {
        0 => Err(format!("no {what} {id} waits for time to pass").into()),
        _ => Ok(()),
    }
}
