//! Flash sales (rules.md 3.5): a bucket carved out of the stock, slots, limits, and where goods go that come back.

use contract::ApiError;
use contract::ErrorCode;
use contract::Money;
use contract::campaigns::CampaignCommand;
use contract::catalog::{ProductDetail, ProductList, Sku};
use contract::promotions::{FlashSales, PromotionKind, PromotionReason as Reason};
use serde_json::json;
use server::campaigns::publish;
use server::trade::close;

use super::{DAY, Editor, HOUR, SALE, at, carved, sale, strawberries, why, with};
use crate::groups::{offline_shops, pay};
use crate::harness::TestShop;
use crate::shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, audit, bucket, leave, yuan};

/// What the strawberries cost before, as the catalogue says: the highest price is the one that is struck out.
const FORMER: i64 = 3990;

#[tokio::test]
async fn f1_a_sale_is_carved_out_of_the_stock_and_sells_its_own() {
    for shop in offline_shops().await {
        leave(&shop, STRAWBERRIES, 10).await;
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor.publish(&sale(6)).await;
        assert_eq!(carved(&shop, &id).await, (6, 0, 0), "{}", shop.on);
        assert_eq!(
            bucket(&shop, STRAWBERRIES).await.1,
            6,
            "kept out of the stock"
        );
        audit(&shop).await;

        let quote = buyer.quote(&strawberries(2)).await;
        assert_eq!(quote.total, yuan(2 * SALE));
        assert_eq!(quote.promotions.applied[0].kind, PromotionKind::FlashSale);
        assert_eq!(
            quote.promotions.applied[0].amount,
            yuan(2 * (STRAWBERRIES_PRICE - SALE))
        );
        let order = buyer.order(&strawberries(2)).await;
        assert_eq!(carved(&shop, &id).await, (6, 2, 0));
        assert_eq!(bucket(&shop, STRAWBERRIES).await.1, 6, "the same pieces");
        audit(&shop).await;
        pay(&shop, &order.card.id).await;
        assert_eq!(carved(&shop, &id).await, (6, 0, 2));
        audit(&shop).await;

        // More than is left costs what everybody pays, out of the shop's own stock.
        let many = buyer.quote(&strawberries(4)).await;
        assert_eq!(many.total, yuan(4 * SALE));
        let too_many = Buyer::new(&shop, "13700000002").await;
        too_many.order(&strawberries(3)).await;
        let left = buyer.quote(&strawberries(2)).await;
        assert_eq!(why(&left, &id), Some(Reason::SoldOut { left: 1 }));
        assert_eq!(left.total, yuan(2 * STRAWBERRIES_PRICE));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f3_f4_f5_what_comes_back_is_the_sales_while_it_runs_and_then_the_shops() {
    for shop in offline_shops().await {
        leave(&shop, STRAWBERRIES, 10).await;
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor.publish(&sale(6)).await;
        // F3: not paid in time.
        let order = buyer.order(&strawberries(1)).await;
        shop.clock.advance_ms(HOUR);
        close::time_out(&shop.state, &order.card.id).await.unwrap();
        assert_eq!(carved(&shop, &id).await, (6, 0, 0), "{}", shop.on);
        audit(&shop).await;
        // F5: paid and called off.
        let order = buyer.order(&strawberries(2)).await;
        pay(&shop, &order.card.id).await;
        buyer.cancel(&order.card.id).await;
        assert_eq!(carved(&shop, &id).await, (6, 0, 0), "{}", shop.on);
        audit(&shop).await;
        // F5: once it is over, to the shop.
        let (held, paid) = (
            buyer.order(&strawberries(1)).await,
            buyer.order(&strawberries(2)).await,
        );
        pay(&shop, &paid.card.id).await;
        editor.go(&id, CampaignCommand::End).await;
        assert_eq!(
            carved(&shop, &id).await,
            (3, 1, 2),
            "what nobody took is the shop's"
        );
        audit(&shop).await;
        buyer.cancel(&held.card.id).await;
        buyer.cancel(&paid.card.id).await;
        assert_eq!(carved(&shop, &id).await, (0, 0, 0), "{}", shop.on);
        let (on_hand, reserved, sold) = bucket(&shop, STRAWBERRIES).await;
        assert_eq!((on_hand - reserved - sold, reserved, sold), (10, 0, 0));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn r3_0_6_late_money_revives_an_order_at_the_sales_price_out_of_the_stock() {
    for shop in offline_shops().await {
        leave(&shop, STRAWBERRIES, 10).await;
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor
            .publish(&with(sale(2), json!({ "per_customer": 2 })))
            .await;
        let order = buyer.order(&strawberries(2)).await;
        shop.clock.advance_ms(HOUR);
        close::time_out(&shop.state, &order.card.id).await.unwrap();
        let other = Buyer::new(&shop, "13700000002").await;
        other.order(&strawberries(2)).await;
        pay(&shop, &order.card.id).await;
        assert_eq!(buyer.see(&order.card.id).await.card.total, yuan(2 * SALE));
        assert_eq!(carved(&shop, &id).await, (2, 2, 0), "{}", shop.on);
        audit(&shop).await;
        buyer.cancel(&order.card.id).await;
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f2_a_customer_has_so_many_over_all_orders() {
    for shop in offline_shops().await {
        leave(&shop, STRAWBERRIES, 20).await;
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor
            .publish(&with(sale(10), json!({ "per_customer": 3 })))
            .await;
        let first = buyer.order(&strawberries(2)).await;
        let more = buyer.quote(&strawberries(2)).await;
        assert_eq!(why(&more, &id), Some(Reason::Limit { left: 1 }));
        assert_eq!(more.total, yuan(2 * STRAWBERRIES_PRICE), "{}", shop.on);
        assert_eq!(buyer.quote(&strawberries(1)).await.total, yuan(SALE));
        buyer.cancel(&first.card.id).await;
        assert_eq!(buyer.quote(&strawberries(3)).await.total, yuan(3 * SALE));
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f6_a_sale_holds_in_its_hours_alone() {
    for shop in offline_shops().await {
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        // The shop's clock says ten in the morning.
        let slots = json!({ "slots": [{ "from": 20 * 60, "to": 22 * 60 }] });
        let id = editor.publish(&with(sale(6), slots)).await;
        let quote = buyer.quote(&strawberries(1)).await;
        assert_eq!(
            why(&quote, &id),
            Some(Reason::NotYet {
                starts_at: at(10 * HOUR)
            })
        );
        assert_eq!(quote.total, yuan(STRAWBERRIES_PRICE));
        let page: FlashSales = shop.get("/api/flash-sales").ok().await;
        let slot = page.slots[0].slot;
        assert_eq!((slot.from, slot.until), (at(10 * HOUR), at(12 * HOUR)));
        assert_eq!(
            (page.slots[0].goods[0].left, page.slots[0].goods[0].price),
            (6, yuan(SALE))
        );

        let sku = strawberry_sku(&shop).await;
        let offer = sku.offer.unwrap();
        assert_eq!(
            (sku.price, offer.applied.len()),
            (yuan(STRAWBERRIES_PRICE), 0)
        );
        let reason = Reason::NotYet {
            starts_at: at(10 * HOUR),
        };
        assert_eq!(
            offer.rejected[0].reason, reason,
            "the page says when it begins"
        );

        shop.clock.advance_ms(10 * HOUR - 1);
        assert_eq!(
            buyer.quote(&strawberries(1)).await.total,
            yuan(STRAWBERRIES_PRICE)
        );
        shop.clock.advance_ms(1);
        let seen = buyer.quote(&strawberries(1)).await;
        assert_eq!(seen.total, yuan(SALE), "{}", shop.on);
        let sku = strawberry_sku(&shop).await;
        let offer = sku.offer.unwrap();
        assert_eq!(
            (sku.price, sku.list_price, offer.until),
            (yuan(SALE), Some(yuan(FORMER)), Some(at(12 * HOUR)))
        );
        assert_eq!(card(&shop).await, (yuan(SALE), Some(yuan(FORMER))));
        shop.clock.advance_ms(2 * HOUR);
        assert_eq!(card(&shop).await.0, yuan(STRAWBERRIES_PRICE), "{}", shop.on);
        // What was quoted in the slot is no right after it: never a silent charge (3.0-1).
        let late = buyer.send_order(&strawberries(1), seen.total).send().await;
        assert_eq!(late.json::<ApiError>().code, ErrorCode::PriceChanged);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f8_a_quota_rises_any_time_and_falls_no_further_than_what_is_taken() {
    for shop in offline_shops().await {
        leave(&shop, STRAWBERRIES, 10).await;
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor.publish(&sale(4)).await;
        buyer.order(&strawberries(3)).await;
        editor
            .edit(&editor.see(&id).await, &sale(8))
            .ok::<serde_json::Value>()
            .await;
        assert_eq!(carved(&shop, &id).await, (8, 3, 0));
        audit(&shop).await;
        let seen = editor.see(&id).await;
        let low = editor.edit(&seen, &sale(2)).send().await;
        assert_eq!(low.status, 422, "{}", low.text());
        let over = editor.edit(&seen, &sale(99)).send().await;
        assert_eq!(
            over.json::<ApiError>().code,
            ErrorCode::SoldOut,
            "{}",
            shop.on
        );
        editor.edit(&seen, &sale(3)).ok::<serde_json::Value>().await;
        assert_eq!(carved(&shop, &id).await, (3, 3, 0));
        let stale = editor.edit(&seen, &sale(5)).send().await;
        assert_eq!(
            stale.json::<ApiError>().code,
            ErrorCode::CampaignStateConflict
        );
        let mut dearer = sale(3);
        dearer["rule"]["prices"][0]["price"] = json!(100);
        let changed = editor.edit(&editor.see(&id).await, &dearer).send().await;
        assert_eq!(changed.status, 422, "a published price stays");
        audit(&shop).await;
    }
}

#[tokio::test]
async fn features_133_the_clock_begins_and_ends_a_sale_and_a_pause_stops_it_at_once() {
    for shop in offline_shops().await {
        let (editor, buyer) = (
            Editor::new(&shop).await,
            Buyer::new(&shop, "13700000001").await,
        );
        let id = editor.publish(&sale(4)).await;
        editor.go(&id, CampaignCommand::Pause).await;
        let paused = buyer.quote(&strawberries(1)).await;
        assert_eq!(why(&paused, &id), Some(Reason::Paused));
        assert_eq!(carved(&shop, &id).await.0, 4, "it keeps its goods");
        editor.go(&id, CampaignCommand::Resume).await;
        assert_eq!(buyer.quote(&strawberries(1)).await.total, yuan(SALE));
        shop.clock.advance_ms(10 * DAY);
        assert_eq!(
            buyer.quote(&strawberries(1)).await.total,
            yuan(STRAWBERRIES_PRICE),
            "to the moment"
        );
        publish::run(&shop.state).await.unwrap();
        assert_eq!(carved(&shop, &id).await, (0, 0, 0), "{}", shop.on);
        let over = editor.command(&id, CampaignCommand::Resume).send().await;
        assert_eq!(
            over.json::<ApiError>().code,
            ErrorCode::CampaignStateConflict
        );
        audit(&shop).await;
    }
}

/// The strawberries as the product's page has them.
async fn strawberry_sku(shop: &TestShop) -> Sku {
    let page = shop.get("/api/products/dandong-strawberry");
    let product: ProductDetail = page.ok().await;
    let mut skus = product.skus.into_iter();
    skus.find(|sku| sku.id.0 == STRAWBERRIES).unwrap()
}

/// Price and former price of the strawberries in a list.
async fn card(shop: &TestShop) -> (Money, Option<Money>) {
    let list: ProductList = shop.get("/api/products?limit=50").ok().await;
    let mut cards = list.items.into_iter();
    let card = cards
        .find(|card| card.slug == "dandong-strawberry")
        .unwrap();
    (card.price, card.list_price)
}
