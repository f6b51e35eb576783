//! Who may do what: every operation of the API's document, asked by nobody and by another customer.
//!
//! An operation that is missing here fails the test, so that none is added without deciding whose it is.

mod table;

use std::collections::BTreeSet;

use contract::address::Address;
use contract::live_giveaway::StudioGiveaway;
use contract::live_studio::StaffRole;
use contract::notifications::NotificationList;
use contract::{ApiError, ErrorCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::groups::{STRAWBERRY, STRAWBERRY_BOX};
use crate::harness::{Request, TestShop, demo_videos};
use crate::live::{Host, on_air};
use crate::promotions::{Editor, coupon};
use crate::shopping::{Buyer, STRAWBERRIES, line};
use table::{EVERY_ROLE, For, table};

/// An operation as the document has it.
struct Operation {
    id: String,
    method: String,
    path: String,
}

fn operations() -> Vec<Operation> {
    let (_, document) = server::http::api().split_for_parts();
    let document = serde_json::to_value(document).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if let Some(id) = operation["operationId"].as_str() {
                let (id, method, path) = (id.to_owned(), method.to_uppercase(), path.clone());
                operations.push(Operation { id, method, path });
            }
        }
    }
    operations
}

/// A short video of the demo.
const VIDEO: &str = "strawberry-dawn";

/// What the owner has, and what nobody else may read.
struct Owned<'a> {
    owner: Buyer<'a>,
    address: String,
    order: String,
    share: String,
    group: String,
    /// An entry of the owner's notification centre.
    notice: String,
    /// A live room, by its word, and a flash price and a giveaway in it.
    room: Host<'a>,
    flash: String,
    giveaway: String,
    /// A comment on a short video.
    comment: String,
    /// A coupon that can be claimed.
    campaign: String,
    secrets: [&'static str; 3],
}

impl<'a> Owned<'a> {
    async fn by(owner: Buyer<'a>) -> Self {
        let written = json!({ "name": "绝密收件人", "phone": "13777777777", "region": "上海市", "detail": "绝密路 9 号" });
        let address: Address = owner.post("/api/addresses").json(&written).ok().await;
        let order = owner.order(&[line(STRAWBERRIES, 1)]).await;
        let link = json!({ "target": { "kind": "page", "path": "/" }, "channel": "chat" });
        let share: contract::shares::Share = owner.post("/api/shares").json(&link).ok().await;
        let (_, group) = owner.lead(STRAWBERRY, STRAWBERRY_BOX).await;
        let joined = Buyer::new(owner.shop, "13700000003").await;
        joined.join_and_pay(&group, STRAWBERRY_BOX).await;
        let room = on_air(owner.shop).await;
        let flash = room.flash(20, 5, 0).await.id.0;
        let given = json!({ "prize": "草莓一盒", "entry": "anyone", "winners": 1, "open_s": 60 });
        let opened: StudioGiveaway = room.post("/giveaways").json(&given).ok().await;
        owner.shop.import(&demo_videos()).await.unwrap();
        let path = format!("/api/videos/{VIDEO}/comments");
        let said = owner.post(&path).json(&json!({ "text": "hello" }));
        let comment = said.ok::<contract::videos::Comment>().await.id.0;
        let campaign = Editor::new(owner.shop).await.publish(&coupon(0, 1)).await.0;
        let told: NotificationList = owner.get("/api/notifications").ok().await;
        Self {
            owner,
            address: address.id.0,
            share: share.token.0,
            order: order.card.id.0,
            group: group.0,
            notice: told.items[0].id.0.clone(),
            room,
            flash,
            giveaway: opened.giveaway.id.0,
            comment,
            campaign,
            secrets: ["绝密收件人", "13777777777", "绝密路"],
        }
    }

    /// What the operation is told.
    fn body(&self, operation: &Operation, body: &Value) -> Value {
        match operation.id.as_str() {
            "mark_notifications_read" => json!({ "up_to": self.notice }),
            _ => body.clone(),
        }
    }

    /// The operation's address for what the owner has.
    fn path(&self, operation: &Operation) -> String {
        let id = match operation.path.split('/').nth(2) {
            Some("addresses") => &self.address,
            Some("orders") => &self.order,
            Some("shares") => &self.share,
            Some("creators") => "xiaohe.orchard",
            Some("groups") => &self.group,
            Some("videos" | "own") => VIDEO,
            Some("coupons") => &self.campaign,
            Some("studio") if operation.path.contains("/campaigns/") => &self.campaign,
            Some("studio") if operation.path.contains("/skus/") => STRAWBERRIES,
            _ => "dandong-strawberry",
        };
        let is_live = operation.path.contains("/live/");
        let id = if is_live { &self.room.room } else { id };
        let parts = operation.path.split('/').map(|part| match part {
            "{flash}" => &self.flash,
            "{giveaway}" => &self.giveaway,
            "{comment}" => &self.comment,
            "{number}" => "6",
            part if part.starts_with('{') => id,
            part => part,
        });
        let path = parts.collect::<Vec<_>>().join("/");
        match operation.id.as_str() {
            "get_report" | "export_statement" => format!("{path}?from=0&until=1"),
            "stream_events" => format!("{path}?topics=order:{}", self.order),
            _ => path,
        }
    }
}

/// The status of an answer, its error if it is one, and its text. A stream is left as soon as it began.
async fn outcome(request: Request) -> (u16, Option<ErrorCode>, String) {
    let answer = request.stream().await;
    let status = answer.status();
    if status == 200 && answer.headers()["content-type"] == "text/event-stream" {
        return (200, None, String::new());
    }
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&body).into_owned();
    let code = serde_json::from_str::<ApiError>(&text)
        .ok()
        .map(|error| error.code)
        .or(match (status.as_u16(), text.is_empty()) {
            // A HEAD is answered without the body that says it.
            (401, true) => Some(ErrorCode::SignInRequired),
            (403, true) => Some(ErrorCode::CreatorOnly),
            _ => None,
        });
    (status.as_u16(), code, text)
}

fn ask(
    shop: &TestShop,
    operation: &Operation,
    path: &str,
    body: &Value,
    cookie: Option<&str>,
) -> Request {
    let request = match operation.method.as_str() {
        "GET" => shop.get(path),
        "POST" => shop.post(path).fresh_key(),
        "PUT" => shop.put(path).fresh_key(),
        "DELETE" => shop.delete(path).fresh_key(),
        "PATCH" => shop.patch(path).header("upload-offset", "0"),
        "HEAD" => shop.head(path),
        method => panic!("{method} is not known here"),
    };
    let request = if body.is_null() {
        request
    } else {
        request.json(body)
    };
    match cookie {
        Some(cookie) => request.cookie(cookie),
        None => request,
    }
}

#[test]
fn every_operation_of_the_document_is_in_the_table() {
    let documented: BTreeSet<String> = operations()
        .into_iter()
        .map(|operation| operation.id)
        .collect();
    let decided: BTreeSet<String> = table().iter().map(|(id, ..)| (*id).to_owned()).collect();
    assert_eq!(documented, decided);
    assert_eq!(decided.len(), table().len(), "one is there twice");
}

#[tokio::test]
async fn nobody_reaches_what_needs_a_customer_and_no_customer_anothers() {
    for shop in TestShop::each_stocked().await {
        let owned = Owned::by(Buyer::new(&shop, "13700000001").await).await;
        let other = Buyer::new(&shop, "13700000002").await;
        let basket = Buyer::request(
            &[line(STRAWBERRIES, 1)],
            other.quote(&[line(STRAWBERRIES, 1)]).await.total,
        );
        for operation in operations() {
            let table = table();
            let (_, whose, body) = table.iter().find(|(id, ..)| *id == operation.id).unwrap();
            let body = match operation.id.as_str() {
                "submit_order" => serde_json::to_value(&basket).unwrap(),
                _ => owned.body(&operation, body),
            };
            let path = owned.path(&operation);
            let name = format!("{} on {}", operation.id, shop.on);

            let (status, code, text) = outcome(ask(&shop, &operation, &path, &body, None)).await;
            match whose {
                For::Anyone => assert!(
                    status != 401 && status != 403 && status != 404,
                    "{name}: {text}"
                ),
                For::Customers
                | For::Earners
                | For::Owner
                | For::Hosts
                | For::Creators
                | For::May(_)
                | For::Owners => {
                    assert_eq!(
                        (status, code),
                        (401, Some(ErrorCode::SignInRequired)),
                        "{name}: {text}"
                    );
                }
                For::Signed => assert!((400..500).contains(&status), "{name}: {text}"),
            }
            assert!(
                owned.secrets.iter().all(|secret| !text.contains(secret)),
                "{name}: {text}"
            );

            if operation.id == "sign_out" {
                continue; // it would end the other customer's session
            }
            let asked = ask(&shop, &operation, &path, &body, Some(&other.cookie));
            let (status, code, text) = outcome(asked).await;
            match whose {
                For::Anyone => assert!(
                    status != 401 && status != 403 && status != 404,
                    "{name}: {text}"
                ),
                // A room on air is not waited for.
                For::Customers if operation.id == "remind_of_live" => {
                    assert_eq!(status, 409, "{text}")
                }
                For::Customers => assert!((200..300).contains(&status), "{name}: {text}"),
                For::Hosts | For::May(_) | For::Owners => assert_eq!(
                    (status, code),
                    (403, Some(ErrorCode::StaffOnly)),
                    "{name}: {text}"
                ),
                For::Creators => assert_eq!(
                    (status, code),
                    (403, Some(ErrorCode::CreatorOnly)),
                    "{name}: {text}"
                ),
                For::Earners => assert_eq!(
                    (status, code),
                    (409, Some(ErrorCode::BalanceTooLow)),
                    "{name}: {text}"
                ),
                For::Owner => assert_eq!(
                    (status, code),
                    (404, Some(ErrorCode::NotFound)),
                    "{name}: {text}"
                ),
                For::Signed => assert!((400..500).contains(&status), "{name}: {text}"),
            }
            let leaked = [owned.order.as_str(), &owned.address, &owned.share]
                .into_iter()
                .chain(owned.secrets);
            for secret in leaked {
                let is_asked_for = path.contains(secret);
                assert!(
                    is_asked_for || !text.contains(secret),
                    "{name} tells {secret}: {text}"
                );
            }
        }
        everything_is_still_the_owners(&shop, &owned).await;
        the_staff_does_what_its_role_may(&shop, &owned).await;
    }
}

/// After all those attempts the owner finds everything as it was; so the refusals were not for another
/// reason, such as a wrong address.
async fn everything_is_still_the_owners(shop: &TestShop, owned: &Owned<'_>) {
    let addresses = owned.owner.get("/api/addresses").send().await.text();
    assert!(
        owned
            .secrets
            .iter()
            .all(|secret| addresses.contains(secret)),
        "{addresses}"
    );
    let mut operations = operations();
    operations.sort_by_key(|operation| operation.method == "DELETE");
    for operation in operations {
        let table = table();
        let (_, whose, body) = table.iter().find(|(id, ..)| *id == operation.id).unwrap();
        if *whose != For::Owner {
            continue;
        }
        let path = owned.path(&operation);
        let body = owned.body(&operation, body);
        let asked = ask(shop, &operation, &path, &body, Some(&owned.owner.cookie));
        let (status, _, text) = outcome(asked).await;
        assert!(
            status != 401 && status != 403 && status != 404,
            "{}: {status} {text}",
            operation.id
        );
    }
}

/// A host runs rooms and does not do what is the owner's; an owner does everything.
async fn the_staff_does_what_its_role_may(shop: &TestShop, owned: &Owned<'_>) {
    let boss = Host::new(shop, "13800000099", StaffRole::Owner).await;
    let mut staff = Vec::new();
    for (n, role) in (0..).zip(EVERY_ROLE) {
        let phone = format!("1380000008{n}");
        staff.push((*role, Host::new(shop, &phone, *role).await));
    }
    let mut operations = operations();
    // What ends something comes last, so that it does not stand in the way of the others.
    operations.sort_by_key(|operation| (operation.method == "DELETE", operation.id == "move_live"));
    for operation in operations {
        let table = table();
        let (_, whose, body) = table.iter().find(|(id, ..)| *id == operation.id).unwrap();
        if !matches!(whose, For::Hosts | For::May(_) | For::Owners) {
            continue;
        }
        let path = owned.path(&operation);
        let as_who = async |cookie: &str| {
            let (status, code, _) = outcome(ask(shop, &operation, &path, body, Some(cookie))).await;
            (status, code)
        };
        let allowed: &[StaffRole] = match whose {
            For::May(roles) => roles,
            For::Hosts => &[StaffRole::Host],
            _ => &[],
        };
        for (role, somebody) in &staff {
            let (status, code) = as_who(&somebody.me.cookie).await;
            let refused = (status, code) == (403, Some(ErrorCode::StaffOnly));
            assert_eq!(
                refused,
                !allowed.contains(role),
                "{} as {role:?}: {status}",
                operation.id
            );
        }
        let (status, code) = as_who(&boss.me.cookie).await;
        assert!(
            status != 401 && status != 403 && status < 500,
            "{} {status} {code:?}",
            operation.id
        );
    }
}
