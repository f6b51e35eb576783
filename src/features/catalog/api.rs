//! The catalogue's requests, named after the server's operations.

use contract::catalog::{ProductCard, ProductDetail, ProductList, ProductQuery, Tag};
use contract::groups::{GroupProgress, OpenGroup};
use contract::reviews::Review;
use contract::{Cursor, GroupId, Page, ProductId};

use super::query;
use crate::api::{self, ApiError, Batch};
use crate::routes;

/// What the server says of a whole list of products.
#[derive(Clone, Debug, PartialEq)]
pub struct ListHead {
    /// How many match.
    pub total: u64,
    /// Tags that narrow the result.
    pub tags: Vec<Tag>,
}

/// One page of the products that match.
pub async fn list_products(
    wanted: ProductQuery,
    cursor: Option<Cursor>,
) -> Result<Batch<ProductCard, ListHead>, ApiError> {
    let wanted = ProductQuery { cursor, ..wanted };
    let list: ProductList = api::get(&format!("/api/products{}", query::to_api(&wanted))).await?;
    let head = ListHead {
        total: list.total,
        tags: list.tags,
    };
    Ok(Batch {
        items: list.items,
        next: list.next,
        head,
    })
}

/// One product, by its id or its word in URLs.
pub async fn get_product(id_or_slug: &str) -> Result<ProductDetail, ApiError> {
    api::get(&format!("/api/products/{}", routes::encoded(id_or_slug))).await
}

/// One page of a product's reviews.
pub async fn list_reviews(
    product: ProductId,
    cursor: Option<Cursor>,
) -> Result<Batch<Review, ()>, ApiError> {
    let at: Vec<_> = cursor
        .iter()
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .collect();
    let path = format!(
        "/api/products/{}/reviews{}",
        routes::encoded(product.as_str()),
        routes::query(&at)
    );
    let page: Page<Review> = api::get(&path).await?;
    Ok(Batch {
        items: page.items,
        next: page.next,
        head: (),
    })
}

/// One page of the groups of a product that can be joined.
pub async fn list_groups(
    product: ProductId,
    cursor: Option<Cursor>,
) -> Result<Batch<OpenGroup, ()>, ApiError> {
    let at: Vec<_> = cursor
        .iter()
        .map(|cursor| ("cursor", cursor.0.as_str()))
        .collect();
    let path = format!(
        "/api/products/{}/groups{}",
        routes::encoded(product.as_str()),
        routes::query(&at)
    );
    let page: Page<OpenGroup> = api::get(&path).await?;
    Ok(Batch {
        items: page.items,
        next: page.next,
        head: (),
    })
}

/// A group, for the prices that it was opened with.
pub async fn get_group(id: &GroupId) -> Result<GroupProgress, ApiError> {
    api::get(&format!("/api/groups/{}", routes::encoded(id.as_str()))).await
}
