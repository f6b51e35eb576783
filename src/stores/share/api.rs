//! The requests about who brought a visitor.

use contract::ShareToken;
use contract::shares::{AttributionState, OpenShare};

use crate::api::{self, ApiError, IdempotencyKey};

pub(super) async fn open_share(token: ShareToken) -> Result<AttributionState, ApiError> {
    let open = OpenShare { token };
    api::post("/api/share/open", &IdempotencyKey::new(), &open).await
}

pub(super) async fn get_attribution() -> Result<AttributionState, ApiError> {
    api::get("/api/share/attribution").await
}
