//! Random histories of the whole shop against a sequential model: joins, payments, messages that come again, late
//! money, ends, cancellations, returns and refunds in any order. After every event the seats, the goods, the money
//! and the ledger are what the model says, on both databases (inv.G1 to G7, S1 to S4, P2, L1 to L5).

mod model;

use contract::groups::OnOverflow;
use contract::{GroupId, OrderId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config as Runs, RngAlgorithm, TestRng, TestRunner};
use server::jobs;
use server::trade::give_back::{Asked, give_back};
use server::trade::settle::{self, Capture};
use sqlx::Row;

use self::model::{At, BUGS, Bug, End, Event, LIFE_MS, Model};
use super::*;
use crate::checks::{BOOK_CHECKS, GROUP_CHECKS, STOCK_CHECKS};
use crate::shopping::{bucket, count, leave};

/// Histories on each database, and events of one.
const HISTORIES: u32 = 16;
const EVENTS: usize = 32;
/// People of one history.
const PEOPLE: usize = 4;
/// Goods and quota that they compete for.
const GOODS: i64 = 7;
const QUOTA: i64 = 6;

/// What is drawn: places are brought to what is there when the event comes.
#[derive(Clone, Debug)]
struct Script {
    leader_may_leave: bool,
    store_completes: bool,
    events: Vec<(u8, usize, usize, u8)>,
}

fn script() -> impl Strategy<Value = Script> {
    let event = (0_u8..20, 0_usize..64, 0_usize..64, 0_u8..3);
    let events = prop::collection::vec(event, EVENTS);
    (prop::bool::ANY, prop::bool::weighted(0.3), events).prop_map(
        |(leader_may_leave, store_completes, events)| Script {
            leader_may_leave,
            store_completes,
            events,
        },
    )
}

/// The event that something drawn is, as things stand.
fn event_of(model: &Model, (kind, a, b, wish): (u8, usize, usize, u8)) -> Option<Event> {
    let wish = [
        OnOverflow::Refund,
        OnOverflow::NewGroup,
        OnOverflow::AnyGroup,
    ][usize::from(wish)];
    let pick = |of: usize| (of > 0).then(|| a % of);
    // The latest orders are the ones that something happens to.
    let order = || pick(model.orders.len().min(6)).map(|n| model.orders.len() - 1 - n);
    // So are the latest groups, and most of what is done is to join them: they fill.
    let group = || pick(model.groups.len().min(2)).map(|n| model.groups.len() - 1 - n);
    let nothing_forms = model.groups.iter().all(|group| group.end != End::Forming);
    Some(match kind {
        0..=6 if nothing_forms => Event::Open {
            who: b % PEOPLE,
            wish,
        },
        0 => Event::Open {
            who: b % PEOPLE,
            wish,
        },
        1..=7 => Event::Join {
            who: b % PEOPLE,
            group: group()?,
            wish,
        },
        8..=11 => Event::Pay { order: order()? },
        12 => Event::Again { order: order()? },
        13 => Event::Cancel { order: order()? },
        14 => Event::GiveBack { order: order()? },
        15 => Event::Receive { order: order()? },
        16 | 17 => Event::Wait { ms: 600_000 },
        18 => Event::Wait { ms: LIFE_MS },
        _ => Event::Refunded,
    })
}

/// The shop that the model is compared with.
struct World<'a> {
    shop: &'a TestShop,
    people: Vec<Buyer<'a>>,
    orders: Vec<OrderId>,
    groups: Vec<GroupId>,
    captures: Vec<Option<Capture>>,
    /// What people were owed before the history began.
    began: i64,
}

impl<'a> World<'a> {
    async fn new(shop: &'a TestShop, round: u32, script: &Script) -> Self {
        // Whatever formed before is over.
        shop.clock.advance_ms(LIFE_MS);
        jobs::run_once(&shop.state).await;
        refund_all(shop).await;
        leave(shop, MANGO_BOX, GOODS).await;
        let switches = [
            "UPDATE activity_sku SET quota = reserved + sold + 6 WHERE sku = 'FRU002-A'",
            "UPDATE activity SET leader_reward_bp = 1000",
            if script.leader_may_leave {
                "UPDATE activity SET leader_may_leave = 1"
            } else {
                "UPDATE activity SET leader_may_leave = 0"
            },
            if script.store_completes {
                "UPDATE activity SET virtual_min_real = 2"
            } else {
                "UPDATE activity SET virtual_min_real = NULL"
            },
        ];
        for sql in switches {
            edit(shop, sql).await;
        }
        let mut people = Vec::new();
        for n in 0..PEOPLE {
            people.push(Buyer::new(shop, &format!("136{round:04}{n:04}")).await);
        }
        Self {
            shop,
            people,
            orders: Vec::new(),
            groups: Vec::new(),
            captures: Vec::new(),
            began: owed(shop).await,
        }
    }

    /// Does what the event says; tells whether the shop allowed it.
    async fn follow(&mut self, model: &Model, event: Event) -> bool {
        let shop = self.shop;
        let by = |order: usize| &self.people[model.orders[order].who];
        match event {
            Event::Open { who, wish } => self.sit(who, open(MANGO), wish).await,
            Event::Join { who, group, wish } => {
                let seat = join(&self.groups[group]);
                self.sit(who, seat, wish).await
            }
            Event::Pay { order } => {
                let capture = payment_of(shop, &self.orders[order]).await;
                settle::record(&shop.state, &capture).await.unwrap();
                self.captures[order] = Some(capture);
                self.learn_of_groups().await;
                true
            }
            Event::Again { order } => {
                if let Some(capture) = &self.captures[order] {
                    for id in ["first", "second", "first"] {
                        let hook = webhook(&format!("{}-{id}", capture.payment), capture);
                        assert_eq!(hook.send(shop).await.status, 204);
                    }
                }
                true
            }
            Event::Cancel { order } => {
                let path = format!("/api/orders/{}/cancel", self.orders[order]);
                by(order).post(&path).send().await.status.is_success()
            }
            Event::GiveBack { order } => {
                let whole = Asked::default();
                give_back(&shop.state, &self.orders[order], &whole)
                    .await
                    .is_ok()
            }
            Event::Receive { order } => {
                let path = format!("/api/orders/{}/receipt", self.orders[order]);
                by(order).post(&path).send().await.status.is_success()
            }
            Event::Wait { ms } => {
                shop.clock.advance_ms(ms);
                jobs::run_once(&shop.state).await;
                true
            }
            Event::Refunded => {
                refund_all(shop).await;
                true
            }
        }
    }

    async fn sit(&mut self, who: usize, seat: Seat, on_overflow: OnOverflow) -> bool {
        let total = crate::shopping::yuan(MANGO_PRICE);
        let request = SeatRequest {
            on_overflow,
            ..Buyer::seat_request(seat, MANGO_BOX, 1, total)
        };
        let answer = self.people[who].send_seat(&request).send().await;
        if answer.status != 201 {
            assert_eq!(answer.status, 409, "{}", answer.text());
            return false;
        }
        self.orders.push(answer.json::<SeatTaken>().order.card.id);
        self.captures.push(None);
        true
    }

    /// Groups that money opened, in the order in which it did.
    async fn learn_of_groups(&mut self) {
        for order in &self.orders {
            let sql = "SELECT id FROM buy_group WHERE leader_order = $1";
            let opened: Option<String> = sqlx::query_scalar(sql)
                .bind(order.as_str())
                .fetch_optional(self.shop.state.db.reader())
                .await
                .unwrap();
            let new = opened.map(GroupId).filter(|id| !self.groups.contains(id));
            self.groups.extend(new);
        }
    }

    /// Every difference between the shop and the model.
    async fn differences(&self, model: &Model) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |what: String, shop: String, model: String| {
            if shop != model {
                wrong.push(format!("{what}: the shop has {shop}, the model {model}"));
            }
        };
        for (n, expected) in model.orders.iter().enumerate() {
            let shop = self.order(n).await;
            same(format!("order {n}"), shop, order_said(expected));
        }
        same(
            "groups".into(),
            self.groups.len().to_string(),
            model.groups.len().to_string(),
        );
        for (n, id) in self.groups.iter().enumerate().take(model.groups.len()) {
            same(
                format!("group {n}"),
                self.group(id).await,
                group_said(model, n),
            );
        }
        let (on_hand, reserved, sold) = bucket(self.shop, MANGO_BOX).await;
        let goods = on_hand - reserved - sold;
        same("goods".into(), goods.to_string(), model.goods.to_string());
        let quota = "SELECT quota - reserved - sold FROM activity_sku WHERE sku = 'FRU002-A'";
        same(
            "quota".into(),
            count(self.shop, quota).await.to_string(),
            model.quota.to_string(),
        );
        let rewards: i64 = model.orders.iter().map(|order| order.reward).sum();
        let owed = owed(self.shop).await - self.began;
        same("rewards".into(), owed.to_string(), rewards.to_string());
        wrong
    }

    /// What does not add up in the shop itself: stock, seats, money, ledger.
    async fn faults(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (what, sql) in STOCK_CHECKS.iter().chain(GROUP_CHECKS).chain(BOOK_CHECKS) {
            if count(self.shop, sql).await > 0 {
                wrong.push((*what).to_owned());
            }
        }
        wrong
    }

    async fn order(&self, n: usize) -> String {
        let row = sqlx::query(
            "SELECT o.state AS order_state, s.state AS seat_state, s.group_id, \
               CAST(COALESCE((SELECT SUM(captured_minor) FROM payment p WHERE p.order_id = o.id), 0) AS BIGINT) AS captured, \
               CAST(COALESCE((SELECT SUM(amount_minor) FROM refund r WHERE r.order_id = o.id), 0) AS BIGINT) AS claimed, \
               CAST(COALESCE((SELECT SUM(amount_minor) FROM refund r WHERE r.order_id = o.id \
                 AND r.state = 'succeeded'), 0) AS BIGINT) AS back \
             FROM orders o JOIN group_seat s ON s.order_id = o.id WHERE o.id = $1",
        )
        .bind(self.orders[n].as_str())
        .fetch_one(self.shop.state.db.reader())
        .await
        .unwrap();
        let text = |name: &str| row.get::<String, _>(name);
        let group = row.get::<Option<String>, _>("group_id").map(GroupId);
        let group = group.and_then(|id| self.groups.iter().position(|known| *known == id));
        let money = ["captured", "claimed", "back"].map(|name| row.get::<i64, _>(name));
        said(&text("order_state"), &text("seat_state"), group, money)
    }

    async fn group(&self, id: &GroupId) -> String {
        let row = sqlx::query(
            "SELECT state, filled, reserved, by_store, leader_order FROM buy_group WHERE id = $1",
        )
        .bind(id.as_str())
        .fetch_one(self.shop.state.db.reader())
        .await
        .unwrap();
        let leader: String = row.get("leader_order");
        let leader = self.orders.iter().position(|order| order.0 == leader);
        let counts = ["filled", "reserved", "by_store"].map(|name| row.get::<i64, _>(name));
        format!(
            "{} {counts:?} led by {leader:?}",
            row.get::<String, _>("state")
        )
    }
}

/// What all sharers and leaders are owed, in fen.
async fn owed(shop: &TestShop) -> i64 {
    count(
        shop,
        "SELECT CAST(COALESCE(SUM(amount_minor - reversed_minor), 0) AS BIGINT) FROM commission",
    )
    .await
}

fn said(order: &str, seat: &str, group: Option<usize>, money: [i64; 3]) -> String {
    format!("{order} {seat} in {group:?} with {money:?}")
}

fn order_said(order: &model::Order) -> String {
    let (state, seat) = match order.at {
        At::Held => ("pending_payment", "held"),
        At::Released => ("closed", "released"),
        At::Paid => ("paid", "paid"),
        At::Confirmed => ("paid", "confirmed"),
        At::Received => ("received", "confirmed"),
        At::GoingBack => ("refunding", "refund_pending"),
        At::Back => ("refunded", "refunded"),
    };
    said(
        state,
        seat,
        order.group,
        [order.captured, order.claimed, order.back],
    )
}

fn group_said(model: &Model, n: usize) -> String {
    let group = &model.groups[n];
    let state = match group.end {
        End::Forming => "forming",
        End::Succeeded => "succeeded",
        End::Failed => "failed",
    };
    let counts = [group.filled, model.reserved(n), group.by_store];
    format!("{state} {counts:?} led by {:?}", Some(group.leader))
}

/// Runs a history on the shop and the model; the first difference is an error.
async fn agrees(
    shop: &TestShop,
    round: u32,
    script: &Script,
    bug: Option<Bug>,
) -> Result<usize, String> {
    let mut world = World::new(shop, round, script).await;
    let now = shop.state.clock.now().0;
    let mut model = Model::new(now, (GOODS, QUOTA), bug);
    model.leader_may_leave = script.leader_may_leave;
    model.store_from = script.store_completes.then_some(2);
    let mut done = Vec::new();
    // Orders that nobody says anything of for a week would count as received.
    let mut days = 0;
    for drawn in &script.events {
        let Some(event) = event_of(&model, *drawn) else {
            continue;
        };
        if matches!(event, Event::Wait { ms: LIFE_MS }) {
            days += 1;
            if days > 4 {
                continue;
            }
        }
        done.push(event);
        let allowed = world.follow(&model, event).await;
        let expected = model.follow(event);
        if allowed != expected {
            return Err(format!(
                "{done:?}: the shop said {allowed}, the model {expected}"
            ));
        }
        let mut wrong = world.differences(&model).await;
        // The shop's own books are asked now and then: they are those of all histories so far.
        if done.len() % 8 == 0 {
            wrong.extend(world.faults().await);
        }
        if !wrong.is_empty() {
            return Err(format!("{done:?}: {wrong:#?}"));
        }
    }
    match world.faults().await {
        wrong if wrong.is_empty() => Ok(done.len()),
        wrong => Err(format!("{done:?}: {wrong:?}")),
    }
}

/// Draws histories that are the same on every run; the name of one is its number.
fn scripts() -> Vec<Script> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Runs::default(), rng);
    (1..HISTORIES)
        .map(|_| script().new_tree(&mut runner).unwrap().current())
        .chain([greedy()])
        .collect()
}

/// One person opens group after group and pays, as long as the offer's limit and the goods allow it.
fn greedy() -> Script {
    let open_and_pay = [(0, 0, 0, 0), (8, 0, 0, 0)];
    Script {
        leader_may_leave: false,
        store_completes: false,
        events: open_and_pay.repeat(7),
    }
}

#[tokio::test]
async fn inv_g7_random_histories_are_what_a_sequential_shop_would_have_done() {
    for shop in offline_shops().await {
        let mut events = 0;
        for (round, script) in (0..).zip(scripts()) {
            match agrees(&shop, round, &script, None).await {
                Ok(done) => events += done,
                Err(wrong) => panic!("history {round} on {}: {wrong}", shop.on),
            }
        }
        println!(
            "{}: {events} events in {HISTORIES} histories agree",
            shop.on
        );
    }
}

/// A model that breaks one rule is told from the shop: so would be a shop that broke it.
#[tokio::test]
async fn the_comparison_sees_every_rule_that_is_broken() {
    for shop in offline_shops().await {
        let scripts = scripts();
        let mut round = 0;
        for bug in BUGS {
            let mut seen = false;
            for script in &scripts {
                round += 1;
                if agrees(&shop, round, script, Some(bug)).await.is_err() {
                    seen = true;
                    break;
                }
            }
            assert!(seen, "{bug:?} on {}", shop.on);
        }
    }
}
