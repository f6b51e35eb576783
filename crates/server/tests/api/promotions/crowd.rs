//! Many at once on the last of something (reliability.md 1.3 R5): exactly one gets it.

use contract::{ApiError, ErrorCode};
use futures_util::{StreamExt, stream};
use serde_json::json;

use super::{Editor, coupon, sale, strawberries, with};
use crate::groups::offline_shops;
use crate::shopping::{Buyer, STRAWBERRIES, STRAWBERRIES_PRICE, audit, leave, yuan};

const CROWD: usize = 1000;

#[tokio::test]
async fn inv_r5_of_a_thousand_uses_of_the_last_coupon_exactly_one_counts() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        leave(&shop, STRAWBERRIES, 2000).await;
        let id = editor
            .publish(&with(coupon(0, 1000), json!({ "budget_uses": 1 })))
            .await;
        let mut holders = Vec::new();
        for n in 0..CROWD {
            let buyer = Buyer::new(&shop, &format!("139{n:08}")).await;
            let mine = buyer.claim(&id).await;
            holders.push((buyer, mine));
        }
        let total = yuan(STRAWBERRIES_PRICE - 1000);
        let sent = holders.iter().map(|(buyer, mine)| {
            buyer
                .send_by(&strawberries(1), std::slice::from_ref(mine), total)
                .send()
        });
        let answers: Vec<_> = stream::iter(sent).buffer_unordered(64).collect().await;
        let mut won = 0;
        for answer in &answers {
            match answer.status.as_u16() {
                201 => won += 1,
                _ => assert_eq!(
                    answer.json::<ApiError>().code,
                    ErrorCode::PriceChanged,
                    "{}",
                    answer.text()
                ),
            }
        }
        assert_eq!((won, answers.len()), (1, CROWD), "{}", shop.on);
        assert_eq!(editor.see(&id).await.uses, 1);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn inv_r5_one_coupon_in_many_orders_at_once_is_used_once_and_the_last_is_claimed_once() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        leave(&shop, STRAWBERRIES, 2000).await;
        let mut last = coupon(0, 1000);
        last["rule"]["claim_total"] = json!(1);
        let id = editor.publish(&last).await;
        let mut buyers = Vec::new();
        for n in 0..200 {
            buyers.push(Buyer::new(&shop, &format!("139{n:08}")).await);
        }
        let claims = buyers.iter().map(|buyer| buyer.ask_claim(&id).send());
        let claims: Vec<_> = stream::iter(claims).buffer_unordered(64).collect().await;
        let won: Vec<usize> = (0..claims.len())
            .filter(|n| claims[*n].status == 201)
            .collect();
        assert_eq!(won.len(), 1, "{}", shop.on);

        let wallets = stream::iter(&buyers).then(|buyer| async move {
            (
                buyer,
                buyer
                    .get("/api/wallet")
                    .ok::<contract::promotions::Wallet>()
                    .await,
            )
        });
        let mut owners: Vec<_> = wallets
            .filter(|(_, wallet)| std::future::ready(!wallet.items.is_empty()))
            .collect()
            .await;
        let (owner, wallet) = owners.pop().unwrap();
        let mine = [wallet.items[0].id.clone()];
        let total = yuan(STRAWBERRIES_PRICE - 1000);
        let sent = (0..200).map(|_| owner.send_by(&strawberries(1), &mine, total).send());
        let answers: Vec<_> = stream::iter(sent).buffer_unordered(64).collect().await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 1, "{}", shop.on);
        audit(&shop).await;
    }
}

#[tokio::test]
async fn f1_of_five_hundred_buyers_of_fifty_pieces_exactly_fifty_have_the_price() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        leave(&shop, STRAWBERRIES, 2000).await;
        let id = editor
            .publish(&with(sale(50), json!({ "per_customer": 1 })))
            .await;
        let mut buyers = Vec::new();
        for n in 0..500 {
            buyers.push(Buyer::new(&shop, &format!("139{n:08}")).await);
        }
        let total = yuan(super::SALE);
        let sent = buyers
            .iter()
            .map(|buyer| buyer.send_order(&strawberries(1), total).send());
        let answers: Vec<_> = stream::iter(sent).buffer_unordered(64).collect().await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(
            (won, super::carved(&shop, &id).await),
            (50, (50, 50, 0)),
            "{}",
            shop.on
        );
        audit(&shop).await;
    }
}
