//! kill -9 while groups of three fill, end unfilled after a few seconds, and give money back.
//!
//! The gateway is a process of its own to the server and is not killed: its ledger is the oracle of the money. The
//! client writes each acknowledged seat to a file and syncs it before it goes on. At the end every acknowledged seat
//! exists once, every key made one seat at most; what the gateway took and gave back is what the shop says, one
//! refund each; whoever's group did not fill has everything back, whoever's did has paid once; and seats, goods,
//! quotas and the ledger balance (inv.G1 to G5, P2, P3, S1 to S3, L1, I1, I4, O4).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contract::Page;
use contract::groups::{OpenGroup, SeatTaken};
use contract::payment::PaymentStarted;
use sandbox_gateway::ledger::{PaymentState, RefundState};
use sandbox_gateway::{Decision, Options, Running, spawn};
use serde_json::{Value, json};
use server::db::Db;
use sqlx::Row;
use tempfile::TempDir;

use crate::checks::{BOOK_CHECKS, GROUP_CHECKS, STOCK_CHECKS};
use crate::database::TestDatabase;
use crate::victim;

const ROUNDS: u32 = 20;
/// People who take seats, each in a browser of their own.
const PEOPLE: u32 = 6;
const SKU: &str = "FRU002-A";
const PRICE: i64 = 2390;

/// The shop of this test: groups live for six seconds and seats are held for two.
const CHANGES: &[&str] = &[
    "UPDATE stock SET on_hand = 1000000 WHERE sku = 'FRU002-A'",
    "UPDATE activity_sku SET quota = 1000000 WHERE sku = 'FRU002-A'",
    "UPDATE activity SET ttl_ms = 6000, per_user_limit = 100000, leader_reward_bp = 1000 WHERE id = 'group-p02'",
];

/// One person, whatever becomes of the server.
struct Person {
    http: reqwest::Client,
    url: String,
    cookie: String,
    name: u32,
    gateway: Arc<Running>,
    /// The request whose answer has not arrived, under its key.
    open: Mutex<Option<(String, Value)>>,
    made: Mutex<u32>,
    acked: Arc<Mutex<(BTreeMap<String, String>, File)>>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inv_g5_twenty_deaths_leave_no_group_no_seat_and_no_money_astray() {
    for database in TestDatabase::each().await {
        let began = Instant::now();
        survive(&database).await;
        println!(
            "{}: {:.0} s",
            database.name(),
            began.elapsed().as_secs_f64()
        );
    }
}

async fn survive(database: &TestDatabase) {
    let folder = TempDir::new().unwrap();
    let cookies = victim::prepare(&database.url(), folder.path(), CHANGES, PEOPLE).await;
    let ledger = folder.path().join("ledger.jsonl");
    let gateway = Arc::new(spawn(Options::for_tests(ledger)).await.unwrap());
    let port = victim::free_port();
    let url = format!("http://127.0.0.1:{port}");
    let gateway_url = gateway.url();
    let settings = [
        ("--gateway-url", gateway_url.as_str()),
        ("--gateway-webhook-secret", "sandbox-webhook-secret"),
        ("--seat-ttl-s", "2"),
        ("--public-url", url.as_str()),
    ];
    let file = File::create(folder.path().join("acked")).unwrap();
    let acked = Arc::new(Mutex::new((BTreeMap::new(), file)));
    let people: Vec<Arc<Person>> = (0..)
        .zip(cookies)
        .map(|(name, cookie)| {
            Arc::new(Person {
                http: reqwest::Client::builder().no_proxy().build().unwrap(),
                url: url.clone(),
                cookie,
                name,
                gateway: gateway.clone(),
                open: Mutex::default(),
                made: Mutex::default(),
                acked: acked.clone(),
            })
        })
        .collect();

    for round in 0..ROUNDS {
        // Every other death comes right between a commit and its publication.
        let commits = (round % 2 == 1).then_some(3 + round * 7 % 23);
        let mut server =
            victim::start(&database.url(), folder.path(), port, commits, &settings).await;
        let busy: Vec<_> = people
            .iter()
            .cloned()
            .map(|it| tokio::spawn(it.live()))
            .collect();
        if commits.is_none() {
            let ms = 700 + u64::from(round * 7_919 % 1_300);
            tokio::time::sleep(Duration::from_millis(ms)).await;
            server.kill().await.unwrap();
        } else {
            let ended = tokio::time::timeout(Duration::from_secs(30), server.wait()).await;
            assert!(!ended.expect("it ends by itself").unwrap().success());
        }
        for person in busy {
            person.await.unwrap();
        }
    }

    let mut server = victim::start(&database.url(), folder.path(), port, None, &settings).await;
    for person in &people {
        assert!(person.settle().await, "a living server answers");
    }
    let db = Db::open(&database.url()).await.unwrap();
    quiet(&db, database.name()).await;
    let acked = acked.lock().unwrap().0.clone();
    verify(&db, &gateway, &acked, database.name()).await;
    db.close().await;
    server.kill().await.unwrap();
}

impl Person {
    /// Takes seats and pays most of them until the server is gone.
    async fn live(self: Arc<Self>) {
        while self.settle().await {
            let Some(seat) = self.choose().await else {
                return;
            };
            let number = {
                let mut made = self.made.lock().unwrap();
                *made += 1;
                *made
            };
            let key = format!("{}-{number}", self.name);
            *self.open.lock().unwrap() = Some((key, seat));
        }
    }

    /// The most urgent group, or one of one's own; nothing when the server is gone.
    async fn choose(&self) -> Option<Value> {
        let path = "/api/products/p02/groups";
        let open = self.http.get(format!("{}{path}", self.url)).send().await;
        let page: Page<OpenGroup> = open.ok()?.json().await.ok()?;
        // Now and then a group is opened beside the others, and does not fill.
        let lonely = *self.made.lock().unwrap() % 7 == self.name % 7;
        Some(match page.items.first() {
            Some(group) if !lonely => json!({"kind": "join", "group": group.id}),
            _ => json!({"kind": "open", "activity": "group-p02"}),
        })
    }

    /// Asks for the open seat, if there is one, until it is answered; false when no answer came.
    async fn settle(&self) -> bool {
        let Some((key, seat)) = self.open.lock().unwrap().clone() else {
            return true;
        };
        let wish = ["refund", "new_group", "any_group"][(self.name % 3) as usize];
        let body = json!({
            "seat": seat, "sku": SKU, "quantity": 1,
            "on_overflow": wish,
            "fulfilment": {"kind": "pickup", "point": "wutongli-garden",
                "contact": {"name": "Zhou", "phone": format!("1380013800{}", self.name)}},
            "expected_total": {"minor": PRICE, "currency": "CNY"},
        });
        let Some((status, text)) = self.post("/api/groups/seats", &key, &body).await else {
            return false;
        };
        *self.open.lock().unwrap() = None;
        if status == 201 {
            let taken: SeatTaken = serde_json::from_str(&text).unwrap();
            let order = taken.order.card.id.0;
            self.acknowledge(key.clone(), order.clone());
            return self.pay(&key, &order).await;
        }
        // Full, over, or one's own group: somebody was faster.
        assert_eq!(status, 409, "{text}");
        true
    }

    /// Pays three seats of four; one is left to lapse.
    async fn pay(&self, key: &str, order: &str) -> bool {
        if *self.made.lock().unwrap() % 4 == 3 {
            return true;
        }
        let path = format!("/api/orders/{order}/payments");
        let Some((status, text)) = self.post(&path, &format!("pay-{key}"), &json!({})).await else {
            return false;
        };
        if status.is_success() {
            let started: PaymentStarted = serde_json::from_str(&text).unwrap();
            // The cashier may have closed it meanwhile.
            let _ = self
                .gateway
                .gateway()
                .decide(started.payment.as_str(), Decision::Pay);
        }
        true
    }

    async fn post(
        &self,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Option<(reqwest::StatusCode, String)> {
        let sent = self
            .http
            .post(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("idempotency-key", key)
            .json(body)
            .send()
            .await;
        let answer = sent.ok()?;
        let status = answer.status();
        let text = answer.text().await.ok()?;
        Some((status, text))
    }

    fn acknowledge(&self, key: String, order: String) {
        let mut acked = self.acked.lock().unwrap();
        writeln!(acked.1, "{key} {order}").unwrap();
        acked.1.sync_data().unwrap();
        acked.0.insert(key, order);
    }
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(db.reader())
        .await
        .unwrap()
}

/// Waits until nothing is open any more: every group is over and every refund is done.
async fn quiet(db: &Db, on: &str) {
    const OPEN: &str = "SELECT (SELECT COUNT(*) FROM orders WHERE state IN ('pending_payment', 'refunding')) \
        + (SELECT COUNT(*) FROM buy_group WHERE state = 'forming') \
        + (SELECT COUNT(*) FROM payment WHERE state IN ('requested', 'open')) \
        + (SELECT COUNT(*) FROM refund WHERE state = 'pending')";
    let began = Instant::now();
    while number(db, OPEN).await > 0 {
        assert!(
            began.elapsed() < Duration::from_secs(90),
            "never quiet on {on}"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn verify(db: &Db, gateway: &Running, acked: &BTreeMap<String, String>, on: &str) {
    for (what, sql) in STOCK_CHECKS.iter().chain(GROUP_CHECKS).chain(BOOK_CHECKS) {
        assert_eq!(number(db, sql).await, 0, "{what} on {on}");
    }
    let ids: BTreeSet<&String> = acked.values().collect();
    assert_eq!(ids.len(), acked.len(), "one seat a key on {on}");
    let seats: Vec<String> =
        sqlx::query_scalar("SELECT order_id FROM group_seat ORDER BY order_id")
            .fetch_all(db.reader())
            .await
            .unwrap();
    assert_eq!(
        seats.iter().collect::<BTreeSet<_>>(),
        ids,
        "no seat but the acknowledged on {on}"
    );

    // inv.P3: what the gateway did is what the shop says, payment by payment.
    let rows = sqlx::query(
        "SELECT p.id, p.captured_minor, p.refund_minor, o.state, \
           (SELECT COUNT(*) FROM refund r WHERE r.payment_id = p.id) AS refunds \
         FROM payment p JOIN orders o ON o.id = p.order_id",
    )
    .fetch_all(db.reader())
    .await
    .unwrap();
    let (mut kept, mut back) = (0, 0);
    gateway.gateway().read(|book| {
        let known: BTreeSet<String> = rows.iter().map(|row| row.get("id")).collect();
        let strangers = book
            .payments()
            .filter(|payment| !known.contains(&payment.terms.payment));
        assert_eq!(
            strangers.count(),
            0,
            "payments that the shop has never heard of on {on}"
        );
        for row in &rows {
            let id: String = row.get("id");
            let paid = book
                .payment(&id)
                .is_some_and(|it| it.state == PaymentState::Paid);
            let captured = if paid { PRICE } else { 0 };
            assert_eq!(
                row.get::<i64, _>("captured_minor"),
                captured,
                "{id} on {on}"
            );
            let refunds: Vec<_> = book.refunds().filter(|it| it.terms.payment == id).collect();
            let sum: i64 = refunds.iter().map(|it| it.terms.amount.minor).sum();
            assert!(
                refunds.iter().all(|it| it.state == RefundState::Succeeded),
                "{id} on {on}"
            );
            assert!(
                refunds.len() <= 1,
                "{id} was refunded {} times on {on}",
                refunds.len()
            );
            assert_eq!(row.get::<i64, _>("refund_minor"), sum, "{id} on {on}");
            assert_eq!(
                row.get::<i64, _>("refunds"),
                refunds.len() as i64,
                "{id} on {on}"
            );
            kept += i64::from(captured > sum);
            back += i64::from(sum > 0);
        }
    });
    let confirmed = number(
        db,
        "SELECT COUNT(*) FROM group_seat WHERE state = 'confirmed'",
    )
    .await;
    assert_eq!(kept, confirmed, "whose money stays has a seat on {on}");
    let ends = number(
        db,
        "SELECT COUNT(*) FROM buy_group WHERE state = 'succeeded'",
    )
    .await;
    let failed = number(db, "SELECT COUNT(*) FROM buy_group WHERE state = 'failed'").await;
    assert!(
        ends > 0 && failed > 0 && back > 0,
        "{ends} {failed} {back} on {on}"
    );
    println!(
        "{on}: {} seats over {ROUNDS} deaths; {ends} groups filled, {failed} did not, {back} refunds",
        acked.len()
    );
}
