//! What holds for every answer of the API.

use contract::catalog::Community;
use contract::{ApiError, ErrorCode, Page};

use crate::harness::TestShop;

#[tokio::test]
async fn an_unknown_address_below_api_is_a_json_404_with_the_request_id() {
    for shop in TestShop::each().await {
        let answer = shop.get("/api/nothing").send().await;
        let error: ApiError = answer.json();
        assert_eq!(answer.status, 404, "{}", shop.on);
        assert_eq!(error.code, ErrorCode::NotFound);
        assert_eq!(error.request_id, answer.header("x-request-id"));
        assert!(!error.request_id.is_empty());
    }
}

#[tokio::test]
async fn answers_name_their_language_and_that_they_depend_on_it() {
    for shop in TestShop::each().await {
        for (wanted, tag) in [
            ("en-GB", "en"),
            ("zh-CN,zh;q=0.9", "zh-CN"),
            ("fr", "zh-CN"),
        ] {
            let answer = shop.get("/api/communities").lang(wanted).send().await;
            assert_eq!(answer.header("content-language"), tag);
            assert!(answer.header("vary").contains("accept-language"));
            let page: Page<Community> = answer.json();
            assert!(page.items.is_empty());
        }
    }
}
