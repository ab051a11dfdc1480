//! Who may call a route, said once, where the route is put on the map: the same words turn others away and describe the route.

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde_json::json;
use utoipa::openapi::RefOr;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::SecurityRequirement;

use super::app::App;
use super::problem::Problem;
use crate::access::{Caller, Role};

/// A route as `routes!` gives it.
pub type Described = (Vec<(String, RefOr<Schema>)>, utoipa::openapi::path::Paths, axum::routing::MethodRouter<App>);

/// The word in the description under which a route's roles stand.
pub const EXTENSION: &str = "x-rollen";

/// Everybody who is known, in whatever role.
pub const KNOWN: &[Role] = Role::HELD;

/// A route for callers in one of these roles.
pub fn only(roles: &'static [Role], (schemas, mut paths, router): Described) -> Described {
    let codes: Vec<&str> = roles.iter().map(|it| it.code()).collect();
    for item in paths.paths.values_mut() {
        for operation in operations(item) {
            operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], _>("sleutel", [])]);
            let more = ExtensionsBuilder::new().add(EXTENSION, json!(codes)).build();
            match &mut operation.extensions {
                Some(there) => there.merge(more),
                none => *none = Some(more),
            }
        }
    }
    (schemas, paths, router.route_layer(from_fn(move |request, next| allowed(roles, request, next))))
}

fn operations(item: &mut utoipa::openapi::path::PathItem) -> impl Iterator<Item = &mut Operation> {
    let all = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
    all.into_iter().filter_map(Option::as_mut)
}

/// Turns away whoever acts in another role; who asks nothing under a name never comes here.
async fn allowed(roles: &'static [Role], request: Request, next: Next) -> Response {
    match request.extensions().get::<Caller>() {
        None => Problem::unknown_caller().into_response(),
        Some(caller) if caller.role() == Role::Systeem || roles.contains(&caller.role()) => next.run(request).await,
        Some(_) => Problem::other_role().into_response(),
    }
}
