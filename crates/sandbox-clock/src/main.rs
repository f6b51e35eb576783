//! `jishi-sandbox-clock DATABASE group|commission ID`: lets the time go by that a group may take, or in which
//! a received order can be returned, in the database of a shop under test. The browser suite cannot wait for
//! days; the shop's own jobs do the rest.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use server::clock::{Clock, SystemClock};
use server::db::Db;

/// Both end a second ago.
const GROUP: &str = "UPDATE buy_group SET expires_at = $1 WHERE id = $2 AND state = 'forming'";
const COMMISSION: &str =
    "UPDATE commission SET available_at = $1 WHERE order_id = $2 AND state = 'frozen'";

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
        return Err("name the database, `group` or `commission`, and an id".into());
    };
    let sql = match what.as_str() {
        "group" => GROUP,
        "commission" => COMMISSION,
        other => return Err(format!("{other} is neither `group` nor `commission`").into()),
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
