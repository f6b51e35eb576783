//! A thousand at once want the last seat of a group, fifty times, while the group's end races them: each join is the
//! shop's own transaction of taking a seat, without the HTTP around it (G2, G10, inv.G1, G4, S1, S4).

use std::time::{Duration, Instant};

use contract::groups::GroupState;
use contract::quote::BasketLine;
use contract::{ErrorCode, Timestamp};
use futures_util::future::join_all;
use server::config::Sharing;
use server::groups::expire;
use server::groups::take::{self, Offered};
use server::http::language::Lang;
use server::pricing::{self, Asking, Priced, Special};
use server::trade::place::{self, Source, Wish};
use server::{AppError, outbox};

use super::races::crowd;
use super::*;
use crate::shopping::audit;

/// People who want the same seat at the same moment.
const CROWD: usize = 1_000;
/// Rounds; with [`CROWD`], fifty thousand joins on each database.
const ROUNDS: u64 = 50;

/// What a seat of one group costs: the same for everybody, so it is asked once a round.
struct Asked {
    offered: Offered,
    line: BasketLine,
    special: Special,
    priced: Priced,
}

impl Asked {
    async fn of(shop: &TestShop, group: &GroupId) -> Self {
        let mut conn = shop.state.db.reader().acquire().await.unwrap();
        let line = crate::shopping::line(MANGO_BOX, 1);
        let offered = Offered::find(&mut conn, &join(group), None).await.unwrap();
        let special = offered.special(&mut conn, &line).await.unwrap();
        let priced = pricing::price_special(
            &mut conn,
            &line,
            &special,
            Some(&Buyer::pickup()),
            &Asking::of(&shop.state, None, shop.state.clock.now()),
        )
        .await
        .unwrap();
        Self {
            offered,
            line,
            special,
            priced,
        }
    }

    /// Takes the seat as `take_seat` does, or says why not.
    async fn join(&self, shop: &TestShop, buyer: &Buyer<'_>) -> Result<OrderId, AppError> {
        let (now, fulfilment) = (shop.state.clock.now(), Buyer::pickup());
        let wish = Wish {
            buyer: &buyer.id,
            fulfilment: &fulfilment,
            remark: "",
            expected_total: self.priced.total,
            lang: Lang::En,
            now,
            pay_by: Timestamp(now.0 + 600_000),
        };
        let order = place::agree(&self.priced, &wish)?;
        let mut tx = shop.state.db.begin().await?;
        let group = take::hold(tx.conn(), &self.offered, &buyer.id, now).await?;
        let mut told =
            vec![place::hold_and_write(tx.conn(), &order, &self.priced, Source::Stock).await?];
        let sharing: &Sharing = &shop.state.config.sharing;
        let wished = take::Wish {
            on_overflow: OnOverflow::Refund,
            sharing,
        };
        let terms = (&self.line, &self.special);
        let offered = &self.offered;
        told.extend(
            take::sit_down(tx.conn(), offered, group.as_ref(), &order, terms, wished).await?,
        );
        outbox::commit(tx, &told, &shop.state.outbox_hint).await?;
        Ok(order.id)
    }
}

#[tokio::test]
async fn g2_of_a_thousand_one_gets_the_last_seat_while_the_groups_end_races_it() {
    for shop in offline_shops().await {
        let (a, b, _) = three(&shop).await;
        let buyers = crowd(&shop, CROWD).await;
        let began = Instant::now();
        let (mut filled, mut ended) = (0, 0);
        for round in 0..ROUNDS {
            let (_, group) = a.lead(MANGO, MANGO_BOX).await;
            b.join_and_pay(&group, MANGO_BOX).await;
            let asked = Asked::of(&shop, &group).await;
            let ending = async {
                // In every other round the time runs out in the middle of the rush, each time elsewhere.
                if round % 2 == 1 {
                    tokio::time::sleep(Duration::from_micros(round * 200)).await;
                    shop.clock.advance_ms(24 * HOUR_MS);
                    expire::expire(&shop.state, &group).await.unwrap();
                }
            };
            let rush = join_all(buyers.iter().map(|buyer| asked.join(&shop, buyer)));
            let (joined, ()) = tokio::join!(rush, ending);
            let (mut won, mut lost) = (Vec::new(), 0);
            for one in joined {
                match one {
                    Ok(order) => won.push(order),
                    Err(refused) => {
                        let code = refused.code();
                        let fits = matches!(code, ErrorCode::GroupFull | ErrorCode::GroupEnded);
                        assert!(fits, "{refused} on {}", shop.on);
                        lost += 1;
                    }
                }
            }
            assert!(won.len() <= 1, "{round} on {}: {won:?}", shop.on);
            assert_eq!(won.len() + lost, CROWD);
            // inv.S4: whoever is quick enough is not turned away.
            assert!(round % 2 == 1 || won.len() == 1, "{round} on {}", shop.on);
            for order in &won {
                pay(&shop, order).await;
            }
            match a.group(&group).await.state {
                GroupState::Succeeded => filled += 1,
                GroupState::Failed => ended += 1,
                GroupState::Forming => panic!("{round} on {}: it still forms", shop.on),
            }
            if round % 10 == 9 {
                audit(&shop).await;
            }
        }
        println!(
            "{}: {ROUNDS} rounds of {CROWD} joins in {:.0} s; {filled} groups filled, {ended} ended",
            shop.on,
            began.elapsed().as_secs_f64()
        );
        assert!(filled >= 25, "{filled} {ended} on {}", shop.on);
    }
}
