//! The requests of groups.

use contract::GroupId;
use contract::groups::GroupProgress;

use crate::api::{self, ApiError};
use crate::routes::encoded;

pub(super) async fn get_group(id: &GroupId) -> Result<GroupProgress, ApiError> {
    api::get(&format!("/api/groups/{}", encoded(id.as_str()))).await
}
