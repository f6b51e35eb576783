//! What is said of short videos (features.md 13): comments, answers, reports.

use contract::videos::{Comment, ReportReason};
use contract::{ErrorCode, Page};
use serde_json::{Value, json};

use crate::shopping::Buyer;
use crate::videos::{CREATOR, creator, with_videos};

#[tokio::test]
async fn l8_a_comment_is_moderated_as_chat_is() {
    for shop in with_videos(&[]).await {
        let (one, maker) = (Buyer::new(&shop, "1").await, creator(&shop).await);
        let path = "/api/videos/strawberry-dawn/comments";
        let say = |who: &Buyer<'_>, text: &str| who.post(path).json(&json!({ "text": text }));
        let said: Comment = say(&one, "<b>好</b>\u{202e}").ok().await;
        assert_eq!(said.text, "<b>好</b>");
        say(&one, "again").refused(ErrorCode::RateLimited).await;
        shop.clock.advance_ms(5_000);
        assert_eq!(say(&one, &"长".repeat(201)).send().await.status, 422);
        let mut tx = shop.state.db.begin().await.unwrap();
        let words = ["wechat".to_owned()];
        server::live::store::chat::set_blocklist(tx.conn(), CREATOR, &words)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        say(&one, "add my ＷｅＣｈａｔ")
            .refused(ErrorCode::ChatBlocked)
            .await;
        let answer = json!({ "text": "谢谢", "reply_to": said.id });
        let answer: Comment = maker.post(path).json(&answer).ok().await;
        assert!(answer.by_creator && !said.by_creator);
        let page: Page<Comment> = one.get(path).ok().await;
        assert_eq!(
            (page.items[0].id.clone(), page.items[0].replies.len()),
            (said.id.clone(), 1)
        );
        // The maker takes it away, and what answers it goes with it.
        let gone = shop
            .delete(&format!("{path}/{}", said.id))
            .cookie(&maker.cookie);
        assert_eq!(gone.fresh_key().send().await.status, 204);
        let page: Page<Comment> = one.get(path).ok().await;
        assert!(page.items.iter().all(|it| it.id != said.id), "{}", shop.on);
    }
}

#[tokio::test]
async fn features_13_a_report_counts_once_and_only_of_what_is_there() {
    for shop in with_videos(&[]).await {
        let one = Buyer::new(&shop, "1").await;
        let reasons: Vec<ReportReason> = shop.get("/api/report-reasons").ok().await;
        let page: Page<Comment> = one.get("/api/videos/strawberry-dawn/comments").ok().await;
        let comment = &page.items[0].id;
        let report = |video: &str, body: Value| {
            one.post(&format!("/api/videos/{video}/reports"))
                .json(&body)
        };
        for reason in [&reasons[0], &reasons[1]] {
            let of_comment = json!({ "comment": comment, "kind": reason.kind });
            let answer = report("strawberry-dawn", of_comment).send().await;
            assert_eq!(answer.status, 204, "{}", shop.on);
        }
        let of_film = json!({ "kind": reasons[0].kind });
        assert_eq!(report("strawberry-dawn", of_film).send().await.status, 204);
        // A comment of another film, and a film that there is not.
        let elsewhere = json!({ "comment": comment, "kind": reasons[0].kind });
        report("mango-beach", elsewhere)
            .refused(ErrorCode::NotFound)
            .await;
        report("none", json!({ "kind": reasons[0].kind }))
            .refused(ErrorCode::NotFound)
            .await;
        let count = "SELECT COUNT(*) FROM video_report WHERE video = 'strawberry-dawn'";
        let mut tx = shop.state.db.begin().await.unwrap();
        let kept: i64 = sqlx::query_scalar(count)
            .fetch_one(tx.conn())
            .await
            .unwrap();
        assert_eq!(kept, 2, "{}", shop.on);
    }
}
