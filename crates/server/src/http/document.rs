//! The API's document (OpenAPI 3.1), made from the handlers themselves: what is not in it is not answered.

use contract::ApiError;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};

/// What the document says about itself, and the one shape of every error.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Jishi",
        description = "The shop's API. docs/API-DESIGN.md says how it is meant."
    ),
    components(schemas(ApiError))
)]
pub(super) struct ApiDoc;

/// Says of every operation that whatever is no success is an [`ApiError`].
pub(super) fn with_errors(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let error = ResponseBuilder::new()
        .description("Anything else; `code` says what, `message` what to do.")
        .content(
            "application/json",
            ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("ApiError")))
                .build(),
        )
        .build();
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        let responses = &mut operation.responses.responses;
        responses.insert("default".to_owned(), error.clone().into());
    }
    document
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut path.get,
        &mut path.post,
        &mut path.put,
        &mut path.delete,
    ]
    .into_iter()
    .flatten()
}
