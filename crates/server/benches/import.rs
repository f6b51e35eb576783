//! What an import of another shop's catalogue takes: rows a second, and the memory at its highest, for five
//! thousand rows and for a hundred thousand, on SQLite and, where `JISHI_TEST_POSTGRES_URL` names a server, on
//! PostgreSQL. Flat memory shows in the second figure staying near the first.
//!
//! Each size runs in a process of its own, because a process never forgets its highest memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use contract::Timestamp;
use indicatif::ProgressBar;
use server::db::Db;
use server::import::{Options, import};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

const SIZES: [usize; 2] = [5_000, 100_000];

/// Tells the process that it is one of the measured ones, and how many rows it imports.
const ROWS: &str = "JISHI_BENCH_ROWS";
/// Tells it which database to import into; an SQLite file of its own unless told.
const DATABASE: &str = "JISHI_BENCH_DATABASE";
/// A PostgreSQL server on which databases may be made.
const POSTGRES: &str = "JISHI_TEST_POSTGRES_URL";

fn main() {
    if let Ok(rows) = std::env::var(ROWS) {
        return measure(rows.parse().unwrap(), std::env::var(DATABASE).ok());
    }
    println!("SQLite:");
    SIZES
        .into_iter()
        .for_each(|rows| in_own_process(rows, None));
    if let Ok(server) = std::env::var(POSTGRES) {
        println!("PostgreSQL:");
        let (host, _) = server.rsplit_once('/').unwrap();
        for rows in SIZES {
            let name = format!("jishi_bench_{}", Uuid::new_v4().simple());
            tell(&server, format!("CREATE DATABASE {name}"));
            in_own_process(rows, Some(format!("{host}/{name}")));
            tell(&server, format!("DROP DATABASE {name}"));
        }
    }
}

fn in_own_process(rows: usize, database: Option<String>) {
    let mut me = Command::new(std::env::current_exe().unwrap());
    me.env(ROWS, rows.to_string());
    me.envs(database.map(|url| (DATABASE, url)));
    assert!(me.status().unwrap().success());
}

fn tell(server: &str, sql: String) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect(server).await.unwrap();
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection);
        done.await.unwrap();
    });
}

/// Imports so many rows of a Shopify export: four variants a product, half a page of HTML each.
fn measure(rows: usize, database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("products.csv");
    write(&file, rows);
    let began = Instant::now();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let own = format!("sqlite://{}", folder.path().join("shop.db").display());
        let db = Db::open(&database.unwrap_or(own)).await.unwrap();
        let now = Timestamp(1_772_330_400_000);
        db.migrate(now).await.unwrap();
        let (options, hidden) = (Options::default(), ProgressBar::hidden());
        let media = folder.path().join("media");
        let imported = import(&db, &media, &file, now, &options, &hidden).await;
        assert_eq!(imported.unwrap().skus, rows);
        db.close().await;
    });
    let took = began.elapsed().as_secs_f64();
    let size = std::fs::metadata(&file).unwrap().len() as f64 / 1e6;
    println!(
        "  {rows:>7} rows, {size:>5.1} MB: {took:>6.1} s, {:>6.0} rows/s, {:>4} MB at the highest",
        rows as f64 / took,
        highest_memory_kb() / 1024
    );
}

fn write(file: &Path, rows: usize) {
    let mut text = "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\n".to_owned();
    let body = "<p>Soft and warm; made to last.</p><ul><li>One</li></ul>".repeat(8);
    for n in 0..rows / 4 {
        let (vendor, kind) = (n % 40, n % 25);
        writeln!(text, "item-{n},Item number {n},{body},Vendor {vendor},Kind {kind},\"new, t{kind}\",Size,S,{n}-S,200,shopify,5,1.50").unwrap();
        for size in ["M", "L", "XL"] {
            writeln!(text, "item-{n},,,,,,,{size},{n}-{size},200,shopify,5,2.50").unwrap();
        }
    }
    std::fs::write(file, text).unwrap();
}

/// The most memory that this process had, as Linux counts it.
fn highest_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let digits = line.map(|line| {
        line.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    });
    digits
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default()
}
