//! Brings the tables up to date: every migration once, in order, all in one transaction.
//!
//! Two servers that start at once wait for each other: on SQLite by its write lock, on PostgreSQL by an
//! advisory lock. A migration is SQL that both databases read; where they must differ there is one text
//! for each. To add one: write `migrations/NNNN_name.sql` and a line below. Never edit one that shipped.

use std::collections::BTreeMap;

use contract::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{Db, DbError, Kind, Tx};

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/", $name, ".sql")),
        }
    };
    ($name:literal, per database) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = &[
    migration!("0001_foundation"),
    migration!("0010_catalog"),
    migration!("0011_search", per database),
    migration!("0020_accounts"),
    migration!("0030_trade"),
    migration!("0040_groups"),
    migration!("0045_notifications"),
    migration!("0050_shares"),
    migration!("0055_ledger"),
    migration!("0056_ledger_append_only", per database),
    migration!("0060_category_icon", per database),
    migration!("0061_picture_sizes"),
    migration!("0062_group_books"),
    migration!("0063_instrument"),
    migration!("0080_live"),
    migration!("0081_live_log_append_only", per database),
    migration!("0082_live_shelf_order"),
    migration!("0090_videos"),
    migration!("0100_promotions"),
    migration!("0101_audit_append_only", per database),
    migration!("0110_live_giveaway"),
    migration!("0111_live_giveaway_fixed", per database),
];

/// Any number that no other program locks on the same PostgreSQL database: "jishi" in ASCII.
const LOCK: i64 = 0x6a_69_73_68_69;

const RAN_TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    name TEXT PRIMARY KEY, checksum TEXT NOT NULL, ran_at BIGINT NOT NULL)";

impl Db {
    /// Runs the migrations that have not run yet.
    pub async fn migrate(&self, now: Timestamp) -> Result<(), DbError> {
        let mut tx = self.begin().await?;
        if self.kind() == Kind::Postgres {
            sqlx::query("SELECT pg_advisory_xact_lock($1)::text")
                .bind(LOCK)
                .execute(tx.conn())
                .await?;
        }
        sqlx::raw_sql(RAN_TABLE).execute(tx.conn()).await?;
        let mut ran = ran_before(&mut tx).await?;
        for migration in MIGRATIONS {
            let text = match self.kind() {
                Kind::Sqlite => migration.sqlite,
                Kind::Postgres => migration.postgres,
            };
            let checksum = checksum(text);
            match ran.remove(migration.name) {
                Some(before) if before == checksum => {}
                Some(_) => {
                    return Err(DbError::ChangedMigration {
                        name: migration.name.to_owned(),
                    });
                }
                None => run(&mut tx, migration.name, text, &checksum, now).await?,
            }
        }
        if let Some((name, _)) = ran.pop_first() {
            return Err(DbError::NewerDatabase { name });
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn ran_before(tx: &mut Tx) -> Result<BTreeMap<String, String>, sqlx::Error> {
    sqlx::query("SELECT name, checksum FROM migration")
        .fetch_all(tx.conn())
        .await?
        .iter()
        .map(|row| Ok((row.try_get("name")?, row.try_get("checksum")?)))
        .collect()
}

async fn run(
    tx: &mut Tx,
    name: &str,
    text: &'static str,
    checksum: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    tracing::info!(migration = name, "bringing the database up to date");
    sqlx::raw_sql(text).execute(tx.conn()).await?;
    sqlx::query("INSERT INTO migration (name, checksum, ran_at) VALUES ($1, $2, $3)")
        .bind(name)
        .bind(checksum)
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn checksum(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
