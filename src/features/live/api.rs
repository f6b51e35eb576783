//! The requests of rooms.

use contract::catalog::ProductDetail;
use contract::live::{ChatLine, Like, LiveReplay, LiveRoom, Reminder, Say};
use contract::live_giveaway::GiveawayEntered;
use contract::{GiveawayId, LiveId};

use crate::api::{self, ApiError, IdempotencyKey};
use crate::routes::encoded;

fn path(id: &LiveId, rest: &str) -> String {
    format!("/api/live/{}{rest}", encoded(id.as_str()))
}

pub(super) async fn get_live(id: &LiveId) -> Result<LiveRoom, ApiError> {
    api::get(&path(id, "")).await
}

pub(super) async fn get_live_replay(id: &LiveId) -> Result<LiveReplay, ApiError> {
    api::get(&path(id, "/replay")).await
}

pub(super) async fn get_product(slug: &str) -> Result<ProductDetail, ApiError> {
    api::get(&format!("/api/products/{}", encoded(slug))).await
}

pub(super) async fn say_in_room(
    id: &LiveId,
    key: &IdempotencyKey,
    text: String,
) -> Result<ChatLine, ApiError> {
    api::post(&path(id, "/chat"), key, &Say { text }).await
}

pub(super) async fn like_room(id: &LiveId, count: u32) -> Result<(), ApiError> {
    api::tell(&path(id, "/likes"), &Like { count }).await
}

pub(super) async fn enter_giveaway(
    id: &LiveId,
    key: &IdempotencyKey,
    giveaway: &GiveawayId,
) -> Result<GiveawayEntered, ApiError> {
    let nothing = serde_json::json!({});
    let rest = format!("/giveaways/{}/entries", encoded(giveaway.as_str()));
    api::post(&path(id, &rest), key, &nothing).await
}

pub(super) async fn remind_of_live(id: &LiveId) -> Result<Reminder, ApiError> {
    let nothing = serde_json::json!({});
    api::put(&path(id, "/reminder"), &IdempotencyKey::new(), &nothing).await
}

pub(super) async fn forget_live(id: &LiveId) -> Result<(), ApiError> {
    api::delete(&path(id, "/reminder"), &IdempotencyKey::new()).await
}
