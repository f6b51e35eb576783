//! kill -9 of the real server, again and again, while buyers order and a page listens.
//!
//! The client keeps its own book: it writes each acknowledged order to a file and syncs it before it goes
//! on. At the end that book is the oracle. Every acknowledged order exists once; every key made one order,
//! whether its answer arrived or not; the stock held is theirs and no more; and the page, which resumed
//! after every death, heard of each order exactly once (inv.O1, O2, O4, E1, I1, I4).
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::events::{EventEnvelope, ShopEvent};
use contract::orders::OrderDetail;
use serde_json::json;
use server::db::Db;
use tempfile::TempDir;

use crate::database::TestDatabase;
use crate::victim::{self, wait};

const ROUNDS: u32 = 50;
const WORKERS: usize = 4;
const SKU: &str = "FRU001-A";
const PRICE: i64 = 2990;

/// What the client knows, whatever becomes of the server.
struct Client {
    http: reqwest::Client,
    url: String,
    cookie: String,
    /// Keys whose answer has not arrived.
    open: Mutex<VecDeque<String>>,
    made: Mutex<u32>,
    /// Acknowledged orders by key, each synced to the file before the next request.
    acked: Mutex<(BTreeMap<String, String>, File)>,
    heard: Mutex<Vec<EventEnvelope>>,
    last_event: Mutex<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inv_o4_fifty_deaths_lose_and_double_nothing() {
    for database in TestDatabase::each().await {
        survive(&database).await;
    }
}

async fn survive(database: &TestDatabase) {
    let folder = TempDir::new().unwrap();
    let cookie = prepare(&database.url(), folder.path()).await;
    let port = victim::free_port();
    let client = Arc::new(Client {
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
        url: format!("http://127.0.0.1:{port}"),
        cookie,
        open: Mutex::default(),
        made: Mutex::default(),
        acked: Mutex::new((
            BTreeMap::new(),
            File::create(folder.path().join("acked")).unwrap(),
        )),
        heard: Mutex::default(),
        last_event: Mutex::default(),
    });

    for round in 0..ROUNDS {
        // Every other death comes right between a commit and its publication.
        let commits = (round % 2 == 1).then_some(round % 13);
        let mut server = victim::start(&database.url(), folder.path(), port, commits, &[]).await;
        let page = tokio::spawn(client.clone().listen());
        client.page_is_open().await;
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| tokio::spawn(client.clone().order_on()))
            .collect();
        if commits.is_none() {
            // A different moment each time.
            let before = client.acked.lock().unwrap().0.len();
            client.acked_more_than(before).await;
            tokio::time::sleep(Duration::from_micros(u64::from(round * 7_919 % 150_000))).await;
            server.kill().await.unwrap();
        } else {
            let ended = tokio::time::timeout(Duration::from_secs(20), server.wait()).await;
            assert!(!ended.expect("it ends by itself").unwrap().success());
        }
        for worker in workers {
            worker.await.unwrap();
        }
        page.await.unwrap();
    }

    let mut server = victim::start(&database.url(), folder.path(), port, None, &[]).await;
    let page = tokio::spawn(client.clone().listen());
    loop {
        let Some(key) = client.open.lock().unwrap().pop_front() else {
            break;
        };
        assert!(client.clone().order(key).await, "a living server answers");
    }
    client.verify(database).await;
    server.kill().await.unwrap();
    page.await.unwrap();
}

/// A stocked shop with one customer who is signed in; answers the customer's cookie.
async fn prepare(database_url: &str, folder: &Path) -> String {
    let sql = ["UPDATE stock SET on_hand = 1000000 WHERE sku = 'FRU001-A'"];
    let mut cookies = victim::prepare(database_url, folder, &sql, 1).await;
    cookies.remove(0)
}

impl Client {
    /// Orders until the server is gone.
    async fn order_on(self: Arc<Self>) {
        loop {
            let again = self.open.lock().unwrap().pop_front();
            let key = again.unwrap_or_else(|| {
                let mut made = self.made.lock().unwrap();
                *made += 1;
                format!("key-{made}")
            });
            if !self.clone().order(key).await {
                return;
            }
        }
    }

    /// Sends the order of one key; false when no answer came, and then the key stays open.
    async fn order(self: Arc<Self>, key: String) -> bool {
        let body = json!({
            "lines": [{"sku": SKU, "quantity": 1}],
            "fulfilment": {"kind": "pickup", "point": "wutongli-garden",
                "contact": {"name": "Zhou", "phone": "13800138000"}},
            "expected_total": {"minor": PRICE, "currency": "CNY"},
        });
        let sent = self
            .http
            .post(format!("{}/api/orders", self.url))
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("idempotency-key", &key)
            .json(&body)
            .send()
            .await;
        let answered = match sent {
            Ok(answer) => {
                let status = answer.status();
                answer.text().await.map(|text| (status, text))
            }
            Err(gone) => Err(gone),
        };
        let Ok((status, text)) = answered else {
            self.open.lock().unwrap().push_back(key);
            return false;
        };
        assert_eq!(status, 201, "{text}");
        let order: OrderDetail = serde_json::from_str(&text).unwrap();
        self.acknowledge(key, order.card.id.0);
        true
    }

    fn acknowledge(&self, key: String, order: String) {
        let mut acked = self.acked.lock().unwrap();
        writeln!(acked.1, "{key} {order}").unwrap();
        acked.1.sync_data().unwrap();
        acked.0.insert(key, order);
    }

    /// Listens until the server is gone, after what was heard before.
    async fn listen(self: Arc<Self>) {
        let last = self.last_event.lock().unwrap().clone();
        let opened = self
            .http
            .get(format!("{}/api/events?topics=user:me", self.url))
            .header("cookie", &self.cookie)
            .header("last-event-id", last)
            .send()
            .await;
        let Ok(mut page) = opened else { return };
        assert_eq!(page.status(), 200);
        let mut text = String::new();
        while let Ok(Some(bytes)) = page.chunk().await {
            text.push_str(std::str::from_utf8(&bytes).unwrap());
            while let Some((frame, rest)) = text.split_once("\n\n") {
                self.hear(frame);
                text = rest.to_owned();
            }
        }
    }

    fn hear(&self, frame: &str) {
        let field = |name: &str| {
            let found = frame.lines().find_map(|line| line.strip_prefix(name));
            found.map(|value| value.trim().to_owned())
        };
        assert_ne!(
            field("event:").as_deref(),
            Some("reset"),
            "history was lost"
        );
        if let Some(data) = field("data:") {
            let event = serde_json::from_str(&data).unwrap();
            self.heard.lock().unwrap().push(event);
        }
        if let Some(id) = field("id:") {
            *self.last_event.lock().unwrap() = id;
        }
    }

    /// The first page of all must stand before the first order, or it would rightly hear only what comes
    /// after it.
    async fn page_is_open(&self) {
        wait("the page is open", || {
            !self.last_event.lock().unwrap().is_empty()
        })
        .await;
    }

    async fn acked_more_than(&self, before: usize) {
        wait("an order is acknowledged", || {
            self.acked.lock().unwrap().0.len() > before
        })
        .await;
    }

    async fn verify(&self, database: &TestDatabase) {
        let on = database.name();
        let acked = self.acked.lock().unwrap().0.clone();
        let made = *self.made.lock().unwrap() as usize;
        assert_eq!(
            acked.len(),
            made,
            "every key was answered in the end on {on}"
        );
        let ids: BTreeSet<&String> = acked.values().collect();
        assert_eq!(ids.len(), made, "one order a key on {on}");
        wait("the page heard of every order", || {
            self.heard.lock().unwrap().len() >= made
        })
        .await;
        tokio::time::sleep(Duration::from_millis(200)).await;

        let heard = self.heard.lock().unwrap().clone();
        let sorted = heard.windows(2).all(|pair| pair[0].seq < pair[1].seq);
        assert!(sorted, "events came in their order on {on}");
        let told: Vec<&String> = heard.iter().map(placed).collect();
        assert_eq!(told.len(), made, "one event an order on {on}");
        assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), ids);

        let db = Db::open(&database.url()).await.unwrap();
        let number = async |sql: &'static str| -> i64 {
            let number = sqlx::query_scalar(sql).fetch_one(db.reader());
            number.await.unwrap()
        };
        let made = made as i64;
        assert_eq!(number("SELECT COUNT(*) FROM orders").await, made, "{on}");
        let reserved = "SELECT reserved FROM stock WHERE sku = 'FRU001-A'";
        assert_eq!(number(reserved).await, made, "{on}");
        let held = "SELECT COUNT(*) FROM stock_hold WHERE state = 'held' AND quantity = 1";
        assert_eq!(number(held).await, made, "{on}");
        assert_eq!(number("SELECT seq FROM stream").await, made, "{on}");
        db.close().await;
        println!("{on}: {made} orders over {ROUNDS} deaths");
    }
}

fn placed(event: &EventEnvelope) -> &String {
    match &event.event {
        ShopEvent::OrderPlaced(change) => &change.order.0,
        other => panic!("{other:?} was never done"),
    }
}
