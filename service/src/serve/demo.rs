//! Fills an empty service with a demo: a solved wave with decisions, and a coach who drops out; through the API, as anybody would.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use loket_instances::generate::{Options, Preset, generate};
use serde_json::{Value, json};
use tokio::time::sleep;
use tower::ServiceExt;

use crate::access::secret::Secret;
use crate::access::{Caller, Role};
use crate::actions::Asked;
use crate::actions::accounts::{self, Invited};
use crate::records::account::Held;
use crate::store::Store;

/// How many people the demo's wave has.
const PEOPLE: usize = 150;

/// The address of the demo's administrator.
const ADMINISTRATOR: &str = "beheer@voorbeeld.example";

/// The API of this very process.
struct Api<'a> {
    router: &'a Router,
    token: &'a str,
}

/// How the demo's service is entered.
#[derive(Clone, Debug)]
pub struct Access {
    /// A token that acts as an intermediary.
    pub token: Secret,
    /// The link with which the first administrator begins.
    pub link: Secret,
}

/// Makes an account for scripts, with its token, and one for the first administrator, with the link to begin with.
///
/// # Errors
/// Why it could not be done.
pub async fn access(store: &Store) -> Result<Access, String> {
    let asked = Asked { caller: Caller::machine("demo"), key: None };
    let held = |role| vec![Held { role, of: String::new() }];
    let invited = Invited { name: "demo".into(), address: None, roles: held(Role::Intermediair) };
    let token = accounts::script(store, &asked, invited, None).await.map_err(|_| "de sleutel kon niet gemaakt worden")?.secret;
    let (name, address) = ("Beheerder van de demo".to_owned(), Some(ADMINISTRATOR.to_owned()));
    let invited = Invited { name, address, roles: held(Role::Beheerder) };
    let link = accounts::invite(store, &asked, invited).await.map_err(|_| "de beheerder kon niet gemaakt worden")?.secret;
    Ok(Access { token, link })
}

/// What the demo holds, for whoever wants to look.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The wave.
    pub wave: String,
    /// The run whose plan is under review.
    pub run: String,
    /// Somebody with a proposal.
    pub candidate: String,
    /// The coach who drops out.
    pub coach: String,
    /// The batch after the drop-out, not yet accepted.
    pub batch: String,
    /// A board.
    pub board: String,
}

impl Api<'_> {
    async fn call(&self, method: Method, path: &str, tag: Option<&str>, body: Option<&Value>) -> Result<Value, String> {
        let mut request =
            Request::builder().method(method.clone()).uri(path).header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if let Some(tag) = tag {
            let name = if tag == "*" { header::IF_NONE_MATCH } else { header::IF_MATCH };
            request = request.header(name, tag);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(body.map_or_else(Body::empty, |it| Body::from(it.to_string()))).map_err(|error| error.to_string())?;
        let response = self.router.clone().oneshot(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 256 << 20).await.map_err(|error| error.to_string())?;
        let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if status.is_success() { Ok(value) } else { Err(format!("{method} {path}: {status}: {}", value["detail"])) }
    }

    async fn ended(&self, path: &str) -> Result<Value, String> {
        for _ in 0..1_200 {
            let value = self.call(Method::GET, path, None, None).await?;
            match value["toestand"].as_str() {
                Some("klaar") => return Ok(value),
                Some("mislukt" | "afgebroken") => return Err(format!("{path}: {}", value["melding"])),
                _ => sleep(Duration::from_millis(100)).await,
            }
        }
        Err(format!("{path} is na twee minuten nog niet klaar"))
    }
}

fn text(value: &Value, key: &str) -> Result<String, String> {
    value[key].as_str().map(str::to_owned).ok_or_else(|| format!("{key} ontbreekt"))
}

/// Fills the service behind `router`.
///
/// # Errors
/// What did not go as it should, for whoever starts the demo.
pub async fn fill(router: &Router, token: &str) -> Result<Filled, String> {
    let api = Api { router, token };
    let mut options = Options::new(Preset::Amsterdam);
    (options.candidates, options.seed) = (Some(PEOPLE), 1);
    let wave = generate(&options);
    let made = api.call(Method::POST, "/v1/lichtingen", None, Some(&wave)).await?;
    let id = text(&made, "id")?;
    let home = format!("/v1/lichtingen/{id}");
    api.call(Method::POST, &format!("{home}/indiening"), Some("\"v1\""), None).await?;
    let first = text(&api.call(Method::POST, &format!("{home}/berekeningen"), None, None).await?, "id")?;
    api.ended(&format!("/v1/berekeningen/{first}")).await?;
    let outcome = api.call(Method::GET, &format!("/v1/berekeningen/{first}/uitkomst"), None, None).await?;
    let placed: Vec<&Value> = outcome["plaatsingen"].as_array().into_iter().flatten().collect();
    let decisions = [
        json!({ "besluit": "akkoord" }),
        json!({ "besluit": "akkoord" }),
        json!({ "besluit": "vast" }),
        json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" }),
    ];
    for (row, decision) in placed.iter().zip(&decisions) {
        api.call(Method::PUT, &format!("{home}/beoordelingen/{}", text(row, "kandidaat")?), Some("*"), Some(decision)).await?;
    }
    let run = text(&api.call(Method::POST, &format!("{home}/berekeningen"), None, None).await?, "id")?;
    api.ended(&format!("/v1/berekeningen/{run}")).await?;
    let candidate = text(placed.first().ok_or("niemand is geplaatst")?, "kandidaat")?;
    // Somebody whose people were not decided about, so that the demo shows them move.
    let coach = text(placed.last().ok_or("niemand is geplaatst")?, "coach")?;
    let batch = text(&api.call(Method::POST, &format!("/v1/coaches/{coach}/uitval"), None, Some(&json!({}))).await?, "id")?;
    api.ended(&format!("/v1/herberekeningen/{batch}")).await?;
    let board = wave["besturen"][0]["id"].as_str().unwrap_or_default().to_owned();
    Ok(Filled { wave: id, run, candidate, coach, batch, board })
}

/// What to call, in Dutch.
pub fn told(filled: &Filled, address: &str, access: &Access) -> String {
    let (token, link) = (access.token.told(), access.link.told());
    let Filled { wave, run, candidate, coach, batch, board } = filled;
    let call = |path: &str| format!("   curl -s -H 'Authorization: Bearer {token}' {address}{path}\n");
    let mut page = format!(
        "De demo is gevuld: lichting {wave} is berekend, over vier voorstellen is besloten en zij is opnieuw berekend.\n\
         Coach {coach} valt uit; de herberekening ligt klaar als voorstel. Probeer:\n"
    );
    for (what, path) in [
        ("de lichting", format!("/v1/lichtingen/{wave}")),
        ("de uitkomst", format!("/v1/berekeningen/{run}/uitkomst")),
        ("de besluiten", format!("/v1/lichtingen/{wave}/beoordelingen")),
        ("de capaciteit van een bestuur", format!("/v1/besturen/{board}/capaciteit")),
        ("de uitval en wat zij verandert", format!("/v1/herberekeningen/{batch}")),
    ] {
        page.push_str(&format!(" {what}:\n{}", call(&path)));
    }
    page.push_str(&format!(
        " waarom {candidate} daar geplaatst is, en wat er anders kan:\n   curl -s -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \\\n     \
         -d '{{\"soort\":\"waarom\",\"vraag\":{{\"kandidaat\":\"{candidate}\"}}}}' {address}/v1/berekeningen/{run}/vragen\n"
    ));
    page.push_str(&format!(
        "De sleutel hierboven is van een intermediair. De eerste beheerder kiest zo een wachtwoord, één keer en binnen het uur,\n\
         en meldt zich daarna aan met het adres {ADMINISTRATOR}:\n   \
         curl -s -H 'Content-Type: application/json' -d '{{\"koppeling\":\"{link}\",\"wachtwoord\":\"een zin van een paar woorden\"}}' \\\n     \
         {address}/v1/koppelingen\n"
    ));
    page.push_str(&format!("Alles wat kan: {address}/v1/openapi.json\n"));
    page
}
