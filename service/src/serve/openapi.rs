//! The API's description, made from the code, and its viewer.

use axum::routing::get;
use axum::{Json, Router};
use utoipa::Modify;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use super::problem::{Fout, Problem};
use super::{API_VERSION, App};

/// What the description says beyond the routes.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Loket",
        description = "Plaatst zij-instromers bij een school en een coach: lichtingen, berekeningen, beoordelingen, capaciteit en uitval.",
        contact(name = "1 Loket Amsterdam", url = "https://www.amsterdam.nl/onderwijs/", email = "loket@amsterdam.example"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/", description = "Deze dienst")),
    components(schemas(Problem, Fout)),
    security(("sleutel" = [])),
    modifiers(&Extra),
    tags(
        (name = "lichtingen", description = "Een lichting en haar leven, van concept tot gesloten"),
        (name = "berekeningen", description = "Berekeningen van een lichting, met voortgang en uitkomst"),
        (name = "vragen", description = "Waarom, wat kan er anders, en wat als"),
        (name = "beoordelingen", description = "Besluiten over voorstellen"),
        (name = "besturen", description = "Besturen en hun capaciteit"),
        (name = "register", description = "Scholen, coaches en kandidaten"),
        (name = "uitval", description = "Uitval en herberekeningen"),
        (name = "dienst", description = "De dienst zelf")
    )
)]
pub struct Api;

struct Extra;

impl Modify for Extra {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        api.info.version = API_VERSION.into();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("sleutel", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// What everybody may read: the description and its viewer.
pub fn open(description: utoipa::openapi::OpenApi) -> Router<App> {
    let told = description.clone();
    Router::new().route("/v1/openapi.json", get(move || async move { Json(told) }))
}
