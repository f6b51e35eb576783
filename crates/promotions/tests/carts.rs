//! The engine on 100,000 random carts: whatever the promotions, nobody is paid for buying, and every fen of a discount
//! stands on a line and is paid for by somebody (rules.md 3.0-7, 3.0-8, M1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use contract::promotions::{Funder, FundingPart, PromotionKind};
use contract::{CouponId, Timestamp};
use promotions::{
    Audience, Benefit, Budget, Cart, CartLine, Customer, Exclusive, Funding, Held, Promotion, Rule,
    Schedule, Scope, Stage, Tier, TimeZone, UnitPrice, price,
};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_772_330_400_000);

fn lines() -> impl Strategy<Value = Vec<CartLine>> {
    let line = (
        1_i64..20_000,
        1_u32..6,
        0_u8..3,
        0_i64..120,
        prop::option::weighted(0.1, (1_i64..100, any::<bool>())),
    );
    prop::collection::vec(line, 1..6).prop_map(|lines| {
        let line = |(n, (unit, quantity, category, floor, activity))| CartLine {
            sku: format!("sku-{n}").into(),
            product: format!("p{n}").into(),
            category: format!("c{category}").into(),
            quantity,
            unit,
            // Some goods are sold at their floor, or below it.
            floor: unit * floor / 100,
            exclusive: Option::map(activity, |(percent, more): (i64, bool)| Exclusive {
                id: "group".into(),
                kind: PromotionKind::GroupBuy,
                price: unit * percent / 100,
                funding: Funding::store(),
                more,
            }),
        };
        (0..).zip(lines).map(line).collect()
    })
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::All),
        (0_u8..4).prop_map(|n| Scope::Categories(vec![format!("c{n}").into()])),
        (0_u8..6).prop_map(|n| Scope::Products(vec![format!("p{n}").into()])),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let benefit = prop_oneof![
        (1_i64..30_000).prop_map(|off| Benefit::Fixed { off }),
        (1_u32..=10_000, prop::option::of(1_i64..9_000))
            .prop_map(|(off_bp, cap)| Benefit::Percent { off_bp, cap }),
    ];
    let price = (0_u8..6, 1_i64..20_000, 0_u32..8).prop_map(|(n, price, left)| UnitPrice {
        sku: format!("sku-{n}").into(),
        price,
        left,
    });
    prop_oneof![
        prop::collection::vec(price, 1..4).prop_map(|prices| Rule::FlashSale { prices }),
        (scope(), 1_u32..=10_000).prop_map(|(scope, off_bp)| Rule::MemberPrice { scope, off_bp }),
        (
            scope(),
            prop::collection::vec((0_i64..40_000, 1_i64..20_000), 1..4)
        )
            .prop_map(|(scope, tiers)| Rule::FullReduction {
                scope,
                tiers: tiers
                    .into_iter()
                    .map(|(from, off)| Tier { from, off })
                    .collect(),
            }),
        (scope(), 0_i64..40_000, benefit, any::<bool>()).prop_map(
            |(scope, threshold, benefit, alone)| Rule::Coupon {
                scope,
                threshold,
                benefit,
                alone
            }
        ),
    ]
}

fn funding(store_bp: u32) -> Funding {
    let part = |funder, share_bp| FundingPart { funder, share_bp };
    Funding::new(vec![
        part(Funder::store(), store_bp),
        part(Funder::supplier("orchard"), 10_000 - store_bp),
    ])
    .unwrap()
}

prop_compose! {
    fn promotions()(
        all in prop::collection::vec(
            (rule(), 1_u32..10_000, prop::option::of(0_i64..20_000), prop::option::of(0_i64..3), prop::option::of(0_u32..4), 0_u32..3), 0..7)
    ) -> Vec<Promotion> {
        (0..).zip(all).map(|(n, (rule, store_bp, spend_left, uses_left, per_customer, min_tier)): (u32, _)| Promotion {
            id: format!("promo-{n}").into(),
            stage: if n == 6 { Stage::Paused } else { Stage::Live },
            schedule: Schedule { starts_at: Timestamp(0), ends_at: NOW.plus_ms(i64::from(n) * 1000), slots: Vec::new() },
            audience: Audience { min_tier, ..Audience::default() },
            funding: funding(store_bp),
            budget: Budget { spend_left, uses_left },
            per_customer,
            rule,
        }).collect()
    }
}

fn customer(tier: u32, promotions: &[Promotion]) -> Customer {
    let coupons = promotions
        .iter()
        .filter(|p| matches!(p.rule, Rule::Coupon { .. }));
    Customer {
        signed_in: true,
        tier,
        wallet: coupons
            .map(|promotion| Held {
                coupon: CouponId(format!("of-{}", promotion.id)),
                promotion: promotion.id.clone(),
                from: Timestamp(0),
                until: NOW.plus_ms(1),
                used: false,
            })
            .collect(),
        ..Customer::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r3_0_8_of_any_cart_every_fen_stands_on_a_line(lines in lines(), promotions in promotions(), tier in 0_u32..3, turn in any::<prop::sample::Index>()) {
        let customer = customer(tier, &promotions);
        let coupons: Vec<CouponId> = customer.wallet.iter().map(|held| held.coupon.clone()).collect();
        let cart = Cart { lines, coupons };
        let priced = price(&cart, &customer, &promotions, &TimeZone::UTC, NOW);

        let subtotal: i64 = cart.lines.iter().map(|line| line.unit * i64::from(line.quantity)).sum();
        let on_lines: i64 = priced.lines.iter().flat_map(|line| &line.shares).map(|share| share.minor).sum();
        prop_assert!(priced.pay() >= 0);
        prop_assert!(priced.discount() <= subtotal);
        prop_assert_eq!(on_lines, priced.discount());
        prop_assert_eq!(priced.pay() + priced.discount(), subtotal);
        for (line, asked) in priced.lines.iter().zip(&cart.lines) {
            let off: i64 = line.shares.iter().map(|share| share.minor).sum();
            prop_assert_eq!(line.pay + off, line.list);
            prop_assert!(line.pay >= 0);
            let floor = asked.floor.min(asked.unit) * i64::from(asked.quantity);
            prop_assert!(asked.exclusive.is_some() || line.pay >= floor, "below its floor");
            for share in &line.shares {
                prop_assert!(share.minor > 0);
                prop_assert_eq!(share.funders.iter().map(|(_, minor)| minor).sum::<i64>(), share.minor);
            }
        }
        for promotion in &promotions {
            let spent: i64 = priced.applied.iter().filter(|a| a.promotion == promotion.id).map(|a| a.minor).sum();
            prop_assert!(promotion.budget.spend_left.is_none_or(|left| spent <= left), "M8");
        }

        // The order of what was shown means nothing.
        let mut turned = cart.clone();
        if !turned.coupons.is_empty() {
            let at = turn.index(turned.coupons.len());
            turned.coupons.rotate_left(at);
            turned.coupons.reverse();
        }
        let mut mixed = promotions.clone();
        mixed.reverse();
        let mut other = customer.clone();
        other.wallet.reverse();
        prop_assert_eq!(price(&turned, &other, &mixed, &TimeZone::UTC, NOW), priced);
    }
}
