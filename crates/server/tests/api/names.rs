//! The name that somebody goes by: shown in full to oneself, masked to strangers and on posters.

use contract::account::{NameRequest, Session};
use contract::notifications::Notice;
use contract::{ApiError, ErrorCode, ErrorDetails};

use crate::groups::{MANGO, MANGO_BOX, join, open_groups};
use crate::harness::{Request, TestShop};
use crate::sharing::Person;
use crate::shopping::Buyer;

fn naming(buyer: &Buyer<'_>, name: &str) -> Request {
    let request = NameRequest {
        name: name.to_owned(),
    };
    let put = buyer.shop.put("/api/account/name").cookie(&buyer.cookie);
    put.fresh_key().json(&request)
}

async fn named(buyer: &Buyer<'_>, name: &str) -> String {
    let session: Session = naming(buyer, name).ok().await;
    session.me.unwrap().name
}

#[tokio::test]
async fn a_name_is_shown_in_full_to_oneself_and_masked_in_groups() {
    for shop in TestShop::each_stocked().await {
        let (leader, friend) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        assert_eq!(named(&leader.buyer, " 周小鱼 ").await, "周小鱼");
        let session: Session = leader.buyer.get("/api/auth/session").ok().await;
        assert_eq!(session.me.unwrap().name, "周小鱼");
        let (_, group) = leader.buyer.lead(MANGO, MANGO_BOX).await;
        let seen = shop
            .get(&format!("/api/groups/{group}"))
            .send()
            .await
            .text();
        assert!(seen.contains("周**") && !seen.contains("小鱼"), "{seen}");
        assert_eq!(open_groups(&shop, "p02").await[0].leader.name, "周**");
        named(&friend.buyer, "Zoe").await;
        friend.buyer.join_and_pay(&group, MANGO_BOX).await;
        let told = leader.notices().await;
        let joined =
            |notice: &Notice| matches!(notice, Notice::GroupJoined { who, .. } if who == "Z**");
        assert!(told.iter().any(joined), "{told:?}");
        assert_eq!(leader.share().await.sharer, "周**", "{}", shop.on);
        // Without a name the shop's own stands.
        assert_eq!(named(&leader.buyer, "").await, "Neighbour 1");
        let seen = leader.buyer.group(&group).await;
        assert_eq!(seen.members[0].name, "Neighbour **01");
    }
}

#[tokio::test]
async fn a_name_that_hides_or_turns_text_is_refused_and_nothing_changes() {
    for shop in TestShop::each_stocked().await {
        let buyer = Buyer::new(&shop, "13700000001").await;
        named(&buyer, "小周").await;
        for bad in [
            "<b>x</b>",
            "a\u{202e}b",
            "a\u{0}b",
            "a\nb",
            "**",
            &"长".repeat(21),
        ] {
            let refused: ApiError = naming(&buyer, bad).send().await.json();
            assert_eq!(refused.code, ErrorCode::InvalidRequest, "{bad:?}");
            let field = matches!(&refused.details, Some(ErrorDetails::Field { name, .. }) if name == "name");
            assert!(field, "{refused:?}");
        }
        let session: Session = buyer.get("/api/auth/session").ok().await;
        assert_eq!(session.me.unwrap().name, "小周", "{}", shop.on);
        let (_, group) = buyer.lead(MANGO, MANGO_BOX).await;
        let quote = buyer.quote_seat(join(&group), MANGO_BOX, 1).send().await;
        assert_eq!(quote.json::<ApiError>().code, ErrorCode::AlreadyMember);
    }
}
