//! The map of the API: a file for each family of resources, and around all of them what holds for every request.

use std::sync::OnceLock;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::pages;
use crate::serve::app::App;
use crate::serve::{drain, fresh, guard, idempotency, near, openapi, squeeze};

pub mod accounts;
pub mod agenda;
pub mod answer_links;
pub mod answers;
pub mod attention;
pub mod bans;
pub mod bodies;
pub mod books;
pub mod capacity;
pub mod carry;
pub mod coaching;
pub mod decisions;
pub mod dropouts;
pub mod endings;
pub mod entrance;
pub mod figures;
pub mod funnel;
pub mod invitations;
pub mod letters;
pub mod log;
pub mod notes;
pub mod oidc;
pub mod open_data;
pub mod outbox;
pub mod persons;
pub mod placings;
pub mod plannings;
pub mod policies;
pub mod printed;
pub mod privacy;
pub mod problems;
pub mod publication;
pub mod questions;
pub mod refresh;
pub mod register;
pub mod reports;
pub mod retention;
pub mod review;
pub mod roster_questions;
pub mod rosters;
pub mod rounds;
pub mod runs;
pub mod school_years;
pub mod search;
pub mod service;
pub mod sessions;
pub mod settings;
pub mod shapes;
pub mod signing;
pub mod stages;
pub mod trials;
pub mod tryouts;
pub mod undo;
pub mod waves;
pub mod workbooks;
pub mod worth;

/// Every route under `/v1`.
pub fn all() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(waves::routes())
        .merge(workbooks::routes())
        .merge(refresh::routes())
        .merge(policies::routes())
        .merge(trials::routes())
        .merge(plannings::routes())
        .merge(funnel::routes())
        .merge(runs::routes())
        .merge(books::routes())
        .merge(questions::routes())
        .merge(decisions::routes())
        .merge(answers::routes())
        .merge(bans::routes())
        .merge(attention::routes())
        .merge(tryouts::routes())
        .merge(review::routes())
        .merge(undo::routes())
        .merge(notes::routes())
        .merge(dropouts::routes())
        .merge(rosters::routes())
        .merge(roster_questions::routes())
        .merge(invitations::routes())
        .merge(publication::routes())
        .merge(letters::routes())
        .merge(printed::routes())
        .merge(agenda::routes())
        .merge(stages::routes())
        .merge(carry::routes())
        .merge(school_years::routes())
        .merge(register::routes())
        .merge(endings::routes())
        .merge(open_data::routes())
        .merge(search::routes())
        .merge(persons::routes())
        .merge(privacy::routes())
        .merge(retention::routes())
        .merge(capacity::routes())
        .merge(rounds::routes())
        .merge(worth::routes())
        .merge(placings::routes())
        .merge(figures::routes())
        .merge(coaching::routes())
        .merge(reports::routes())
        .merge(log::routes())
        .merge(outbox::routes())
        .merge(accounts::routes())
        .merge(signing::routes())
        .merge(entrance::routes())
        .merge(sessions::routes())
        .merge(settings::routes())
        .route_layer(from_fn(guard::matched))
}

/// The routes of the API and what they say of themselves: the same for every service of this process, and much work to write down.
#[derive(Debug)]
struct Map {
    /// For callers with a token.
    guarded: Router<App>,
    /// For everybody.
    open: Router<App>,
    /// What both say, with what holds for every route.
    document: serde_json::Value,
}

impl Map {
    fn drawn() -> Self {
        let guarded = OpenApiRouter::with_openapi(openapi::Api::openapi()).nest("/v1", all()).merge(service::guarded());
        let (guarded, mut description) = guarded.split_for_parts();
        let open = OpenApiRouter::new()
            .nest(
                "/v1",
                signing::open()
                    .merge(answer_links::open())
                    .merge(invitations::open())
                    .merge(letters::open())
                    .merge(agenda::open())
                    .merge(sessions::open())
                    .merge(oidc::open()),
            )
            .merge(service::open())
            .merge(problems::routes());
        let (open, more) = open.split_for_parts();
        description.merge(more);
        let document = openapi::complete(serde_json::to_value(description).unwrap_or_default(), &shapes::lists::lists());
        Self { open: open.merge(openapi::open(&document)), guarded, document }
    }

    fn of_this_process() -> &'static Self {
        static MAP: OnceLock<Map> = OnceLock::new();
        MAP.get_or_init(Self::drawn)
    }
}

/// The description as it is served.
pub fn document() -> serde_json::Value {
    Map::of_this_process().document.clone()
}

/// The whole service: routes, and around them what holds for every request.
pub fn router(app: App) -> Router {
    let map = Map::of_this_process();
    let in_time = || from_fn_with_state(app.clone(), guard::in_time);
    // The wait of a known caller for a place among the connections has an end of its own, and is no part of the time of the request.
    let guarded = map
        .guarded
        .clone()
        .layer(from_fn_with_state(app.clone(), idempotency::once))
        .layer(in_time())
        .layer(from_fn_with_state(app.clone(), guard::known_caller));
    let open =
        Router::new().merge(map.open.clone()).fallback(guard::nowhere).method_not_allowed_fallback(guard::wrong_method).layer(in_time());
    Router::new()
        .merge(open)
        .merge(guarded)
        .merge(pages::router(&app))
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(from_fn(guard::named))
        .layer(from_fn(guard::acceptable))
        .layer(from_fn_with_state(app.clone(), near::through))
        .layer(from_fn(drain::drained))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn_with_state(app.clone(), pages::guard::for_people))
        .layer(from_fn(fresh::known_already))
        .layer(from_fn(squeeze::squeezed))
        .layer(from_fn(guard::told))
        .with_state(app)
}
