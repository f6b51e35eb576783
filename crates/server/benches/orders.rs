//! What an order costs, as ratios: the whole order service (HTTP, session, idempotency, pricing, stock,
//! timeline, outbox) against a bare writer that only makes the same kind of transaction.
//!
//! Both run in this process, one after the other in turns, each order its own durable commit; so the ratio
//! travels to other machines where the times do not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unused_imports // the harness offers more than is needed here
)]

#[path = "../tests/api/checks.rs"]
mod checks;
#[path = "../tests/api/harness/mod.rs"]
mod harness;
#[path = "../tests/api/shopping.rs"]
mod shopping;

use std::time::{Duration, Instant};

use contract::orders::OrderDetail;
use harness::TestShop;
use shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, leave, line, yuan};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

const ROUNDS: usize = 5;
const ORDERS_A_ROUND: u32 = 400;

/// What a run of orders took.
#[derive(Default)]
struct Cost {
    orders: u32,
    wall: Duration,
    cpu: Duration,
}

impl Cost {
    fn add(&mut self, orders: u32, began: (Instant, Duration)) {
        self.orders += orders;
        self.wall += began.0.elapsed();
        self.cpu += cpu_used() - began.1;
    }

    fn cpu_us(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / f64::from(self.orders)
    }

    fn rate(&self) -> f64 {
        f64::from(self.orders) / self.wall.as_secs_f64()
    }

    fn print(&self, name: &str) {
        println!(
            "  {name:<22} {:>8.0} µs CPU an order  {:>8.0} orders/s",
            self.cpu_us(),
            self.rate()
        );
    }
}

/// The order's shape without a shop: one conditional update, six inserts, four indexes.
struct BareWriter {
    connection: SqliteConnection,
    next: i64,
    _folder: TempDir,
}

impl BareWriter {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("bare.db").display()
        );
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE stock (sku TEXT PRIMARY KEY, avail BIGINT NOT NULL CHECK (avail >= 0));
             CREATE TABLE orders (id BIGINT PRIMARY KEY, owner TEXT, state TEXT, total BIGINT);
             CREATE INDEX orders_by_owner ON orders (owner, id);
             CREATE TABLE line (orders BIGINT, sku TEXT, quantity BIGINT, price BIGINT);
             CREATE INDEX line_by_order ON line (orders);
             CREATE TABLE entry (orders BIGINT, account TEXT, amount BIGINT);
             CREATE INDEX entry_by_order ON entry (orders);
             CREATE TABLE outbox (seq BIGINT PRIMARY KEY, topic TEXT, data TEXT);
             CREATE INDEX outbox_by_topic ON outbox (topic, seq);
             INSERT INTO stock VALUES ('sku', 1000000000);",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        Self {
            connection,
            next: 0,
            _folder: folder,
        }
    }

    async fn order(&mut self) {
        self.next += 1;
        let id = self.next;
        let mut tx = self.connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let held =
            sqlx::query("UPDATE stock SET avail = avail - 1 WHERE sku = 'sku' AND avail >= 1")
                .execute(&mut *tx)
                .await
                .unwrap();
        assert_eq!(held.rows_affected(), 1);
        for statement in [
            "INSERT INTO orders VALUES ($1, 'owner', 'pending_payment', 2990)",
            "INSERT INTO line VALUES ($1, 'sku', 1, 2990)",
            "INSERT INTO entry VALUES ($1, 'clearing', 2990)",
            "INSERT INTO entry VALUES ($1, 'revenue', -2900)",
            "INSERT INTO entry VALUES ($1, 'tax', -90)",
            "INSERT INTO outbox VALUES ($1, 'order', '{\"kind\":\"order_placed\"}')",
        ] {
            sqlx::query(statement)
                .bind(id)
                .execute(&mut *tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }
}

/// Processor time of this process so far: fields 14 and 15 of its stat line, in hundredths of a second.
fn cpu_used() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

async fn measure() {
    for shop in TestShop::each_stocked().await {
        leave(&shop, STRAWBERRIES, 1_000_000).await;
        let buyer = Buyer::new(&shop, "13800000001").await;
        let mut bare = BareWriter::new().await;
        let (mut bare_cost, mut full_cost) = (Cost::default(), Cost::default());
        for _ in 0..ROUNDS {
            let began = (Instant::now(), cpu_used());
            for _ in 0..ORDERS_A_ROUND {
                bare.order().await;
            }
            bare_cost.add(ORDERS_A_ROUND, began);
            let began = (Instant::now(), cpu_used());
            for _ in 0..ORDERS_A_ROUND {
                let asked = buyer.send_order(&[line(STRAWBERRIES, 1)], yuan(STRAWBERRIES_PRICE));
                asked.ok::<OrderDetail>().await;
            }
            full_cost.add(ORDERS_A_ROUND, began);
        }
        println!(
            "Orders on {}, one after the other, each its own commit:",
            shop.on
        );
        bare_cost.print("bare writer (sqlite)");
        full_cost.print("order service");
        println!(
            "  CPU an order / bare writer's {:.2}    rate / bare writer's {:.2}",
            full_cost.cpu_us() / bare_cost.cpu_us(),
            full_cost.rate() / bare_cost.rate()
        );
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure());
}
