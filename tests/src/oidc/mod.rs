//! Signing in through a real OpenID provider, and everything that must not come of it.

mod pages;
mod provider;

use std::path::Path;
use std::time::Duration;

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::api::router;
use loket_service::records::account::Held;
use loket_service::serve::app::App;
use loket_service::serve::listen::listen;
use loket_service::serve::settings::{Layer, settle};
use loket_service::store::{Clock, Store};
use reqwest::header::{COOKIE, HeaderMap, LOCATION};
use reqwest::{Client, Url};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::described::hold;
use crate::support::kept_in;
use provider::{Browser, Provider, client, set};

/// A service that knows a provider.
struct Service {
    address: String,
    store: Store,
    app: App,
    client: Client,
    admin: String,
}

struct Heard {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Heard {
    fn kind(&self) -> (u16, &str) {
        (self.status, self.body["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default())
    }
}

const ROUND: &str = "__Host-loket-ronde";
const SESSION: &str = "__Host-loket";

impl Service {
    /// Starts one on this listener, which knows the provider at this address.
    async fn start(name: &str, listener: TcpListener, issuer: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the target folder can be written");
        let secret = folder.join("geheim");
        std::fs::write(&secret, "een geheim van loket bij de aanmelddienst\n").expect("written");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let roles = ["groups=loket-beheer:beheerder", "groups=loket-werk:intermediair", "brin=*:bestuur"];
        let layer = Layer {
            oidc_uitgever: Some(issuer.into()),
            oidc_client: Some("loket".into()),
            oidc_geheim: Some(secret),
            oidc_terug: Some(format!("{address}/v1/oidc/terug")),
            oidc_rollen: Some(roles.map(str::to_owned).to_vec()),
            ..Layer::default()
        };
        let settings = settle(layer, Layer::default()).expect("settings");
        let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
        let asked = Asked { caller: Caller::machine("toegang"), key: None };
        let invited = |role| Invited { name: "script".into(), address: None, roles: vec![Held { role, of: String::new() }] };
        let admin = accounts::script(&store, &asked, invited(Role::Beheerder), None).await.expect("a token").secret.told().to_owned();
        let app = App::new(store.clone(), settings);
        let (service, settings, ending) = (router(app.clone()), app.settings.clone(), app.ending.clone());
        tokio::spawn(async move { listen(listener, service, &settings, ending).await });
        Self { address, store, app, client: client(), admin }
    }

    async fn close(self) {
        self.app.ending.cancel();
        self.store.close().await;
    }

    async fn get(&self, path: &str, cookie: Option<&str>) -> Heard {
        let mut request = self.client.get(format!("{}/v1{path}", self.address));
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        self.heard("get", path, request).await
    }

    async fn administer(&self, method: &str, path: &str, tag: Option<&str>, body: Option<Value>) -> Heard {
        let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
        let mut request = self.client.request(method.clone(), format!("{}/v1{path}", self.address)).bearer_auth(&self.admin);
        if let Some(tag) = tag {
            request = request.header("if-match", tag);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.heard(method.as_str(), path, request).await
    }

    async fn heard(&self, method: &str, path: &str, request: reqwest::RequestBuilder) -> Heard {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = serde_json::from_slice(&answer.bytes().await.expect("a body")).unwrap_or_default();
        hold(method, path, status, &body);
        Heard { status, headers, body }
    }

    /// Begins a round: where the browser goes, and the cookie it keeps.
    async fn begin(&self) -> (String, String) {
        let begun = self.get("/oidc/begin", None).await;
        assert_eq!(begun.status, 303, "{}", begun.body);
        let place = begun.headers[LOCATION].to_str().expect("an address").to_owned();
        (place, set(&begun.headers, ROUND).expect("a cookie of the round"))
    }

    /// The browser comes back.
    async fn back(&self, address: &Url, round: &str) -> Heard {
        let path = format!("/oidc/terug?{}", address.query().unwrap_or_default());
        self.get(&path, Some(&format!("{ROUND}={round}"))).await
    }

    /// The whole round of this person.
    async fn through(&self, person: &str) -> Heard {
        let (place, round) = self.begin().await;
        let address = Browser::new().sign_in(&place, person).await;
        self.back(&address, &round).await
    }

    /// Confirms the one identity that waits: its account.
    async fn confirm(&self) -> String {
        let waiting = self.administer("get", "/identiteiten?wacht=true", None, None).await;
        assert_eq!(waiting.body["totaal"], 1, "{}", waiting.body);
        let one = &waiting.body["resultaten"][0];
        let (account, tag) = (one["account"].as_str().expect("an id").to_owned(), format!("\"v{}\"", one["versie"]));
        let done = self.administer("post", &format!("/accounts/{account}/bevestiging"), Some(&tag), None).await;
        assert_eq!(done.status, 200, "{}", done.body);
        account
    }
}

async fn both(name: &str) -> (Service, Provider) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let back = format!("http://{}/v1/oidc/terug", listener.local_addr().expect("an address"));
    let provider = Provider::start(&back).await;
    let service = Service::start(name, listener, &provider.issuer).await;
    (service, provider)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_signs_in_through_the_provider_once_an_administrator_confirmed_it() {
    let (service, provider) = both("oidc-round").await;
    let anna =
        json!({ "name": "Anna Verzonnen", "email": "anna@voorbeeld.example", "email_verified": true, "groups": ["loket-werk", "anders"] });
    provider.knows(json!({ "anna": anna })).await;
    // The first time an account is made that waits; a second time it is the same one.
    assert_eq!(service.through("anna").await.kind(), (403, "wacht-op-bevestiging"));
    assert_eq!(service.through("anna").await.kind(), (403, "wacht-op-bevestiging"));
    let account = service.confirm().await;
    let done = service.through("anna").await;
    assert_eq!((done.status, &done.body["rol"], &done.body["account"]), (200, &json!("intermediair"), &json!(account)), "{}", done.body);
    // The cookie is a session, and so is the secret as a bearer.
    let cookie = format!("{SESSION}={}", set(&done.headers, SESSION).expect("a session"));
    let me = service.get("/ik", Some(&cookie)).await;
    assert_eq!((me.status, &me.body["naam"], &me.body["rol"]), (200, &json!("Anna Verzonnen"), &json!("intermediair")));
    // What the provider says now is what holds: other roles, and none.
    provider.knows(json!({ "anna": { "groups": ["loket-beheer"] } })).await;
    let done = service.through("anna").await;
    assert_eq!((done.status, &done.body["rol"]), (200, &json!("beheerder")), "{}", done.body);
    assert_eq!(service.get("/ik", Some(&cookie)).await.status, 401, "the session in the role that is gone ended");
    provider.knows(json!({ "anna": { "groups": [] } })).await;
    assert_eq!(service.through("anna").await.kind(), (403, "geen-rol"));
    // Somebody else with her address is somebody else: an address is no identity.
    provider.knows(json!({ "ander": { "email": "anna@voorbeeld.example", "email_verified": true, "groups": ["loket-beheer"] } })).await;
    assert_eq!(service.through("ander").await.kind(), (403, "wacht-op-bevestiging"));
    let waiting = service.administer("get", "/identiteiten?wacht=true", None, None).await;
    assert_ne!(waiting.body["resultaten"][0]["account"], json!(account));
    // Roles of an account of the provider are not given here, and no password begins it.
    let tag = service.administer("get", &format!("/accounts/{account}"), None, None).await;
    let tag = tag.headers["etag"].to_str().expect("a tag").to_owned();
    let roles = json!({ "rollen": [{ "rol": "lezer" }] });
    assert_eq!(service.administer("put", &format!("/accounts/{account}/rollen"), Some(&tag), Some(roles)).await.status, 409);
    assert_eq!(service.administer("post", &format!("/accounts/{account}/koppeling"), None, None).await.status, 409);
    provider.end().await;
    service.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_brin_gives_the_board_of_its_schools_and_only_that() {
    let (service, provider) = both("oidc-brin").await;
    let token = {
        let asked = Asked { caller: Caller::machine("toegang"), key: None };
        let invited = Invited { name: "werk".into(), address: None, roles: vec![Held { role: Role::Intermediair, of: String::new() }] };
        accounts::script(&service.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
    };
    for (path, row) in [
        ("besturen", json!({ "id": "B7", "naam": "Zeven" })),
        ("besturen", json!({ "id": "B8", "naam": "Acht" })),
        ("scholen", json!({ "id": "S7", "naam": "De Kraai", "bestuur": "B7", "brin": "21QZ00", "lat": 52.37, "lon": 4.89 })),
        ("scholen", json!({ "id": "S8", "naam": "De Mus", "bestuur": "B8", "brin": "22AB", "lat": 52.37, "lon": 4.89 })),
    ] {
        let made =
            service.client.post(format!("{}/v1/{path}", service.address)).bearer_auth(&token).json(&row).send().await.expect("an answer");
        assert_eq!(made.status(), 201, "{}", made.text().await.unwrap_or_default());
    }
    // Two buildings of one school and a school that nobody knows here: one board.
    provider.knows(json!({ "bob": { "name": "Bob", "brin": ["21QZ01", "21qz", "99ZZ"] } })).await;
    assert_eq!(service.through("bob").await.kind(), (403, "wacht-op-bevestiging"));
    service.confirm().await;
    let done = service.through("bob").await;
    assert_eq!((done.status, &done.body["rollen"]), (200, &json!([{ "rol": "bestuur", "van": "B7" }])), "{}", done.body);
    let cookie = format!("{SESSION}={}", set(&done.headers, SESSION).expect("a session"));
    assert_eq!(service.get("/besturen/B7", Some(&cookie)).await.status, 200);
    assert_eq!(service.get("/besturen/B8", Some(&cookie)).await.status, 404);
    provider.end().await;
    service.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_comes_back_once_and_only_to_the_browser_that_began_it() {
    let (service, provider) = both("oidc-replay").await;
    provider.knows(json!({ "anna": { "groups": ["loket-werk"] } })).await;
    service.through("anna").await;
    service.confirm().await;
    let (place, round) = service.begin().await;
    let address = Browser::new().sign_in(&place, "anna").await;
    let (other_place, other_round) = service.begin().await;
    let refused = |heard: Heard| assert_eq!(heard.kind(), (401, "past-niet-bij-elkaar"), "{}", heard.body);
    // Without its cookie, with that of another round, with another state: nobody is signed in, and the round is still to come.
    refused(service.get(&format!("/oidc/terug?{}", address.query().unwrap_or_default()), None).await);
    refused(service.back(&address, &other_round).await);
    let code = address.query_pairs().find(|(key, _)| key == "code").expect("a code").1.into_owned();
    let other_state = Url::parse(&other_place).expect("an address");
    let other_state = other_state.query_pairs().find(|(key, _)| key == "state").expect("a state").1.into_owned();
    let mut wrong = address.clone();
    wrong.query_pairs_mut().clear().append_pair("code", &code).append_pair("state", &other_state);
    refused(service.back(&wrong, &round).await);
    assert_eq!(service.back(&address, &round).await.status, 200);
    // The same state again; and the same code in a round of its own.
    refused(service.back(&address, &round).await);
    refused(service.back(&wrong, &other_round).await);
    // That round was spent by coming back.
    let again = Browser::new().sign_in(&other_place, "anna").await;
    refused(service.back(&again, &other_round).await);
    provider.end().await;
    service.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_the_provider_signs_for_this_service_counts_with_whatever_key() {
    let (service, provider) = both("oidc-keys").await;
    provider.knows(json!({ "anna": { "groups": ["loket-werk"] } })).await;
    service.through("anna").await;
    service.confirm().await;
    assert_eq!(service.through("anna").await.status, 200);
    // Another key, which the service has not seen.
    provider.other_keys().await;
    assert_eq!(service.through("anna").await.status, 200);
    provider.signs_for("een-ander").await;
    assert_eq!(service.through("anna").await.kind(), (401, "past-niet-bij-elkaar"));
    provider.signs_for("loket").await;
    assert_eq!(service.through("anna").await.status, 200);
    provider.end().await;
    service.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_down_or_silent_is_told_and_holds_up_nobody() {
    let (service, provider) = both("oidc-down").await;
    provider.knows(json!({ "anna": { "groups": ["loket-werk"] } })).await;
    let (place, round) = service.begin().await;
    let address = Browser::new().sign_in(&place, "anna").await;
    provider.end().await;
    // Gone between the two halves of a round.
    let gone = service.back(&address, &round).await;
    assert_eq!(gone.kind(), (503, "aanmelddienst-onbereikbaar"));
    assert!(gone.headers.contains_key("retry-after"));
    service.close().await;
    // Somebody who takes the connection and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let issuer = format!("http://{}", silent.local_addr().expect("an address"));
    let held = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = silent.accept().await {
            held.push(stream);
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let service = Service::start("oidc-silent", listener, &issuer).await;
    let mut asking = Box::pin(service.get("/oidc/begin", None));
    // While one waits for it, others are answered.
    let other = tokio::select! {
        heard = &mut asking => panic!("an answer before the provider gave one: {}", heard.status),
        other = service.administer("get", "/identiteiten", None, None) => other,
    };
    assert_eq!(other.status, 200);
    let heard = tokio::time::timeout(Duration::from_secs(30), asking.as_mut()).await.expect("it does not hang");
    assert_eq!(heard.kind(), (503, "aanmelddienst-onbereikbaar"));
    held.abort();
    drop(asking);
    service.close().await;
}
