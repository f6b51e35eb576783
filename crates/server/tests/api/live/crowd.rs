//! Many at once on a flash price: exactly its units are sold (L3, inv.S4).

use std::collections::BTreeMap;

use contract::live::{FlashState, FlashTaken};
use contract::{ApiError, ErrorCode, OrderId};
use futures_util::StreamExt;
use futures_util::stream;

use super::{STRAWBERRY, on_air};
use crate::harness::TestShop;
use crate::shopping::{Buyer, audit, bucket, leave};

const CROWD: usize = 1000;
const UNITS: u32 = 10;

#[tokio::test]
async fn l3_of_a_thousand_buyers_of_ten_units_exactly_ten_get_one() {
    for shop in TestShop::each_stocked().await {
        let host = on_air(&shop).await;
        leave(&shop, STRAWBERRY, 500).await;
        let mut buyers = Vec::new();
        for n in 0..CROWD {
            buyers.push(Buyer::new(&shop, &format!("139{n:08}")).await);
        }
        let flash = host.flash(UNITS, 1, 0).await;
        // As many at once as a server lets in.
        let answers: Vec<_> = stream::iter(buyers.iter().map(|buyer| buyer.buy_one(&flash).send()))
            .buffer_unordered(64)
            .collect()
            .await;
        let mut won: Vec<OrderId> = Vec::new();
        let mut lost: BTreeMap<String, usize> = BTreeMap::new();
        for answer in answers {
            if answer.status == 201 {
                won.push(answer.json::<FlashTaken>().order.card.id);
                continue;
            }
            let code = answer.json::<ApiError>().code;
            assert_eq!(code, ErrorCode::SoldOut, "{}", answer.text());
            *lost.entry(format!("{code:?}")).or_default() += 1;
        }
        assert_eq!(won.len(), UNITS as usize, "{lost:?} on {}", shop.on);
        assert_eq!(lost.values().sum::<usize>(), CROWD - UNITS as usize);
        let seen = host.see().await;
        assert_eq!(seen.flash[0].state, FlashState::SoldOut);
        assert_eq!(seen.figures.orders, u64::from(UNITS));
        let (on_hand, reserved, sold) = bucket(&shop, STRAWBERRY).await;
        assert_eq!((on_hand - sold, reserved), (500, i64::from(UNITS)));
        audit(&shop).await;
    }
}
