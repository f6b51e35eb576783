//! The requests of running rooms, named after the server's operations.

use contract::catalog::{ProductDetail, ProductList};
use contract::live::{ChatLine, FlashOffer, Say};
use contract::live_studio::{
    ChatRules, LiveCommand, LiveList, LiveSeq, LiveSummary, Moderate, MoveLive, NewFlash, NewLive,
    OnShelf, Pin, PinComment, PutOnShelf, Sanction, ShelfOrder, StreamKey, StudioRoom,
};
use contract::{ChatId, FlashId, LiveId};
use storefront::api::{self, ApiError, IdempotencyKey};
use storefront::routes::{encoded, query};

fn path(id: &LiveId, rest: &str) -> String {
    format!("/api/studio/live/{}{rest}", encoded(id.as_str()))
}

/// Where the record of a room is (L11).
pub fn log(id: &LiveId) -> String {
    path(id, "/log")
}

pub async fn list_studio_rooms() -> Result<LiveList, ApiError> {
    api::get("/api/studio/live").await
}

pub async fn create_live(key: &IdempotencyKey, new: &NewLive) -> Result<LiveSummary, ApiError> {
    api::post("/api/studio/live", key, new).await
}

pub async fn get_studio_room(id: &LiveId) -> Result<StudioRoom, ApiError> {
    api::get(&path(id, "")).await
}

pub async fn move_live(id: &LiveId, command: LiveCommand) -> Result<LiveSeq, ApiError> {
    api::post(
        &path(id, "/state"),
        &IdempotencyKey::new(),
        &MoveLive { command },
    )
    .await
}

pub async fn renew_stream_key(id: &LiveId) -> Result<StreamKey, ApiError> {
    let nothing = serde_json::json!({});
    api::post(&path(id, "/key"), &IdempotencyKey::new(), &nothing).await
}

pub async fn put_on_shelf(id: &LiveId, product: String) -> Result<OnShelf, ApiError> {
    let put = PutOnShelf { product };
    api::post(&path(id, "/shelf"), &IdempotencyKey::new(), &put).await
}

pub async fn take_off_shelf(id: &LiveId, number: u32) -> Result<(), ApiError> {
    api::delete(
        &path(id, &format!("/shelf/{number}")),
        &IdempotencyKey::new(),
    )
    .await
}

pub async fn order_shelf(id: &LiveId, numbers: Vec<u32>) -> Result<LiveSeq, ApiError> {
    api::put(
        &path(id, "/shelf"),
        &IdempotencyKey::new(),
        &ShelfOrder { numbers },
    )
    .await
}

pub async fn pin_product(id: &LiveId, number: Option<u32>) -> Result<LiveSeq, ApiError> {
    api::put(&path(id, "/pin"), &IdempotencyKey::new(), &Pin { number }).await
}

pub async fn arm_flash(
    id: &LiveId,
    key: &IdempotencyKey,
    new: &NewFlash,
) -> Result<FlashOffer, ApiError> {
    api::post(&path(id, "/flash"), key, new).await
}

pub async fn start_flash(id: &LiveId, flash: &FlashId) -> Result<FlashOffer, ApiError> {
    turn(id, flash, "start").await
}

pub async fn stop_flash(id: &LiveId, flash: &FlashId) -> Result<FlashOffer, ApiError> {
    turn(id, flash, "stop").await
}

async fn turn(id: &LiveId, flash: &FlashId, how: &str) -> Result<FlashOffer, ApiError> {
    let nothing = serde_json::json!({});
    let path = path(id, &format!("/flash/{}/{how}", encoded(flash.as_str())));
    api::post(&path, &IdempotencyKey::new(), &nothing).await
}

pub async fn say_as_host(
    id: &LiveId,
    key: &IdempotencyKey,
    text: String,
) -> Result<ChatLine, ApiError> {
    api::post(&path(id, "/chat"), key, &Say { text }).await
}

pub async fn pin_comment(id: &LiveId, chat: Option<ChatId>) -> Result<LiveSeq, ApiError> {
    api::put(
        &path(id, "/comment"),
        &IdempotencyKey::new(),
        &PinComment { chat },
    )
    .await
}

pub async fn moderate_chat(
    id: &LiveId,
    chat: ChatId,
    sanction: Sanction,
) -> Result<LiveSeq, ApiError> {
    let asked = Moderate { chat, sanction };
    api::post(&path(id, "/moderation"), &IdempotencyKey::new(), &asked).await
}

pub async fn set_chat_rules(id: &LiveId, rules: &ChatRules) -> Result<LiveSeq, ApiError> {
    api::put(&path(id, "/chat-rules"), &IdempotencyKey::new(), rules).await
}

/// Products that fit some words.
pub async fn list_products(words: &str) -> Result<ProductList, ApiError> {
    api::get(&format!("/api/products{}", query(&[("q", words)]))).await
}

pub async fn get_product(slug: &str) -> Result<ProductDetail, ApiError> {
    api::get(&format!("/api/products/{}", encoded(slug))).await
}
