//! Every route in every role, from the description: who may call it is said once, and that is what happens; a route that says nothing
//! fails here.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::rules::{Operation, operations};
use super::service::{Service, wave};

/// A token of an account with this role alone.
pub async fn token(service: &Service, role: Role, of: &str) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: role.code().into(), address: None, roles: vec![Held { role, of: of.into() }] };
    accounts::script(&service.app.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

/// The roles that an operation names; `None` when it is open to everybody.
fn named(operation: &Operation) -> Option<Vec<String>> {
    if operation.open() {
        return None;
    }
    let list = operation.says["x-rollen"].as_array().unwrap_or_else(|| panic!("{} names no roles", operation.template));
    Some(list.iter().map(|it| it.as_str().expect("a code").to_owned()).collect())
}

async fn called(service: &Service, operation: &Operation, path: &str, who: Option<&str>) -> (u16, Value) {
    let query = operation.query();
    let mut request = service.open_request(&operation.method, &format!("{path}{query}"));
    if let Some(token) = who {
        request = request.bearer_auth(token);
    }
    if operation.takes("If-Match") {
        request = request.header("If-Match", "\"v1\"");
    }
    if operation.has_body() {
        request = request.json(operation.example().unwrap_or(&json!({})));
    }
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.expect("a body")).unwrap_or_default())
}

/// Streams stay open; their roles are seen in the status before the first event.
fn ids(operation: &Operation) -> bool {
    operation.named()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_lets_in_the_roles_it_names_and_nobody_else() {
    let service = Service::start("roles").await;
    let made = service.post("/v1/lichtingen", &wave("bestaat")).await;
    assert_eq!(made.status(), 201);
    let mut tokens = Vec::new();
    for role in Role::HELD {
        let of = match role {
            Role::Bestuur => "B1",
            Role::Coach => "K1",
            _ => "",
        };
        tokens.push((role.code(), token(&service, *role, of).await));
    }
    let mut seen = 0;
    for operation in operations() {
        let path = operation.path("onbekend");
        let Some(roles) = named(&operation) else { continue };
        assert!(!roles.is_empty(), "{} is for nobody", operation.template);
        let (status, _) = called(&service, &operation, &path, None).await;
        assert_eq!(status, 401, "nobody: {} {}", operation.method, operation.template);
        let (status, _) = called(&service, &operation, &path, Some("loket_bestaatniet")).await;
        assert_eq!(status, 401, "an unknown token: {} {}", operation.method, operation.template);
        for (role, token) in &tokens {
            // Signing out with a token does nothing, and a token is not lost.
            let (status, body) = called(&service, &operation, &path, Some(token)).await;
            let right = roles.iter().any(|it| it == role);
            let what = format!("{role}: {} {}: {status} {body}", operation.method, operation.template);
            assert_ne!(status, 401, "{what}");
            assert_eq!(status != 403, right, "{what}");
            if right && ids(&operation) && !matches!(status, 400 | 409 | 428) {
                assert_eq!(status, 404, "{what}");
            }
            seen += 1;
        }
    }
    assert!(seen > 250, "{seen} questions");
    service.end().await;
}
