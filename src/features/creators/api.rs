//! The request of a creator's page.

use contract::creators::CreatorPage;

use crate::api::{self, ApiError};
use crate::routes::encoded;

pub(super) async fn get_creator(handle: &str) -> Result<CreatorPage, ApiError> {
    api::get(&format!("/api/creators/{}", encoded(handle))).await
}
