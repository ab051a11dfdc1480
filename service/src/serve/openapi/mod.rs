//! The API's description, made from the code, and its viewer.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::routing::get;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::app::{API_VERSION, App};
use super::body::NoKeys;
use super::problem::{Fout, Problem};

mod complete;
mod types;
mod viewer;
mod words;

pub use complete::complete;
pub use types::List;

/// What the description says beyond the routes.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Loket",
        description = "Plaatst zij-instromers bij een school en een coach: lichtingen, berekeningen, beoordelingen, capaciteit en uitval.",
        contact(name = "1 Loket Amsterdam", url = "https://www.amsterdam.nl/onderwijs/", email = "loket@amsterdam.example"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/v1", description = "Deze dienst")),
    components(schemas(Problem, Fout)),
    security(("sleutel" = [])),
    modifiers(&Extra),
    tags(
        (name = "lichtingen", description = "Een lichting en haar leven, van concept tot gesloten"),
        (name = "berekeningen", description = "Berekeningen van een lichting, met voortgang en uitkomst"),
        (name = "vragen", description = "Waarom, wat kan er anders, en wat als"),
        (name = "beoordelingen", description = "Besluiten over voorstellen"),
        (name = "antwoorden", description = "Wat de drie partijen gevraagd wordt over een plaats, en wat zij zeggen"),
        (name = "antwoordkoppelingen", description = "Eén vraag aan wie geen account heeft, en wat er voor die persoon is vastgesteld, met een persoonlijke koppeling"),
        (name = "besturen", description = "Besturen en hun capaciteit"),
        (name = "register", description = "Scholen, coaches en kandidaten"),
        (name = "beleid", description = "Waar het om gaat bij het plaatsen: opgesteld door de een, goedgekeurd door een ander"),
        (name = "privacy", description = "Eigen gegevens: verzoeken, beperking, verbetering en bewaartermijnen"),
        (name = "roosters", description = "Wie elkaar wanneer ontmoet: intakegesprekken, intervisie, bezoeken en aanbod"),
        (name = "meerjarenplannen", description = "De jaren vooruit: wie er kunnen starten, welke coaches daarvoor nodig zijn en wat het kost"),
        (name = "trechter", description = "De trechter van aanmelding tot plaats, per halfjaar geteld, en de metingen die daarvan zijn vastgelegd"),
        (name = "uitval", description = "Uitval en herberekeningen"),
        (name = "berichten", description = "Berichten aan mensen: verstuurd, of als concept om zelf te versturen"),
        (name = "papier", description = "Brieven en lijsten om af te drukken, en dagen voor een agenda"),
        (name = "coaches", description = "Wat een coach van zijn eigen werk ziet en noteert"),
        (name = "cijfers", description = "Hoeveel er geplaatst zijn, zonder mensen"),
        (name = "accounts", description = "Aanmelden, rollen en sleutels"),
        (name = "dienst", description = "De dienst zelf")
    )
)]
pub struct Api;

struct Extra;

impl Modify for Extra {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        api.info.version = API_VERSION.into();
        let components = api.components.get_or_insert_default();
        let description = "Een sleutel van een account, of wat het aanmelden gaf.";
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build();
        components.add_security_scheme("sleutel", SecurityScheme::Http(bearer));
    }
}

/// What everybody may read: the description and its viewer. Pages of other places may read the description too.
pub fn open(document: &serde_json::Value) -> Router<App> {
    let told = Bytes::from(document.to_string());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    Router::new().route("/v1/openapi.json", get(move |_: NoKeys| async move { (headers, told) })).merge(viewer::routes())
}
