//! Quotes: the server prices, whatever the client says.

use contract::ErrorCode;
use contract::fulfilment::{FulfilmentChoice, FulfilmentKind, FulfilmentObstacle};
use contract::quote::{LineIssue, Quote, QuoteRequest};

use crate::harness::TestShop;
use crate::shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, leave, line, yuan};

fn request(lines: &[(&str, u32)]) -> QuoteRequest {
    QuoteRequest {
        lines: lines.iter().map(|(sku, n)| line(sku, *n)).collect(),
        fulfilment: None,
        coupons: Vec::new(),
    }
}

async fn quote(shop: &TestShop, lines: &[(&str, u32)]) -> Quote {
    shop.post("/api/quotes").json(&request(lines)).ok().await
}

#[tokio::test]
async fn r3_0_1_a_guest_is_quoted_the_servers_prices_with_lines_of_one_sku_summed() {
    for shop in TestShop::each_stocked().await {
        let quote = quote(
            &shop,
            &[(STRAWBERRIES, 1), ("FRU001-B", 1), (STRAWBERRIES, 2)],
        )
        .await;
        let lines: Vec<_> = quote
            .lines
            .iter()
            .map(|l| (l.sku.as_str(), l.quantity))
            .collect();
        assert_eq!(lines, [(STRAWBERRIES, 3), ("FRU001-B", 1)], "{}", shop.on);
        assert_eq!(quote.goods_total, yuan(3 * STRAWBERRIES_PRICE + 3990));
        assert_eq!(quote.saved, yuan(3 * 1000 + 1200));
        assert_eq!((quote.total, quote.shipping_fee), (quote.goods_total, None));
        assert!(quote.orderable);
        let kinds: Vec<_> = quote.options.iter().map(|o| (o.kind, o.obstacle)).collect();
        assert_eq!(
            kinds,
            [
                (FulfilmentKind::Pickup, None),
                (FulfilmentKind::LocalDelivery, None),
                (FulfilmentKind::Ship, None)
            ]
        );
    }
}

#[tokio::test]
async fn every_line_says_why_it_cannot_be_bought() {
    for shop in TestShop::each_stocked().await {
        leave(&shop, "FRU001-B", 2).await;
        leave(&shop, "FRU001-C", 0).await;
        let lines = [
            (STRAWBERRIES, 100),
            ("FRU001-B", 3),
            ("FRU001-C", 1),
            ("NO-SUCH", 1),
        ];
        let quote = quote(&shop, &lines).await;
        let issues: Vec<_> = quote.lines.into_iter().map(|l| l.issue).collect();
        assert_eq!(
            issues,
            [
                Some(LineIssue::OverLimit { limit: 99 }),
                Some(LineIssue::OnlyLeft { available: 2 }),
                Some(LineIssue::SoldOut),
                Some(LineIssue::Gone)
            ]
        );
        assert!(!quote.orderable);
        assert_eq!(quote.total, yuan(0));
    }
}

#[tokio::test]
async fn a_chosen_way_adds_its_fee_and_its_obstacle() {
    for shop in TestShop::each_stocked().await {
        let chosen = |choice| QuoteRequest {
            lines: vec![line(STRAWBERRIES, 1)],
            fulfilment: Some(choice),
            coupons: Vec::new(),
        };
        let ship = chosen(FulfilmentChoice::Ship { address: None });
        let quote: Quote = shop.post("/api/quotes").json(&ship).ok().await;
        assert_eq!(quote.shipping_fee, Some(yuan(1000)));
        assert_eq!(quote.total, yuan(STRAWBERRIES_PRICE + 1000));
        // The point of this village keeps nothing cold, and strawberries want it cold.
        let pickup = chosen(FulfilmentChoice::Pickup {
            point: "beitang-village".into(),
            contact: None,
        });
        let quote: Quote = shop.post("/api/quotes").json(&pickup).ok().await;
        assert_eq!(
            quote.options[0].obstacle,
            Some(FulfilmentObstacle::NoColdStorage)
        );
        assert!(!quote.orderable);
        let nowhere = chosen(FulfilmentChoice::Pickup {
            point: "atlantis".into(),
            contact: None,
        });
        let request = shop.post("/api/quotes").json(&nowhere);
        request.refused(ErrorCode::InvalidRequest).await;
    }
}

#[tokio::test]
async fn r3_0_2_negative_zero_and_huge_quantities_are_impossible() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "1").await;
        for quantity in [
            "0",
            "-1",
            "1000",
            "4294967297",
            "1e3",
            "1.5",
            "\"1\"",
            "null",
        ] {
            let lines = format!(r#"[{{"sku":"{STRAWBERRIES}","quantity":{quantity}}}]"#);
            let body = format!(r#"{{"lines":{lines}}}"#);
            let quote = shop.post("/api/quotes").body(body);
            quote.refused(ErrorCode::InvalidRequest).await;
            let body = format!(
                r#"{{"lines":{lines},"fulfilment":{{"kind":"ship"}},"expected_total":{{"minor":1,"currency":"CNY"}}}}"#
            );
            let order = buyer.post("/api/orders").body(body);
            order.refused(ErrorCode::InvalidRequest).await;
        }
    }
}

#[tokio::test]
async fn r3_0_1_a_price_in_the_request_is_refused_not_believed() {
    for shop in TestShop::each_stocked().await {
        let body = format!(r#"{{"lines":[{{"sku":"{STRAWBERRIES}","quantity":1,"price":1}}]}}"#);
        let request = shop.post("/api/quotes").body(body);
        request.refused(ErrorCode::InvalidRequest).await;
        for body in [r#"{"lines":[]}"#, r#"{"lines":[],"total":1}"#] {
            let request = shop.post("/api/quotes").body(body);
            request.refused(ErrorCode::InvalidRequest).await;
        }
    }
}
