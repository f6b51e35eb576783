//! One rule at a time: who gets which promotion, and what the others say.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use contract::promotions::{Funder, FundingPart, PromotionKind, PromotionReason as Reason};
use contract::{CouponId, PromotionId, Timestamp};
use promotions::{
    Audience, Benefit, Budget, Cart, CartLine, Customer, Exclusive, Funding, Held, Priced,
    Promotion, Rule, Schedule, Scope, Stage, Tier, TimeZone, UnitPrice, price,
};

const NOW: Timestamp = Timestamp(1_772_330_400_000);

fn line(n: u32, unit: i64, quantity: u32) -> CartLine {
    CartLine {
        sku: format!("sku-{n}").into(),
        product: format!("p{n}").into(),
        category: "fruit".into(),
        quantity,
        unit,
        floor: 0,
        exclusive: None,
    }
}

fn promotion(id: &str, rule: Rule) -> Promotion {
    Promotion {
        id: id.into(),
        stage: Stage::Live,
        schedule: Schedule {
            starts_at: Timestamp(0),
            ends_at: NOW.plus_ms(1000),
            slots: Vec::new(),
        },
        audience: Audience::default(),
        funding: Funding::store(),
        budget: Budget::default(),
        per_customer: None,
        rule,
    }
}

fn flash(id: &str, cost: i64, left: u32) -> Promotion {
    let prices = vec![UnitPrice {
        sku: "sku-1".into(),
        price: cost,
        left,
    }];
    promotion(id, Rule::FlashSale { prices })
}

fn coupon(id: &str, threshold: i64, off: i64) -> Promotion {
    promotion(
        id,
        Rule::Coupon {
            scope: Scope::All,
            threshold,
            benefit: Benefit::Fixed { off },
            alone: false,
        },
    )
}

fn holder(promotions: &[&Promotion]) -> Customer {
    Customer {
        signed_in: true,
        wallet: promotions
            .iter()
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

fn ask(lines: Vec<CartLine>, customer: &Customer, promotions: &[Promotion]) -> Priced {
    let coupons = customer
        .wallet
        .iter()
        .map(|held| held.coupon.clone())
        .collect();
    price(
        &Cart { lines, coupons },
        customer,
        promotions,
        &TimeZone::UTC,
        NOW,
    )
}

fn why(priced: &Priced, id: &str) -> Option<Reason> {
    let id: PromotionId = id.into();
    let mut rejected = priced.rejected.iter();
    rejected
        .find(|one| one.promotion == id)
        .map(|one| one.reason.clone())
}

#[test]
fn r3_0_7_a_flash_sale_comes_before_the_members_price_and_the_coupon_takes_the_rest() {
    let member = promotion(
        "member",
        Rule::MemberPrice {
            scope: Scope::All,
            off_bp: 5000,
        },
    );
    let full = promotion(
        "full",
        Rule::FullReduction {
            scope: Scope::All,
            tiers: vec![Tier {
                from: 1000,
                off: 100,
            }],
        },
    );
    let code = coupon("coupon", 900, 50);
    let all = [flash("flash", 900, 5), member, full, code.clone()];
    let priced = ask(
        vec![line(1, 1000, 1), line(2, 500, 2)],
        &holder(&[&code]),
        &all,
    );
    // 9.00 in the sale, 2.50 twice for a member, 1.00 off from 10.00 on, 0.50 by the coupon.
    assert_eq!(priced.pay(), 900 + 500 - 100 - 50);
    let kinds: Vec<PromotionKind> = priced.applied.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            PromotionKind::FlashSale,
            PromotionKind::MemberPrice,
            PromotionKind::FullReduction,
            PromotionKind::Coupon
        ]
    );
    assert_eq!(
        why(&priced, "member"),
        Some(Reason::BetterPrice),
        "on the line of the sale"
    );
}

#[test]
fn r3_0_7_an_activity_shuts_out_what_is_not_asked_to_come_on_top() {
    let mut seat = line(1, 10_000, 1);
    let code = coupon("coupon", 0, 1000);
    let exclusive = |more| Exclusive {
        id: "group".into(),
        kind: PromotionKind::GroupBuy,
        price: 7000,
        funding: Funding::store(),
        more,
    };
    seat.exclusive = Some(exclusive(false));
    let all = [flash("flash", 100, 9), code.clone()];
    let priced = ask(vec![seat.clone()], &holder(&[&code]), &all);
    assert_eq!(
        (priced.pay(), why(&priced, "coupon")),
        (7000, Some(Reason::NotWithActivity))
    );
    seat.exclusive = Some(exclusive(true));
    assert_eq!(ask(vec![seat], &holder(&[&code]), &all).pay(), 6000, "G14");
}

#[test]
fn f2_a_sale_says_what_one_may_still_have_and_what_is_left() {
    let few = flash("few", 500, 2);
    let priced = ask(
        vec![line(1, 1000, 3)],
        &Customer::default(),
        std::slice::from_ref(&few),
    );
    assert_eq!(
        (priced.pay(), why(&priced, "few")),
        (3000, Some(Reason::SoldOut { left: 2 }))
    );
    let limited = Promotion {
        per_customer: Some(3),
        ..flash("limited", 500, 9)
    };
    let mut had = Customer {
        signed_in: true,
        ..Customer::default()
    };
    had.had.insert("limited".into(), 2);
    let priced = ask(vec![line(1, 1000, 2)], &had, std::slice::from_ref(&limited));
    assert_eq!(
        (priced.pay(), why(&priced, "limited")),
        (2000, Some(Reason::Limit { left: 1 }))
    );
    assert_eq!(ask(vec![line(1, 1000, 1)], &had, &[limited]).pay(), 500);
}

#[test]
fn features_66_every_no_has_its_reason() {
    let code = coupon("coupon", 2000, 100);
    let buyer = holder(&[&code]);
    let reason = |lines: Vec<CartLine>, promotion: Promotion| {
        why(&ask(lines, &buyer, &[promotion]), "coupon")
    };
    let cart = || vec![line(1, 1000, 1)];
    assert_eq!(
        reason(cart(), code.clone()),
        Some(Reason::Threshold { missing: 1000 })
    );
    let paused = Promotion {
        stage: Stage::Paused,
        ..code.clone()
    };
    assert_eq!(reason(cart(), paused), Some(Reason::Paused));
    let mut over = code.clone();
    over.schedule.ends_at = NOW;
    assert_eq!(reason(cart(), over), Some(Reason::Ended));
    let mut later = code.clone();
    later.schedule.starts_at = NOW.plus_ms(500);
    assert_eq!(
        reason(cart(), later),
        Some(Reason::NotYet {
            starts_at: NOW.plus_ms(500)
        })
    );
    let fresh = Promotion {
        audience: Audience {
            new_only: true,
            ..Audience::default()
        },
        ..code.clone()
    };
    assert_eq!(reason(cart(), fresh), Some(Reason::NewOnly));
    let gold = Promotion {
        audience: Audience {
            min_tier: 2,
            ..Audience::default()
        },
        ..code.clone()
    };
    assert_eq!(reason(cart(), gold), Some(Reason::MembersOnly { level: 2 }));
    let home = Promotion {
        audience: Audience {
            communities: vec!["far".into()],
            ..Audience::default()
        },
        ..code.clone()
    };
    assert_eq!(reason(cart(), home), Some(Reason::OtherCommunity));
    let scoped = promotion(
        "coupon",
        Rule::Coupon {
            scope: Scope::Products(vec!["p9".into()]),
            threshold: 0,
            benefit: Benefit::Fixed { off: 5 },
            alone: false,
        },
    );
    assert_eq!(reason(cart(), scoped), Some(Reason::OutOfScope));
    let spent = Promotion {
        budget: Budget {
            spend_left: Some(99),
            uses_left: None,
        },
        ..code.clone()
    };
    assert_eq!(
        reason(vec![line(1, 1000, 2)], spent),
        Some(Reason::UsedUp),
        "M8: it would take 1.00"
    );
    assert_eq!(reason(vec![line(1, 1000, 2)], code), None);
    let mut other = buyer.clone();
    other.wallet.clear();
    let shown = Cart {
        lines: cart(),
        coupons: vec!["stolen".into()],
    };
    let priced = price(&shown, &other, &[], &TimeZone::UTC, NOW);
    assert_eq!(
        priced.rejected.first().map(|one| one.reason.clone()),
        Some(Reason::NotYours)
    );
}

#[test]
fn features_60_a_coupon_that_stands_alone_goes_with_no_other() {
    let (first, second) = (coupon("a", 0, 100), coupon("b", 0, 50));
    let alone = promotion(
        "c",
        Rule::Coupon {
            scope: Scope::All,
            threshold: 0,
            benefit: Benefit::Percent {
                off_bp: 1000,
                cap: Some(150),
            },
            alone: true,
        },
    );
    let all = [first.clone(), second.clone(), alone.clone()];
    let both = ask(vec![line(1, 2000, 1)], &holder(&[&first, &second]), &all);
    assert_eq!(both.pay(), 1850);
    let three = ask(
        vec![line(1, 2000, 1)],
        &holder(&[&alone, &second, &first]),
        &all,
    );
    assert_eq!(
        (three.pay(), why(&three, "c")),
        (1850, Some(Reason::NotWithOthers))
    );
    let one = ask(vec![line(1, 2000, 1)], &holder(&[&alone]), &all);
    assert_eq!(one.pay(), 1850, "a tenth, at most 1.50");
    assert_eq!(
        three
            .wallet
            .iter()
            .map(|tried| tried.outcome.clone())
            .collect::<Vec<_>>(),
        [Ok(100), Ok(50), Ok(150)]
    );
}

#[test]
fn features_67_no_promotion_goes_below_the_floor_and_something_stays_to_be_paid() {
    let mut goods = line(1, 1000, 2);
    goods.floor = 900;
    let code = coupon("coupon", 0, 5000);
    let all = [flash("flash", 800, 9), code.clone()];
    let priced = ask(vec![goods], &holder(&[&code]), &all);
    assert_eq!(
        (priced.pay(), why(&priced, "flash")),
        (1800, Some(Reason::Floor))
    );
    let free = ask(vec![line(1, 1000, 2)], &holder(&[&code]), &all[1..]);
    assert_eq!(free.pay(), 1);
}

#[test]
fn m3_the_worked_example_is_shared_out_to_the_cent() {
    let part = |funder, share_bp| FundingPart { funder, share_bp };
    let mut seat = line(1, 10_000, 1);
    seat.exclusive = Some(Exclusive {
        id: "group".into(),
        kind: PromotionKind::GroupBuy,
        price: 7000,
        funding: Funding::new(vec![
            part(Funder::store(), 6000),
            part(Funder::supplier("orchard"), 4000),
        ])
        .unwrap(),
        more: true,
    });
    let code = Promotion {
        funding: Funding::new(vec![part(Funder::platform(), 10_000)]).unwrap(),
        ..coupon("coupon", 0, 1000)
    };
    let priced = ask(vec![seat], &holder(&[&code]), std::slice::from_ref(&code));
    let line = priced.lines.first().unwrap();
    assert_eq!((line.list, line.pay), (10_000, 6000));
    let funders: Vec<(Funder, i64)> = line
        .shares
        .iter()
        .flat_map(|share| share.funders.clone())
        .collect();
    assert_eq!(
        funders,
        [
            (Funder::store(), 1800),
            (Funder::supplier("orchard"), 1200),
            (Funder::platform(), 1000)
        ]
    );
}
