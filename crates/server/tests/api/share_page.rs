//! The page that a link is: what crawlers read of each kind of target, and where people are led (rules.md A1).
//!
//! The pages are kept in `pages/`; `UPDATE_DOCUMENT=1` writes them anew.

use std::path::Path;

use contract::shares::{ShareChannel, ShareTarget};
use contract::{GroupId, ShareToken};
use server::jobs;

use crate::groups::{HOUR_MS, MANGO, MANGO_BOX};
use crate::harness::{Answer, TestShop, demo};
use crate::sharing::{PHONE, Person, strawberries};

const CRAWLER: &str = "facebookexternalhit/1.1";

async fn seen(shop: &TestShop, token: &str, agent: &str, lang: &str) -> Answer {
    let page = shop.get(&format!("/s/{token}")).lang(lang);
    page.header("user-agent", agent).send().await
}

/// A group of three that two people are in and that ends in a little more than five hours.
pub async fn group(shop: &TestShop) -> GroupId {
    let (leader, friend) = (Person::new(shop, 701).await, Person::new(shop, 702).await);
    let (_, group) = leader.buyer.lead(MANGO, MANGO_BOX).await;
    friend.buyer.join_and_pay(&group, MANGO_BOX).await;
    shop.clock.advance_ms(18 * HOUR_MS + HOUR_MS / 2);
    group
}

#[tokio::test]
async fn a1_crawlers_read_what_each_kind_of_target_is() {
    for shop in TestShop::each_stocked().await {
        shop.import(&demo().with_file_name("live.json"))
            .await
            .unwrap();
        let sharer = Person::new(&shop, 1).await;
        let page = |path: &str| ShareTarget::Page {
            path: path.to_owned(),
        };
        let targets = [
            ("product", strawberries()),
            (
                "creator",
                ShareTarget::Creator {
                    handle: "xiaohe.orchard".to_owned(),
                },
            ),
            ("category", page("/category/fruit")),
            ("home", page("/")),
            (
                "live",
                ShareTarget::Live {
                    id: "tea-evening".into(),
                },
            ),
            (
                "group",
                ShareTarget::Group {
                    id: group(&shop).await,
                },
            ),
        ];
        for (name, target) in targets {
            let group = match &target {
                ShareTarget::Group { id } => id.0.clone(),
                _ => "no group".to_owned(),
            };
            let token = sharer
                .share_as(target, ShareChannel::Chat, None)
                .await
                .token;
            for lang in ["zh-CN", "en"] {
                let answer = seen(&shop, token.as_str(), CRAWLER, lang).await;
                assert_eq!(answer.status, 200);
                assert!(answer.headers.get("set-cookie").is_none());
                let html = answer
                    .text()
                    .replace(token.as_str(), "TOKEN")
                    .replace(&group, "GROUP");
                is_kept(&format!("{name}.{lang}"), &html);
            }
        }
    }
}

fn is_kept(name: &str, html: &str) {
    let path = format!("tests/api/pages/{name}.html");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let html = html.replace("><", ">\n<") + "\n";
    if std::env::var_os("UPDATE_DOCUMENT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &html).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, html, "{}", path.display());
}

#[tokio::test]
async fn a1_a_groups_link_says_how_many_how_much_and_how_long() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let target = ShareTarget::Group {
            id: group(&shop).await,
        };
        let share = sharer.share_as(target, ShareChannel::Poster, None).await;
        assert_eq!(share.card.text, "2 of 3, ¥23.9, 5 h left", "{}", shop.on);
        assert_eq!((share.card.need, share.card.size), (Some(1), Some(3)));
        let (seat, alone) = (share.card.price.unwrap(), share.card.price_alone.unwrap());
        assert!(alone.minor > seat.minor);
        assert_eq!(share.estimate.unwrap().from.minor, 239);
        shop.clock.advance_ms(6 * HOUR_MS);
        jobs::run_once(&shop.state).await;
        let over = seen(&shop, share.token.as_str(), CRAWLER, "en")
            .await
            .text();
        assert!(over.contains("This group is over"), "{over}");
    }
}

#[tokio::test]
async fn a1_people_are_led_into_the_app_and_crawlers_are_not() {
    for shop in TestShop::each_stocked().await {
        let token = Person::new(&shop, 1).await.share().await.token;
        let person = seen(&shop, token.as_str(), PHONE, "en").await.text();
        let on = format!(
            "<meta http-equiv=\"refresh\" content=\"0; url=/p/dandong-strawberry?s={token}\">"
        );
        assert!(person.contains(&on), "{person}");
        let crawler = seen(&shop, token.as_str(), CRAWLER, "en").await.text();
        assert!(!crawler.contains("http-equiv"), "{crawler}");
        assert!(crawler.contains(&format!("href=\"/p/dandong-strawberry?s={token}\"")));
    }
}

#[tokio::test]
async fn a1_what_is_no_link_leads_home_and_a_revoked_one_to_its_target_without_a_token() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let token = sharer.share().await.token;
        let unknown = shop.state.config.sharing.keys.mint().unwrap();
        let tampered = ShareToken(token.as_str().chars().rev().collect());
        for odd in [
            unknown.as_str(),
            tampered.as_str(),
            "x",
            "%F0%9F%8D%93",
            "a%2Fb",
        ] {
            let answer = seen(&shop, odd, PHONE, "en").await;
            assert_eq!(answer.status, 200, "{odd}");
            assert!(answer.text().contains("content=\"0; url=/\""), "{odd}");
        }
        let revoke = format!("/api/shares/{token}/revoke");
        sharer.buyer.post(&revoke).send().await;
        let revoked = seen(&shop, token.as_str(), PHONE, "en").await.text();
        assert!(
            revoked.contains("content=\"0; url=/p/dandong-strawberry\""),
            "{revoked}"
        );
        assert!(!revoked.contains(token.as_str()));
    }
}

#[tokio::test]
async fn a1_a_link_whose_target_is_gone_leads_home() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let token = sharer.share().await.token;
        let mut tx = shop.state.db.begin().await.unwrap();
        sqlx::query("UPDATE product SET on_sale = 0 WHERE id = 'p01'")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let page = seen(&shop, token.as_str(), PHONE, "en").await.text();
        assert!(
            page.contains(&format!("content=\"0; url=/?s={token}\"")),
            "{page}"
        );
        let stats = sharer.shares().await.remove(0);
        assert_eq!((stats.card.href.as_str(), stats.rate_bp), ("/", 0));
    }
}

#[tokio::test]
async fn a1_views_are_counted_and_looking_at_a_link_writes_nothing_at_once() {
    for shop in TestShop::each_stocked().await {
        let sharer = Person::new(&shop, 1).await;
        let token = sharer.share().await.token;
        for agent in [PHONE, CRAWLER, PHONE] {
            seen(&shop, token.as_str(), agent, "en").await;
        }
        seen(&shop, "000000000000", PHONE, "en").await;
        assert_eq!(sharer.shares().await[0].views, 0);
        jobs::run_once(&shop.state).await;
        jobs::run_once(&shop.state).await;
        assert_eq!(sharer.shares().await[0].views, 3, "{}", shop.on);
    }
}
