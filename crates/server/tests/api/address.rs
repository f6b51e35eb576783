//! The address book: one default, twenty entries, nobody else's.

use contract::address::{Address, AddressInput};
use contract::{ErrorCode, ErrorDetails, Page};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::{Customer, TestShop};

fn input(name: &str) -> Value {
    json!({ "name": name, "phone": "13812345678", "region": "上海市 徐汇区", "detail": "漕溪北路 45 弄" })
}

async fn add(customer: &Customer<'_>, name: &str) -> Address {
    customer
        .post("/api/addresses")
        .json(&input(name))
        .ok()
        .await
}

async fn list(customer: &Customer<'_>) -> Vec<(String, bool)> {
    let page: Page<Address> = customer.get("/api/addresses").ok().await;
    page.items
        .into_iter()
        .map(|entry| (entry.input.name, entry.input.is_default))
        .collect()
}

fn named(entries: &[(&str, bool)]) -> Vec<(String, bool)> {
    entries
        .iter()
        .map(|(name, default)| ((*name).to_owned(), *default))
        .collect()
}

#[tokio::test]
async fn there_is_one_default_as_long_as_there_is_an_entry() {
    for shop in TestShop::each().await {
        let customer = shop.customer("13800000001").await;
        let first = add(&customer, "first").await;
        assert!(first.input.is_default);
        let second = add(&customer, "second").await;
        assert!(!second.input.is_default);
        let mut third = input("third");
        third["is_default"] = json!(true);
        let third: Address = customer.post("/api/addresses").json(&third).ok().await;
        assert_eq!(
            list(&customer).await,
            named(&[("third", true), ("second", false), ("first", false)])
        );

        let path = |address: &Address| format!("/api/addresses/{}", address.id);
        let kept: Address = customer
            .put(&path(&third))
            .json(&input("renamed"))
            .ok()
            .await;
        assert!(
            kept.input.is_default,
            "the default stays until another takes its place"
        );
        assert_eq!(customer.delete(&path(&third)).send().await.status, 204);
        assert_eq!(
            list(&customer).await,
            named(&[("second", true), ("first", false)])
        );
        customer.delete(&path(&second)).send().await;
        customer.delete(&path(&first)).send().await;
        assert_eq!(list(&customer).await, named(&[]));
        customer
            .delete(&path(&first))
            .refused(ErrorCode::NotFound)
            .await;
    }
}

#[tokio::test]
async fn twenty_entries_are_the_most_even_when_they_come_at_once() {
    for shop in TestShop::each().await {
        let customer = shop.customer("13800000001").await;
        let adds = (0..25).map(|_| customer.post("/api/addresses").json(&input("x")).send());
        let added = join_all(adds)
            .await
            .iter()
            .filter(|answer| answer.status == 201)
            .count();
        assert_eq!(added, 20, "{}", shop.on);
        let page = list(&customer).await;
        assert_eq!(page.iter().filter(|(_, is_default)| *is_default).count(), 1);
        customer
            .post("/api/addresses")
            .json(&input("x"))
            .refused(ErrorCode::LimitExceeded)
            .await;
    }
}

#[tokio::test]
async fn anothers_address_does_not_exist() {
    for shop in TestShop::each().await {
        let owner = shop.customer("13800000001").await;
        let other = shop.customer("13800000002").await;
        let address = add(&owner, "mine").await;
        let path = format!("/api/addresses/{}", address.id);
        other
            .put(&path)
            .json(&input("stolen"))
            .refused(ErrorCode::NotFound)
            .await;
        other.delete(&path).refused(ErrorCode::NotFound).await;
        assert_eq!(list(&other).await, named(&[]));
        assert_eq!(list(&owner).await, named(&[("mine", true)]));
    }
}

#[tokio::test]
async fn the_field_that_does_not_fit_is_named() {
    for shop in TestShop::each().await {
        let customer = shop.customer("13800000001").await;
        for (field, value) in [
            ("name", json!("")),
            ("phone", json!("none")),
            ("region", json!("x".repeat(101))),
            ("detail", json!("a\u{0}b")),
            ("community", json!("nowhere")),
            ("surprise", json!(1)),
        ] {
            let mut spoilt = input("x");
            spoilt[field] = value;
            let refused = customer
                .post("/api/addresses")
                .json(&spoilt)
                .refused(ErrorCode::InvalidRequest)
                .await;
            let Some(ErrorDetails::Field { name, reason }) = refused.details else {
                panic!("{refused:?}")
            };
            assert!(
                name == field || reason.contains(field),
                "{field}: {name} {reason}"
            );
        }
        assert_eq!(list(&customer).await, named(&[]));
    }
}

#[tokio::test]
async fn inv_i1_one_key_adds_one_entry() {
    for shop in TestShop::each().await {
        let customer = shop.customer("13800000001").await;
        let add = || {
            customer
                .post("/api/addresses")
                .key("one")
                .json(&input("x"))
                .send()
        };
        let (first, again) = (add().await, add().await);
        assert_eq!((first.status, first.body), (again.status, again.body));
        assert_eq!(list(&customer).await.len(), 1);
        let other = customer.post("/api/addresses").key("one").json(&input("y"));
        other.refused(ErrorCode::IdempotencyKeyReused).await;
    }
}

#[test]
fn an_address_reads_back_as_it_was_written() {
    let address = Address {
        id: "a".into(),
        input: serde_json::from_value::<AddressInput>(input("x")).unwrap(),
    };
    let json = serde_json::to_string(&address).unwrap();
    assert_eq!(serde_json::from_str::<Address>(&json).unwrap(), address);
}
