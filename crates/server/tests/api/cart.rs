//! The cart's copy: kept as the browser has it, merged within limit and stock, nobody else's.

use contract::cart::{Cart, MergeChange, MergedCart};
use contract::{ErrorCode, ErrorDetails};
use serde_json::{Value, json};

use crate::harness::TestShop;

fn cart(lines: &[(&str, u32)]) -> Value {
    let line =
        |(sku, quantity): &(&str, u32)| json!({ "sku": sku, "quantity": quantity, "added_at": 1 });
    json!({ "lines": lines.iter().map(line).collect::<Vec<_>>() })
}

#[tokio::test]
async fn the_copy_is_kept_as_the_browser_has_it_and_is_nobody_elses() {
    for shop in TestShop::each().await {
        let customer = shop.customer("13800000001").await;
        let other = shop.customer("13800000002").await;
        assert_eq!(
            customer.get("/api/cart").ok::<Cart>().await,
            Cart::default()
        );
        for kept in [cart(&[("b", 2), ("a", 1)]), cart(&[("a", 5)]), cart(&[])] {
            customer.put("/api/cart").json(&kept).ok::<Cart>().await;
            assert_eq!(
                customer.get("/api/cart").ok::<Value>().await,
                kept,
                "{}",
                shop.on
            );
            assert_eq!(other.get("/api/cart").ok::<Cart>().await, Cart::default());
        }
        shop.get("/api/cart")
            .refused(ErrorCode::SignInRequired)
            .await;
    }
}

#[tokio::test]
async fn a_cart_that_cannot_be_is_refused_with_the_field() {
    for shop in TestShop::each().await {
        let customer = shop.customer("13800000001").await;
        let names: Vec<String> = (0..101).map(|n| format!("s{n}")).collect();
        let many: Vec<(&str, u32)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        for (bad, field) in [
            (cart(&many), "lines"),
            (cart(&[("a", 1), ("a", 2)]), "lines[1].sku"),
            (cart(&[("", 1)]), "lines[0].sku"),
            (cart(&[("a", 0)]), "lines[0].quantity"),
            (cart(&[("a", 1000)]), "lines[0].quantity"),
        ] {
            let refused = customer
                .put("/api/cart")
                .json(&bad)
                .refused(ErrorCode::InvalidRequest)
                .await;
            let Some(ErrorDetails::Field { name, .. }) = refused.details else {
                panic!("{refused:?}")
            };
            assert_eq!(name, field);
        }
    }
}

#[tokio::test]
async fn r3_8_merging_sums_within_stock_and_tells_every_change_once() {
    for shop in TestShop::each_stocked().await {
        let customer = shop.customer("13800000001").await;
        customer
            .put("/api/cart")
            .json(&cart(&[("FRU001-A", 2), ("GONE", 1)]))
            .ok::<Cart>()
            .await;
        let guest = cart(&[("FRU001-A", 3), ("FRU001-B", 999)]);
        let merge = || {
            customer
                .post("/api/cart/merge")
                .key("one")
                .json(&guest)
                .send()
        };
        let merged: MergedCart = merge().await.json();
        assert!(merged.changes.contains(&MergeChange::Summed {
            sku: "FRU001-A".into(),
            quantity: 5
        }));
        assert!(
            merged
                .changes
                .contains(&MergeChange::Dropped { sku: "GONE".into() })
        );
        let capped = merged.changes.iter().find_map(|change| match change {
            MergeChange::Capped {
                sku,
                quantity,
                wanted: 999,
            } if sku.as_str() == "FRU001-B" => Some(*quantity),
            _ => None,
        });
        assert!(
            capped.is_some_and(|quantity| quantity <= 99),
            "{:?}",
            merged.changes
        );

        let again: MergedCart = merge().await.json();
        assert_eq!(again, merged, "one key merges once");
        assert_eq!(customer.get("/api/cart").ok::<Cart>().await, merged.cart);
    }
}
