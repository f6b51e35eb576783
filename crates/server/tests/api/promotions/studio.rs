//! What staff does (features.md 133, 135, 136, rules.md 3.9): readiness with what to fix, permissions, the record.

use contract::books::StaffActionList;
use contract::campaigns::{CampaignCommand, CheckKind, Readiness};
use contract::live_studio::StaffRole;
use contract::{ApiError, ErrorCode, PromotionId};
use serde_json::json;

use super::{Editor, sale, terms, with};
use crate::groups::offline_shops;
use crate::live::Host;
use crate::shopping::{STRAWBERRIES, leave};

async fn wrong(editor: &Editor<'_>, id: &PromotionId) -> Vec<(CheckKind, Option<i64>)> {
    let path = format!("/api/studio/campaigns/{id}/readiness");
    let readiness: Readiness = editor.0.me.get(&path).ok().await;
    let checks = readiness.checks.into_iter();
    checks
        .filter(|check| !check.fine)
        .map(|check| (check.kind, check.figure))
        .collect()
}

#[tokio::test]
async fn features_135_readiness_says_what_to_mend_and_publishing_waits_for_it() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let owner = Host::new(&shop, "13800000055", StaffRole::Owner).await;
        leave(&shop, STRAWBERRIES, 10).await;
        let floor = shop
            .put(&format!("/api/studio/skus/{STRAWBERRIES}/cost"))
            .cookie(&owner.me.cookie)
            .fresh_key();
        floor
            .json(&json!({ "cost": 1500, "floor": 1800 }))
            .ok::<serde_json::Value>()
            .await;
        let mut bad = with(sale(50), json!({ "title": { "zh": "草莓", "en": "" } }));
        bad["rule"]["prices"][0]["price"] = json!(1000);
        let draft = editor.draft(&bad).await;
        assert_eq!(
            wrong(&editor, &draft.id).await,
            [
                (CheckKind::Translations, None),
                (CheckKind::Stock, Some(10)),
                (CheckKind::Margin, Some(1800))
            ],
            "{}",
            shop.on
        );
        let refused = editor
            .command(&draft.id, CampaignCommand::Schedule)
            .send()
            .await;
        assert_eq!(refused.json::<ApiError>().code, ErrorCode::CampaignNotReady);
        editor
            .edit(&draft, &sale(8))
            .ok::<serde_json::Value>()
            .await;
        assert!(wrong(&editor, &draft.id).await.is_empty());
        editor.go(&draft.id, CampaignCommand::Schedule).await;
        // A second sale of the same goods at the same time.
        let other = editor.draft(&sale(1)).await;
        assert_eq!(
            wrong(&editor, &other.id).await,
            [(CheckKind::Overlap, None)]
        );
    }
}

#[tokio::test]
async fn m1_funding_that_is_not_the_whole_is_no_promotion() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let funding = json!({ "funding": [{ "funder": { "kind": "store" }, "share_bp": 9999 }] });
        for bad in [
            with(sale(5), funding),
            with(sale(5), json!({ "slots": [{ "from": 1320, "to": 120 }] })),
            with(sale(5), json!({ "ends_at": 0 })),
            terms(json!({ "kind": "member_price", "scope": { "kind": "all" }, "off_bp": 0 })),
            terms(
                json!({ "kind": "flash_sale", "prices": [{ "sku": "NONE", "price": 1, "quota": 1 }] }),
            ),
        ] {
            let answer = editor.post("").json(&bad).send().await;
            assert_eq!(
                answer.json::<ApiError>().code,
                ErrorCode::InvalidRequest,
                "{bad}"
            );
        }
    }
}

#[tokio::test]
async fn features_136_what_staff_did_stands_in_a_record_that_nobody_rewrites() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let owner = Host::new(&shop, "13800000055", StaffRole::Owner).await;
        let id = editor.publish(&sale(3)).await;
        editor.go(&id, CampaignCommand::Pause).await;
        let record: StaffActionList = owner.me.get("/api/studio/actions").ok().await;
        let last = &record.items[0];
        assert_eq!(
            (last.operation.as_str(), last.target.as_str()),
            ("move_campaign", id.as_str())
        );
        assert_eq!(last.role, "campaign_editor");
        assert!(
            last.before
                .as_ref()
                .unwrap()
                .contains("\"state\":\"running\""),
            "{last:?}"
        );
        assert!(
            last.after
                .as_ref()
                .unwrap()
                .contains("\"state\":\"paused\""),
            "{last:?}"
        );
        for sql in [
            "UPDATE staff_action SET who = 'nobody'",
            "DELETE FROM staff_action",
        ] {
            let mut tx = shop.state.db.begin().await.unwrap();
            assert!(
                sqlx::query(sql).execute(tx.conn()).await.is_err(),
                "{sql} on {}",
                shop.on
            );
        }
        assert_eq!(
            editor.0.me.get("/api/studio/actions").send().await.status,
            403
        );
    }
}

#[tokio::test]
async fn features_62_a_member_pays_the_members_price() {
    for shop in offline_shops().await {
        let editor = Editor::new(&shop).await;
        let owner = Host::new(&shop, "13800000055", StaffRole::Owner).await;
        let buyer = crate::shopping::Buyer::new(&shop, "13700000001").await;
        let rule = json!({ "kind": "member_price", "scope": { "kind": "all" }, "off_bp": 1000 });
        let id = editor
            .publish(&with(terms(rule), json!({ "audience": { "min_tier": 1 } })))
            .await;
        let before = buyer.quote(&super::strawberries(1)).await;
        let why = super::why(&before, &id);
        assert_eq!(
            why,
            Some(contract::promotions::PromotionReason::MembersOnly { level: 1 })
        );
        let level = shop
            .put("/api/studio/members")
            .cookie(&owner.me.cookie)
            .fresh_key();
        level
            .json(&json!({ "phone": "13700000001", "level": 2 }))
            .ok::<serde_json::Value>()
            .await;
        let quote = buyer.quote(&super::strawberries(1)).await;
        assert_eq!(quote.total.minor, 2990 - 299, "{}", shop.on);
        buyer.order(&super::strawberries(1)).await;
        crate::shopping::audit(&shop).await;
    }
}
