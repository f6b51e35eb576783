//! Who is paid for an order: clicks that count, touches that win, terms that freeze, and who never is
//! (rules.md 3.2 A2 to A7; reliability 3.1).

use contract::ErrorCode;
use contract::shares::{AttributionState, ShareChannel, ShareTarget};
use server::jobs;

use crate::harness::TestShop;
use crate::sharing::{
    DAY_MS, PHONE, Person, audit_books, opening, pay, pay_by, set_rate, strawberries, suspend,
};
use crate::shopping::{STRAWBERRIES, count, line};

#[tokio::test]
async fn a2_a_click_counts_once_in_thirty_minutes_and_visitor() {
    for shop in TestShop::each_stocked().await {
        let (sharer, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        for _ in 0..3 {
            friend.open(&token).await;
        }
        assert_eq!(sharer.shares().await[0].clicks, 1);
        shop.clock.advance_ms(30 * 60 * 1000 - 1);
        friend.open(&token).await;
        assert_eq!(sharer.shares().await[0].clicks, 1, "{}", shop.on);
        shop.clock.advance_ms(1);
        friend.open(&token).await;
        Person::new(&shop, 3).await.open(&token).await;
        assert_eq!(sharer.shares().await[0].clicks, 3, "{}", shop.on);
        sharer.open(&token).await;
        assert_eq!(sharer.shares().await[0].clicks, 3, "the sharer's own");
    }
}

#[tokio::test]
async fn a2_robots_prefetches_and_other_sites_leave_nothing() {
    for shop in TestShop::each_stocked().await {
        let (sharer, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        let asked = || opening(&friend.buyer, &token);
        let quiet = [
            asked().header("user-agent", "facebookexternalhit/1.1"),
            asked().header("user-agent", ""),
            asked().without("user-agent"),
            asked().header("sec-purpose", "prefetch;prerender"),
            asked().header("purpose", "prefetch"),
            asked().header("sec-fetch-dest", "image"),
            asked().header("sec-fetch-dest", "iframe"),
        ];
        for request in quiet {
            let told: AttributionState = request.ok().await;
            assert!(told.attribution.is_none(), "{}", shop.on);
        }
        for site in ["cross-site", "same-site", "none"] {
            let request = asked().header("sec-fetch-site", site);
            request.refused(ErrorCode::CrossSiteRefused).await;
        }
        // Looking at the link itself, as an image, a frame or a prefetch does, is no click.
        for dest in ["document", "image", "iframe", "empty"] {
            let page = friend.buyer.get(&format!("/s/{token}"));
            let page = page
                .header("sec-fetch-dest", dest)
                .header("user-agent", PHONE);
            let answer = page.send().await;
            assert_eq!(answer.status, 200);
            assert!(answer.headers.get("set-cookie").is_none());
        }
        assert_eq!(sharer.shares().await[0].clicks, 0, "{}", shop.on);
        let touches = count(&shop, "SELECT COUNT(*) FROM share_touch").await;
        assert_eq!(touches, 0);
    }
}

#[tokio::test]
async fn a2_what_is_no_link_of_the_shop_is_no_error_and_no_touch() {
    for shop in TestShop::each_stocked().await {
        let friend = Person::new(&shop, 2).await;
        let sharer = Person::new(&shop, 1).await;
        let revoked = sharer.share().await.token;
        let path = format!("/api/shares/{revoked}/revoke");
        assert_eq!(sharer.buyer.post(&path).send().await.status, 204);
        let minted = shop.state.config.sharing.keys.mint().unwrap();
        for token in [
            "",
            "x",
            "000000000000",
            minted.as_str(),
            revoked.as_str(),
            "é",
        ] {
            let told = friend.open(&token.into()).await;
            assert!(told.attribution.is_none(), "{token}");
        }
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM share_click").await, 0);
        let theirs = friend.buyer.post(&path);
        theirs.refused(ErrorCode::NotFound).await;
    }
}

#[tokio::test]
async fn a3_a_guests_touch_is_the_accounts_after_sign_in_and_nobody_elses() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let token = sharer.share().await.token;
        let device = format!("did={:032x}", 77);
        let body = serde_json::json!({ "token": token });
        let guest = shop.post("/api/share/open").fresh_key().cookie(&device);
        let guest = guest.header("user-agent", PHONE).json(&body);
        let told: AttributionState = guest.ok().await;
        assert!(told.attribution.is_some());

        // The browser signs in as people do, and the account carries the touch to another browser.
        let asked = shop.post("/api/auth/codes").fresh_key().cookie(&device);
        let phone = serde_json::json!({ "phone": "13900000007" });
        let sent: contract::account::CodeSent = asked.json(&phone).ok().await;
        let code = shop.code_sent_to("13900000007").await;
        let sign_in = contract::account::SignIn {
            request: sent.request,
            code,
        };
        let signed_in = shop.post("/api/auth/session").fresh_key().cookie(&device);
        let signed_in = signed_in.json(&sign_in).send().await;
        let session = crate::harness::cookies_of(&signed_in);
        let elsewhere = format!("did={:032x}; {session}", 78);
        let asked = shop.get("/api/share/attribution").cookie(&elsewhere);
        let told: AttributionState = asked.ok().await;
        assert!(told.attribution.is_some(), "{}", shop.on);

        let left: AttributionState = shop
            .get("/api/share/attribution")
            .cookie(&device)
            .ok()
            .await;
        assert!(left.attribution.is_none(), "the next to use the browser");
    }
}

#[tokio::test]
async fn a3_only_the_first_and_the_last_touch_are_kept() {
    for shop in TestShop::each_stocked().await {
        let friend = Person::new(&shop, 9).await;
        for number in 1..=4 {
            let token = Person::new(&shop, number).await.share().await.token;
            friend.open(&token).await;
            shop.clock.advance_ms(1000);
        }
        let kept = count(&shop, "SELECT COUNT(*) FROM share_touch").await;
        assert_eq!(kept, 2, "{}", shop.on);
    }
}

#[tokio::test]
async fn a4_of_two_touches_the_last_one_wins() {
    for shop in TestShop::each_stocked().await {
        let (first, last) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let buyer = Person::new(&shop, 3).await;
        buyer.open(&first.share().await.token).await;
        shop.clock.advance_ms(DAY_MS);
        buyer.buy_by(&last.share().await.token, 1).await;
        assert_eq!(first.balance().await, (0, 0));
        assert_eq!(last.balance().await, (0, 299), "{}", shop.on);
    }
}

#[tokio::test]
async fn a4_a_touch_that_expires_between_cart_and_order_pays_nothing() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        assert!(buyer.open(&token).await.attribution.is_some());
        let cart = serde_json::json!({ "lines": [
            { "sku": STRAWBERRIES, "quantity": 1, "added_at": shop.state.clock.now() } ] });
        let kept = buyer
            .buyer
            .shop
            .put("/api/cart")
            .cookie(&buyer.buyer.cookie);
        assert!(
            kept.fresh_key()
                .json(&cart)
                .send()
                .await
                .status
                .is_success()
        );
        shop.clock.advance_ms(7 * DAY_MS - 1);
        let within = buyer.order(1).await.card.id;
        shop.clock.advance_ms(1);
        let after = buyer.order(1).await.card.id;
        for order in [&within, &after] {
            pay(&shop, order).await;
        }
        let stats = sharer.shares().await.remove(0);
        assert_eq!((stats.joins, stats.paid), (1, 1), "{}", shop.on);
        assert_eq!(sharer.balance().await, (0, 299));
    }
}

#[tokio::test]
async fn a4_a_link_that_is_opened_inside_the_checkout_replaces_nobody() {
    for shop in TestShop::each_stocked().await {
        let (friend, coupons) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let buyer = Person::new(&shop, 3).await;
        buyer.open(&friend.share().await.token).await;
        shop.clock.advance_ms(1000);
        buyer.buyer.quote(&[line(STRAWBERRIES, 1)]).await;
        for _ in 0..2 {
            shop.clock.advance_ms(1000);
            buyer.open(&coupons.share().await.token).await;
        }
        let order = buyer.order(1).await.card.id;
        pay(&shop, &order).await;
        assert_eq!(friend.balance().await, (0, 299), "{}", shop.on);
        assert_eq!(coupons.balance().await, (0, 0));

        // Other goods are another checkout, and so is one after a long rest.
        let other = buyer.order_of(&[("FRU001-B", 1)]).await.card.id;
        pay(&shop, &other).await;
        assert_eq!(coupons.balance().await.1, 399, "{}", shop.on);
        buyer.buyer.quote(&[line(STRAWBERRIES, 1)]).await;
        shop.clock.advance_ms(1000);
        buyer.open(&friend.share().await.token).await;
        shop.clock.advance_ms(31 * 60 * 1000);
        let order = buyer.order(1).await.card.id;
        pay(&shop, &order).await;
        assert_eq!(friend.balance().await, (0, 598), "{}", shop.on);
    }
}

#[tokio::test]
async fn a4_a_first_touch_inside_the_checkout_claims_nothing() {
    for shop in TestShop::each_stocked().await {
        let (coupons, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        buyer.buyer.quote(&[line(STRAWBERRIES, 1)]).await;
        shop.clock.advance_ms(1000);
        buyer.buy_by(&coupons.share().await.token, 1).await;
        assert_eq!(coupons.balance().await, (0, 0), "{}", shop.on);
    }
}

#[tokio::test]
async fn a5_what_is_rebound_between_order_and_payment_changes_nothing() {
    for shop in TestShop::each_stocked().await {
        let (sharer, other) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let buyer = Person::new(&shop, 3).await;
        buyer.open(&sharer.share().await.token).await;
        let order = buyer.order(1).await.card.id;
        shop.clock.advance_ms(1000);
        buyer.open(&other.share().await.token).await;
        set_rate(&shop, "p01", 2000).await;
        pay(&shop, &order).await;
        assert_eq!(sharer.balance().await, (0, 299), "{}", shop.on);
        assert_eq!(other.balance().await, (0, 0));
        // The next order is the other's, at the new rate.
        let next = buyer.order(1).await.card.id;
        pay(&shop, &next).await;
        assert_eq!(other.balance().await, (0, 598));
        let frozen = "SELECT COUNT(*) FROM order_attribution WHERE base_rule = 'line_pay' AND rule_version = 1";
        assert_eq!(count(&shop, frozen).await, 2);
    }
}

#[tokio::test]
async fn a5_a_revoked_link_brings_nothing_to_orders_made_afterwards() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        buyer.open(&token).await;
        let before = buyer.order(1).await.card.id;
        let path = format!("/api/shares/{token}/revoke");
        assert_eq!(sharer.buyer.post(&path).send().await.status, 204);
        let after = buyer.order(1).await.card.id;
        pay(&shop, &before).await;
        pay(&shop, &after).await;
        assert_eq!(sharer.balance().await, (0, 299), "{}", shop.on);
        let stats = sharer.shares().await.remove(0);
        assert!(stats.revoked);
        let again = sharer.share().await.token;
        assert_ne!(again, token, "a new link may be made");
    }
}

#[tokio::test]
async fn a6_ones_own_order_pays_nothing() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let token = sharer.share().await.token;
        sharer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 0), "{}", shop.on);
        let stats = sharer.shares().await.remove(0);
        assert_eq!((stats.clicks, stats.joins, stats.paid), (0, 0, 0));
    }
}

#[tokio::test]
async fn a6_the_same_browser_phone_or_address_pays_nothing() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let token = sharer.share().await.token;
        let same_browser = Person::in_browser(&shop, 2, &sharer.device).await;
        same_browser.buy_by(&token, 1).await;

        let address = |phone: &str, detail: &str| serde_json::json!({ "name": "小周", "phone": phone, "region": "上海市 黄浦区", "detail": detail });
        let same_phone = Person::new(&shop, 3).await;
        let book = same_phone.buyer.post("/api/addresses");
        let theirs = address("+86 138 0000 0001", "别处 1 号");
        assert!(book.json(&theirs).send().await.status.is_success());
        same_phone.buy_by(&token, 1).await;

        let same_home = Person::new(&shop, 4).await;
        for person in [&sharer, &same_home] {
            let home = address(
                &format!("1390000{:04}", person.device.len()),
                "梧桐里 3号楼-502",
            );
            let book = person.buyer.post("/api/addresses");
            assert!(book.json(&home).send().await.status.is_success());
        }
        same_home.buy_by(&token, 1).await;

        // Linked by way of somebody else: 5 uses the browser of 3, who has the sharer's phone.
        let by_way = Person::in_browser(&shop, 5, &same_phone.device).await;
        by_way.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 0), "{}", shop.on);
        let flagged = "SELECT COUNT(*) FROM order_attribution WHERE refusal = 'household'";
        assert_eq!(count(&shop, flagged).await, 4, "{}", shop.on);

        let stranger = Person::new(&shop, 6).await;
        stranger.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 299));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a6_what_the_sharers_own_wallet_pays_for_pays_nothing() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let own = sharer.order(1).await.card.id;
        pay_by(&shop, &own, Some("wallet-1")).await;
        let token = sharer.share().await.token;

        // The money of both is there before anybody else is known to use that wallet.
        let (friend, stranger) = (Person::new(&shop, 2).await, Person::new(&shop, 3).await);
        for (person, wallet) in [(&friend, "wallet-1"), (&stranger, "wallet-2")] {
            person.open(&token).await;
            let order = person.order(1).await.card.id;
            pay_by(&shop, &order, Some(wallet)).await;
        }
        assert_eq!(sharer.balance().await, (0, 299), "{}", shop.on);

        // Linked by way of the friend's wallet from then on, whatever pays.
        friend.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 299));
        let flagged = "SELECT COUNT(*) FROM order_attribution WHERE refusal = 'household'";
        assert_eq!(count(&shop, flagged).await, 2, "{}", shop.on);
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a6_a_suspended_sharer_and_goods_without_commission_pay_nothing() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        suspend(&shop, &sharer.buyer.id, Some("stuffing")).await;
        assert!(!buyer.open(&token).await.attribution.unwrap().paid_promotion);
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 0));
        suspend(&shop, &sharer.buyer.id, None).await;
        set_rate(&shop, "p01", 0).await;
        // Sessions that rest for thirty days end.
        shop.clock.advance_ms(15 * DAY_MS);
        sharer.open(&token).await;
        buyer.open(&token).await;
        shop.clock.advance_ms(15 * DAY_MS);
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (0, 0), "{}", shop.on);
        let refusals =
            "SELECT COUNT(*) FROM order_attribution WHERE refusal IN ('suspended', 'off')";
        assert_eq!(count(&shop, refusals).await, 2, "{}", shop.on);
        assert_eq!(count(&shop, "SELECT COUNT(*) FROM commission").await, 0);
    }
}

#[tokio::test]
async fn a6_two_and_three_who_bring_each_other_earn_nothing() {
    for shop in TestShop::each_stocked().await {
        let mut people = Vec::new();
        for number in 1..=5 {
            people.push(Person::new(&shop, number).await);
        }
        let mut tokens = Vec::new();
        for person in &people {
            tokens.push(person.share().await.token);
        }
        // 0 brings 1, 1 brings 2: nothing is wrong with that, and 3 is brought by 0 as well.
        people[1].buy_by(&tokens[0], 1).await;
        people[2].buy_by(&tokens[1], 1).await;
        people[3].buy_by(&tokens[0], 1).await;
        assert_eq!(people[0].balance().await, (0, 598));
        assert_eq!(people[1].balance().await, (0, 299));
        // 2 brings 0: the three are a ring, and nobody in it earned from another. What 3 bought stays.
        people[0].buy_by(&tokens[2], 1).await;
        assert_eq!(people[0].balance().await, (0, 299), "{}", shop.on);
        assert_eq!(people[1].balance().await, (0, 0));
        assert_eq!(people[2].balance().await, (0, 0));
        // Going round again pays nothing either.
        people[1].buy_by(&tokens[0], 3).await;
        assert_eq!(people[0].balance().await, (0, 299));
        // Two who bring each other.
        people[4].buy_by(&tokens[3], 1).await;
        people[3].buy_by(&tokens[4], 1).await;
        assert_eq!(people[3].balance().await, (0, 0), "{}", shop.on);
        assert_eq!(people[4].balance().await, (0, 0));
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a7_a_second_level_is_paid_out_of_the_first_and_there_is_no_third() {
    for shop in TestShop::each_stocked_with(&[("second_level_bp", "2000")]).await {
        // 1 brings 2 to the shop, who brings 3, who brings 4: each came by a link before there was an account.
        let one = Person::new(&shop, 1).await;
        let mut tokens = vec![one.share().await.token];
        let mut people = vec![one];
        for number in 2..=4 {
            shop.clock.advance_ms(1000);
            let newcomer = Person::brought(&shop, number, tokens.last().unwrap()).await;
            tokens.push(newcomer.share().await.token);
            people.push(newcomer);
        }
        people[3].buy_by(&tokens[2], 10).await;
        // 10 × 29.90 at 10 % is 29.90: 3 gets four fifths, 2 a fifth, 1 nothing.
        assert_eq!(people[2].balance().await, (0, 2392), "{}", shop.on);
        assert_eq!(people[1].balance().await, (0, 598));
        assert_eq!(people[0].balance().await, (0, 0));
        assert_eq!(
            count(&shop, "SELECT COUNT(*) FROM commission WHERE level > 2").await,
            0
        );
        audit_books(&shop).await;
    }
}

#[tokio::test]
async fn a7_nobody_is_paid_for_bringing_people_who_buy_nothing() {
    for shop in TestShop::each_stocked_with(&[("second_level_bp", "5000")]).await {
        let one = Person::new(&shop, 1).await;
        let token = one.share().await.token;
        for number in 2..=4 {
            shop.clock.advance_ms(1000);
            Person::brought(&shop, number, &token).await.share().await;
        }
        jobs::run_once(&shop.state).await;
        assert_eq!(one.balance().await, (0, 0));
        assert_eq!(
            count(&shop, "SELECT COUNT(*) FROM ledger_document").await,
            0
        );
    }
}

#[tokio::test]
async fn a_page_of_the_shop_attributes_what_is_bought_there() {
    for shop in TestShop::each_stocked().await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let home = ShareTarget::Page {
            path: "/".to_owned(),
        };
        let link = sharer.share_as(home, ShareChannel::Moments, None).await;
        assert!(link.estimate.is_none());
        let page = sharer
            .share_as(strawberries(), ShareChannel::Poster, Some("a-1"))
            .await;
        assert_ne!(page.token, link.token);
        buyer.buy_by(&link.token, 1).await;
        assert_eq!(sharer.balance().await, (0, 299), "{}", shop.on);
        let stats = sharer.shares().await;
        let home = stats
            .iter()
            .find(|stats| stats.token == link.token)
            .unwrap();
        assert_eq!((home.paid, home.earned.minor), (1, 299));
    }
}
