//! Reviewing payouts and setting rates from the command line, beside a running shop.

use std::process::Command;

use contract::ErrorCode;
use contract::earnings::WithdrawalState;
use server::jobs;

use crate::harness::TestShop;
use crate::sharing::{DAY_MS, Person};

/// Runs the program on a shop's database; answers what it printed and whether it succeeded.
pub fn jishi(shop: &TestShop, args: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_jishi"))
        .args(args)
        .args(["--database-url", &shop.state.config.database_url])
        .current_dir(shop.folder.path())
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&told).into_owned(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_payouts_are_listed_approved_rejected_and_tried_again() {
    for shop in TestShop::each_stocked_with(&[("withdrawal_min", "100")]).await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        let order = buyer.buy_by(&token, 1).await;
        buyer.receive(&order).await;
        shop.clock.advance_ms(7 * DAY_MS);
        jobs::run_once(&shop.state).await;
        let (first, second) = (sharer.withdrawn(100).await, sharer.withdrawn(150).await);

        let (fine, told) = jishi(&shop, &["withdrawals", "list", "--state", "requested"]);
        assert!(fine && told.lines().count() == 2, "{told}");
        assert!(
            told.contains(first.id.as_str()) && told.contains("150"),
            "{told}"
        );
        let (fine, told) = jishi(&shop, &["withdrawals", "approve", first.id.as_str()]);
        assert!(fine, "{told}");
        let reject = [
            "withdrawals",
            "reject",
            second.id.as_str(),
            "--reason",
            "no such account",
        ];
        let (fine, told) = jishi(&shop, &reject);
        assert!(fine, "{told}");
        let (fine, told) = jishi(&shop, &reject);
        assert!(!fine && told.contains("rejected"), "{told}");
        let (fine, told) = jishi(&shop, &["withdrawals", "retry", first.id.as_str()]);
        assert!(!fine && told.contains("approved"), "{told}");
        let (fine, told) = jishi(&shop, &["withdrawals", "approve", "nothing"]);
        assert!(!fine && told.contains("no such withdrawal"), "{told}");

        let states: Vec<_> = sharer
            .withdrawals()
            .await
            .into_iter()
            .map(|w| w.state)
            .collect();
        assert_eq!(
            states,
            [WithdrawalState::Rejected, WithdrawalState::Approved]
        );
        assert_eq!(sharer.balance().await, (199, 0), "{}", shop.on);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_a_rate_is_shown_raised_at_once_and_lowered_in_thirty_days() {
    for shop in TestShop::each_stocked().await {
        let rate = |args: &[&str]| {
            let asked = [&["commission", "dandong-strawberry"], args].concat();
            jishi(&shop, &asked).1
        };
        assert!(
            rate(&[]).contains("pays 1000 basis points"),
            "{}",
            rate(&[])
        );
        assert!(rate(&["1200"]).contains("pays 1200 basis points"));
        let told = rate(&["300"]);
        assert!(told.contains("pays 1200 basis points"), "{told}");
        assert!(told.contains("pays 300 basis points in 30 days"), "{told}");
        let (fine, told) = jishi(&shop, &["commission", "no-such"]);
        assert!(!fine && told.contains("sells no no-such"), "{told}");
        assert!(!jishi(&shop, &["commission", "dandong-strawberry", "10001"]).0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a6_a_sharer_is_suspended_listed_and_reinstated_by_number() {
    for shop in TestShop::each_stocked_with(&[("withdrawal_min", "100")]).await {
        let (sharer, buyer) = (Person::new(&shop, 1).await, Person::new(&shop, 2).await);
        let token = sharer.share().await.token;
        let first = buyer.buy_by(&token, 1).await;
        buyer.receive(&first).await;
        shop.clock.advance_ms(7 * DAY_MS);
        jobs::run_once(&shop.state).await;
        let suspend = [
            "sharers",
            "suspend",
            "13800000001",
            "--reason",
            "bought by relatives",
        ];
        let (fine, told) = jishi(&shop, &suspend);
        assert!(fine && told.contains("is suspended"), "{told}");
        let (fine, told) = jishi(&shop, &["sharers", "list"]);
        assert!(fine && told.contains("bought by relatives"), "{told}");
        // What was earned before stays, and is not paid out; new orders bring nothing.
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (299, 0), "{}", shop.on);
        assert!(sharer.earnings().await.suspended);
        let refused = sharer
            .withdraw(100)
            .await
            .refused(ErrorCode::SharingSuspended);
        assert!(refused.await.message.contains("Ask the shop"));
        let (fine, told) = jishi(&shop, &["sharers", "reinstate", sharer.buyer.id.as_str()]);
        assert!(fine && told.contains("may share"), "{told}");
        assert!(!sharer.earnings().await.suspended);
        sharer.withdrawn(100).await;
        buyer.buy_by(&token, 1).await;
        assert_eq!(sharer.balance().await, (199, 299), "{}", shop.on);
        let (fine, told) = jishi(&shop, &["sharers", "reinstate", "13999999999"]);
        assert!(!fine && told.contains("nobody has"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_granted_listed_and_revoked_at_once() {
    use contract::ErrorCode;
    use contract::live_studio::{Staff, StaffRole};

    use crate::shopping::Buyer;
    for shop in TestShop::each().await {
        let (granted, told) = jishi(&shop, &["staff", "grant", "138 0000 0009", "host"]);
        assert!(granted, "{told}");
        // Before the first sign-in.
        let person = Buyer::new(&shop, "13800000009").await;
        let role: Staff = person.get("/api/studio/staff").ok().await;
        assert_eq!(role.role, StaffRole::Host);
        assert!(jishi(&shop, &["staff", "grant", "13800000009", "owner"]).0);
        assert_eq!(
            jishi(&shop, &["staff", "list"]).1.trim(),
            "+8613800000009 owner"
        );
        assert!(jishi(&shop, &["staff", "revoke", "13800000009"]).0);
        let ended = person.get("/api/studio/staff");
        ended.refused(ErrorCode::StaffOnly).await;
        let (fine, told) = jishi(&shop, &["staff", "revoke", "13800000009"]);
        assert!(!fine && told.contains("has no role"), "{told}");
        assert!(!jishi(&shop, &["staff", "grant", "13800000009", "god"]).0);
        assert!(!jishi(&shop, &["staff", "grant", "12", "host"]).0);
    }
}
